"""A ledger as an Excel workbook, and back.

- `address`, `sheet`, `layout`: cells, sheets under construction, and which cell holds what; no Excel library
- `sheets`: one file per sheet; `text`: all visible words; `styles`, `formats`, `page`: looks, numbers, pages
- `legal`: what spreadsheets refuse; `sources`, `version`: ids of sources and of the ledger
- `study`: which inputs are varied for Scenarios and Sensitivity
- `book`: puts it together, of the sheets `chosen`; `write` renders with xlsxwriter, `save` replaces the file at once
- `guard`, `read`: whether a file from outside may be read, and what it holds; only `read` knows openpyxl
- `returned` and its parts: what somebody changed, found by name and label (`places`), told as `edits`
- `earlier`, `since`: an earlier workbook, and what changed since
- `fill`: values written into such a workbook: `patch` and its parts cut its XML open, `refresh` works out with
  `cell_value` what formulas show then
- `verify`: recalculation by another engine; `rederive`: units from formulas and the unit column alone
"""

from unitledger.workbook.book import Content, workbook_bytes, write
from unitledger.workbook.edits import Calculation, Edit, Edits, Problem
from unitledger.workbook.fill import fill
from unitledger.workbook.rederive import Rederived, UnitDifference
from unitledger.workbook.returned import options_of, read_edits
from unitledger.workbook.verify import Difference, Verification, verify

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
