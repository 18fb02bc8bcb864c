"""The answer in figures, on Summary: which option is best, by how much, and which comes next."""

from __future__ import annotations

from unitledger.expression import (
    TEXT,
    Expression,
    Number,
    Operand,
    Text,
    absolute,
    any_of,
    apply,
    equal,
    maximum,
    minimum,
    sentence,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF, INDEX, LARGE, SMALL
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.look.formats import CHANGE, GENERAL
from unitledger.workbook.sheets.summary.summing import EMPTY, Summing
from unitledger.workbook.sheets.summary.top import Top

_NONE, _ONE = Number(0.0), Number(1.0)
# The second in rank; 2 itself would be a number hidden in the formula.
_SECOND = _ONE + 1


class Comparison:
    """The rows of the comparison; with alerts that watch the answer, they look only at where it is plausible.

    `figures`: what is compared; `best`: the best of it, `against_base`: how far from the base; `next` in rank, and how
    far that is from the best. `named`: up to each option, those whose figure is the best: several where they tie.
    """

    def __init__(self, summing: Summing, top: Top) -> None:
        self._watched, line, answer, put = summing.watched, summing.line, summing.entries.answer, summing.grid.put
        assert answer is not None
        row, label, spelled, unit = summing.grid.row, line.label, line.unit.spelling, line.unit
        style, change, against = ("number", summing.pattern(line.name)), ("number", CHANGE), text.BEST_AGAINST_BASE
        summing.section(text.COMPARED)
        self.figures = top.figures[line.name]
        if self._watched:
            plausible = when(equal(total(summing.flags), 0), self.figures, EMPTY)
            self.figures = put(row(text.WHERE_PLAUSIBLE.format(figure=label), spelled, unit), plausible, style)
        self.best = row(text.BEST_VALUE[answer.better].format(figure=label), spelled, unit, column=FIRST_OPTION)
        self.named = row(text.BEST_OPTION, "", TEXT)
        put(self.named.unit, None, frame.UNIT)
        self.against_base = row(against.format(base=summing.entries.base), "%", column=FIRST_OPTION)
        self.next = row(text.NEXT_VALUE.format(figure=label), spelled, unit, column=FIRST_OPTION)
        self.next_against = row(text.NEXT_AGAINST_BEST, "%", column=FIRST_OPTION)

        lower, figures = answer.better == "lower", self.figures.across()
        best, base = self.best, self.figures.at(summing.entries.base)
        put(best, self._ranked(minimum(figures) if lower else maximum(figures), _NONE), style)
        put(self.against_base, self._there(when(equal(base, 0), 0, (best - base) / base), best, base), change)
        put(self.next, self._ranked(apply(SMALL if lower else LARGE, figures, _SECOND), _ONE), style)
        put(self.next_against, self._there(when(equal(best, 0), 0, (self.next - best) / best), self.next), change)
        before, here = self.named.before, self.figures
        name = when(equal(before, EMPTY), top.heading, sentence(before, text.TIED_JOINED, top.heading))
        near = absolute(here - best) <= summing.cells.tolerance * maximum(absolute(here), absolute(best))
        others = sentence(before, "")
        found = when(near, name, others)
        put(self.named, when(equal(here, EMPTY), others, found) if self._watched else found, ("mark_quiet", GENERAL))

    def of_best(self, texts: Entry) -> Expression:
        """What a row of texts says of the best option, of the first where several tie; there must be one."""
        # Before the first of them, the row that names them is empty.
        return apply(INDEX, texts.across(), apply(COUNTIF, self.named.across(), EMPTY) + 1)

    def _there(self, tree: Expression, *needed: Operand) -> Expression:
        """A figure, empty where one that it needs is."""
        absent, *more = (equal(each, EMPTY) for each in needed)
        return when(any_of(absent, *more) if more else absent, EMPTY, tree) if self._watched else tree

    def _ranked(self, tree: Expression, least: Expression) -> Expression:
        """A figure among those that are plausible, empty where there are not more than `least`."""
        figures = self.figures.across()
        many = apply(COUNTIF, figures, Text(">=0")) + apply(COUNTIF, figures, Text("<0"))
        return when(many > least, tree, EMPTY) if self._watched else tree
