"""What the sheet Sensitivity shows: inputs by swing, for a tornado chart; answers along the range of one; sentences."""

from __future__ import annotations

from collections.abc import Callable

from unitledger.expression import (
    LOGICAL,
    Apply,
    Expression,
    Number,
    Operand,
    Text,
    absolute,
    all_of,
    any_of,
    apply,
    choose,
    dated,
    equal,
    maximum,
    minimum,
    sentence,
    stated,
    when,
)
from unitledger.expression.table.statistics import INDEX, MATCH, ROWS
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, formula_text, frame
from unitledger.workbook.look.formats import DATE, GENERAL, dashed, decimals_in_words
from unitledger.workbook.sheet import Condition, Highlight, Sheet, Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT, is_whole
from unitledger.workbook.sheets.second.places import POINTS
from unitledger.workbook.sheets.sensitivity.rows import LAST_COLUMN, PLAIN, Showing

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
        shown = "number", dashed(showing.pattern)
        put(change, when(absolute(moved) <= allowed * absolute(as_is), 0, moved), shown)
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


_LABEL_OF_TOTAL: Style = ("label_total", GENERAL)
_UNIT_OF_TOTAL: Style = ("unit_total", GENERAL)


def along(showing: Showing) -> None:
    """Put the values of the driver, the answers there, and where two options meet, on the line between two points."""
    rows, there, put = showing.rows, showing.there, showing.grid.put
    driver = showing.study.driver
    assert driver is not None
    label, unit = rows.value_label
    total: Style = ("total", showing.points_pattern)
    low, high = (there.ends[driver].at(end) for end in (said.LOW, said.HIGH))
    put(rows.value.label, label, _LABEL_OF_TOTAL)
    put(rows.value.unit, unit, _UNIT_OF_TOTAL)
    put(rows.value, low + (high - low) * there.step / there.step.at(POINTS[-1]), total)
    put(rows.option.label, rows.analysed, frame.LABEL)
    if rows.compared is None:
        return
    put(rows.other.label, rows.compared, frame.LABEL)
    one, other, allowed = rows.option, rows.other, showing.varying.again.cells.tolerance
    apart = when(absolute(one - other) <= allowed * maximum(absolute(one), absolute(other)), 0, one - other)
    put(rows.difference, apart, ("number", showing.pattern))
    put(rows.break_even.label, text.BREAK_EVEN, _LABEL_OF_TOTAL)
    put(rows.break_even.unit, unit, _UNIT_OF_TOTAL)
    left, before, after = (
        apply(INDEX, row.across(points), there.before + 1)
        for row, points in ((rows.value, POINTS), (rows.difference, POINTS[:-1]), (rows.difference, POINTS[1:]))
    )
    # Steps are equal.
    met = left + (rows.value.at(POINTS[1]) - rows.value.at(POINTS[0])) * (before / (before - after))
    put(rows.break_even, when(equal(there.found, 1), met, Text(text.NONE_BETWEEN)), total)


# Digits of a figure that is found on the straight line between two points, and where these are those that it has now.
_ABOUT, _CLOSE = 2, 4


def sentences(showing: Showing) -> None:
    """Put what is analysed, the range of the answer, and where two options come out equal."""
    rows, grid = showing.rows, showing.grid
    option, other = rows.analysed, rows.compared

    def put(row: Entry, tree: Expression) -> None:
        grid.put(row, tree, frame.NAME)
        grid.sheet.merge(*row.place(), LAST_COLUMN, frame.NAME)

    compared = () if other is None else (text.COMPARED_WITH, other)
    put(rows.about, sentence(text.ANALYSED_IN, option, *compared, text.SENTENCE_END))
    as_is, least, greatest = (_written(showing, figure) for figure in (rows.as_is, rows.least, rows.greatest))
    told = sentence(showing.line.label, text.ANSWER_OF, option, text.ANSWER_IS, as_is, " ", rows.as_is.unit)
    put(rows.span, sentence(told, text.RANGE_FROM, least, text.RANGE_TO, greatest, text.RANGE_MEANS))
    if rows.flip.keys:
        put(rows.flip, _flip(showing))


def _flip(showing: Showing) -> Expression:
    rows, there, driver = showing.rows, showing.there, showing.study.driver
    assert driver is not None
    assert rows.compared is not None
    label, _ = rows.value_label
    pair = sentence(rows.analysed, text.AND, rows.compared)
    built = rows.break_even.value()
    about, closer = (
        _of_driver(showing, rows.break_even, showing.varying.digits(driver, kept, built)) for kept in (_ABOUT, _CLOSE)
    )
    as_is = there.as_is[driver].only(said.ANALYSED)
    figure = _of_driver(showing, as_is, there.decimals[driver])
    if showing.varying.input_pattern(driver) != DATE:
        apart = absolute(rows.break_even - as_is) > showing.varying.again.cells.tolerance * absolute(as_is)
        about = when(all_of(equal(about, figure), apart), closer, about)
    meet = sentence(pair, text.MEET_AT, label, text.IS_ABOUT, about)
    now = sentence(text.NOW_IT_IS, figure, text.IN_OPTION, rows.analysed, text.SENTENCE_END)
    never = sentence(text.NO_BREAK_EVEN, label, text.NO_BREAK_EVEN_OF, pair, text.SENTENCE_END)
    always = sentence(pair, text.ALWAYS_EQUAL, label, text.ALWAYS_EQUAL_END)
    differences = rows.difference.across()
    same = equal(minimum(differences), 0) * equal(maximum(differences), 0)
    return choose(1 + same + there.found + there.found, never, always, sentence(meet, now))


def _of_driver(showing: Showing, figure: Operand, decimals: Operand | int) -> Expression:
    """A figure of the driver written out, with its unit; one of so many decimals that is whole without."""
    driver, varying = showing.study.driver, showing.varying
    assert driver is not None
    if varying.input_pattern(driver) == DATE:
        return dated(figure)
    _, unit = showing.rows.value_label
    shown = figure * varying.again.cells.percent if varying.input_pattern(driver).endswith("%") else figure
    fitting = decimals if isinstance(decimals, int) else when(is_whole(shown), 0, decimals)
    return sentence(stated(shown, fitting), f" {unit}")


def _written(showing: Showing, figure: Operand) -> Apply:
    """A figure of the answer written out with the decimals of its row; a share as percent."""
    pattern = showing.pattern
    decimals = decimals_in_words(pattern, showing.answers)
    return stated(figure * showing.varying.again.cells.percent if pattern.endswith("%") else figure, decimals)
