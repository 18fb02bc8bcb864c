"""Which row of the sheet Summary holds what."""

from __future__ import annotations

from textwrap import wrap

import attrs

from unitledger.model import Assumption, Entries, dated_prices
from unitledger.workbook.check_rows import STALE
from unitledger.workbook.layout import FIRST_ROW

# Rows of the comparison of options, from its first.
BEST_VALUE, BEST_OPTION, AGAINST_BASE, NEXT_VALUE, NEXT_AGAINST_BEST = range(5)
_ROWS_OF_COMPARISON = 5

# Characters of a line in the list of what is left out.
_LINE_OF_TEXT = 100


@attrs.frozen
class SummaryRows:
    """Rows counted from 0; None or empty where the ledger has no such thing.

    `answer`: the sentence, and with several options and a headline one more beneath. `topics`: sentences of what is
    recommended, by topic. `advice`: recommendations by name, under a title. `figures`: key figures by line,
    under `figures_title`; `against`: their distance from the base option. `best`: first row of the comparison of
    options, under a title. `alerts`: warnings by name, under `counted`; `outside`: inputs outside their range, `units`
    beneath it: units changed without their figures.
    `excluded`: lines of text by row, under a title. `last`: the last row of all.
    """

    answer: int
    topics: dict[str, int]
    figures_title: int
    figures: dict[str, int]
    against: dict[str, int]
    best: int | None
    advice: dict[str, int]
    counted: int
    alerts: dict[str, int]
    outside: int | None
    units: int | None
    excluded: dict[int, str]
    last: int


def summary_rows(entries: Entries) -> SummaryRows:
    """Lay the sheet out."""
    several = len(entries.options) > 1
    compared = several and entries.answer is not None
    answer = FIRST_ROW
    about = dict.fromkeys(advice.topic for advice in entries.advice)
    topics = {topic: answer + 1 + compared + place for place, topic in enumerate(about)}
    figures_title = row = answer + 2 + compared + len(topics)
    figures: dict[str, int] = {}
    against: dict[str, int] = {}
    for name in key_figures(entries):
        figures[name] = row = row + 1
        if several:
            against[name] = row = row + 1
    best = None
    if compared:
        best = row + 3
        row = best + _ROWS_OF_COMPARISON - 1
    advice = {}
    if entries.advice:
        advice = {each.name: row + 3 + place for place, each in enumerate(entries.advice)}
        row += 2 + len(advice)
    counted = row = row + 3
    alerts = {}
    for alert in entries.alerts:
        alerts[alert.name] = row = row + 1
    if dated_prices(entries):
        alerts[STALE] = row = row + 1
    outside = units = None
    if any(isinstance(entry, Assumption) for entry in entries.inputs.values()):
        outside, units = row + 1, row + 2
        row = units
    excluded = dict(enumerate(wrap(", ".join(entries.exclusions), _LINE_OF_TEXT), start=row + 3))
    last = max(excluded, default=row)
    return SummaryRows(
        answer, topics, figures_title, figures, against, best, advice, counted, alerts, outside, units, excluded, last
    )


def key_figures(entries: Entries) -> tuple[str, ...]:
    """Return the lines to show: the headline and what stands beside it, else the totals, else the last line."""
    if entries.answer is not None:
        return tuple(dict.fromkeys((entries.answer.line, *entries.answer.beside)))
    totals = tuple(name for name, line in entries.lines.items() if line.parts)
    return totals or tuple(entries.lines)[-1:]
