"""Which options are looked at: as somebody chose on Sensitivity, or those that the answer is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from unitledger.expression import Expression, Number, Operand, Text, apply, equal, maximum, minimum, total, when
from unitledger.expression.table.statistics import COUNTIF, INDEX, MATCH, SUMPRODUCT
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.place import Cell
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT, Again
from unitledger.workbook.sheets.second.places import Places

_NAMED: Style = ("used_name", GENERAL)
_FIXED: Style = ("constant", "0")
_EMPTY = Text("")
_BASE = Number(1.0)


@attrs.frozen
class Selectors:
    """The cells of Sensitivity in which a reader chooses; that of what to compare with has no rows where none is."""

    analysed: Entry
    compared: Entry


def put_chosen(
    again: Again, places: Places, selectors: Selectors, flags: Cell | None, patterns: Mapping[str, str]
) -> None:
    """Put what can be chosen and what is, and all that formulas need as it is in these options.

    `flags`: cells one of which is 1 where the answer of an option is not plausible, if any is watched. `patterns`:
    number formats by name.
    """
    entries, put = again.entries, again.grid.put
    options = list(entries.options)
    assert entries.answer is not None
    answer, lower = again.lines[entries.answer.line], entries.answer.better == "lower"
    put(places.choices, said.AS_THE_ANSWER, ("constant_word", GENERAL), columns=[said.AS_THE_ANSWER])
    put(places.choices, again.cells.options, _NAMED, columns=options)
    if flags is not None:
        put(places.plausible, when(equal(total(flags), 0), answer, _EMPTY), ("number", GENERAL))
    figures = [each.of(answer.kind) for each in ((answer,) if flags is None else (places.plausible, answer))]

    def best(among: list[str]) -> Expression:
        """Place of the best among neighbouring options; of all where none is plausible."""
        found = [_best(each.across(among), lower=lower) for each in figures]
        if len(found) == 1:
            return found[0]
        plausible = figures[0].across(among)
        known = apply(COUNTIF, plausible, Text(">=0")) + apply(COUNTIF, plausible, Text("<0"))
        return when(equal(known, 0), found[1], found[0])

    for entry, selector, rule in (
        (places.if_analysed, selectors.analysed, best(options) if entries.alternatives else _BASE),
        (places.if_compared, selectors.compared, _against(best, places, options)),
    ):
        if entry.keys:
            put(entry, rule, COUNT, columns=[said.AS_THE_ANSWER])
            put(entry, lambda _, option: options.index(option) + 1.0, _FIXED, columns=options)
            chosen = apply(SUMPRODUCT, equal(selector, places.choices.across()) * entry.across())
            which = said.ANALYSED if entry is places.if_analysed else said.COMPARED
            # A name that nobody has leads to 0, which is the number of none.
            put(places.number, apply(MATCH, chosen, entry.across(options)), COUNT, columns=[which])
    put(places.name, apply(INDEX, again.cells.options.across(), places.number), _NAMED)
    for which in places.pair:
        for name in places.as_is_of(which):
            there = apply(INDEX, again.by_name(name).across(), places.number)
            put(places.as_is, there, ("used", patterns[name]), rows=[name], columns=[which])


def _best(figures: Operand, *, lower: bool) -> Expression:
    return apply(MATCH, minimum(figures) if lower else maximum(figures), figures)


def _against(best: Callable[[list[str]], Expression], places: Places, options: list[str]) -> Expression:
    """The base option, or where that is analysed the best of the others."""
    if len(options) == 1:
        return _BASE
    found: Expression = 1 + best(options[1:])
    return when(equal(places.number.at(said.ANALYSED), _BASE), found, _BASE)
