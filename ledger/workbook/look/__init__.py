"""How a workbook looks: `styles` of cells, `formats` of numbers, the printed `page`.

`accepted`: what cells take that hold a figure; `measure`: the room that texts take; `style`: what a house has of its
own instead, and colours of charts.
"""

from __future__ import annotations

from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.look.style import USUAL, Style

__all__ = ["GENERAL", "USUAL", "Style"]
