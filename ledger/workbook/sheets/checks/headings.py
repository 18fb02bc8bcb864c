"""The count of headings and labels that are not as written, of sheets on which nothing else looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unitledger.expression import TEXT, Text, different
from unitledger.workbook.grid import Grid, summed
from unitledger.workbook.layout import HEADING_ROW, SENSITIVITY, UNCERTAINTY, VARIANCE, YEARS
from unitledger.workbook.sheets.checks.checking import COUNT
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.checks.sheet import differing

_HEADINGS = frozenset({"heading_in", "heading_right", "band_right"})
_LABELS = frozenset({"label", "label_total", "unit", "unit_total", "section"})
# Sheets on which no label is compared with another.
_LABELLED = frozenset({SENSITIVITY, YEARS, VARIANCE, UNCERTAINTY})
# So long a text may stand in a formula.
_LONGEST = 255

Told = tuple[Grid, tuple[int, int], str]
"""A cell, and the text that tells what the figures beside or beneath it are."""


def headings_changed(checks: Checks, grids: Iterable[Grid], more: Iterable[Told]) -> None:
    """Put how many names, headings, labels, and `more`, are not as written; all sheets must have been said."""
    found = [*(told for grid in grids for told in _told(grid)), *more]
    others = {(grid.name, place): different(grid.entry("", TEXT, *place), Text(said)) for grid, place, said in found}
    groups = [count for _, count in summed(others)]
    names, counted = checks.beside(checks.names), checks.take_headings(len(groups))
    with checks.block("headings"):
        for number, count in enumerate(groups):
            checks.working.put(counted, count, COUNT, rows=[number], values=[0.0])
    checks.grid.put(checks.counts, differing(names.block()) + differing(counted.block()), COUNT, rows=["names"])
    checks.grid.put(checks.checked, float(len(names.keys) + len(found)), ("foot", "0"), rows=["names"])


def _told(grid: Grid) -> Iterator[Told]:
    """Yield what tells figures apart; headings of cases are compared elsewhere where labels are."""
    labelled = grid.name in _LABELLED
    wanted = _HEADINGS | _LABELS if labelled else _HEADINGS
    cases = () if labelled else grid.columns.values()
    for place, said, style in grid.texts():
        if style in wanted and 0 < len(said) <= _LONGEST and (place[0] != HEADING_ROW or place[1] not in cases):
            yield grid, place, said
