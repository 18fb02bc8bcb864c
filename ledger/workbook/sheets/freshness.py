"""Static tables: figures that Python worked out and that no formula follows. Each says whether it is out of date."""

from __future__ import annotations

from unitledger.expression import equal, sentence, when
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.address import fixed
from unitledger.workbook.check_rows import EDITS_COUNT, check_rows
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import CHECKS, FIRST_OPTION, STATUS_COLUMN, Layout
from unitledger.workbook.printing import down, symbol
from unitledger.workbook.sheet import Highlight, Sheet, cell
from unitledger.workbook.sheets.check_block import COUNT, Checking

EDITS = symbol("inputs edited")
OUT_OF_DATE = when(equal(EDITS, 0), 0, 1)


def static_tables(checking: Checking) -> float:
    """Put on Checks for each static table 1 if an input was edited since it was built; return how many are."""
    rows = checking.rows.static
    if not rows:
        return 0.0
    checking.title("static", text.STATIC_TABLES, options=False)
    for name, row in rows.items():
        checking.row_head(row, text.STATIC_TABLE[name], text.ONE_IF_TRUE)
    addresses = {EDITS.name: fixed(EDITS_COUNT, STATUS_COLUMN)}
    down(checking.sheet, FIRST_OPTION, OUT_OF_DATE, addresses, ((row, row, 0.0, COUNT) for row in rows.values()))
    return 0.0


def put_freshness(sheet: Sheet, row: int, column: int, entries: Entries, layout: Layout) -> None:
    """Put beside the static table of a sheet whether its figures are those of the inputs as they stand."""
    stale = cell(CHECKS, check_rows(entries, layout).static[sheet.name], FIRST_OPTION, DIMENSIONLESS)
    fresh = when(equal(stale, 0), sentence(text.CURRENT), sentence(text.STALE))
    sheet.formula(row, column, fresh, ("warn", GENERAL))
    sheet.highlights.append(Highlight((row, row), (column, column), text.CURRENT, ("good", GENERAL)))
