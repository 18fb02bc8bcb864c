"""Which cell of the sheet Sensitivity holds what.

Rows and columns are counted from 0. A row that the sheet does not have is `NO_ROW`.
"""

from __future__ import annotations

import attrs

from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW
from unitledger.workbook.scenario_rows import NO_ROW, ScenarioRows
from unitledger.workbook.study import Study

SELECTOR = FIRST_OPTION
"""Column of the selectors and of every figure that stands alone."""

# Columns of the two tables of inputs, from the input and its unit on.
LOW, HIGH, AT_LOW, AT_HIGH, CHANGE_AT_LOW, CHANGE_AT_HIGH, SWING, PLACE = range(FIRST_OPTION, FIRST_OPTION + 8)
# Where the sorted table has changes, the table in listed order has what the sheet needs to show an input.
NAME, TIMES = CHANGE_AT_LOW, CHANGE_AT_HIGH
DECIMALS = PLACE + 1

ROWS_OF_CHARTS = 15


@attrs.frozen
class SensitivityRows:
    """Rows from the top down.

    `analysed`, `compared`, `driver`: the selectors, in the column `SELECTOR`. `about`, `span`, `flip`: sentences that
    say what is analysed, the range of the answer, and the break-even. `charts`: the first row of the charts.
    `ranked`: the inputs by swing, the strongest first, under headings in the row before; `as_is`, `least`, `greatest`:
    the answer as it is and over all changes.
    `value`: values of the driver in its unit, in as many columns from `SELECTOR` as the one-way table has `points`;
    `option`, `other`: the answers there; `difference`: of the two. `driver_is`: the driver as it is; `break_even`: its
    value there, or that there is none; `remaining`: the difference there. `listed`: by input, in the order of
    Scenarios. `apart`: inputs that are not listed, in words. `words`: of the charts, by what they title.
    """

    analysed: int
    compared: int
    driver: int
    about: int
    span: int
    flip: int
    charts: int
    ranked: range
    as_is: int
    least: int
    greatest: int
    value: int
    option: int
    other: int
    difference: int
    driver_is: int
    break_even: int
    remaining: int
    points: int
    listed: dict[str, int]
    apart: dict[str, int]
    words: dict[str, int]
    last: int

    @property
    def table_columns(self) -> range:
        """Columns of the one-way table."""
        return range(SELECTOR, SELECTOR + self.points)

    @property
    def listed_rows(self) -> tuple[int, int]:
        """First and last row of the inputs in listed order."""
        return min(self.listed.values()), max(self.listed.values())


def sensitivity_rows(study: Study, scenarios: ScenarioRows) -> SensitivityRows:
    """Lay the sheet out."""
    table, both = scenarios.has_table, scenarios.compares
    row = FIRST_ROW + 1

    def one(*, there: bool = True, gap: int = 0) -> int:
        nonlocal row
        if not there:
            return NO_ROW
        row += 1 + gap
        return row - 1

    selectors = {"analysed": one(), "compared": one(there=both), "driver": one(there=table)}
    said = {"about": one(gap=1), "span": one(), "flip": one(there=both)}
    charts = one(gap=1)
    row = charts + ROWS_OF_CHARTS
    # An empty row, the section and its headings come before each table.
    first = one(gap=3)
    row = first + len(study.listed)
    ranked = range(first, row)
    sums = {"as_is": one(), "least": one(), "greatest": one()}
    along = {"value": one(there=table, gap=2), "option": one(there=table)}
    along |= {name: one(there=both) for name in ("other", "difference", "driver_is", "break_even", "remaining")}
    top = one(gap=3)
    listed = {name: top + place for place, name in enumerate(study.listed)}
    row = top + len(listed)
    apart = {kind: one() for kind, names in (("weaker", study.weaker), ("broken", study.without_answer)) if names}
    titles = ("tornado", "change", *("lines", "driver") * table)
    top = one(gap=2)
    words = {name: top + place for place, name in enumerate(titles)}
    row = top + len(words)
    return SensitivityRows(
        **selectors,
        **said,
        charts=charts,
        ranked=ranked,
        **sums,
        **along,
        points=len(scenarios.columns.points),
        listed=listed,
        apart=apart,
        words=words,
        last=row - 1,
    )
