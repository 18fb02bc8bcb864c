"""The sheets of the workbook, a file or a folder each: functions that say what stands on them, on grids.

Nothing is written before all sheets are said, so they refer to each other whichever way round: see `Sheet.finish`.
`results` holds the values of every line by option and name. `strip` is the row of status cells on top of all sheets,
`static` has the sheets that no formula follows.
"""

from __future__ import annotations

from unitledger.workbook.sheets.calc import calc_sheet
from unitledger.workbook.sheets.changes import changes_sheet
from unitledger.workbook.sheets.checks import Checking, Checks, as_built_sheet, checks_sheet, typed_over
from unitledger.workbook.sheets.constants import constants_sheet
from unitledger.workbook.sheets.formula_map import formula_map_sheet
from unitledger.workbook.sheets.inputs import inputs_sheet
from unitledger.workbook.sheets.read_me import read_me_sheet
from unitledger.workbook.sheets.second import Again, put_again
from unitledger.workbook.sheets.sensitivity import begin_study, has_static_table, sensitivity_sheet, static_sheet
from unitledger.workbook.sheets.static.reconciliation import reconciliation_sheet
from unitledger.workbook.sheets.static.uncertainty import uncertainty_sheet
from unitledger.workbook.sheets.strip import status_strip
from unitledger.workbook.sheets.summary import begin_summary, summary_sheet
from unitledger.workbook.sheets.variance import begin_variance

__all__ = [
    "Again",
    "Checking",
    "Checks",
    "as_built_sheet",
    "begin_study",
    "begin_summary",
    "begin_variance",
    "calc_sheet",
    "changes_sheet",
    "checks_sheet",
    "constants_sheet",
    "formula_map_sheet",
    "has_static_table",
    "inputs_sheet",
    "put_again",
    "read_me_sheet",
    "reconciliation_sheet",
    "sensitivity_sheet",
    "static_sheet",
    "status_strip",
    "summary_sheet",
    "typed_over",
    "uncertainty_sheet",
]
