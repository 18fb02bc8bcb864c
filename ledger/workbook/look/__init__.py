"""How a workbook looks: `styles` of cells, `formats` of numbers, the `palette` of charts, the printed `page`.

`style`: what a house has of its own instead.
"""

from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.look.style import USUAL, Style
from unitledger.workbook.look.styles import STYLES

__all__ = ["GENERAL", "STYLES", "USUAL", "Style", "number_format"]
