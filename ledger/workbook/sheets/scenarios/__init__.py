"""The sheet Scenarios: `cases` are its columns, `rows` its rows, `selection`, `heads` and `lines` what stands there."""

from unitledger.workbook.sheets.scenarios.sheet import begin_scenarios, scenarios_sheet

__all__ = ["begin_scenarios", "scenarios_sheet"]
