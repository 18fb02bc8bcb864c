"""The sheets of the workbook, one file each: functions of the ledger's entries, the layout, results and values.

`results` holds the values of every line by option and name; `values` the cached value of each cell by address, to which
every sheet adds its own. `frame` is what sheets share, `strip` the row of status cells on top of all of them.
"""

from unitledger.workbook.sheets.calc import calc_sheet
from unitledger.workbook.sheets.changes import changes_sheet
from unitledger.workbook.sheets.checks import Checks, checks_sheet
from unitledger.workbook.sheets.constants import constants_sheet
from unitledger.workbook.sheets.formula_map import formula_map_sheet
from unitledger.workbook.sheets.inputs import inputs_sheet
from unitledger.workbook.sheets.read_me import read_me_sheet
from unitledger.workbook.sheets.reconciliation import reconciliation_sheet
from unitledger.workbook.sheets.scenarios import scenarios_sheet
from unitledger.workbook.sheets.sensitivity import begin_study, sensitivity_sheet
from unitledger.workbook.sheets.strip import status_strip
from unitledger.workbook.sheets.summary import begin_summary, summary_sheet

__all__ = [
    "Checks",
    "begin_study",
    "begin_summary",
    "calc_sheet",
    "changes_sheet",
    "checks_sheet",
    "constants_sheet",
    "formula_map_sheet",
    "inputs_sheet",
    "read_me_sheet",
    "reconciliation_sheet",
    "scenarios_sheet",
    "sensitivity_sheet",
    "status_strip",
    "summary_sheet",
]
