"""Top of the sheet Scenarios: what the selectors of Sensitivity name, and the ranges that hold in each option."""

from __future__ import annotations

import attrs

from unitledger.compute.ranges import ends
from unitledger.expression import Number, Operand, Text, all_of, any_of, apply, equal, total, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import INDEX, MATCH
from unitledger.workbook.grid import Entry
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import number_format
from unitledger.workbook.sheets.scenarios.varying import COUNT, PLAIN, Varying

_EMPTY = Text("")
_ONE = Number(1.0)


@attrs.frozen
class Selectors:
    """The cells of Sensitivity in which a reader chooses what is analysed; those that a study lacks have no rows."""

    analysed: Entry
    compared: Entry
    driver: Entry


def selection(varying: Varying, selectors: Selectors) -> None:
    """Put what the selectors name, and how many of them name nothing."""
    rows, base, put = varying.rows, varying.cases.base, varying.grid.put
    options = varying.heading
    put(rows.analysed_is, when(equal(selectors.analysed, options), 1, 0), COUNT, columns=base)
    put(rows.analysed, apply(MATCH, _ONE, rows.analysed_is.across(base)), COUNT)
    missing = 1 - total(rows.analysed_is.across(base))
    if varying.cases.other_points:
        put(rows.compared_is, when(equal(selectors.compared, options), 1, 0), COUNT, columns=base)
        put(rows.compared, apply(MATCH, _ONE, rows.compared_is.across(base)), COUNT)
        missing = missing + (1 - total(rows.compared_is.across(base)))
    if varying.cases.points:
        driver_is = rows.driver_is
        put(driver_is, when(equal(selectors.driver, driver_is.label), 1, 0), COUNT)
        put(rows.driver, apply(MATCH, _ONE, driver_is.down()), COUNT)
        missing = missing + (1 - total(driver_is.down()))
    put(rows.unnamed, missing, COUNT)


def ranges(varying: Varying) -> None:
    """Put low, high and whose cell is taken, for each listed input in each option; then the same for the driver."""
    rows, base, put, mapped = varying.rows, varying.cases.base, varying.grid.put, varying.grid.mapped
    for name in varying.study.listed:
        held = {option: ends(varying.entries, name, option) for option in base}
        unit = unit_of(varying.entries, name)
        style = "used", number_format(unit, [end for both in held.values() for end in both], exact=True)
        for option in base:
            for kind, entry in (("low", rows.low), ("high", rows.high)):
                end = _end(varying, name, option, high=kind == "high")
                with mapped(kind):
                    put(entry, end, style, rows=[name], columns=[option])
    if varying.cases.other_points:
        with mapped("taken"):
            _taken(varying)
    with mapped("driver"):
        _of_driver(varying)


def _end(varying: Varying, name: str, option: str, *, high: bool) -> Operand:
    """Return what fetches one end of a range in an option.

    It is that beneath the input, where something is stated of the option's own figure, as long as a figure stands in
    its cell and a low or a high beneath. All others have the range of the base option: a figure that is typed over
    another keeps its range when it is taken over.
    """
    cells, own = varying.cells, (name, option)

    def stated(ends: Entry) -> Operand:
        return when(apply(ISNUMBER, ends), ends * cells.factor[name], cells.figures[name])

    shared = stated((cells.high if high else cells.low)[name])
    if not cells.own_low.has(own):
        return shared
    low, high_end = cells.own_low[own], cells.own_high[own]
    without = all_of(equal(low, _EMPTY), equal(high_end, _EMPTY))
    return when(any_of(equal(cells.given[name], _EMPTY), without), shared, stated(high_end if high else low))


def _taken(varying: Varying) -> None:
    """Put whose cell an option takes: that of the base option where its own is empty, or shows the base's figure."""
    entries, rows, given = varying.entries, varying.rows, varying.cells.given
    empty = equal(given, _EMPTY)
    inherits = any_of(empty, equal(given, given.at(entries.base)))
    for option in varying.cases.base:
        settings = entries.options[option].settings
        for condition, own in ((empty, True), (inherits, False)):
            names = [name for name in varying.study.listed if (option == entries.base or name in settings) == own]
            varying.grid.put(rows.taken, when(condition, 1, rows.number), COUNT, rows=names, columns=[option])


def _of_driver(varying: Varying) -> None:
    """Put low, high and whose cell is taken for the driver, and whether it moves in both options."""
    rows, cases, put = varying.rows, varying.cases, varying.grid.put
    if not cases.points:
        return
    held = [(rows.driver_low, rows.low, PLAIN), (rows.driver_high, rows.high, PLAIN)]
    if cases.other_points:
        held += [(rows.driver_now, rows.inputs, PLAIN), (rows.driver_taken, rows.taken, COUNT)]
    for entry, by_input, style in held:
        kind = entry.kind_of(None)
        put(entry, apply(INDEX, by_input.of(kind).down(), rows.driver), style, columns=cases.base)
    if cases.other_points:
        taken = rows.driver_taken.across(cases.base)
        both = equal(apply(INDEX, taken, rows.analysed), apply(INDEX, taken, rows.compared))
        put(rows.together, when(both, 1, 0), COUNT)
