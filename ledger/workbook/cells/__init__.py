"""A workbook as it lies on disk.

- `guard`: the gate through which a file from outside is read, and how much of it; `read`: reads it, the only module
  that knows openpyxl; `plain`: the cells of a sheet without anything unusual; `book`: what it then holds
- `rows`: labels, units and headings around figures; `listing`: a list on the first sheet
- `formula`: the one reader of a formula in a cell, into a tree over what its cells stand for; no ledger is needed
- `value`: what a formula shows over cells as they are; `kind`: its unit
"""

from __future__ import annotations

from unitledger.workbook.cells.guard import Limits, reading
from unitledger.workbook.cells.listing import listing
from unitledger.workbook.cells.read import read_book

__all__ = ["Limits", "listing", "read_book", "reading"]
