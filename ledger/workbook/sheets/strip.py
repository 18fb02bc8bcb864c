"""What is said on top of sheets for readers: integrity, state and alerts, and whether a static table is out of date.

The status cells say so too when Checks is gone or broken.
"""

from __future__ import annotations

from unitledger.expression import TEXT, apply, equal, fixed, sentence, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.workbook import text
from unitledger.workbook.grid import Grid
from unitledger.workbook.layout import HINT_ROW, STRIP_ROW
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Highlight, Sheet
from unitledger.workbook.sheets.checks import Checks


def status_strip(sheet: Sheet, checks: Checks) -> None:
    """Put the three status cells of Checks on top of a sheet; good news is green."""
    integrity, state, alerts = text.INTEGRITY, text.STATE, text.ALERTS
    # 1 divided by false is an error and so no number, as is a lost reference.
    holds = apply(ISNUMBER, 1 / equal(checks.integrity, sentence(text.OK)))
    edited, counted = apply(ISNUMBER, checks.counts["edits"]), apply(ISNUMBER, checks.alerts)
    shown = (
        (when(holds, sentence(integrity + text.OK), sentence(integrity + text.FAIL)), integrity + text.OK, "bad"),
        (when(edited, sentence(state, checks.state), sentence(state + text.NOT_KNOWN)), state + text.AS_BUILT, "warn"),
        (
            when(counted, sentence(alerts, fixed(checks.alerts, 0)), sentence(alerts + text.NOT_KNOWN)),
            alerts + text.NO_ALERTS,
            "warn",
        ),
    )
    grid = Grid(sheet, {})
    for column, (tree, good, otherwise) in enumerate(shown):
        grid.put(grid.entry("status", TEXT, STRIP_ROW, column), tree, (f"status_{otherwise}", GENERAL))
        place = (STRIP_ROW, STRIP_ROW), (column, column)
        sheet.highlights.append(Highlight(*place, good, ("good", GENERAL)))


def put_freshness(grid: Grid, column: int, checks: Checks) -> None:
    """Put above the static table of a sheet whether its figures are those of the inputs as they stand."""
    fresh = when(equal(checks.static[grid.name], 0), sentence(text.CURRENT), sentence(text.STALE))
    grid.put(grid.entry("freshness", TEXT, HINT_ROW, column), fresh, ("warn", GENERAL))
    grid.sheet.highlights.append(Highlight((HINT_ROW, HINT_ROW), (column, column), text.CURRENT, ("good", GENERAL)))
