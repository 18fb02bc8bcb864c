"""A ledger as an Excel workbook, and back.

- `address`, `sheet`, `layout`: cells, sheets under construction, and which cell holds what; no Excel library
- `sheets`: one file per sheet; `text`: all visible words; `styles`, `formats`, `page`: looks, numbers, pages
- `study`: which inputs are varied for Scenarios and Sensitivity
- `book`: puts it together, of the sheets `chosen`; `write` renders with xlsxwriter, `save` replaces the file at once
- `stated`: units, ids and the version that a workbook states; `audit`: what is checked before and after
- `cells`: a file that comes back, and what its formulas mean; `returned`: how it differs from the ledger; `patch`:
  values written into it
"""

from unitledger.workbook.audit import Difference, Rederived, UnitDifference, Verification, verify
from unitledger.workbook.book import Content, workbook_bytes, write
from unitledger.workbook.patch import fill
from unitledger.workbook.returned import Calculation, Edit, Edits, Problem, options_of, read_edits

__all__ = [
    "Calculation",
    "Content",
    "Difference",
    "Edit",
    "Edits",
    "Problem",
    "Rederived",
    "UnitDifference",
    "Verification",
    "fill",
    "options_of",
    "read_edits",
    "verify",
    "workbook_bytes",
    "write",
]
