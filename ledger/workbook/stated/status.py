"""What a workbook that comes back says of itself: the status cells above its inputs, as its file keeps them."""

from __future__ import annotations

import attrs

from unitledger.workbook import text
from unitledger.workbook.cells.read import Book
from unitledger.workbook.cells.rows import Head

_NOT_KEPT = (
    "The file keeps no values of its formulas, so that Integrity is not known. "
    "Open it in a spreadsheet program and save it there."
)
_OUTDATED = "The file was not recalculated after its inputs were changed; save it in a spreadsheet program."


@attrs.frozen
class Status:
    """What the file keeps of Integrity, State and Alerts, "" where it keeps nothing.

    `outdated`: inputs were changed by a program that does not calculate.
    """

    integrity: str = ""
    state: str = ""
    alerts: str = ""
    outdated: bool = False

    def __str__(self) -> str:
        if not self.integrity:
            return _NOT_KEPT
        told = f"{text.INTEGRITY}{self.integrity}. {text.STATE}{self.state}. {text.ALERTS}{self.alerts}."
        return f"{told} {_OUTDATED}" if self.outdated else told


def read_status(book: Book, head: Head, *, edited: bool) -> Status:
    """Return what stands above the headings of Inputs; `edited`: whether inputs differ from the ledger."""
    shown = [
        str(cell.shown)
        for (row, _), cell in sorted(book.cells[head.sheet].items())
        if row < head.figures.first_row and cell.held == "formula" and cell.shown is not None
    ]
    integrity, state, alerts = (
        next((said.removeprefix(title) for said in shown if said.startswith(title)), "")
        for title in (text.INTEGRITY, text.STATE, text.ALERTS)
    )
    return Status(integrity, state, alerts, outdated=edited and state == text.AS_BUILT)
