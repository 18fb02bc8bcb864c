"""Heads of the columns of the sheet Scenarios: which option, which input, and what that is set to."""

from __future__ import annotations

from unitledger.expression import Number, Text, apply, equal, maximum, square_root, when
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.sheets.scenarios.varying import COUNT, FIXED_COUNT, NAMED, PLAIN, Varying


def heads(varying: Varying) -> None:
    """Put what each column evaluates."""
    rows, cases, put = varying.rows, varying.cases, varying.grid.put
    base = cases.base
    put(rows.option, apply(INDEX, varying.cells.options.across(), rows.number), NAMED)
    put(rows.number, lambda _, option: base.index(option) + 1.0, FIXED_COUNT, columns=base)
    put(rows.number, rows.analysed, COUNT, columns=cases.of_analysed)
    for block, ends in ((cases.lows, rows.low), (cases.highs, rows.high)):
        for case, name in zip(block, varying.study.listed, strict=True):
            put(rows.varied, rows.inputs[name].label, NAMED, columns=[case])
            end = apply(INDEX, ends[name].across(base), rows.number)
            put(rows.set_to.of(unit_of(varying.entries, name)), end, PLAIN, columns=[case])
    if cases.points:
        _points(varying)
    if cases.other_points:
        _compared(varying)
        _steps(varying)


def _points(varying: Varying) -> None:
    """Set the driver to equal steps from its low to its high, and name it over the steps of the break-even too."""
    rows, cases, put = varying.rows, varying.cases, varying.grid.put
    first, *others = points = cases.points
    named = apply(INDEX, rows.inputs.label.down(), rows.driver)
    put(rows.varied, named, NAMED, columns=[*points, *cases.steps])
    for entry, held in ((rows.begin, rows.driver_low), (rows.end, rows.driver_high)):
        put(entry, apply(INDEX, held.across(cases.base), rows.number), PLAIN, columns=points)
    put(rows.step, 0.0, FIXED_COUNT, columns=[first])
    put(rows.step, rows.step.before + 1, COUNT, columns=others)
    along = rows.begin + (rows.end - rows.begin) * rows.step / rows.step.at(points[-1])
    put(rows.set_to, along, PLAIN, columns=points)


def _compared(varying: Varying) -> None:
    """Set the driver to the same in the option that is compared, where it moves there at all."""
    rows, cases, put = varying.rows, varying.cases, varying.grid.put
    put(rows.number, rows.compared, COUNT, columns=cases.of_compared)
    driver = apply(INDEX, rows.inputs.label.down(), rows.driver)
    put(rows.varied, when(equal(rows.together, 1), driver, Text("")), NAMED, columns=cases.of_compared)
    put(rows.set_to, rows.set_to.right(-cases.to_other), PLAIN, columns=cases.of_compared)


def _steps(varying: Varying) -> None:
    """Narrow the bracket of the break-even from column to column, and step by turns to its middle and from there."""
    rows, cases, put = varying.rows, varying.cases, varying.grid.put
    points, (first, *rest) = cases.points, cases.steps
    values, differences = rows.set_to.across(points), rows.difference.across(points)
    found, at = equal(rows.found, 1), rows.interval
    put(rows.left, apply(INDEX, values, at), PLAIN, columns=[first])
    put(rows.at_left, when(found, apply(INDEX, differences, at), 0), PLAIN, columns=[first])
    put(rows.right, apply(INDEX, values, at + 1), PLAIN, columns=[first])
    put(rows.at_right, when(found, apply(INDEX, differences, at + 1), 0), PLAIN, columns=[first])

    left, right, at_left, at_right = (entry.before for entry in (rows.left, rows.right, rows.at_left, rows.at_right))
    value, here = rows.set_to.before, rows.difference.before
    on_left_side = here * at_left > 0
    put(rows.left, when(on_left_side, value, left), PLAIN, columns=rest)
    put(rows.at_left, when(on_left_side, here, at_left), PLAIN, columns=rest)
    put(rows.right, when(on_left_side, right, value), PLAIN, columns=rest)
    put(rows.at_right, when(on_left_side, at_right, here), PLAIN, columns=rest)

    middles, ridders = cases.steps[::2], cases.steps[1::2]
    put(rows.set_to, (rows.left + rows.right) / (Number(1.0) + 1), PLAIN, columns=middles)
    # Ridders' step, from the middle in the column before.
    put(rows.root, square_root(maximum(here * here - at_left * at_right, 0)), PLAIN, columns=ridders)
    put(rows.share, when(equal(rows.root, 0), 0, here / rows.root), PLAIN, columns=ridders)
    step = (value - left) * rows.share
    put(rows.set_to, when(at_left > at_right, value + step, value - step), PLAIN, columns=ridders)
