"""The top of Summary: rows for the answer in sentences, and the key figures by option."""

from __future__ import annotations

from unitledger.expression import TEXT, equal, when
from unitledger.model import key_figures
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.layout import LABEL_COLUMN
from unitledger.workbook.look.formats import CHANGE, GENERAL
from unitledger.workbook.sheets.summary.summing import SMALL, SMALL_ROW, Summing


class Top:
    """Entries from the top down; those that a ledger does not need have no rows.

    `sentences`: the answer, and how options compare; `told`: sentences of Sensitivity; `topics`: what is recommended on
    each. `heading`: the options, over `figures`, these `against` the base option and as `built`, by line.
    """

    def __init__(self, summing: Summing) -> None:
        grid, entries, showing = summing.grid, summing.entries, summing.showing
        self.sentences = summing.texts(range(1 + summing.compared), {entries.base: LABEL_COLUMN})
        there = {} if showing is None else {"flip": showing.rows.flip, "span": showing.rows.span}
        told = {name: sentence for name, sentence in there.items() if sentence.keys}
        self.told = summing.texts(told)
        self.topics = summing.texts(dict.fromkeys(advice.topic for advice in entries.advice))
        grid.take()
        self.heading = grid.entry("option", TEXT, grid.take())
        figures, against, built = {}, {}, {}
        for name in key_figures(entries):
            figures[name] = grid.take()
            if len(entries.options) > 1:
                against[name] = grid.take()
            built[name] = grid.take()
        units = {name: entries.lines[name].unit for name in figures}
        self.figures = grid.entry("figure", units, figures)
        self.against = grid.entry("against the base option", DIMENSIONLESS, against)
        self.built = grid.entry("figure as built", units, built)
        grid.sheet.heights |= dict.fromkeys((*against.values(), *built.values()), SMALL_ROW)
        for number in self.sentences.keys:
            summing.spread(self.sentences[number], "answer", summing.last_of_page)
        for name, sentence in told.items():
            summing.spread(self.told[name], "alert", summing.last_of_page)
            grid.put(self.told[name], sentence, ("alert", GENERAL))


def put_figures(summing: Summing, top: Top) -> None:
    """Put the key figures per option, each with its distance from the base option and as it was built."""
    put, lines, base = summing.grid.put, summing.entries.lines, summing.entries.base
    table = summing.grid.entry(
        "", TEXT, top.heading.rows, {column: column for column in range(summing.last_column + 1)}
    )
    put(table, None, ("heading", GENERAL))
    put(top.heading.label, text.KEY_FIGURES, ("heading", GENERAL))
    put(top.heading.unit, text.UNIT, ("heading_in", GENERAL))
    put(top.heading, lambda _, option: option, ("heading_right", GENERAL))
    for name in top.figures.keys:
        figure, line, answer = top.figures[name], lines[name], name == summing.line.name
        put(figure.label, line.label, ("label_total" if answer else "label", GENERAL))
        put(figure.unit, line.unit.spelling, ("unit_total" if answer else "unit", GENERAL))
        put(figure, summing.cells.figures[name], ("total" if answer else "number", summing.pattern(name)))
    put(top.against.label, text.AGAINST.format(base=base), SMALL)
    put(top.against.unit, "%", SMALL)
    of_base = top.figures.at(base)
    put(top.against, when(equal(of_base, 0), 0, (top.figures - of_base) / of_base), ("change", CHANGE))
    put(top.built.label, text.WHEN_BUILT, SMALL)
    put(top.built.unit, lambda name, _: lines[name].unit.spelling, SMALL)
    put(top.built, summing.checks.built, lambda name, _: ("change", summing.pattern(name)))
