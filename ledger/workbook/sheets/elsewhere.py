"""The cells of Summary and Scenarios that the sheet Checks looks at."""

from __future__ import annotations

import attrs

from unitledger.units import DIMENSIONLESS
from unitledger.workbook.sheets.checks.checking import Elsewhere
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.plan import Plan
from unitledger.workbook.sheets.summary.sheet import figure_rows


def elsewhere(checks: Checks, planned: Plan | None) -> Elsewhere:
    """Return the cells of Summary and Scenarios that Checks looks at."""
    shown = figure_rows(checks.entries, checks.layout, planned)
    if planned is None:
        return Elsewhere(shown, *(checks.grid.entry("", DIMENSIONLESS, {}, 0),) * 3)
    scenarios = planned.showing.scenarios
    rows, cases = scenarios.rows, scenarios.cases
    placed = {name: row.place(column=planned.study.analysed)[0] for name, row in rows.placed.items()}
    return Elsewhere(
        shown=shown,
        off=attrs.evolve(rows.unnamed, rows=placed, columns=cases.off),
        differs=attrs.evolve(rows.differs, columns={case: cases.columns[case] for case in cases.varied}),
        unnamed=attrs.evolve(rows.unnamed, rows={"unnamed": rows.unnamed.place()[0]}),
    )
