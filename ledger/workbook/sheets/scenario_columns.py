"""Heads of the columns of the sheet Scenarios: which option, which input, and what that is set to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from unitledger.compute.refine import INTERVALS, Evaluation
from unitledger.expression import TEXT, Expression, Number, Reference, Text, apply, equal, maximum, square_root, when
from unitledger.expression.statistics import INDEX
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, letters, on
from unitledger.workbook.layout import CALC, HEADING_ROW
from unitledger.workbook.printing import put, symbol
from unitledger.workbook.sheet import Style, here
from unitledger.workbook.sheets.scenario_sheet import (
    COUNT,
    NAMED,
    PLAIN,
    Varying,
    across,
    labels_of,
    stays,
)

OPTIONS = symbol("options")
NUMBER = symbol("number of the option")
LABELS = Reference("labels", TEXT)
DRIVER = symbol("number of the driver")
TOGETHER = symbol("driver moves in both options")
COLUMN = symbol("what holds in each option")
BEGIN, END = symbol("low of the driver"), symbol("high of the driver")
STEP, LAST = symbol("step"), symbol("last step")
LEFT, RIGHT = symbol("left of the bracket"), symbol("right of the bracket")
AT_LEFT, AT_RIGHT = symbol("difference on the left"), symbol("difference on the right")
VALUE, HERE = symbol("value of the driver"), symbol("difference there")
FOUND, INTERVAL = symbol("a change was found"), symbol("its interval")
POINTS, DIFFERENCES = symbol("points"), symbol("differences at the points")
ROOT, SHARE = symbol("root"), symbol("share of the half bracket")

NAME_OF_OPTION = apply(INDEX, OPTIONS, NUMBER)
IN_OPTION = apply(INDEX, COLUMN, NUMBER)
DRIVER_LABEL = apply(INDEX, LABELS, DRIVER)
DRIVER_IF_TOGETHER = when(equal(TOGETHER, 1), DRIVER_LABEL, Text(""))
POINT = BEGIN + (END - BEGIN) * STEP / LAST
FIRST_LEFT = apply(INDEX, POINTS, INTERVAL)
FIRST_RIGHT = apply(INDEX, POINTS, INTERVAL + 1)
DIFFERENCE_LEFT = when(equal(FOUND, 1), apply(INDEX, DIFFERENCES, INTERVAL), 0)
DIFFERENCE_RIGHT = when(equal(FOUND, 1), apply(INDEX, DIFFERENCES, INTERVAL + 1), 0)
# The part of the bracket in which the sign changes, by the column before.
ON_LEFT_SIDE = HERE * AT_LEFT > 0
NEXT_LEFT = when(ON_LEFT_SIDE, VALUE, LEFT)
NEXT_AT_LEFT = when(ON_LEFT_SIDE, HERE, AT_LEFT)
NEXT_RIGHT = when(ON_LEFT_SIDE, RIGHT, VALUE)
NEXT_AT_RIGHT = when(ON_LEFT_SIDE, AT_RIGHT, HERE)
MIDDLE = (LEFT + RIGHT) / (Number(1.0) + 1)
# Ridders' step, from the middle in the column before.
DISTANCE = square_root(maximum(HERE * HERE - AT_LEFT * AT_RIGHT, 0))
SHARE_OF_HALF = when(equal(ROOT, 0), 0, HERE / ROOT)
STEPPED = when(AT_LEFT > AT_RIGHT, VALUE + (VALUE - LEFT) * SHARE, VALUE - (VALUE - LEFT) * SHARE)


def heads(varying: Varying) -> None:
    """Put what each column evaluates."""
    rows, columns = varying.rows.heads, varying.rows.columns
    everything = range(columns.base.start, columns.off)
    options = varying.layout.options
    varying.head(rows.option, text.OPTION, text.NAME_OF_OPTION)
    addresses = {OPTIONS.name: on(CALC, across(HEADING_ROW, columns.base)), NUMBER.name: here(rows.number)}
    names = [column.option for column in varying.known.columns]
    varying.along(rows.option, everything, NAME_OF_OPTION, addresses, (names, NAMED))
    varying.head(rows.number, text.OPTION_NUMBER, text.NUMBER)
    for place, column in enumerate(columns.base, start=1):
        varying.sheet.number(rows.number, column, float(place), ("constant", "0"))
    selected = varying.rows.selection
    for block, row in (
        (range(columns.base.stop, columns.steps.stop), selected.analysed),
        (range(columns.other_points.start, columns.off), selected.compared),
    ):
        numbers = [options.index(column.option) + 1.0 for column in _known(varying, block)]
        if numbers:
            varying.along(rows.number, block, NUMBER, {NUMBER.name: stays(row)}, (numbers, COUNT))
    varying.head(rows.varied, text.VARIED, text.NAME_OF_INPUT)
    varying.head(rows.set_to, text.SET_TO, text.AS_THE_INPUT)
    _ends(varying)
    if varying.rows.has_table:
        _points(varying)
    if varying.rows.compares:
        _compared(varying)
        _steps(varying)


def _known(varying: Varying, block: range) -> Sequence[Any]:
    start = varying.rows.columns.base.start
    return varying.known.columns[block.start - start : block.stop - start]


def _ends(varying: Varying) -> None:
    """Set each listed input to its low, then each to its high."""
    rows, ranges, columns = varying.rows.heads, varying.rows.ranges, varying.rows.columns
    for block, held in ((columns.lows, ranges.low), (columns.highs, ranges.high)):
        for column, (name, row), known in zip(block, held.items(), _known(varying, block), strict=True):
            label = {LABELS.name: fixed(varying.rows.inputs[name], 0)}
            _at(varying, (rows.varied, column), LABELS, label, (varying.entries.inputs[name].label, NAMED))
            addresses = {COLUMN.name: across(row, columns.base), NUMBER.name: a1(rows.number, column)}
            _at(varying, (rows.set_to, column), IN_OPTION, addresses, (known.set_to, PLAIN))


def _at(
    varying: Varying, place: tuple[int, int], tree: Expression, addresses: dict[str, str], shown: tuple[Any, Style]
) -> None:
    put(varying.sheet, *place, tree, addresses, cached=shown[0], style=shown[1])


def _points(varying: Varying) -> None:
    """Set the driver to equal steps from its low to its high, and name it over the steps of the break-even too."""
    rows, ranges, columns = varying.rows.heads, varying.rows.ranges, varying.rows.columns
    known = _known(varying, columns.points)
    assert varying.study.driver is not None
    label = varying.entries.inputs[varying.study.driver].label
    named = range(columns.points.start, columns.steps.stop)
    addresses = {
        LABELS.name: labels_of(varying.rows.inputs),
        DRIVER.name: stays(varying.rows.selection.driver),
    }
    varying.along(rows.varied, named, DRIVER_LABEL, addresses, ([label] * len(named), NAMED))
    for row, held, end, said in (
        (rows.begin, ranges.driver_low, known[0].set_to, text.LOW),
        (rows.end, ranges.driver_high, known[-1].set_to, text.HIGH),
    ):
        varying.head(row, text.OF_DRIVER.format(what=said), text.AS_THE_INPUT)
        cells = {COLUMN.name: across(held, columns.base), NUMBER.name: here(rows.number)}
        varying.along(row, columns.points, IN_OPTION, cells, ([end] * len(known), PLAIN))
    varying.head(rows.step, text.STEP_OF_TABLE, text.NUMBER)
    varying.sheet.number(rows.step, columns.points.start, 0.0, ("constant", "0"))
    for step, column in enumerate(columns.points[1:], start=1):
        _at(varying, (rows.step, column), STEP + 1, {STEP.name: a1(rows.step, column - 1)}, (float(step), COUNT))
    cells = {symbol_.name: here(row) for symbol_, row in ((BEGIN, rows.begin), (END, rows.end), (STEP, rows.step))}
    cells[LAST.name] = fixed(rows.step, columns.points.start + INTERVALS)
    varying.along(rows.set_to, columns.points, POINT, cells, ([each.set_to for each in known], PLAIN))


def _compared(varying: Varying) -> None:
    """Set the driver to the same in the option that is compared, where it moves there at all."""
    rows, columns = varying.rows.heads, varying.rows.columns
    block = range(columns.other_points.start, columns.off)
    known = _known(varying, block)
    addresses = {
        LABELS.name: labels_of(varying.rows.inputs),
        DRIVER.name: stays(varying.rows.selection.driver),
        TOGETHER.name: stays(varying.rows.ranges.together),
    }
    labels = [varying.entries.inputs[each.varied].label if each.varied else "" for each in known]
    varying.along(rows.varied, block, DRIVER_IF_TOGETHER, addresses, (labels, NAMED))
    for column, each in zip(block, known, strict=True):
        there = {VALUE.name: a1(rows.set_to, column - columns.to_other)}
        _at(varying, (rows.set_to, column), VALUE, there, (each.set_to, PLAIN))


def _steps(varying: Varying) -> None:
    """Narrow the bracket of the break-even from column to column, and step by turns to its middle and from there."""
    rows, columns = varying.rows.heads, varying.rows.columns
    for row, label, unit in (
        (rows.left, text.LEFT, text.AS_THE_INPUT),
        (rows.left_difference, text.LEFT_DIFFERENCE, text.AS_THE_ANSWER),
        (rows.right, text.RIGHT, text.AS_THE_INPUT),
        (rows.right_difference, text.RIGHT_DIFFERENCE, text.AS_THE_ANSWER),
        (rows.root, text.ROOT, text.AS_THE_ANSWER),
        (rows.share, text.SHARE_OF_HALF, text.PLAIN_NUMBER),
    ):
        varying.head(row, label, unit)
    first = columns.steps.start
    for column, found in zip(columns.steps, varying.study.evaluations, strict=True):
        before = _before(varying, column - 1)
        narrowed = _first_bracket(varying) if column == first else _next_bracket(varying)
        for row, tree, cached in zip(*narrowed, _bracket(found), strict=True):
            cells = _first_cells(varying) if column == first else before
            _at(varying, (row, column), tree, cells, (cached, PLAIN))
        own = {LEFT.name: a1(rows.left, column), RIGHT.name: a1(rows.right, column)}
        if (column - first) % 2 == 0:
            _at(varying, (rows.set_to, column), MIDDLE, own, (found.at, PLAIN))
            continue
        _at(varying, (rows.root, column), DISTANCE, before, (found.root, PLAIN))
        before |= {ROOT.name: a1(rows.root, column), SHARE.name: a1(rows.share, column)}
        _at(varying, (rows.share, column), SHARE_OF_HALF, before, (found.share, PLAIN))
        _at(varying, (rows.set_to, column), STEPPED, before, (found.at, PLAIN))


def _bracket(found: Evaluation) -> tuple[float, ...]:
    held = found.bracket
    return held.left, held.left_difference, held.right, held.right_difference


def _rows_of_bracket(varying: Varying) -> tuple[int, ...]:
    rows = varying.rows.heads
    return rows.left, rows.left_difference, rows.right, rows.right_difference


def _first_bracket(varying: Varying) -> tuple[tuple[int, ...], Iterable[Expression]]:
    return _rows_of_bracket(varying), (FIRST_LEFT, DIFFERENCE_LEFT, FIRST_RIGHT, DIFFERENCE_RIGHT)


def _next_bracket(varying: Varying) -> tuple[tuple[int, ...], Iterable[Expression]]:
    return _rows_of_bracket(varying), (NEXT_LEFT, NEXT_AT_LEFT, NEXT_RIGHT, NEXT_AT_RIGHT)


def _first_cells(varying: Varying) -> dict[str, str]:
    """Addresses of the points and the differences there."""
    crossing, columns = varying.rows.crossing, varying.rows.columns
    return {
        POINTS.name: across(varying.rows.heads.set_to, columns.points),
        DIFFERENCES.name: across(crossing.difference, columns.points),
        FOUND.name: stays(crossing.found),
        INTERVAL.name: stays(crossing.interval),
    }


def _before(varying: Varying, column: int) -> dict[str, str]:
    """Addresses of a bracket, of the value tried in it, and of the difference found there."""
    rows = varying.rows.heads
    places = {
        LEFT: rows.left,
        AT_LEFT: rows.left_difference,
        RIGHT: rows.right,
        AT_RIGHT: rows.right_difference,
        VALUE: rows.set_to,
        HERE: varying.rows.crossing.difference,
    }
    return {leaf.name: f"{letters(column)}{row + 1}" for leaf, row in places.items()}
