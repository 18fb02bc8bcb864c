"""Whether a static table is out of date: figures that Python worked out and that no formula follows."""

from __future__ import annotations

from unitledger.expression import TEXT, equal, sentence, when
from unitledger.workbook import text
from unitledger.workbook.grid import Grid
from unitledger.workbook.layout import HINT_ROW
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Highlight
from unitledger.workbook.sheets.checks import Checks


def put_freshness(grid: Grid, column: int, checks: Checks) -> None:
    """Put above the static table of a sheet whether its figures are those of the inputs as they stand."""
    fresh = when(equal(checks.static[grid.name], 0), sentence(text.CURRENT), sentence(text.STALE))
    grid.put(grid.entry("freshness", TEXT, HINT_ROW, column), fresh, ("warn", GENERAL))
    grid.sheet.highlights.append(Highlight((HINT_ROW, HINT_ROW), (column, column), text.CURRENT, ("good", GENERAL)))
