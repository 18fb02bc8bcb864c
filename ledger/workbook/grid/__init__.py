"""A sheet as a small ledger: named entries over cases, from which cells, values, formulas and words are read.

`place` says where cells are and which of them a leaf of a formula means, `entry` what formulas refer to, `put` what
stands in cells and the check of its units, `printed` the text of formulas, `at_once` the formula of a case for all at
once, `grid` the sheet, `frame` what all sheets share: titles, headings, widths; `summed` adds up what would be a
formula in each row.
"""

from __future__ import annotations

from unitledger.workbook.grid.at_once import AtOnce, NotAtOnce
from unitledger.workbook.grid.entry import Entry
from unitledger.workbook.grid.grid import Grid
from unitledger.workbook.grid.place import Cell
from unitledger.workbook.grid.printed import formula_text
from unitledger.workbook.grid.put import Link, Look, Names
from unitledger.workbook.grid.summed import summed

__all__ = ["AtOnce", "Cell", "Entry", "Grid", "Link", "Look", "Names", "NotAtOnce", "formula_text", "summed"]
