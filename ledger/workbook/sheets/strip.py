"""The status cells on top of every sheet: integrity, state, alerts."""

from __future__ import annotations

from unitledger.expression import TEXT, fixed, sentence
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import (
    ALERTS_ROW,
    CHECKS,
    INTEGRITY_ROW,
    STATE_ROW,
    STATUS_COLUMN,
    STRIP_ROW,
)
from unitledger.workbook.sheet import Highlight, Sheet, cell


def status_strip(sheet: Sheet) -> None:
    """Put the three status cells of Checks, which must be built, on top of a sheet; good news is green."""
    shown = (
        (
            sentence(text.INTEGRITY, cell(CHECKS, INTEGRITY_ROW, STATUS_COLUMN, TEXT)),
            text.INTEGRITY + text.OK,
            "status_bad",
        ),
        (sentence(text.STATE, cell(CHECKS, STATE_ROW, STATUS_COLUMN, TEXT)), text.STATE + text.AS_BUILT, "status_warn"),
        (
            sentence(text.ALERTS, fixed(cell(CHECKS, ALERTS_ROW, STATUS_COLUMN, DIMENSIONLESS), 0)),
            text.ALERTS + text.NO_ALERTS,
            "status_warn",
        ),
    )
    for column, (tree, good, otherwise) in enumerate(shown):
        sheet.formula(STRIP_ROW, column, tree, (otherwise, GENERAL))
        place = (STRIP_ROW, STRIP_ROW), (column, column)
        sheet.highlights.append(Highlight(*place, good, ("good", GENERAL)))
