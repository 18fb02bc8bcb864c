"""The sheets Checks and As built: `rows` is what they hold and where, what other sheets refer to; `sheet` builds them.

What is counted is in `copies` (parts, key figures, constants), `edits` (inputs as built), `ranges` (bounds, dates,
warnings), `names`, `headings` and `typed` (formulas typed over); `checking` is what these share.
"""

from __future__ import annotations

from unitledger.workbook.sheets.checks.checking import Checking
from unitledger.workbook.sheets.checks.headings import headings_changed
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.checks.sheet import as_built_sheet, checks_sheet
from unitledger.workbook.sheets.checks.typed import typed_over

__all__ = ["Checking", "Checks", "as_built_sheet", "checks_sheet", "headings_changed", "typed_over"]
