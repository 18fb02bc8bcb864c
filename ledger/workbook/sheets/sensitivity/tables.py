"""The table of inputs on the sheet Sensitivity, sorted by swing, for a tornado chart."""

from __future__ import annotations

from collections.abc import Callable

from unitledger.expression import (
    LOGICAL,
    Apply,
    Expression,
    Number,
    absolute,
    any_of,
    apply,
    equal,
    maximum,
    minimum,
    when,
)
from unitledger.expression.table.statistics import INDEX, MATCH, ROWS
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, formula_text, frame
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Sheet, Style
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
    numbers = {name: Number(float(number)) for number, name in enumerate(showing.study.listed, start=1)}
    show_as_inputs(showing, showing.grid.sheet, table.low, table.high, lambda name: equal(table.place, numbers[name]))
    _span(showing)


def show_as_inputs(
    showing: Showing, sheet: Sheet, low: Entry, high: Entry, is_input: Callable[[str], Expression]
) -> None:
    """Show the ends of ranges, side by side on a sheet, in the formats of their inputs.

    Which input stands in a row is found by formula; `is_input`: whether it is that one.
    """
    alike: dict[str, list[str]] = {}
    for name in showing.study.listed:
        alike.setdefault(showing.varying.input_pattern(name).rstrip("%"), []).append(name)
    (top, first), (bottom, _) = (low.place(row) for row in (low.keys[0], low.keys[-1]))
    spot = (top, bottom), (first, high.place(low.keys[0])[1])
    for pattern, names in alike.items():
        rule = formula_text(low.of(LOGICAL), any_of(*map(is_input, names)), low.keys[0])
        sheet.highlights.append(Highlight(*spot, Condition(rule), ("row_quiet", pattern)))


def _span(showing: Showing) -> None:
    """Put the answer as it is, and the least and the greatest over all changes, one input at a time."""
    rows, put = showing.rows, showing.grid.put
    put(rows.as_is.label, text.AS_IT_IS.format(answer=showing.line.label), ("label_total", GENERAL))
    put(rows.as_is.unit, showing.line.unit.spelling, ("unit_total", GENERAL))
    put(rows.as_is, showing.there.as_is[showing.study.answer].only(said.ANALYSED), ("total", showing.pattern))
    reached = rows.ranked.at_low.down(), rows.ranked.at_high.down(), rows.as_is
    put(rows.least, minimum(*reached), ("number", showing.pattern))
    put(rows.greatest, maximum(*reached), ("number", showing.pattern))
