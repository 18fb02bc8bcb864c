"""The status cells on top of every sheet: integrity, state, alerts; they say so too when Checks is gone or broken."""

from __future__ import annotations

from unitledger.expression import apply, equal, fixed, sentence, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.address import fixed as stays
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import (
    ALERTS_ROW,
    CHECKS,
    INTEGRITY_ROW,
    STATE_ROW,
    STATUS_COLUMN,
    STRIP_ROW,
)
from unitledger.workbook.printing import put, symbol
from unitledger.workbook.sheet import Highlight, Sheet
from unitledger.workbook.sheets.check_rows import EDITS_COUNT

SHOWN = symbol("status cell")
EDITS = symbol("inputs edited")
# 1 divided by false is an error and so no number, as is a lost reference.
INTEGRITY = when(
    apply(ISNUMBER, 1 / equal(SHOWN, sentence(text.OK))),
    sentence(text.INTEGRITY + text.OK),
    sentence(text.INTEGRITY + text.FAIL),
)
STATE = when(apply(ISNUMBER, EDITS), sentence(text.STATE, SHOWN), sentence(text.STATE + text.NOT_KNOWN))
ALERTS = when(apply(ISNUMBER, SHOWN), sentence(text.ALERTS, fixed(SHOWN, 0)), sentence(text.ALERTS + text.NOT_KNOWN))


def status_strip(sheet: Sheet) -> None:
    """Put the three status cells of Checks, which must be built, on top of a sheet; good news is green."""
    integrity, state, alerts = (
        sheet.values[f"{CHECKS}!{a1(row, STATUS_COLUMN)}"] for row in (INTEGRITY_ROW, STATE_ROW, ALERTS_ROW)
    )
    shown = (
        (INTEGRITY_ROW, INTEGRITY, text.INTEGRITY + integrity, text.INTEGRITY + text.OK, "status_bad"),
        (STATE_ROW, STATE, text.STATE + state, text.STATE + text.AS_BUILT, "status_warn"),
        (ALERTS_ROW, ALERTS, f"{text.ALERTS}{alerts:,.0f}", text.ALERTS + text.NO_ALERTS, "status_warn"),
    )
    edits = _address(sheet, EDITS_COUNT)
    for column, (row, tree, cached, good, otherwise) in enumerate(shown):
        addresses = {SHOWN.name: _address(sheet, row), EDITS.name: edits}
        put(sheet, STRIP_ROW, column, tree, addresses, cached=cached, style=(otherwise, GENERAL))
        place = (STRIP_ROW, STRIP_ROW), (column, column)
        sheet.highlights.append(Highlight(*place, good, ("good", GENERAL)))


def _address(sheet: Sheet, row: int) -> str:
    address = stays(row, STATUS_COLUMN)
    return address if sheet.name == CHECKS else on(CHECKS, address)
