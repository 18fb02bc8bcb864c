"""Which options are looked at: as somebody chose on Sensitivity, or those that the answer is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.expression import Expression, Number, Operand, Text, apply, equal, maximum, when
from unitledger.expression.table.statistics import INDEX, MATCH, SUMPRODUCT
from unitledger.workbook.grid import Entry
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT, Again
from unitledger.workbook.sheets.second.comparison import Comparison
from unitledger.workbook.sheets.second.places import Places

_NAMED: Style = ("used_name", GENERAL)
_FIXED: Style = ("constant", "0")
_BASE = Number(1.0)


@attrs.frozen
class Selectors:
    """The cells of Sensitivity in which a reader chooses; that of what to compare with has no rows where none is."""

    analysed: Entry
    compared: Entry


def put_chosen(
    again: Again, places: Places, selectors: Selectors, comparison: Comparison | None, patterns: Mapping[str, str]
) -> None:
    """Put what can be chosen and what is, and all that formulas need as it is in these options.

    `comparison`: which option is best, if one is. `patterns`: number formats by name.
    """
    entries, put = again.entries, again.grid.put
    options = list(entries.options)
    put(places.choices, said.AS_THE_ANSWER, ("constant_word", GENERAL), columns=[said.AS_THE_ANSWER])
    put(places.choices, again.cells.options, _NAMED, columns=options)
    put(places.numbers, lambda _, option: options.index(option) + 1.0, _FIXED)
    numbers, names = places.numbers.across(), places.choices.across(options)
    for which, selector in ((said.ANALYSED, selectors.analysed), (said.COMPARED, selectors.compared)):
        if selector.keys:
            rule: Operand = _BASE
            if comparison is not None:
                rule = comparison.place if which == said.ANALYSED else _against(places, comparison, options)
            # A name that nobody has leads to 0, which is the number of none.
            named = apply(SUMPRODUCT, equal(selector, names) * numbers)
            chosen = when(equal(selector, Text(said.AS_THE_ANSWER)), rule, named)
            put(places.number, apply(MATCH, chosen, numbers), COUNT, columns=[which])
    put(places.name, apply(INDEX, again.cells.options.across(), places.number), _NAMED)
    for which in places.pair:
        for name in places.as_is_of(which):
            there = apply(INDEX, again.cells.figures[name].across(), places.number)
            put(places.as_is, there, ("used", patterns[name]), rows=[name], columns=[which])


def _against(places: Places, comparison: Comparison, options: Sequence[str]) -> Expression:
    """The base option, or where that is analysed the best of the others; the first of them if none is plausible."""
    others = maximum(comparison.other, places.numbers.at(options[1]))
    return when(equal(places.number.at(said.ANALYSED), _BASE), others, _BASE)
