"""The one-way table of the sheet Sensitivity: answers along the range of one input, and where two options meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unitledger.expression import TEXT, Expression, Reference, Text, apply, equal, when
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import LABEL_COLUMN, SCENARIOS, UNIT_COLUMN
from unitledger.workbook.printing import symbol
from unitledger.workbook.sensitivity_rows import DECIMALS, SELECTOR, TIMES
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.sensitivity_sheet import PLAIN, Showing, stays

VALUE = symbol("value of the driver")
TIMES_OF, DRIVER = symbol("what figures are shown times"), symbol("number of the driver")
TEXTS, NAME = Reference("listed texts", TEXT), Reference("name of the option", TEXT)
FOUND = symbol("a break-even was found")
THERE = symbol("figure of Scenarios")
BY_OPTION, OPTION = symbol("driver by option"), symbol("number of the analysed option")

OF_DRIVER = apply(INDEX, TEXTS, DRIVER)
SHOWN = VALUE * apply(INDEX, TIMES_OF, DRIVER)
BREAK_EVEN = when(equal(FOUND, 1), SHOWN, Text(text.NONE_BETWEEN))
DRIVER_IS = apply(INDEX, BY_OPTION, OPTION) * apply(INDEX, TIMES_OF, DRIVER)
REMAINING = when(equal(FOUND, 1), THERE, Text(""))


def along(showing: Showing) -> None:
    """Put the table, for a study that has a driver: its values, the answers there, and where two options meet."""
    rows, scenarios, study = showing.rows, showing.scenarios, showing.study
    columns = scenarios.columns
    frame.sections(showing.sheet, {rows.value - 1: text.ONE_WAY}, DECIMALS + 1)
    _driver(showing, rows.value)
    times, shown = _times(showing)
    start = columns.base.start
    values = [showing.plan.values.columns[column - start].set_to * times for column in columns.points]
    place = (rows.value, scenarios.heads.set_to, columns.points)
    _row(showing, place, (SHOWN, shown), values, ("total", GENERAL))
    named = [(rows.option, rows.analysed, study.analysed, columns.points)]
    if scenarios.compares and study.compared is not None:
        named.append((rows.other, rows.compared, study.compared, columns.other_points))
    fetched: Style = ("used", showing.pattern)
    for row, selector, option, block in named:
        showing.put((row, LABEL_COLUMN), NAME, {NAME.name: stays(selector)}, option, frame.LABEL)
        showing.sheet.text(row, UNIT_COLUMN, showing.line.unit.spelling, frame.UNIT)
        _row(showing, (row, scenarios.answer, block), (THERE, {}), showing.answers(block), fetched)
    if scenarios.compares:
        showing.head(rows.difference, text.DIFFERENCE_OF_OPTIONS, showing.line.unit.spelling)
        differences = showing.plan.values.differences[: len(columns.points)]
        place = (rows.difference, scenarios.crossing.difference, columns.points)
        _row(showing, place, (THERE, {}), differences, fetched)
        _break_even(showing)


def _driver(
    showing: Showing, row: int, label: str = "", looks: tuple[str, str] = ("label_total", "unit_total")
) -> None:
    """Put label (that of the driver unless another is given) and unit of a row of the driver's values."""
    name = showing.driver
    number = {DRIVER.name: showing.on_its_own(showing.scenarios.selection.driver)}
    if label:
        showing.sheet.text(row, LABEL_COLUMN, label, (looks[0], GENERAL))
    else:
        labels = {TEXTS.name: showing.listed(LABEL_COLUMN), **number}
        shown = showing.entries.inputs[name].label
        showing.put((row, LABEL_COLUMN), OF_DRIVER, labels, shown, (looks[0], GENERAL))
    units = {TEXTS.name: showing.listed(UNIT_COLUMN), **number}
    showing.put((row, UNIT_COLUMN), OF_DRIVER, units, showing.unit(name).spelling, (looks[1], GENERAL))


def _times(showing: Showing) -> tuple[float, dict[str, str]]:
    """Return what the driver's figures are shown times, and the addresses that say so."""
    number = showing.on_its_own(showing.scenarios.selection.driver)
    return showing.times(showing.driver), {TIMES_OF.name: showing.listed(TIMES), DRIVER.name: number}


def _break_even(showing: Showing) -> None:
    """Put the break-even and what is left of the difference there, or that there is none."""
    rows, scenarios, known = showing.rows, showing.scenarios, showing.plan.values
    times, shown = _times(showing)
    last = scenarios.columns.steps.stop - 1
    cells = {
        FOUND.name: showing.on_its_own(scenarios.crossing.found),
        VALUE.name: on(SCENARIOS, fixed(scenarios.heads.set_to, last)),
        THERE.name: on(SCENARIOS, fixed(scenarios.crossing.difference, last)),
        **shown,
    }
    _driver(showing, rows.driver_is, text.DRIVER_IS, ("label", "unit"))
    by_option = {
        BY_OPTION.name: showing.on_scenarios(scenarios.ranges.driver_is, scenarios.columns.base),
        OPTION.name: showing.on_its_own(scenarios.selection.analysed),
    }
    as_is = showing.results[showing.study.analysed][showing.driver] * times
    showing.put((rows.driver_is, SELECTOR), DRIVER_IS, {**by_option, **shown}, as_is, PLAIN)
    found = known.interval is not None
    value = showing.study.evaluations[-1].at * times if found else text.NONE_BETWEEN
    _driver(showing, rows.break_even, text.BREAK_EVEN)
    showing.put((rows.break_even, SELECTOR), BREAK_EVEN, cells, value, ("total", GENERAL))
    remaining = known.differences[-1] if found else ""
    showing.head(rows.remaining, text.REMAINING, showing.line.unit.spelling)
    showing.put((rows.remaining, SELECTOR), REMAINING, cells, remaining, PLAIN)


def _row(
    showing: Showing,
    place: tuple[int, int, range],
    formula: tuple[Expression, Mapping[str, str]],
    cached: Sequence[float],
    style: Style,
) -> None:
    """Put one formula over the columns of the table; `place`: the row here, and the row and columns of Scenarios."""
    row, there, block = place
    tree, more = formula
    for column, source, value in zip(showing.rows.table_columns, block, cached, strict=True):
        address = on(SCENARIOS, a1(there, source))
        showing.put((row, column), tree, {VALUE.name: address, THERE.name: address, **more}, value, style)
