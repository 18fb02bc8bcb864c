"""A ledger as an Excel workbook, and back.

- `grid`: a sheet as named entries over cases; `address`, `sheet`: what it becomes, without an Excel library
- `layout`, `ledger_cells`: where the ledger stands; `study`: which inputs are varied; `parts`, `published`
- `sheets`: what stands on each; `text`: all visible words; `look`: styles, formats of numbers, printed pages
- `book`: puts it together, of the sheets `chosen`; `file`: renders it with xlsxwriter and replaces the file at once
- `stated`: units, ids and the version that a workbook states; `audit`: what is checked before and after
- `cells`: a file that comes back, and what its formulas mean; `returned`: how it differs from the ledger; `patch`:
  values written into it
"""

from __future__ import annotations

from unitledger.workbook.audit import Difference, Rederived, UnitDifference, Verification, verify
from unitledger.workbook.book import Content, workbook_bytes, write
from unitledger.workbook.cells import Limits, reading
from unitledger.workbook.look import Style
from unitledger.workbook.patch import fill
from unitledger.workbook.returned import Calculation, Edit, Edits, Problem, Renamed, options_of, read_edits

__all__ = [
    "Calculation",
    "Content",
    "Difference",
    "Edit",
    "Edits",
    "Limits",
    "Problem",
    "Rederived",
    "Renamed",
    "Style",
    "UnitDifference",
    "Verification",
    "fill",
    "options_of",
    "read_edits",
    "reading",
    "verify",
    "workbook_bytes",
    "write",
]
