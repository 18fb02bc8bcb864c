"""Which option is best, and which one is compared with the base: at the foot of Summary."""

from __future__ import annotations

from unitledger.expression import (
    TEXT,
    Expression,
    Number,
    Operand,
    Text,
    apply,
    different,
    equal,
    maximum,
    minimum,
    sentence,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF, INDEX, MATCH
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.difference import near
from unitledger.workbook.sheets.summary.key_figures import Top
from unitledger.workbook.sheets.summary.summing import COUNT, EMPTY, FOOT_TEXT, Summing

_ONE = Number(1.0)


class Comparison:
    """The rows of the comparison; with alerts that watch the answer, they look only at where it is plausible.

    `figures`: what is compared; `best`: the best of it; `named`: up to each option, those whose figure is the best,
    several where they tie; `place`: that of the first of them among the options. `compared`: the place of the option
    that is held against the base: the best, or the next where the base itself is best; `name`: what it is called.
    """

    def __init__(self, summing: Summing, top: Top) -> None:
        self._watched, line, answer, put = summing.watched, summing.line, summing.entries.answer, summing.grid.put
        assert answer is not None
        self._options, row = summing.layout.options, summing.grid.row
        label, spelled, unit = line.label, line.unit.spelling, line.unit
        style = ("foot", summing.pattern(line.name))
        self.figures = top.figures[line.name]
        if self._watched:
            assert summing.checks.flags is not None
            plausible = when(equal(total(summing.checks.flags), 0), self.figures, EMPTY)
            self.figures = put(row(text.WHERE_PLAUSIBLE.format(figure=label), spelled, unit), plausible, style)
        self.best = row(text.BEST_VALUE[answer.better].format(figure=label), spelled, unit, column=FIRST_OPTION)
        self.named = row(text.BEST_OPTION, "", TEXT)
        put(self.named.unit, None, FOOT_TEXT)
        self.place = row(text.PLACE_OF_BEST, "", column=FIRST_OPTION)
        self.compared = row(text.COMPARED, "", column=FIRST_OPTION)
        self.name = row(text.NAME_OF_COMPARED, "", TEXT, column=FIRST_OPTION)

        ranked = minimum if answer.better == "lower" else maximum
        figures, others = self.figures.across(), self.figures.across(self._options[1:])
        put(self.best, self._there(figures, ranked(figures), EMPTY), style)
        before, here = self.named.before, self.figures
        name = when(equal(before, EMPTY), top.heading, sentence(before, text.TIED_JOINED, top.heading))
        other = sentence(before, "")
        found = when(near(here, self.best, summing.cells), name, other)
        put(self.named, when(equal(here, EMPTY), other, found) if self._watched else found, FOOT_TEXT)
        # Before the first of the best, the row that names them is empty.
        place: Expression = apply(COUNTIF, self.named.across(), EMPTY) + 1
        if self._watched:
            place = when(equal(self.best, EMPTY), 1, place)
        put(self.place, place, COUNT)
        next_best = self._there(others, apply(MATCH, ranked(others), others) + 1, _ONE)
        put(self.compared, when(self.base_is_best, next_best, self.place.expression), COUNT)
        put(self.name, apply(INDEX, top.heading.across(), self.compared), FOOT_TEXT)

    @property
    def names(self) -> Operand:
        """Those that are best, by name."""
        return self.named.at(self._options[-1])

    @property
    def base_is_best(self) -> Expression:
        """Whether the base is best, or one of those that are."""
        return different(self.named.at(self._options[0]), EMPTY)

    def is_alone(self) -> Expression:
        """Whether none but the base has a figure to compare."""
        return equal(self._count(self.figures.across(self._options[1:])), 0)

    def _there(self, figures: Operand, tree: Expression, none: Expression) -> Expression:
        """What is found among figures, where there are any that are plausible."""
        return when(equal(self._count(figures), 0), none, tree) if self._watched else tree

    def _count(self, figures: Operand) -> Expression:
        return apply(COUNTIF, figures, Text(">=0")) + apply(COUNTIF, figures, Text("<0"))
