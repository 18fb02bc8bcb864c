"""Which option is best, and which other is held against the base: once, for Summary and for Sensitivity."""

from __future__ import annotations

import attrs

from unitledger.expression import (
    TEXT,
    Expression,
    Operand,
    Text,
    absolute,
    apply,
    different,
    equal,
    maximum,
    minimum,
    sentence,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.grid.place import Cell
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT, Again
from unitledger.workbook.study import Results

_EMPTY = Text("")
_NAMED: Style = ("used_name", GENERAL)


@attrs.frozen
class Comparison:
    """Rows over the options; with alerts that watch the answer, they look only at where it is plausible.

    `figures`: what is compared; `best`: the best of it; `named`: up to each option, those whose figure is the best,
    several where they tie; `place`: that of the first of them among the options. `next_named`: up to each option, the
    first that is the best of those after the base; `other`: its place, 1 where none of them is plausible.
    """

    watched: bool
    options: tuple[str, ...]
    figures: Entry
    best: Entry
    named: Entry
    place: Entry
    next_named: Entry
    other: Entry

    @classmethod
    def put(cls, again: Again, flags: Cell | None, results: Results) -> Comparison | None:
        """Put the rows; None where no option is best. `flags`: see `put_varying`."""
        entries, cells, grid = again.entries, again.cells, again.grid
        if len(results) == 1 or entries.answer is None or not entries.alternatives:
            return None
        line, options = entries.lines[entries.answer.line], tuple(results)
        style: Style = ("number", cells.looks[line.name][1])
        better, label, unit = entries.answer.better, line.label, line.unit
        grid.take()
        grid.sheet.text(grid.take(), LABEL_COLUMN, said.BEST, ("heading", GENERAL))
        figures = cells.figures[line.name]
        if flags is not None:
            row = grid.row(said.WHERE_PLAUSIBLE.format(answer=label), unit.spelling, unit)
            figures = grid.put(row, when(equal(total(flags), 0), figures, _EMPTY), style)

        def put_best(title: str, among: Operand) -> Entry:
            """Put the best of some figures, if any is plausible."""
            found: Expression = minimum(among) if better == "lower" else maximum(among)
            if flags is not None:
                plausible = apply(COUNTIF, among, Text(">=0")) + apply(COUNTIF, among, Text("<0"))
                found = when(equal(plausible, 0), _EMPTY, found)
            return grid.put(grid.row(title, unit.spelling, unit, column=FIRST_OPTION), found, style)

        def named_if(best: Entry, here: Expression, otherwise: Expression) -> Expression:
            """What stands in an option whose figure is the best, and in another."""
            found = when(near(figures, best, cells), here, otherwise)
            return found if flags is None else when(equal(figures, _EMPTY), otherwise, found)

        best = put_best(said.BEST_VALUE[better].format(answer=label), figures.across())
        named, name = grid.row(said.BEST_OPTION, "", TEXT), cells.options
        before = sentence(named.before, "")
        joined = when(equal(named.before, _EMPTY), name, sentence(named.before, said.TIED_JOINED, name))
        grid.put(named.unit, None, frame.TEXT)
        grid.put(named, named_if(best, joined, before), _NAMED)
        next_best = put_best(said.NEXT_VALUE[better].format(answer=label), figures.across(options[1:]))
        next_named = grid.row(said.NEXT_OPTION, "", TEXT)
        before = sentence(next_named.before, "")
        first = when(equal(next_named.before, _EMPTY), named_if(next_best, name.expression, _EMPTY), before)
        grid.put(next_named, None, frame.TEXT, columns=options[:1])
        grid.put(next_named, first, _NAMED, columns=options[1:])
        places = []
        for title, row in ((said.PLACE_OF_BEST, named), (said.PLACE_OF_NEXT, next_named)):
            # Before the first of the best, the row that names them is empty.
            none = equal(row.at(options[-1]), _EMPTY)
            place = when(none, 1, apply(COUNTIF, row.across(), _EMPTY) + 1)
            places.append(grid.put(grid.row(title, said.NUMBER, column=FIRST_OPTION), place, COUNT))
        return cls(flags is not None, options, figures, best, named, places[0], next_named, places[1])

    @property
    def names(self) -> Operand:
        """Those that are best, by name."""
        return self.named.at(self.options[-1])

    @property
    def others_are_best(self) -> Expression:
        """Over the options after the base, which are best: those that add a name."""
        return different(self.named.across(self.options[1:]), self.named.across(self.options[:-1]))

    @property
    def name(self) -> Operand:
        """What the first option is called that is the best of those after the base; empty where none is plausible."""
        return self.next_named.at(self.options[-1])

    @property
    def base_is_best(self) -> Expression:
        """Whether the base is best, or one of those that are."""
        return different(self.named.at(self.options[0]), _EMPTY)

    @property
    def base_alone(self) -> Expression:
        """Whether none but the base has a figure to compare."""
        return equal(self.name, _EMPTY)


def near(figure: Operand, other: Operand, cells: LedgerCells) -> Expression:
    """Whether two figures differ by no more than their last digits."""
    return absolute(figure - other) <= cells.tolerance * maximum(absolute(figure), absolute(other))
