"""Which row of the sheet Summary holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

import attrs

from unitledger.compute import disqualifying
from unitledger.model import Assumption, Entries, dated_prices, key_figures, stale_rule
from unitledger.workbook import text
from unitledger.workbook.check_rows import STALE
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, HINT_ROW, Layout
from unitledger.workbook.parts import count
from unitledger.workbook.sheets.plan import Plan

# Rows of the comparison of options, from its first.
BEST_VALUE, BEST_OPTION, AGAINST_BASE, NEXT_VALUE, NEXT_AGAINST_BEST = range(5)
_ROWS_OF_COMPARISON = 5

_LABEL_WIDTH = 31
_UNIT_WIDTH = 15
# Letters of running text in the place of one digit, by which widths are measured.
LETTERS = 1.3
# Letters of a text in one row, which can only be so high.
_LONGEST = 2000
# Charts stand beside the figures of so many options, and beneath those of more.
_MOST_BESIDE = 3
ROWS_OF_CHARTS = 13
# Inputs that are named as moving the answer most. Their low and high, and the answers there, take a row in a table of
# as many columns; in a narrower one the answers stand beneath.
MOST_MOVING = 5
_FIGURES_OF_AN_INPUT = 4


@attrs.frozen
class Marked:
    """The rows of a text with a mark per option: a short text stands beside its marks, a long one above them."""

    said: int
    marks: int


@attrs.frozen
class SummaryRows:
    """Rows counted from 0; None or empty where the ledger has no such thing.

    `widths`: of the columns of label and unit; `last_column`: of the table. `answer`: the sentence, and with several
    options and a headline one more beneath. `told`: rows of sentences of Sensitivity, here and there. `topics`:
    sentences of what is recommended, by topic. `figures`: key figures by line, under `figures_title`; `against`: their
    distance from the base option; `built`: what they were when built. `counted`: how many alerts apply, the title of
    `alerts`, by name; `implausible`: lines that are not plausible; `outside`: inputs outside their range; `units`:
    units changed without their figures. `excluded`: what is left out, by row, under a title. `charts`: the first row of
    charts beneath the figures; None where these are beside them. `moves`: the inputs that move the answer most, their
    first row here and their row on Sensitivity, under a title and headings; `beneath`: how many rows further down the
    answers stand, 0 where they are beside low and high. `made_of`: parts of the answer, under a title. `plausible`: the
    answer where it is plausible, if alerts say where it is not, and `best`: first row of the comparison of options,
    both under one title. `advice`: recommendations by name, under a title.
    """

    widths: tuple[int, int]
    last_column: int
    answer: int
    told: dict[int, int]
    topics: dict[str, int]
    figures_title: int
    figures: dict[str, int]
    against: dict[str, int]
    built: dict[str, int]
    counted: int
    alerts: dict[str, Marked]
    implausible: Marked | None
    outside: Marked | None
    units: Marked | None
    excluded: dict[int, str]
    charts: int | None
    moves: dict[int, int]
    beneath: int
    made_of: range
    plausible: int | None
    best: int | None
    advice: dict[str, Marked]

    def formulas(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield each kind of formulas, as the formula map calls it, with its first and last row."""
        yield "summary", (HINT_ROW, max(self.built.values()))
        watched = [each.marks for each in (*self.alerts.values(), self.implausible, self.outside, self.units) if each]
        yield "watched", (self.counted, max(watched, default=self.counted))
        if self.moves:
            yield "moves", (min(self.moves) - 2, max(self.moves) + self.beneath)
        if self.made_of:
            yield "made_of", (self.made_of[0], self.made_of[-1])
        if self.best is not None:
            first = self.best if self.plausible is None else self.plausible
            yield "compared", (first, self.best + _ROWS_OF_COMPARISON - 1)
        if self.advice:
            rows = [each.marks for each in self.advice.values()]
            yield "advice", (min(rows), max(rows))


class _Rows:
    """Rows one beneath the other."""

    def __init__(self, first: int) -> None:
        self.next = first

    def take(self, rows: int = 1) -> int:
        """Take rows; return the first of them."""
        first = self.next
        self.next += rows
        return first

    def block(self, rows: int) -> int:
        """Take an empty row, one for a title, and rows beneath; return the first of these."""
        return self.take(rows + 2) + 2

    def marked(self, said: str, width: int) -> Marked:
        """Take the rows of a text with its marks; `width`: of the columns beside the marks."""
        first = self.take(1 if len(said) <= LETTERS * width else 2)
        return Marked(first, self.next - 1)


def summary_rows(entries: Entries, layout: Layout, plan: Plan | None) -> SummaryRows:
    """Lay the sheet out; `plan`: of the sheet Sensitivity, None where there is none."""
    several = len(entries.options) > 1
    compared = several and entries.answer is not None
    widths = _widths(entries)
    beneath = len(entries.options) < _FIGURES_OF_AN_INPUT - 1
    least = _FIGURES_OF_AN_INPUT // (1 + beneath)
    rows = _Rows(FIRST_ROW)
    answer = rows.take(1 + compared)
    told = {}
    if plan is not None:
        told = {rows.take(): row for row in plan.told}
    topics = {topic: rows.take() for topic in dict.fromkeys(advice.topic for advice in entries.advice)}
    figures_title = rows.block(0) - 1
    figures, against, built = {}, {}, {}
    for name in key_figures(entries):
        figures[name] = rows.take()
        if several:
            against[name] = rows.take()
        built[name] = rows.take()
    counted = rows.block(0) - 1
    alerts = {name: rows.marked(said, sum(widths)) for name, said in watched(entries).items()}
    implausible = outside = units = None
    if any(alert.line for alert in entries.alerts):
        implausible = rows.marked(text.IMPLAUSIBLE, sum(widths))
    if any(isinstance(entry, Assumption) for entry in entries.inputs.values()):
        outside = rows.marked(text.OUTSIDE_RANGE, sum(widths))
        units = rows.marked(text.UNITS_ALONE_LISTED, sum(widths))
    left_out = wrap(", ".join(entries.exclusions), _LONGEST)
    excluded = dict(enumerate(left_out, start=rows.block(len(left_out)))) if left_out else {}
    found = layout.made_of
    charts = None
    if len(entries.options) > _MOST_BESIDE:
        charts = rows.take(1 + ROWS_OF_CHARTS) + 1
    moves = {}
    if plan is not None:
        strongest = plan.ranked[:MOST_MOVING]
        first = rows.block(1 + (1 + beneath) * len(strongest)) + 1
        moves = {first + (1 + beneath) * place: row for place, row in enumerate(strongest)}
    parts = range(0)
    if found is not None:
        first = rows.block(count(found))
        parts = range(first, rows.next)
    plausible = rows.block(1) if compared and disqualifying(entries) else None
    best = None
    if compared:
        best = rows.block(_ROWS_OF_COMPARISON) if plausible is None else rows.take(_ROWS_OF_COMPARISON)
    advice: dict[str, Marked] = {}
    if entries.advice:
        rows.block(0)
        advice = {each.name: rows.marked(each.text, widths[0]) for each in entries.advice}
    return SummaryRows(
        widths=widths,
        last_column=FIRST_OPTION + max(len(entries.options), 0 if plan is None else least) - 1,
        answer=answer,
        told=told,
        topics=topics,
        figures_title=figures_title,
        figures=figures,
        against=against,
        built=built,
        counted=counted,
        alerts=alerts,
        implausible=implausible,
        outside=outside,
        units=units,
        excluded=excluded,
        charts=charts,
        moves=moves,
        beneath=int(beneath),
        made_of=parts,
        plausible=plausible,
        best=best,
        advice=advice,
    )


def watched(entries: Entries) -> Mapping[str, str]:
    """Return what Summary says of each alert, by its name; lines that are not plausible are counted together."""
    said = {alert.name: alert.text for alert in entries.alerts if not alert.line}
    if dated_prices(entries):
        said[STALE] = text.STALE_PRICES_LISTED.format(rule=stale_rule(entries))
    return said


def _widths(entries: Entries) -> tuple[int, int]:
    lines = [entries.lines[name] for name in key_figures(entries)]
    labels = [line.label for line in lines]
    labels += [text.NEXT_VALUE.format(figure=labels[0]), text.BEST_AGAINST_BASE.format(base=entries.base)]
    label = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
    return label, frame.width((line.unit.spelling for line in lines), _UNIT_WIDTH, frame.LABEL_WIDTH)
