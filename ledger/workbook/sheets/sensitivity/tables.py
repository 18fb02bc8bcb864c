"""Tables of inputs on the sheet Sensitivity: in listed order, and sorted by swing, for a tornado chart."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import Apply, absolute, apply, equal, maximum, minimum, when
from unitledger.expression.table.statistics import INDEX, MATCH, ROWS, SUMPRODUCT
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Link, frame
from unitledger.workbook.layout import input_name
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.scenarios.cases import Case
from unitledger.workbook.sheets.sensitivity.showing import COUNT, PLAIN, Showing

_LINK: Style = ("link", GENERAL)
_FIXED_COUNT: Style = ("constant", "0")


def ranked(showing: Showing) -> None:
    """Put the inputs by swing, the strongest first, each a link to its cell; then the least and greatest answer."""
    table, listed, put = showing.rows.ranked, showing.rows.listed, showing.grid.put
    answer: Style = ("number", showing.pattern)

    def taken(column: Entry) -> Apply:
        return apply(INDEX, column.down(), table.place)

    put(table.place, apply(MATCH, apply(ROWS, table.decimals.down(to_own=True)), listed.place.down()), COUNT)
    put(table.label, showing.rows.link, _LINK)
    put(table.unit, taken(listed.unit), frame.UNIT)
    for column, end in ((table.low, listed.low), (table.high, listed.high)):
        put(column, taken(end.of(DIMENSIONLESS)) * taken(listed.times), PLAIN)
    for column, found in ((table.at_low, listed.at_low), (table.at_high, listed.at_high), (table.swing, listed.swing)):
        put(column, taken(found), answer)
    as_is, allowed = showing.rows.as_is, showing.scenarios.cells.tolerance
    for column, end in ((table.change_at_low, table.at_low), (table.change_at_high, table.at_high)):
        moved = end - as_is
        # What is left of two figures that are equal but for their last digits is no change.
        put(column, when(absolute(moved) <= allowed * absolute(as_is), 0, moved), answer)
    _span(showing)


def _span(showing: Showing) -> None:
    """Put the answer as it is, and the least and the greatest over all changes, one input at a time."""
    rows, scenarios, put = showing.rows, showing.scenarios, showing.grid.put
    put(rows.as_is.label, text.AS_IT_IS.format(answer=showing.line.label), ("label_total", GENERAL))
    put(rows.as_is.unit, showing.line.unit.spelling, ("unit_total", GENERAL))
    as_is = apply(INDEX, scenarios.rows.answer.across(scenarios.cases.base), scenarios.rows.analysed)
    put(rows.as_is, as_is, ("total", showing.pattern))
    reached = rows.ranked.at_low.down(), rows.ranked.at_high.down(), rows.as_is
    put(rows.least, minimum(*reached), ("number", showing.pattern))
    put(rows.greatest, maximum(*reached), ("number", showing.pattern))


def listed(showing: Showing) -> None:
    """Put the inputs in the order of Scenarios, what is found there, their swing and their rank."""
    table, scenarios, put = showing.rows.listed, showing.scenarios, showing.grid.put
    inputs, base, cases = showing.entries.inputs, showing.entries.base, scenarios.cases
    put(table.label, lambda name, _: Link(inputs[name].label, scenarios.cells.given[name], base), _LINK)
    put(table.unit, lambda name, _: unit_of(showing.entries, name).spelling, frame.UNIT)
    put(table.name, lambda name, _: input_name(name), ("constant_name", GENERAL))
    put(table.times, lambda name, _: showing.times(name), _FIXED_COUNT)
    put(table.decimals, lambda name, _: showing.decimals(name), _FIXED_COUNT)

    def by_row(row: Entry, block: Iterable[Case]) -> Apply:
        return apply(INDEX, row.across(block), apply(ROWS, table.unit.down(to_own=True)))

    set_to, answer = scenarios.rows.set_to.of(table.low.kind), scenarios.rows.answer
    for column, block in ((table.low, cases.lows), (table.high, cases.highs)):
        put(column, by_row(set_to, block), lambda name, _: ("used", showing.input_pattern(name)))
    for column, block in ((table.at_low, cases.lows), (table.at_high, cases.highs)):
        put(column, by_row(answer, block), ("used", showing.pattern))
    ends, allowed = (table.at_low, table.at_high, showing.rows.as_is), scenarios.cells.tolerance
    width = maximum(*ends) - minimum(*ends)
    put(table.swing, when(allowed * absolute(showing.rows.as_is) >= width, 0, width), ("number", showing.pattern))
    # How many are larger, and how many equal ones come first: RANK and COUNTIF do not call the same figures equal.
    larger = apply(SUMPRODUCT, 1 * (table.swing.down() > table.swing))
    before = apply(SUMPRODUCT, 1 * equal(table.swing.down(to_own=True), table.swing))
    put(table.place, larger + before, COUNT)
