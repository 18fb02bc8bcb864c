"""The top of Summary: rows for all that is said of the answer, and the key figures by option."""

from __future__ import annotations

from textwrap import wrap

import attrs

from unitledger.compute import applies
from unitledger.expression import TEXT, Apply, Expression, any_of, apply, different, equal, nodes, sentence, when
from unitledger.expression.table.finance import IRR
from unitledger.expression.table.statistics import INDEX
from unitledger.model import Assumption, stale_prices
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text as shared_text
from unitledger.workbook.grid import Entry, formula_text, frame
from unitledger.workbook.look.formats import GENERAL, dashed
from unitledger.workbook.sheet import Condition, Highlight
from unitledger.workbook.sheets.second import Comparison
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.difference import difference
from unitledger.workbook.sheets.summary.summing import EMPTY, Summing

MOST_SHOWN = 4
"""So many alerts are shown, and so many recommendations."""

# Letters of a text in one row, which can only be so high.
_LONGEST = 2000


class Top:
    """Entries from the top down; those that a ledger does not need have no rows.

    `cover`: of whom and of when the figures are; `answer`: in a sentence. What qualifies it: `alerts` and `advice`, as
    many as apply when built; `rests`: the strongest input; `flip`: where two options meet; `excluded`. `heading`: the
    options, over `figures`, by line; `against`: beside them, how far the best lies from the base; `described`: by
    option, what it is.
    """

    def __init__(self, summing: Summing, cover: list[tuple[str, str]]) -> None:
        grid, entries, showing = summing.grid, summing.entries, summing.showing
        self.cover = summing.texts(range(len(cover)))
        for place, (said, style) in enumerate(cover):
            grid.put(self.cover[place], said, summing.spread(self.cover[place], style))
        grid.take()
        self.answer = summing.texts([entries.base])
        self.alerts = summing.texts(range(_alerts_shown(summing)))
        self.advice = summing.texts(range(_advice_shown(summing)))
        self.rests = summing.texts(["rests"] if showing is not None else [])
        meeting = showing is not None and bool(showing.rows.flip.keys) and entries.alternatives
        self.flip = summing.texts(["flip"] if meeting else [])
        left_out = wrap(text.EXCLUDED.format(", ".join(entries.exclusions)), _LONGEST) if entries.exclusions else []
        self.excluded = summing.texts(range(len(left_out)))
        grid.put(self.excluded, lambda place, _: left_out[place], summing.spread(self.excluded, "qualifies"))
        grid.take()
        self.heading = grid.entry("option", TEXT, grid.take())
        units = {name: entries.lines[name].unit for name in summing.key_figures}
        self.figures = grid.entry("figure", units, {name: grid.take() for name in units})
        after = summing.layout.after_options
        self.against = attrs.evolve(self.figures, kind=TEXT, columns=after + 1)
        self.described = self._descriptions(summing)

    def _descriptions(self, summing: Summing) -> Entry:
        """Take the rows of what is said of options: beside the key figures where there is room."""
        grid, options = summing.grid, summing.entries.options
        told = [name for name, option in options.items() if option.description]
        first = self.heading.place(column=summing.entries.base)[0] + 1
        if not summing.beside or not told:
            return grid.entry("", TEXT, {})
        rows = {name: first + place for place, name in enumerate(told)}
        grid.next = max(grid.next, first + len(told))
        return grid.entry("", TEXT, rows, summing.layout.after_options + 4)


def put_figures(summing: Summing, top: Top) -> None:
    """Put the key figures per option."""
    put, lines = summing.grid.put, summing.entries.lines
    put(top.heading.label, text.KEY_FIGURES, ("heading", GENERAL))
    put(top.heading.unit, shared_text.UNIT, ("heading_in", GENERAL))
    put(top.heading, summing.cells.options, frame.HEADING)
    for name in top.figures.keys:
        figure, line, first = top.figures[name], lines[name], name == summing.line.name
        put(figure.label, line.label, ("row_label_total" if first else "row_label", GENERAL))
        put(figure.unit, line.unit.spelling, ("row_unit", GENERAL))
        put(
            figure,
            summing.checks.used(summing.cells.figures[name], EMPTY),
            ("row_total" if first else "row", dashed(summing.pattern(name))),
        )
    if top.described.keys:
        described(summing, top.described)


def described(summing: Summing, rows: Entry) -> None:
    """Put what options are, each in a sentence, under a title."""
    entries, put = summing.entries, summing.grid.put
    (row, column), *_ = (rows.place(name) for name in rows.keys)
    title = summing.grid.entry("", TEXT, row - 1, column)
    put(title, text.OPTIONS if entries.alternatives else text.CASES_TITLE, summing.spread(title, "band"))
    look = summing.spread(rows, "beside")
    for name in rows.keys:
        said = sentence(summing.cells.options.at(name), text.DESCRIBED, entries.options[name].description)
        put(rows, said, look, rows=[name])


def put_against(summing: Summing, top: Top, comparison: Comparison, names: Entry) -> None:
    """Put beside the key figures how far the compared option lies from the base, if it is another.

    `names` of the options, short enough for a heading of two.
    """
    put, base = summing.grid.put, summing.entries.base
    column = top.against.place(summing.line.name)[1]
    title = attrs.evolve(top.heading, columns=column)
    first, *others = (str(names.value(column=option)) for option in summing.layout.options)
    room = [f"{other}{text.AGAINST}{first}" for other in others]

    def told(said: Expression) -> Expression:
        return when(comparison.base_alone, EMPTY, said) if comparison.watched else said

    against = sentence(apply(INDEX, names.across(), comparison.other), text.AGAINST, names.at(base))
    put(title, told(against), summing.spread(title, "band_right", column + 1, room))
    look = summing.spread(top.against, "against", column + 1)
    for line in top.figures.keys:
        figure = top.figures[line]
        if summing.entries.lines[line].unit.is_date:
            continue
        other, of_base = apply(INDEX, figure.across(), comparison.other), figure.at(base)
        said = difference(other, of_base, summing.written(line))
        if any(isinstance(node, Apply) and node.function is IRR for node in nodes(summing.entries.lines[line].lowered)):
            # A rate of return is 0 where there is none.
            said = when(any_of(equal(other, 0), equal(of_base, 0)), EMPTY, said)
        put(top.against, told(said), look, rows=[line])


def put_built(summing: Summing, top: Top) -> None:
    """Put at the foot what the key figures were when built, and highlight those that differ in what they show."""
    grid, lines = summing.grid, summing.entries.lines
    grid.put(summing.texts(["built"]), text.FIGURES_BUILT, ("foot_text", GENERAL))
    heads = {name: (text.AS_BUILT.format(figure=lines[name].label), "", lines[name].unit) for name in top.figures.keys}
    built = grid.rows(heads)
    grid.put(built, lambda name, option: summing.results[option][name], lambda name, _: ("foot", summing.pattern(name)))
    for name in top.figures.keys:
        figure, way, options = top.figures[name], summing.written(name), summing.layout.options
        shown = (figure, built[name]) if lines[name].unit.is_date else (way(figure), way(built[name]))
        differs = different(*shown)
        row, first = figure.place(column=options[0])
        rule = formula_text(attrs.evolve(figure, kind=DIMENSIONLESS), differs, column=options[0])
        columns = first, first + len(options) - 1
        grid.sheet.highlights.append(Highlight((row, row), columns, Condition(rule), ("changed", GENERAL)))


def _alerts_shown(summing: Summing) -> int:
    """How many rows alerts take: those that apply as built, at least one where anything is watched."""
    entries, results = summing.entries, summing.results
    found = [any(applies(alert, option, known) for option, known in results.items()) for alert in entries.alerts]
    found.append(any(stale_prices(entries, option) for option in results))
    ranged = any(isinstance(entry, Assumption) for entry in entries.inputs.values())
    watched = ranged or bool(summing.checks.warnings.keys)
    return min(max(sum(found), int(watched)), MOST_SHOWN)


def _advice_shown(summing: Summing) -> int:
    """How many rows recommendations take, likewise."""
    advice, results = summing.entries.advice, summing.results
    found = [any(applies(each, option, known) for option, known in results.items()) for each in advice]
    return min(max(sum(found), int(bool(advice))), MOST_SHOWN)
