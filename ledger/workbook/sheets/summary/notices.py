"""Alerts and recommendations: only those that apply, each with its options; those of the best option come first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

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
    equal,
    fixed,
    minimum,
    sentence,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF, INDEX, MATCH, ROWS, SMALL
from unitledger.model import spare_option
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, formula_text
from unitledger.workbook.layout import LABEL_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.key_figures import Top
from unitledger.workbook.sheets.summary.summing import COUNT, EMPTY, FOOT_TEXT, Summing


@attrs.frozen
class Notices:
    """Conditions, each with 1 in the options where it holds, and the order in which they are shown.

    `texts`: by name; `flags`: over the options; `order`: by name, below zero for those of the option that is best or
    alone, and more than there are for those that apply nowhere.
    """

    texts: dict[str, str]
    flags: Entry
    order: Entry

    def of_best(self) -> Expression:
        """Whether one applies to the option that is best."""
        return minimum(self.order.down()) < 0

    @property
    def count(self) -> Expression:
        """How many apply."""
        return self.watched - apply(COUNTIF, self.order.down(), self.watched + 1)

    @property
    def watched(self) -> Expression:
        """How many there are."""
        return apply(ROWS, self.order.label.down())


@attrs.frozen
class Words:
    """What a notice that applies is called, and what is said where none does; the label of its place; where more are.

    `beyond`: what else the last row says.
    """

    called: str
    none: str
    place: str
    more: str
    beyond: tuple[Operand | str, ...] = ()


def put_alerts(summing: Summing, top: Top) -> Notices | None:
    """Put the alerts that apply; return them, None where a ledger has none."""
    checks = summing.checks
    texts = {name: str(checks.warnings.label.value(name)) for name in checks.warnings.keys}
    found = None
    if texts:
        found = _ordered(summing, texts, checks.warnings, text.ORDER_OF_ALERTS)
    if not top.alerts.keys:
        return found
    outside = checks.counts["ranges"]
    told = sentence(text.OUTSIDE, fixed(outside, 0), text.SEE_CHECKS)
    if found is None:
        look = summing.spread(top.alerts, "qualifies")
        with summing.grid.mapped("summary"):
            summing.grid.put(top.alerts, when(equal(outside, 0), Text(text.ALL_INSIDE), told), look)
    else:
        none_said = text.NONE_APPLIES[len(texts) == 1].format(len(texts))
        beyond = (when(equal(outside, 0), EMPTY, sentence(" ", told)),)
        words = Words(text.ALERT, none_said, text.SHOWN_ALERT, text.MORE, beyond)
        places = _shown(summing, top.heading, top.alerts, found, words)
        for number in top.alerts.keys:
            row, first = top.alerts.place(number)
            applied = apply(COUNTIF, places[number].block(), Text(">0")) > 0
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
    found = _ordered(summing, texts, flags, text.ORDER_OF_ADVICE)
    none = text.NONE_HOLDS[len(texts) == 1].format(len(texts))
    word = text.ADVICE if summing.several and not entries.alternatives else text.RECOMMENDED
    _shown(summing, top.heading, top.advice, found, Words(word, none, text.SHOWN_ADVICE, text.MORE_BENEATH))


def _ordered(summing: Summing, texts: dict[str, str], flags: Entry, title: str) -> Notices:
    """Put at the foot each text, and when it is shown."""
    grid = summing.grid
    grid.put(summing.texts(["title"]), title, FOOT_TEXT)
    order = grid.entry("", DIMENSIONLESS, {name: grid.take() for name in texts}, summing.layout.after_options)
    grid.put(order.label, lambda name, _: texts[name], FOOT_TEXT)
    own, many = apply(ROWS, order.label.down(to_own=True)), apply(ROWS, order.label.down())
    place: Expression = own
    across = flags.across()
    if summing.comparison is not None:
        place = when(equal(apply(INDEX, across, summing.comparison.place), 1), own - many - 1, own)
    elif not summing.several or summing.entries.alternatives:
        place = when(equal(flags.at(summing.entries.base), 1), own - many - 1, own)
    grid.put(order, when(equal(total(across), 0), many + 1, place), COUNT)
    return Notices(texts, flags, order)


def _is_everyone(summing: Summing, heading: Entry, who: Operand) -> Expression:
    """Whether names are those of every option, but for a spare one that is not used."""
    options, spare, unused = summing.layout.options, spare_option(summing.entries), summing.checks.unused

    def are(among: Iterable[str]) -> Expression:
        first, *names = (heading.at(option) for option in among)
        return equal(who, sentence(first, *chain.from_iterable((text.NAMES_JOINED, each) for each in names)))

    if unused is None:
        return are(options)
    return any_of(are(options), all_of(equal(unused.at(spare), 1), are(name for name in options if name != spare)))


def _shown(summing: Summing, heading: Entry, rows: Entry, notices: Notices, words: Words) -> Entry:
    """Put into rows the notices that apply, in their order, under the options' `heading`; return their places."""
    grid, options = summing.grid, summing.layout.options
    number = {place: place + 1 for place in rows.keys}
    taken = {place: grid.take() for place in rows.keys}
    grid.put(
        grid.entry("", TEXT, taken, LABEL_COLUMN), lambda place, _: words.place.format(number=number[place]), FOOT_TEXT
    )
    places = grid.entry("", DIMENSIONLESS, taken, summing.layout.after_options)
    order = notices.order.down()
    rank = apply(ROWS, places.label.down(to_own=True))
    grid.put(places, when(rank > notices.count, EMPTY, apply(MATCH, apply(SMALL, order, rank), order)), COUNT)
    who = grid.entry("", TEXT, taken)
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
        said = sentence(begun, apply(INDEX, notices.order.label.down(), places))
        parts: list[Operand | str] = [when(equal(places, EMPTY), Text("" if place else words.none), said)]
        if place == rows.keys[-1]:
            left = notices.count - apply(ROWS, places.label.down())
            parts += [when(left > 0, sentence(text.AND, fixed(left, 0), words.more), EMPTY), *words.beyond]
        with grid.mapped("summary"):
            grid.put(rows, sentence(*parts), look, rows=[place])
    return places
