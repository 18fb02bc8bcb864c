"""The part of Second calculation for Sensitivity, put when the cells of Sensitivity are known.

Inputs one at a time at their lows and highs, and one input from its low to its high in equal steps.
"""

from __future__ import annotations

import attrs

from unitledger.compute.break_even import driver_points, shared
from unitledger.compute.sensitivity import ends
from unitledger.expression import (
    Expression,
    Number,
    Operand,
    Text,
    absolute,
    all_of,
    any_of,
    apply,
    different,
    equal,
    maximum,
    minimum,
    when,
)
from unitledger.expression.table.arithmetic import DUST, ISNUMBER, ROUND
from unitledger.expression.table.statistics import INDEX, SMALL, SUMPRODUCT
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import input_name
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT
from unitledger.workbook.sheets.second.chosen import put_chosen
from unitledger.workbook.sheets.second.comparison import Comparison
from unitledger.workbook.sheets.second.places import ENDS, POINTS
from unitledger.workbook.sheets.second.varying import Varying

_EMPTY = Text("")
_NAME_WIDTH = 13
_DECIMALS = Number(float(DUST))

_FIXED: Style = ("constant", "0")


def put_moved(varying: Varying) -> None:
    """Put the ranges of the analysed option, and what the lines are at the ends of each."""
    places, put = varying.places, varying.again.grid.put
    for name in places.listed:
        looks = ("used", varying.input_pattern(name))
        for end in ENDS:
            put(places.ends, _end(varying, name, end), looks, rows=[name], columns=[end])
        lines, fixed = places.moved[name], places.as_is.only(said.ANALYSED)
        at, option = ends(varying.again.entries, name, varying.study.analysed), varying.study.analysed
        varying.put_lines(lines, name, places.ends[name], fixed, option=option, at=at)
    put(places.name_of, lambda name, _: input_name(name), ("constant_name", GENERAL))
    _, column = places.name_of.place(places.listed[0])
    widest = frame.width(map(input_name, places.listed), _NAME_WIDTH, frame.LABEL_WIDTH)
    varying.again.grid.sheet.widths[column] = widest
    put(places.times, lambda name, _: varying.times(name), _FIXED)
    put(places.decimals, lambda name, _: varying.decimals(name), _FIXED)
    _swings(varying)
    style: Style = ("constant", varying.pattern)
    put(places.built, places.at.value, style)

    def size(name: str, end: str) -> float:
        moved = {name: places.ends.value(name, end)}
        return varying.size(places.at.value(name, end), places.moved[name], end, moved, varying.study.analysed)

    put(places.sizes, size, style)


def _end(varying: Varying, name: str, end: str) -> Operand:
    """Return what fetches one end of a range in the analysed option.

    It is that beneath the input, where something is stated of the option's own figure, as long as a figure stands in
    its cell and a low or a high beneath. All others have the range of the base option: a figure that is typed over
    another keeps its range when it is taken over.
    """
    cells, places, high = varying.again.cells, varying.places, end == said.HIGH
    figure = places.as_is[name].only(said.ANALYSED)

    def stated(end: Entry, otherwise: Entry) -> Expression:
        return when(apply(ISNUMBER, end), end * cells.factor[name], otherwise)

    def shared(otherwise: Entry) -> Expression:
        return stated((cells.high if high else cells.low)[name], otherwise)

    key = name, end
    if not places.by_option.has(key):
        return shared(figure)
    style: Style = ("used", varying.input_pattern(name))
    for option in varying.again.entries.options:
        own, tree = (name, option), shared(cells.figures[name])
        if cells.own_low.has(own):
            both = cells.own_low[own], cells.own_high[own]
            without = any_of(equal(cells.given[name], _EMPTY), all_of(*(equal(each, _EMPTY) for each in both)))
            tree = when(without, tree, stated(both[high], cells.figures[name]))
        varying.again.grid.put(places.by_option, tree, style, rows=[key], columns=[option])
    return apply(INDEX, places.by_option[key].across(), places.number.only(said.ANALYSED))


def _swings(varying: Varying) -> None:
    """Put how far the answer moves over both ends, and the rank of that.

    A swing has nine decimals of the answer. Of three that differ in their last digits, a program may call the first
    equal to the second and the second to the third, but not the first to the third; then some rank would be missing.
    """
    places, put = varying.places, varying.again.grid.put
    as_is = places.as_is[varying.study.answer].only(said.ANALYSED)
    reached: tuple[Entry | Expression, ...] = (places.at.across(), as_is)
    width = maximum(*reached) - minimum(*reached)
    size = absolute(as_is)
    rounded = apply(ROUND, width / size, _DECIMALS) * size
    put(places.swing, when(equal(as_is, 0), width, rounded), ("number", varying.pattern))
    # How many are larger, and how many equal ones come first: RANK and COUNTIF do not call the same figures equal.
    larger = apply(SUMPRODUCT, 1 * (places.swing.down() > places.swing))
    before = apply(SUMPRODUCT, 1 * equal(places.swing.down(to_own=True), places.swing))
    put(places.rank, larger + before, COUNT)


def put_along(varying: Varying, on: Grid, value: Entry, difference: Entry) -> None:
    """Put the lines that the driver reaches at each of its points, the answers `on` the sheet Sensitivity.

    There stand also the `value` of the driver at the points, and the `difference` of the two options.
    """
    places, study, put = varying.places, varying.study, varying.again.grid.put
    driver = study.driver
    assert driver is not None
    put(places.step, lambda _, point: float(point), _FIXED)
    entries = varying.again.entries
    points = driver_points(entries, driver, study.analysed)
    held: dict[str, tuple[Entry, str]] = {said.ANALYSED: (value, study.analysed)}
    if study.compared is not None:
        _put_compared(varying, value)
        held[said.COMPARED] = places.driver, study.compared
    for which, (moved, option) in held.items():
        lines = places.along[which]
        moves = shared(entries, driver, study.analysed, option)
        at = points if moves else [varying.results[option][driver]] * len(points)
        fixed, answers = places.as_is.only(which), varying.answers[which]
        varying.put_lines(lines, driver, moved, fixed, option=option, at=at)
        row = attrs.evolve(
            answers, kind={study.answer: answers.kind_of(None)}, rows={study.answer: answers.place(column=0)[0]}
        )
        varying.put_lines(row, driver, moved, fixed, option=option, at=at, on=on, before=lines)
        style: Style = ("constant", varying.pattern)

        def answer(_: None, point: int, answers: Entry = answers) -> float:
            return float(answers.value(column=point))

        def size(_: None, point: int, which: str = which, moved: Entry = moved, option: str = option) -> float:
            found, lines = varying.answers[which].value(column=point), places.along[which]
            return varying.size(found, lines, point, {driver: moved.value(column=point)}, option)

        put(places.along_built[which], answer, style)
        put(places.along_sizes[which], size, style)
    if study.compared is not None:
        _put_change(varying, difference)


def _put_compared(varying: Varying, value: Entry) -> None:
    """Set the driver to the same in the option that is compared, where both take it from the same cell of Inputs."""
    places, put, cells = varying.places, varying.again.grid.put, varying.again.cells
    driver, base = varying.study.driver, varying.again.entries.base
    assert driver is not None
    given, entries = cells.given[driver], varying.again.entries
    empty = equal(given, Text(""))
    put(places.taken, 1.0, _FIXED, columns=[base])
    for option in list(entries.options)[1:]:
        # An option without a figure of its own shows that of the base option.
        own = driver in entries.options[option].settings
        inherits = empty if own else any_of(empty, equal(given, given.at(base)))
        put(places.taken, when(inherits, 1, places.numbers), COUNT, columns=[option])
    both = (apply(INDEX, places.taken.across(), places.number.at(which)) for which in places.pair)
    put(places.together, when(equal(*both), 1, 0), COUNT)
    fixed = places.as_is[driver].at(said.COMPARED)
    style: Style = ("used", varying.input_pattern(driver))
    put(places.driver, when(equal(places.together, 1), value, fixed), style)


def _put_change(varying: Varying, difference: Entry) -> None:
    """Put before which step the difference of the options changes its sign first, the last step if it never does."""
    places, put = varying.places, varying.again.grid.put
    steps, last = places.step.across(POINTS[:-1]), places.step.at(POINTS[-1])
    here, after = difference.across(POINTS[:-1]), difference.across(POINTS[1:])
    changes = ((here <= 0) * (after >= 0) + (here >= 0) * (after <= 0)) * different(here, after)
    put(places.before, apply(SUMPRODUCT, apply(SMALL, steps + last * (1 - changes), 1)), COUNT)
    put(places.found, when(places.before < last, 1, 0), COUNT)


def put_varying(varying: Varying, comparison: Comparison | None, on: Grid, value: Entry, difference: Entry) -> None:
    """Put what stands there.

    `comparison`: which option is best, if one is. `on` Sensitivity stand the `value` of the driver at its points, and
    the `difference` of the two options there.
    """
    mapped = varying.again.grid.mapped
    with mapped("chosen"):
        put_chosen(varying.again, varying.places, varying.selectors, comparison, varying.patterns)
    with mapped("moved"):
        put_moved(varying)
    if varying.study.driver is not None:
        with mapped("along"):
            put_along(varying, on, value, difference)
