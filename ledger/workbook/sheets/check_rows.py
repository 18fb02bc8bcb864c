"""What Checks and the sheets that are no grids yet know of each other, by rows."""

from __future__ import annotations

from typing import Any

import attrs

from unitledger.expression import equal, sentence, when
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import ALERTS_ROW, CHECKS, FIRST_OPTION, Layout
from unitledger.workbook.sheet import Highlight, Sheet, cell
from unitledger.workbook.sheets.checks.rows import COUNTS, Checks

EDITS_COUNT, UNITS_ALONE_COUNT, STATIC_COUNT = (
    ALERTS_ROW + 3 + [*COUNTS].index(name) for name in ("edits", "units_alone", "static")
)


@attrs.frozen
class CheckRows:
    """Rows counted from 0, by name; see `Checks`."""

    breakdown: dict[str, int]
    built: dict[str, int]
    ranges: dict[str, int]
    outside: int
    alerts: dict[str, int]
    static: dict[str, int]
    titles: dict[str, int]
    end: int


_known: list[tuple[Entries, Layout, CheckRows]] = []


def check_rows(entries: Entries, layout: Layout) -> CheckRows:
    """Lay the sheet out, once for one ledger after the other."""
    if not _known or _known[0][0] is not entries or _known[0][1] is not layout:
        _known[:] = [(entries, layout, _placed(entries, layout))]
    return _known[0][2]


def _placed(entries: Entries, layout: Layout) -> CheckRows:
    checks = Checks(entries, layout, {})
    parts: Any = checks.parts.rows
    outside: Any = checks.outside.rows
    placed: Any = (each.rows for each in (checks.built, checks.ranges, checks.warnings, checks.static))
    built, ranges, alerts, static = placed
    breakdown = {str(place): row for place, row in parts.items()}
    return CheckRows(breakdown, built, ranges, outside or 0, alerts, static, checks.titles, checks.grid.next)


def put_freshness(sheet: Sheet, row: int, column: int, entries: Entries, layout: Layout) -> None:
    """Put beside the static table of a sheet whether its figures are those of the inputs as they stand."""
    stale = cell(CHECKS, check_rows(entries, layout).static[sheet.name], FIRST_OPTION, DIMENSIONLESS)
    fresh = when(equal(stale, 0), sentence(text.CURRENT), sentence(text.STALE))
    sheet.formula(row, column, fresh, ("warn", GENERAL))
    sheet.highlights.append(Highlight((row, row), (column, column), text.CURRENT, ("good", GENERAL)))
