"""The answer on Summary in sentences, by formulas: which option is best, and by how much."""

from __future__ import annotations

from unitledger.expression import (
    Expression,
    Operand,
    Text,
    absolute,
    apply,
    different,
    equal,
    fixed,
    sentence,
    stated,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF
from unitledger.workbook import text
from unitledger.workbook.look.formats import GENERAL, decimals_in_words
from unitledger.workbook.sheets.summary.comparison import Comparison
from unitledger.workbook.sheets.summary.summing import EMPTY, Summing
from unitledger.workbook.sheets.summary.top import Top


def put_sentences(summing: Summing, top: Top, comparison: Comparison | None) -> None:
    """Put the answer; where options are compared, also how far it lies from the base or from the next."""
    said = (_alone(summing, top),) if comparison is None else _compared(summing, top, comparison)
    for number, tree in enumerate(said):
        summing.grid.put(top.sentences[number], tree, ("answer", GENERAL))


def _alone(summing: Summing, top: Top) -> Expression:
    """The answer of the base option."""
    line, base = summing.cells.figures[summing.line.name], summing.entries.base
    value = _written(summing, top.figures[summing.line.name].at(base))
    parts = [line.label, text.ANSWER_ALONE, value, " ", line.unit, text.ANSWER_WITH, top.heading.at(base)]
    if summing.watched:
        parts.append(when(equal(total(summing.flags), 0), EMPTY, Text(text.NOT_PLAUSIBLE)))
    return sentence(*parts, text.ANSWER_END)


def _compared(summing: Summing, top: Top, rows: Comparison) -> tuple[Expression, Expression]:
    """Which option is best; and how far it is from the base, or where that is the best, how far the next is."""
    line, answer, base = summing.cells.figures[summing.line.name], summing.entries.answer, summing.entries.base
    assert answer is not None
    percent, end, of_base = summing.cells.percent, text.ANSWER_END, top.heading.at(base)
    best = rows.named.at(summing.layout.options[-1])
    tie = different(best, rows.of_best(rows.named))
    named = sentence(text.ANSWER[answer.better], best, when(tie, Text(text.WHICH_ARE_TIED), EMPTY))
    said = sentence(line.label, named, text.ANSWER_VALUE, _written(summing, rows.best), " ", line.unit, end)
    by = stated(absolute(rows.next_against) * percent, 1)
    ahead = sentence(text.BEST_IS_BASE, by, text.BEST_IS_BASE_END[answer.better])
    ahead = when(tie, sentence(text.NONE_BETTER, of_base, end), ahead)
    by = stated(absolute(rows.against_base) * percent, 1)
    changed = sentence(text.BEST_IS_OTHER, by, text.BEST_IS_OTHER_END[answer.better], of_base, end)
    base_is_best = different(rows.named.at(base), EMPTY)
    if not summing.watched:
        return said, when(base_is_best, ahead, changed)
    none = equal(best, EMPTY)
    ahead = when(equal(rows.next, EMPTY), Text(text.NO_OTHER), ahead)
    changed = when(equal(rows.figures.at(base), EMPTY), sentence(of_base, text.BASE_LEFT_OUT), changed)
    left = apply(COUNTIF, rows.figures.across(), EMPTY)
    left_out = when(equal(left, 0), EMPTY, sentence(text.LEFT_OUT, fixed(left, 0), end))
    compared = sentence(when(base_is_best, ahead, changed), left_out)
    said = when(none, sentence(line.label, text.NONE_PLAUSIBLE), said)
    return said, when(none, Text(text.ALERTS_SAY_WHY), compared)


def _written(summing: Summing, figure: Operand) -> Expression:
    """A figure of the answer written out with the decimals of its row; a share as percent."""
    name = summing.line.name
    pattern = summing.pattern(name)
    decimals = decimals_in_words(pattern, summing.figures(name))
    return stated(figure * summing.cells.percent if pattern.endswith("%") else figure, decimals)
