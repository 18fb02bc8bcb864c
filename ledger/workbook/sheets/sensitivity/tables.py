"""The table of inputs on the sheet Sensitivity, sorted by swing, for a tornado chart."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import Apply, Text, absolute, apply, equal, maximum, minimum, when
from unitledger.expression.table.statistics import INDEX, MATCH, ROWS
from unitledger.units import DATE, DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, formula_text, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.look.formats import DATE as DAY
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.sensitivity.showing import COUNT, PLAIN, Showing

_LINK: Style = ("link", GENERAL)


def ranked(showing: Showing) -> None:
    """Put the inputs by swing, the strongest first, each a link to its cell; then the least and greatest answer."""
    table, there, put = showing.rows.ranked, showing.there, showing.grid.put
    answer: Style = ("number", showing.pattern)

    def taken(column: Entry) -> Apply:
        return apply(INDEX, column.down(), table.place)

    put(table.place, apply(MATCH, apply(ROWS, table.beside.down(to_own=True)), there.rank.down()), COUNT)
    put(table.label, showing.rows.link, _LINK)
    put(table.unit, taken(there.ends.unit), frame.UNIT)
    for column, end in ((table.low, said.LOW), (table.high, said.HIGH)):
        put(column, taken(there.ends.of(DIMENSIONLESS).only(end)) * taken(there.times), PLAIN)
    as_is, allowed = showing.rows.as_is, showing.varying.again.cells.tolerance
    for column, change, end in (
        (table.at_low, table.change_at_low, said.LOW),
        (table.at_high, table.change_at_high, said.HIGH),
    ):
        put(column, taken(there.at.only(end)), answer)
        moved = column - as_is
        # What is left of two figures that are equal but for their last digits is no change.
        put(change, when(absolute(moved) <= allowed * absolute(as_is), 0, moved), answer)
    show_dates(showing, showing.grid, ((table.low, None), (table.high, None)))
    _span(showing)


def show_dates(showing: Showing, grid: Grid, ends: Iterable[tuple[Entry, Key]]) -> None:
    """Show ends of ranges as dates where they are: which input stands in a row is found by formula.

    `ends`: those of one side, and the column of theirs that is meant.
    """
    if not showing.has_dates:
        return
    unit = showing.rows.ranked.unit
    for entry, column in ends:
        rows = entry.keys
        (top, place), (bottom, _) = (entry.place(row, column) for row in (rows[0], rows[-1]))
        rule = formula_text(entry.of(DIMENSIONLESS), equal(unit, Text(DATE.spelling)), rows[0], column)
        grid.sheet.highlights.append(Highlight((top, bottom), (place, place), Condition(rule), ("row_quiet", DAY)))


def _span(showing: Showing) -> None:
    """Put the answer as it is, and the least and the greatest over all changes, one input at a time."""
    rows, put = showing.rows, showing.grid.put
    put(rows.as_is.label, text.AS_IT_IS.format(answer=showing.line.label), ("label_total", GENERAL))
    put(rows.as_is.unit, showing.line.unit.spelling, ("unit_total", GENERAL))
    put(rows.as_is, showing.there.as_is[showing.study.answer].only(said.ANALYSED), ("total", showing.pattern))
    reached = rows.ranked.at_low.down(), rows.ranked.at_high.down(), rows.as_is
    put(rows.least, minimum(*reached), ("number", showing.pattern))
    put(rows.greatest, maximum(*reached), ("number", showing.pattern))
