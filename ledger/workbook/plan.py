"""What the sheets Scenarios and Sensitivity hold and where, settled before either is built."""

from __future__ import annotations

import attrs

from unitledger.model import Entries
from unitledger.workbook.layout import Layout
from unitledger.workbook.scenario_rows import ScenarioRows, scenario_rows
from unitledger.workbook.scenario_values import ScenarioValues, scenario_values
from unitledger.workbook.sensitivity_rows import SensitivityRows, sensitivity_rows
from unitledger.workbook.study import Results, Study, study


@attrs.frozen
class Plan:
    """What is studied, where it stands on Scenarios and Sensitivity, and what the columns of Scenarios come to."""

    study: Study
    scenarios: ScenarioRows
    sensitivity: SensitivityRows
    values: ScenarioValues = attrs.field(repr=False)


def plan(entries: Entries, layout: Layout, results: Results) -> Plan | None:
    """Return the plan of both sheets; None where the ledger has no headline or no range that moves it."""
    studied = study(entries, results)
    if studied is None:
        return None
    scenarios = scenario_rows(layout, studied)
    return Plan(studied, scenarios, sensitivity_rows(studied, scenarios), scenario_values(entries, studied, results))
