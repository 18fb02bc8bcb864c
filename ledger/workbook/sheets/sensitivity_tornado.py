"""Tables of inputs on the sheet Sensitivity: in listed order, and sorted by swing, for a tornado chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from unitledger.compute import TOLERANCE
from unitledger.compute.ranges import spread
from unitledger.expression import TEXT, Expression, Reference, absolute, apply, equal, maximum, minimum, sentence, when
from unitledger.expression.digits import canonical
from unitledger.expression.table.arithmetic import HYPERLINK
from unitledger.expression.table.statistics import INDEX, MATCH, ROWS, SUMPRODUCT
from unitledger.model import anchor
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import CONSTANT_COLUMN, CONSTANTS, FIRST_OPTION, INPUTS, LABEL_COLUMN, UNIT_COLUMN
from unitledger.workbook.printing import down, own, span, symbol
from unitledger.workbook.sensitivity_rows import (
    AT_HIGH,
    AT_LOW,
    CHANGE_AT_HIGH,
    CHANGE_AT_LOW,
    DECIMALS,
    HIGH,
    LOW,
    NAME,
    PLACE,
    SWING,
    TIMES,
)
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.sensitivity_sheet import COUNT, PLAIN, Showing, counted, stays

CELLS = symbol("listed figures")
ABOVE = symbol("rows from the first to this one")
PLACED = symbol("place in listed order")
PLACES = symbol("places in the order of swings")
TIMES_OF = symbol("what figures are shown times")
TEXTS, NAMES = Reference("listed texts", TEXT), Reference("listed names", TEXT)
AT_ONE_END, AT_OTHER_END, UNMOVED = symbol("answer at low"), symbol("answer at high"), symbol("answer as it is")
SIZE, SIZES, SIZES_ABOVE = symbol("swing"), symbol("all swings"), symbol("swings down to this one")
NUMBER = symbol("number of the option")

BY_ROW = apply(INDEX, CELLS, apply(ROWS, ABOVE))
WHERE = apply(MATCH, apply(ROWS, ABOVE), PLACES)
TAKEN = apply(INDEX, CELLS, PLACED)
SHOWN = TAKEN * apply(INDEX, TIMES_OF, PLACED)
SPELLED = apply(INDEX, TEXTS, PLACED)
LINK = apply(HYPERLINK, sentence("#", apply(INDEX, NAMES, PLACED)), SPELLED)
ALLOWED = symbol("tolerance")
MOVED_BY = AT_ONE_END - UNMOVED
WIDTH = maximum(AT_ONE_END, AT_OTHER_END, UNMOVED) - minimum(AT_ONE_END, AT_OTHER_END, UNMOVED)
# What is left of two figures that are equal but for their last digits is no change.
CHANGE = when(absolute(MOVED_BY) <= ALLOWED * absolute(UNMOVED), 0, MOVED_BY)
SPREAD = when(ALLOWED * absolute(UNMOVED) >= WIDTH, 0, WIDTH)
# How many are larger, and how many equal ones come first: RANK and COUNTIF do not call the same figures equal.
RANKED = apply(SUMPRODUCT, 1 * (SIZES > SIZE)) + apply(SUMPRODUCT, 1 * equal(SIZES_ABOVE, SIZE))
AS_IS = apply(INDEX, CELLS, NUMBER)
LEAST = minimum(AT_ONE_END, AT_OTHER_END, UNMOVED)
GREATEST = maximum(AT_ONE_END, AT_OTHER_END, UNMOVED)


_PLAIN_LOOKS = ("label", "unit", "number")


@attrs.frozen
class _Moved:
    """One input and its figures as built."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float
    swing: float


def tables(showing: Showing) -> None:
    """Put both tables, with the answer as it is and the least and the greatest over all changes between them."""
    moved = _moved(showing)
    _headings(showing, showing.rows.ranked.start - 1, text.TORNADO, text.TORNADO_TITLES)
    _sorted(showing, moved)
    _span(showing, moved)
    _headings(showing, showing.rows.listed_rows[0] - 1, text.LISTED, text.LISTED_TITLES)
    _listed(showing, moved)


def _moved(showing: Showing) -> list[_Moved]:
    columns = showing.scenarios.columns
    here = showing.as_is
    answers = zip(showing.answers(columns.lows), showing.answers(columns.highs), strict=True)
    return [
        _Moved(name, *showing.ends(name), *both, _beyond(spread((*both, here)), here))
        for name, both in zip(showing.study.listed, answers, strict=True)
    ]


def _headings(showing: Showing, row: int, section: str, titles: Sequence[str]) -> None:
    frame.sections(showing.sheet, {row - 1: section}, DECIMALS + 1)
    for column, title in enumerate(titles):
        style = "heading_right" if column >= FIRST_OPTION else "heading_in" if column else "heading"
        showing.sheet.text(row, column, title.format(answer=showing.line.label), (style, GENERAL))
    showing.sheet.heights[row] = frame.TWO_LINES


def _listed(showing: Showing, moved: Sequence[_Moved]) -> None:
    """Put the inputs in the order of Scenarios, what is found there, their swing and their rank."""
    sheet, rows, scenarios = showing.sheet, showing.rows.listed, showing.scenarios
    first, columns = min(rows.values()), scenarios.columns
    for each in moved:
        row = rows[each.name]
        target = showing.entries.inputs[each.name]
        place = on(INPUTS, a1(showing.layout.inputs[each.name], FIRST_OPTION))
        sheet.link(row, LABEL_COLUMN, target.label, place, ("link", GENERAL))
        sheet.text(row, UNIT_COLUMN, showing.unit(each.name).spelling, frame.UNIT)
        sheet.text(row, NAME, f"in_{anchor(each.name)}", ("constant_name", GENERAL))
        sheet.number(row, TIMES, showing.times(each.name), ("constant", "0"))
        sheet.number(row, DECIMALS, showing.decimals(each.name), ("constant", "0"))
    above = {ABOVE.name: counted(first, UNIT_COLUMN, own(UNIT_COLUMN))}
    answer: Style = ("number", showing.pattern)
    for column, row, block, held in (
        (LOW, scenarios.heads.set_to, columns.lows, [(each.low, showing.input_pattern(each.name)) for each in moved]),
        (
            HIGH,
            scenarios.heads.set_to,
            columns.highs,
            [(each.high, showing.input_pattern(each.name)) for each in moved],
        ),
        (AT_LOW, scenarios.answer, columns.lows, [(each.at_low, showing.pattern) for each in moved]),
        (AT_HIGH, scenarios.answer, columns.highs, [(each.at_high, showing.pattern) for each in moved]),
    ):
        cells = {CELLS.name: showing.on_scenarios(row, block), **above}
        _down(showing, column, BY_ROW, cells, [(value, ("used", pattern)) for value, pattern in held])
    cells = {AT_ONE_END.name: own(AT_LOW), AT_OTHER_END.name: own(AT_HIGH), **_compared(showing)}
    _down(showing, SWING, SPREAD, cells, [(each.swing, answer) for each in moved])
    cells = {
        SIZES.name: showing.listed(SWING),
        SIZE.name: own(SWING),
        SIZES_ABOVE.name: counted(first, SWING, own(SWING)),
    }
    _down(showing, PLACE, RANKED, cells, [(rank, COUNT) for rank in _ranks(moved)])


def _down(
    showing: Showing, column: int, tree: Expression, addresses: Mapping[str, str], shown: Sequence[tuple[Any, Style]]
) -> None:
    """Put one formula down the table in listed order."""
    placed = zip(showing.rows.listed.values(), shown, strict=True)
    down(showing.sheet, column, tree, addresses, ((row, row, cached, style) for row, (cached, style) in placed))


def _ranks(moved: Sequence[_Moved]) -> list[float]:
    sizes = [canonical(each.swing) for each in moved]
    return [
        float(sum(other > size for other in sizes) + sizes[: place + 1].count(size)) for place, size in enumerate(sizes)
    ]


def _sorted(showing: Showing, moved: Sequence[_Moved]) -> None:
    """Put the inputs by swing, the strongest first, each a link to its cell."""
    rows = showing.rows.ranked
    ranks = _ranks(moved)
    order = [ranks.index(rank) for rank in sorted(ranks)]
    found = [moved[place] for place in order]
    placed = {PLACED.name: own(PLACE)}
    answer: Style = ("number", showing.pattern)

    def put(column: int, tree: Expression, cells: Mapping[str, str], cached: Sequence[Any], style: Style) -> None:
        known = ((row, row, value, style) for row, value in zip(rows, cached, strict=True))
        down(showing.sheet, column, tree, {**placed, **cells}, known)

    where = {ABOVE.name: counted(rows.start, DECIMALS, own(DECIMALS)), PLACES.name: showing.listed(PLACE)}
    put(PLACE, WHERE, where, [place + 1.0 for place in order], COUNT)
    labels = [showing.entries.inputs[each.name].label for each in found]
    named = {NAMES.name: showing.listed(NAME), TEXTS.name: showing.listed(LABEL_COLUMN)}
    put(LABEL_COLUMN, LINK, named, labels, ("link", GENERAL))
    units = [showing.unit(each.name).spelling for each in found]
    put(UNIT_COLUMN, SPELLED, {TEXTS.name: showing.listed(UNIT_COLUMN)}, units, frame.UNIT)
    times = {TIMES_OF.name: showing.listed(TIMES)}
    for column, ends in ((LOW, [each.low for each in found]), (HIGH, [each.high for each in found])):
        shown = [end * showing.times(each.name) for end, each in zip(ends, found, strict=True)]
        put(column, SHOWN, {CELLS.name: showing.listed(column), **times}, shown, PLAIN)
    at_low, at_high = [each.at_low for each in found], [each.at_high for each in found]
    for column, figures in ((AT_LOW, at_low), (AT_HIGH, at_high), (SWING, [each.swing for each in found])):
        put(column, TAKEN, {CELLS.name: showing.listed(column)}, figures, answer)
    for column, end, figures in ((CHANGE_AT_LOW, AT_LOW, at_low), (CHANGE_AT_HIGH, AT_HIGH, at_high)):
        cells = {AT_ONE_END.name: own(end), **_compared(showing)}
        put(column, CHANGE, cells, [_beyond(figure - showing.as_is, showing.as_is) for figure in figures], answer)


def _compared(showing: Showing) -> dict[str, str]:
    """Addresses of the answer as it is, and of the tolerance within which another is the same."""
    allowed = on(CONSTANTS, fixed(showing.layout.tolerance, CONSTANT_COLUMN))
    return {UNMOVED.name: stays(showing.rows.as_is), ALLOWED.name: allowed}


def _beyond(change: float, as_is: float) -> float:
    """Return a change of the answer, 0 where it is within the tolerance."""
    return 0.0 if abs(change) <= TOLERANCE * abs(as_is) else change


def _span(showing: Showing, moved: Sequence[_Moved]) -> None:
    """Put the answer as it is, and the least and the greatest over all changes, one input at a time."""
    rows, line, scenarios = showing.rows, showing.line, showing.scenarios
    ranked = (rows.ranked.start, rows.ranked.stop - 1)
    cells = {
        CELLS.name: showing.on_scenarios(scenarios.answer, scenarios.columns.base),
        NUMBER.name: showing.on_its_own(scenarios.selection.analysed),
        AT_ONE_END.name: span(ranked, (AT_LOW, AT_LOW)),
        AT_OTHER_END.name: span(ranked, (AT_HIGH, AT_HIGH)),
        UNMOVED.name: stays(rows.as_is),
    }
    reached = [showing.as_is, *(end for each in moved for end in (each.at_low, each.at_high))]
    for row, label, tree, cached in (
        (rows.as_is, text.AS_IT_IS, AS_IS, showing.as_is),
        (rows.least, text.LEAST_ANSWER, LEAST, min(reached)),
        (rows.greatest, text.GREATEST_ANSWER, GREATEST, max(reached)),
    ):
        label_look, unit_look, look = ("label_total", "unit_total", "total") if row == rows.as_is else _PLAIN_LOOKS
        showing.sheet.text(row, LABEL_COLUMN, label.format(answer=line.label), (label_look, GENERAL))
        showing.sheet.text(row, UNIT_COLUMN, line.unit.spelling, (unit_look, GENERAL))
        showing.put((row, FIRST_OPTION), tree, cells, cached, (look, showing.pattern))
