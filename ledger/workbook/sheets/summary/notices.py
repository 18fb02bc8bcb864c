"""Alerts and recommendations: only those that apply, each with its options; those of the best option come first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import chain
from operator import add

import attrs

from unitledger.compute import applies
from unitledger.expression import (
    TEXT,
    Expression,
    Operand,
    Text,
    all_of,
    any_of,
    apply,
    different,
    equal,
    fixed,
    sentence,
    when,
)
from unitledger.expression.table.statistics import COUNTIF, INDEX, ROWS, SMALL, SUMPRODUCT
from unitledger.model import spare_option
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, formula_text
from unitledger.workbook.grid.place import keys
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight
from unitledger.workbook.sheets.second.again import count_where
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.key_figures import Top
from unitledger.workbook.sheets.summary.summing import COUNT, EMPTY, FOOT_TEXT, Summing


@attrs.frozen
class Notices:
    """Conditions, each with 1 in the options where it holds, and those that are shown, in their order.

    `texts`: by name; `flags`: over the options; `numbers`: by name. By row that is shown `keys`, which rise: up to as
    many as there are conditions for those of the option that is best or alone, up to twice as many for others, and more
    where none is left; and `places`, the number of the condition, empty where none is left.
    """

    texts: dict[str, str]
    flags: Entry
    numbers: Entry
    keys: Entry
    places: Entry

    def where(self, options: Iterable[str], named: Operand | int) -> Expression:
        """Whether one applies to an option of neighbouring ones that is named, by a row over them that says which."""
        return apply(SUMPRODUCT, self.flags.block(columns=options) * named) > 0

    @property
    def count(self) -> Expression:
        """How many apply."""
        columns = (self.flags.only(option).down() for option in keys(self.flags.columns))
        return count_where(reduce(add, columns) > 0)

    @property
    def watched(self) -> Expression:
        """How many there are."""
        return apply(ROWS, self.numbers.label.down())


@attrs.frozen
class Words:
    """What a notice that applies is called, and what is said where none does; the label of its place; where more are.

    `title`: of all at the foot; `beyond`: what else the last row says.
    """

    title: str
    called: str
    none: str
    place: str
    more: str
    beyond: tuple[Operand | str, ...] = ()


def put_alerts(summing: Summing, top: Top) -> Notices | None:
    """Put the alerts that apply; return them, None where a ledger has none."""
    checks = summing.checks
    texts = {name: str(checks.warnings.label.value(name)) for name in checks.warnings.keys}
    if not top.alerts.keys:
        return None
    outside = checks.counts["ranges"]
    told = sentence(text.OUTSIDE, fixed(outside, 0), text.SEE_CHECKS)
    found = None
    if not texts:
        look = summing.spread(top.alerts, "qualifies")
        with summing.grid.mapped("summary"):
            summing.grid.put(top.alerts, when(equal(outside, 0), Text(text.ALL_INSIDE), told), look)
    else:
        none_said = text.NONE_APPLIES[len(texts) == 1].format(len(texts))
        beyond = (when(equal(outside, 0), EMPTY, sentence(" ", told)),)
        words = Words(text.ORDER_OF_ALERTS, text.ALERT, none_said, text.SHOWN_ALERT, text.MORE, beyond)
        found = _ordered(summing, texts, checks.warnings, top.alerts, words)
        _shown(summing, top.heading, top.alerts, found, words)
        for number in top.alerts.keys:
            row, first = top.alerts.place(number)
            applied = apply(COUNTIF, found.places[number].block(), Text(">0")) > 0
            rule = formula_text(attrs.evolve(top.alerts[number], kind=DIMENSIONLESS), applied)
            spot = (row, row), (first, summing.last_column)
            summing.grid.sheet.highlights.append(Highlight(*spot, Condition(rule), ("warn", GENERAL)))
    row, first = top.alerts.place(top.alerts.keys[-1])
    spot = (row, row), (first, summing.last_column)
    summing.grid.sheet.highlights.append(Highlight(*spot, text.OUTSIDE, ("warn", GENERAL)))
    return found


def put_advice(summing: Summing, top: Top) -> None:
    """Put the recommendations that hold."""
    entries, options = summing.entries, summing.layout.options
    if not entries.advice:
        return
    texts = {advice.name: advice.text for advice in entries.advice}
    flags = summing.grid.entry(
        "", DIMENSIONLESS, {name: summing.grid.next + 1 + place for place, name in enumerate(texts)}
    )
    spare = spare_option(entries)
    for advice in entries.advice:
        held = [float(applies(advice, option, summing.results[option])) for option in options]
        held = [0.0 if option == spare else each for option, each in zip(options, held, strict=True)]
        tree = summing.checks.used(when(advice.condition, 1, 0))
        summing.grid.put(flags, tree, COUNT, rows=[advice.name], values=held, names=summing.cells.named)
    none = text.NONE_HOLDS[len(texts) == 1].format(len(texts))
    word = text.ADVICE if summing.several and not entries.alternatives else text.RECOMMENDED
    words = Words(text.ORDER_OF_ADVICE, word, none, text.SHOWN_ADVICE, text.MORE_BENEATH)
    _shown(summing, top.heading, top.advice, _ordered(summing, texts, flags, top.advice, words), words)


def _ordered(summing: Summing, texts: dict[str, str], flags: Entry, shown: Entry, words: Words) -> Notices:
    """Put at the foot each text, and which are shown: those of the best option first."""
    grid = summing.grid
    heads = grid.entry("", DIMENSIONLESS, grid.take())
    grid.put(heads.label, words.title, FOOT_TEXT)
    numbers = grid.entry("", DIMENSIONLESS, {name: grid.take() for name in texts}, summing.layout.after_options)
    # More may follow in the row.
    ended = {name: said if said.endswith(text.ENDS) else said + text.END for name, said in texts.items()}
    grid.put(numbers.label, lambda name, _: ended[name], FOOT_TEXT)
    number = {name: float(place) for place, name in enumerate(texts, start=1)}
    grid.put(numbers, lambda name, _: number[name], COUNT)
    rows = {place: grid.take() for place in shown.keys}
    keys = grid.entry("", DIMENSIONLESS, rows, summing.layout.after_options)
    found = Notices(texts, flags, numbers, keys, attrs.evolve(keys, columns=summing.layout.after_options + 1))
    grid.put(keys.label, lambda place, _: words.place.format(number=place + 1), FOOT_TEXT)
    many, left = found.watched, 1 - flags.block()
    order: Expression = numbers.down()
    if summing.several and summing.entries.alternatives:
        grid.put(heads, lambda _, option: summing.layout.options.index(option) + 1.0, COUNT)
        best = 1 if summing.comparison is None else summing.comparison.place
        order = order + many * different(heads.across(), best)
    for place in shown.keys:
        grid.put(keys, apply(SUMPRODUCT, apply(SMALL, order + (many + many) * left, 1)), COUNT, rows=[place])
        left = left + equal(numbers.down(), found.places[place])
    here = when(keys > many + many, EMPTY, keys - many * (keys > many))
    grid.put(found.places, here, COUNT)
    return found


def _is_everyone(summing: Summing, heading: Entry, who: Operand) -> Expression:
    """Whether names are those of every option, but for a spare one that is not used."""
    options, spare, unused = summing.layout.options, spare_option(summing.entries), summing.checks.unused

    def are(among: Iterable[str]) -> Expression:
        first, *names = (heading.at(option) for option in among)
        return equal(who, sentence(first, *chain.from_iterable((text.NAMES_JOINED, each) for each in names)))

    if unused is None:
        return are(options)
    return any_of(are(options), all_of(equal(unused.at(spare), 1), are(name for name in options if name != spare)))


def _shown(summing: Summing, heading: Entry, rows: Entry, notices: Notices, words: Words) -> None:
    """Put into rows the notices that apply, in their order; `heading`: what the options are called."""
    grid, options = summing.grid, summing.layout.options
    places = notices.places
    who = grid.entry("", TEXT, places.rows)
    if summing.several:
        grid.put(who.unit, None, FOOT_TEXT)
        before, name = who.before, heading
        here = equal(apply(INDEX, notices.flags.down(), places), 1)
        added = when(equal(before, EMPTY), name, sentence(before, text.NAMES_JOINED, name))
        grid.put(who, when(equal(places, EMPTY), EMPTY, when(here, added, sentence(before, ""))), FOOT_TEXT)
    every = _is_everyone(summing, heading, who.at(options[-1]))
    room = [f"{words.called}{text.IN_SOME}{text.NAMES_JOINED.join(options)}: {said}" for said in notices.texts.values()]
    look = summing.spread(rows, "qualifies", room=[max(room, key=len)])
    for place in rows.keys:
        begun: Expression = Text(words.called + text.SAYS)
        if summing.several:
            some = sentence(words.called + text.IN_SOME, who.at(options[-1]), text.SAYS)
            begun = when(every, Text(words.called + text.IN_EVERY), some)
        said = sentence(begun, apply(INDEX, notices.numbers.label.down(), places))
        parts: list[Operand | str] = [when(equal(places, EMPTY), Text("" if place else words.none), said)]
        if place == rows.keys[-1]:
            left = notices.count - apply(ROWS, places.label.down())
            parts += [when(left > 0, sentence(text.AND, fixed(left, 0), words.more), EMPTY), *words.beyond]
        with grid.mapped("summary"):
            grid.put(rows, sentence(*parts), look, rows=[place])
