"""What the sheet Sensitivity says, made by formulas: what is analysed, range and break-even, titles of charts."""

from __future__ import annotations

from unitledger.expression import (
    Apply,
    Expression,
    Operand,
    Text,
    apply,
    choose,
    equal,
    maximum,
    minimum,
    sentence,
    stated,
    when,
)
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook import text
from unitledger.workbook.look.formats import GENERAL, decimals_in_words
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.sensitivity.showing import Showing

_SENTENCE: Style = ("text", GENERAL)


def sentences(showing: Showing) -> None:
    """Put what is analysed, the range of the answer, and the break-even of two options."""
    rows, put = showing.rows, showing.grid.put
    option, other = rows.selectors.analysed, rows.selectors.compared
    both = bool(showing.scenarios.cases.other_points)
    compared = (text.COMPARED_WITH, other) if both else ()
    put(rows.about, sentence(text.ANALYSED_IN, option, *compared, text.SENTENCE_END), _SENTENCE)
    as_is, least, greatest = (_written(showing, figure) for figure in (rows.as_is, rows.least, rows.greatest))
    said = sentence(showing.line.label, text.ANSWER_OF, option, text.ANSWER_IS, as_is, " ", rows.as_is.unit)
    put(rows.span, sentence(said, text.RANGE_FROM, least, text.RANGE_TO, greatest, text.RANGE_MEANS), _SENTENCE)
    if both:
        put(rows.flip, _flip(showing), _SENTENCE)


def _flip(showing: Showing) -> Expression:
    rows, found = showing.rows, showing.scenarios.rows.found
    option, other, driver = rows.selectors.analysed, rows.selectors.compared, rows.selectors.driver
    pair = sentence(option, text.AND, other)
    meet = sentence(pair, text.MEET_AT, driver, text.ANSWER_IS, _of_driver(showing, rows.break_even))
    now = sentence(text.NOW_IT_IS, _of_driver(showing, rows.driver_is), text.IN_OPTION, option, text.SENTENCE_END)
    never = sentence(text.NO_BREAK_EVEN, driver, text.NO_BREAK_EVEN_OF, pair, text.SENTENCE_END)
    always = sentence(pair, text.ALWAYS_EQUAL, driver, text.ALWAYS_EQUAL_END)
    differences = rows.difference.across()
    same = equal(minimum(differences), 0) * equal(maximum(differences), 0)
    return choose(1 + same + found + found, never, always, sentence(meet, now))


def titles(showing: Showing) -> None:
    """Put the titles of the charts and of their axes."""
    rows, label, driver = showing.rows, showing.line.label, showing.rows.selectors.driver
    alone = sentence(label, text.ANSWER_OF, rows.selectors.analysed)
    said = {
        "tornado": sentence(alone, text.TITLE_TORNADO),
        "change": sentence(text.CHANGE_FROM, _written(showing, rows.as_is), " ", rows.as_is.unit),
        "driver": sentence(driver, text.IN_UNIT, rows.value.unit),
    }
    over = sentence(text.TITLE_OVER, driver)
    if showing.scenarios.cases.other_points:
        met = sentence(text.TITLE_MEET, _of_driver(showing, rows.break_even))
        said["lines"] = sentence(label, over, when(equal(showing.scenarios.rows.found, 1), met, Text("")))
    else:
        said["lines"] = sentence(alone, over)
    for each in rows.words.keys:
        showing.grid.put(rows.words, said[each], _SENTENCE, rows=[each])


def _of_driver(showing: Showing, figure: Operand) -> Expression:
    """A figure of the driver written out, with its unit."""
    decimals = apply(INDEX, showing.rows.listed.decimals.down(), showing.scenarios.rows.driver)
    return sentence(stated(figure, decimals), " ", showing.rows.value.unit)


def _written(showing: Showing, figure: Operand) -> Apply:
    """A figure of the answer written out with the decimals of its row; a share as percent."""
    pattern = showing.pattern
    decimals = decimals_in_words(pattern, showing.answers(showing.scenarios.cases.base))
    return stated(figure * showing.scenarios.cells.percent if pattern.endswith("%") else figure, decimals)
