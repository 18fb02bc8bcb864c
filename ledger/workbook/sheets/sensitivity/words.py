"""What the sheet Sensitivity says, made by formulas: what is analysed, range, and where two options come out equal."""

from __future__ import annotations

from unitledger.expression import (
    Apply,
    Expression,
    Operand,
    choose,
    dated,
    equal,
    maximum,
    minimum,
    sentence,
    stated,
    when,
)
from unitledger.workbook import text
from unitledger.workbook.look.formats import DATE, GENERAL, decimals_in_words
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import is_whole
from unitledger.workbook.sheets.sensitivity.showing import Showing

_SENTENCE: Style = ("text", GENERAL)
# Digits of a figure that is found on the straight line between two points.
_ABOUT = 2


def sentences(showing: Showing) -> None:
    """Put what is analysed, the range of the answer, and where two options come out equal."""
    rows, put = showing.rows, showing.grid.put
    option, other = rows.analysed, rows.compared
    compared = () if other is None else (text.COMPARED_WITH, other)
    put(rows.about, sentence(text.ANALYSED_IN, option, *compared, text.SENTENCE_END), _SENTENCE)
    as_is, least, greatest = (_written(showing, figure) for figure in (rows.as_is, rows.least, rows.greatest))
    told = sentence(showing.line.label, text.ANSWER_OF, option, text.ANSWER_IS, as_is, " ", rows.as_is.unit)
    put(rows.span, sentence(told, text.RANGE_FROM, least, text.RANGE_TO, greatest, text.RANGE_MEANS), _SENTENCE)
    if rows.flip.keys:
        put(rows.flip, _flip(showing), _SENTENCE)


def _flip(showing: Showing) -> Expression:
    rows, there, driver = showing.rows, showing.there, showing.study.driver
    assert driver is not None
    assert rows.compared is not None
    label, _ = rows.value_label
    pair = sentence(rows.analysed, text.AND, rows.compared)
    about = _of_driver(showing, rows.break_even, showing.varying.digits(driver, _ABOUT))
    meet = sentence(pair, text.MEET_AT, label, text.ABOUT, about)
    as_is = there.as_is[driver].only(said.ANALYSED)
    figure = _of_driver(showing, as_is, there.decimals[driver])
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
