"""The sheet Checks: `rows` is what it holds and where, and what other sheets refer to; `sheet` builds it.

What stands in its blocks is in `arithmetic` (totals, everything worked out again, what was built), `breakdown` (the
parts of the answer), `edits` and `units` (inputs as built), `ranges` (bounds, dates, warnings) and `names`.
"""

from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.checks.sheet import checks_sheet

__all__ = ["Checks", "checks_sheet"]
