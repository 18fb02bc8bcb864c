"""A workbook as it lies on disk.

- `guard`: the gate through which a file from outside is read, `limits`: how much of it; `read`: what its cells hold,
  the only module that knows openpyxl
- `rows`: labels, units and headings around figures; `listing`: a list on the first sheet
- `own_units`: units that a workbook defines for itself
- `formula`: the one reader of a formula in a cell, into a tree over what its cells stand for; no ledger is needed
- `value`: what a formula shows over cells as they are, `criterion` what COUNTIF and SUMIFS look for; `kind`: its unit
"""

from __future__ import annotations

from unitledger.workbook.cells.limits import Limits, reading
from unitledger.workbook.cells.listing import listing
from unitledger.workbook.cells.own_units import units_of
from unitledger.workbook.cells.read import BLANK, Block, Book, Cell, Place, cached_values, read_book
from unitledger.workbook.cells.rows import heading

__all__ = [
    "BLANK",
    "Block",
    "Book",
    "Cell",
    "Limits",
    "Place",
    "cached_values",
    "heading",
    "listing",
    "read_book",
    "reading",
    "units_of",
]
