"""Which cell of the sheet Scenarios holds what: each column is one evaluation of the lines that are varied.

Rows and columns are counted from 0. A row that the sheet does not have is `NO_ROW`; columns that it does not have are
empty.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from unitledger.compute.refine import INTERVALS, REFINEMENTS
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, Layout
from unitledger.workbook.study import Study

NO_ROW = -1


@attrs.frozen
class ScenarioColumns:
    """Blocks of columns, from left to right.

    `base`: one per option, as on Calc. `lows`, `highs`: one per listed input, for the analysed option. `points`: the
    one-way table for the analysed option; `steps`: what refines the break-even. `other_points`, `other_steps`: the
    same for the option that it is compared with. `off`: how many cells of a row of the base block are off Calc.
    """

    base: range
    lows: range
    highs: range
    points: range
    steps: range
    other_points: range
    other_steps: range

    @property
    def varied(self) -> range:
        """All columns beside the base block."""
        return range(self.base.stop, self.off)

    @property
    def off(self) -> int:
        """Column of the counts, after all others."""
        return self.other_steps.stop

    @property
    def to_other(self) -> int:
        """How far right of a column of the analysed option stands that of the compared one."""
        return len(self.points) + len(self.steps)


@attrs.frozen
class SelectionRows:
    """What the selectors of Sensitivity name.

    `analysed_is`, `compared_is`: 1 in the column of that option; `driver_is`: 1 in the row of that input, in the first
    figure column. `analysed`, `compared`, `driver`: their numbers, counted from 1, and `unnamed`, how many selectors
    name nothing, in the first figure column.
    """

    analysed_is: int
    analysed: int
    compared_is: int
    compared: int
    driver_is: dict[str, int]
    driver: int
    unnamed: int


@attrs.frozen
class RangeRows:
    """What holds in each option, by input: its `low`, its `high`, and the number of the option whose cell is `taken`.

    `driver_low`, `driver_high`, `driver_taken`: the same for the driver; `driver_is`: what it is. `together`: 1 where
    the driver moves in both options, in the first figure column.
    """

    low: dict[str, int]
    high: dict[str, int]
    taken: dict[str, int]
    driver_low: int
    driver_high: int
    driver_is: int
    driver_taken: int
    together: int


@attrs.frozen
class HeadRows:
    """What each column evaluates.

    The `option` and its `number`, the input that is `varied`, and what it is `set_to`. For the one-way table `begin`,
    `end` and the `step` between them; for the break-even its bracket, and `root` and `share` of Ridders' step.
    """

    option: int
    number: int
    varied: int
    begin: int
    end: int
    step: int
    left: int
    left_difference: int
    right: int
    right_difference: int
    root: int
    share: int
    set_to: int


@attrs.frozen
class CrossingRows:
    """The `difference` of the two options, and 1 where it `changes` its sign before the next point.

    In the first figure column 1 if a change was `found`, and in which `interval` the first is, counted from 1.
    """

    difference: int
    changes: int
    found: int
    interval: int


@attrs.frozen
class BuiltRows:
    """What stood in each column when built, with the `size` that a distance is measured by; 1 where it `differs`."""

    number: int
    varied: int
    set_to: int
    answer: int
    size: int
    differs: int


@attrs.frozen
class ScenarioRows:
    """The rows of the sheet from the top down; `inputs`, `others` and `lines` by name, `titles` by section."""

    columns: ScenarioColumns
    selection: SelectionRows
    ranges: RangeRows
    heads: HeadRows
    inputs: dict[str, int]
    others: dict[str, int]
    lines: dict[str, int]
    crossing: CrossingRows
    built: BuiltRows
    titles: dict[str, int]

    @property
    def answer(self) -> int:
        """Row of the answer: the last of the lines."""
        return max(self.lines.values())

    @property
    def has_table(self) -> bool:
        """Whether there is a one-way table."""
        return bool(self.columns.points)

    @property
    def compares(self) -> bool:
        """Whether two options are compared in it."""
        return bool(self.columns.other_points)


class _Rows:
    """Rows taken one after the other; before a section an empty row and its title."""

    def __init__(self) -> None:
        self.next = FIRST_ROW
        self.titles: dict[str, int] = {}

    def section(self, name: str, *, there: bool = True) -> None:
        if there:
            self.next += bool(self.titles)
            self.titles[name] = self.next
            self.next += 1

    def one(self, *, there: bool = True) -> int:
        if not there:
            return NO_ROW
        self.next += 1
        return self.next - 1

    def each(self, names: Iterable[str], *, there: bool = True) -> dict[str, int]:
        return {name: self.one() for name in names} if there else {}


def scenario_rows(layout: Layout, study: Study) -> ScenarioRows:
    """Lay the sheet out."""
    table = study.driver is not None
    both = table and study.compared is not None
    columns = _columns(layout, len(study.listed), table=table, both=both)
    rows = _Rows()
    rows.section("selection")
    selection = SelectionRows(
        analysed_is=rows.one(),
        analysed=rows.one(),
        compared_is=rows.one(there=both),
        compared=rows.one(there=both),
        driver_is=rows.each(study.listed, there=table),
        driver=rows.one(there=table),
        unnamed=rows.one(),
    )
    ranges = _ranges(rows, study, table=table, both=both)
    rows.section("columns")
    heads = HeadRows(
        option=rows.one(),
        number=rows.one(),
        varied=rows.one(),
        begin=rows.one(there=table),
        end=rows.one(there=table),
        step=rows.one(there=table),
        left=rows.one(there=both),
        left_difference=rows.one(there=both),
        right=rows.one(there=both),
        right_difference=rows.one(there=both),
        root=rows.one(there=both),
        share=rows.one(there=both),
        set_to=rows.one(),
    )
    body = {}
    for name, listed in (("inputs", study.listed), ("others", study.others), ("lines", study.lines)):
        rows.section(name, there=bool(listed))
        body[name] = rows.each(listed)
    rows.section("break_even", there=both)
    crossing = CrossingRows(
        difference=rows.one(there=both),
        changes=rows.one(there=both),
        found=rows.one(there=both),
        interval=rows.one(there=both),
    )
    rows.section("built")
    built = BuiltRows(
        number=rows.one(),
        varied=rows.one(),
        set_to=rows.one(),
        answer=rows.one(),
        size=rows.one(),
        differs=rows.one(),
    )
    return ScenarioRows(columns, selection, ranges, heads, **body, crossing=crossing, built=built, titles=rows.titles)


def _ranges(rows: _Rows, study: Study, *, table: bool, both: bool) -> RangeRows:
    found = {}
    for name, there in (("low", True), ("high", True), ("taken", both)):
        rows.section(name, there=there)
        found[name] = rows.each(study.listed, there=there)
    rows.section("driver", there=table)
    return RangeRows(
        **found,
        driver_low=rows.one(there=table),
        driver_high=rows.one(there=table),
        driver_is=rows.one(there=both),
        driver_taken=rows.one(there=both),
        together=rows.one(there=both),
    )


def _columns(layout: Layout, listed: int, *, table: bool, both: bool) -> ScenarioColumns:
    """Return the blocks of columns, one after the other."""
    points, steps = INTERVALS + 1, 2 * REFINEMENTS
    counts = (len(layout.options), listed, listed, points * table, steps * both, points * both, steps * both)
    blocks = []
    first = FIRST_OPTION
    for count in counts:
        blocks.append(range(first, first + count))
        first += count
    return ScenarioColumns(*blocks)
