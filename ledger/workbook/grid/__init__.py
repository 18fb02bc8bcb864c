"""A sheet as a small ledger: named entries over cases, from which cells, values, formulas and words are read.

`place` says where cells are and which of them a formula means, `cell` is the leaf of a formula on a sheet, `entry` what
formulas refer to, `kinds` the check of units, `put` what stands in cells, `printed` the text of formulas, `grid` the
sheet, `frame` what all sheets share: titles, headings, widths.
"""

from __future__ import annotations

from unitledger.workbook.grid.cell import Cell
from unitledger.workbook.grid.entry import Entry
from unitledger.workbook.grid.grid import Grid
from unitledger.workbook.grid.printed import formula_text
from unitledger.workbook.grid.put import Link, Look, Names

__all__ = ["Cell", "Entry", "Grid", "Link", "Look", "Names", "formula_text"]
