"""The sheets Checks and As built: `rows` is what they hold and where, what other sheets refer to; `sheet` builds them.

What is counted is in `copies` (key figures, constants), `breakdown` (the parts of the answer), `edits` (inputs as
built), `ranges` (bounds, dates, warnings) and `names`; `checking` is what these share.
"""

from unitledger.workbook.sheets.checks.checking import Checking
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.checks.sheet import as_built_sheet, checks_sheet

__all__ = ["Checking", "Checks", "as_built_sheet", "checks_sheet"]
