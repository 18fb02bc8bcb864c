"""One input from its low to its high, in the analysed and in the compared option, and where these come out equal."""

from __future__ import annotations

import attrs

from unitledger.compute.break_even import driver_points, shared
from unitledger.expression import Text, all_of, any_of, apply, different, equal, maximum, minimum, total, when
from unitledger.expression.table.statistics import INDEX, MATCH
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT
from unitledger.workbook.sheets.second.places import POINTS
from unitledger.workbook.sheets.second.varying import Varying

_FIXED: Style = ("constant", "0")


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
        _put_change(varying, value, difference)


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
        put(places.taken, when(inherits, 1, places.if_analysed), COUNT, columns=[option])
    both = (apply(INDEX, places.taken.across(), places.number.at(which)) for which in places.pair)
    put(places.together, when(equal(*both), 1, 0), COUNT)
    fixed = places.as_is[driver].at(said.COMPARED)
    style: Style = ("used", varying.input_pattern(driver))
    put(places.driver, when(equal(places.together, 1), value, fixed), style)


def _put_change(varying: Varying, value: Entry, difference: Entry) -> None:
    """Put where the difference of the options changes its sign first."""
    places, put = varying.places, varying.again.grid.put
    here, after = difference, difference.right(1)
    changes = all_of(minimum(here, after) <= 0, maximum(here, after) >= 0, different(here, after))
    between = POINTS[:-1]
    put(places.changes, when(changes, 1, 0), COUNT, columns=between)
    flags = places.changes.across(between)
    put(places.found, when(total(flags) > 0, 1, 0), COUNT)
    put(places.interval, when(equal(places.found, 1), apply(MATCH, 1, flags), 1), COUNT)
    for row, entry, by in (
        (places.left, value, 0),
        (places.right, value, 1),
        (places.left_difference, difference, 0),
        (places.right_difference, difference, 1),
    ):
        pattern = varying.pattern if entry is difference else varying.input_pattern(varying.study.driver or "")
        place = places.interval + 1 if by else places.interval.expression
        put(row, apply(INDEX, entry.across(), place), ("number", pattern))
