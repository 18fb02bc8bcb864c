"""What a workbook that comes back says of itself: the status cells above its inputs, as its file keeps them."""

from __future__ import annotations

from collections.abc import Container

import attrs

from unitledger.errors import brief
from unitledger.workbook import text
from unitledger.workbook.cells.book import Book
from unitledger.workbook.cells.rows import Head
from unitledger.workbook.layout import LABEL_COLUMN, STATUS_COLUMN

_NOT_KEPT = (
    "The file keeps no values of its formulas, so that Integrity is not known. "
    "Open it in a spreadsheet program and save it there."
)
_OUTDATED = "The file was not recalculated after its inputs were changed; save it in a spreadsheet program."


@attrs.frozen
class Status:
    """What the file keeps of Integrity, State and Alerts, "" where it keeps nothing.

    `failing`: what Checks counts that must be 0 and is not. `outdated`: inputs were changed by a program that does not
    calculate.
    """

    integrity: str = ""
    state: str = ""
    alerts: str = ""
    failing: tuple[str, ...] = ()
    outdated: bool = False

    def __str__(self) -> str:
        if not self.integrity:
            return _NOT_KEPT
        told = f"{text.INTEGRITY}{self.integrity}. {text.STATE}{self.state}. {text.ALERTS}{self.alerts}."
        told = f"{told} {_OUTDATED}" if self.outdated else told
        return "\n  ".join([told, *self.failing])


def read_status(book: Book, head: Head, *, edited: bool, counted: Container[str]) -> Status:
    """Return what stands above the headings of Inputs, and beside the labels of what is `counted`.

    `edited`: whether inputs differ from the ledger.
    """
    shown = [
        str(cell.shown)
        for (row, _), cell in sorted(book.cells[head.sheet].items())
        if row < head.figures.first_row and cell.held == "formula" and cell.shown is not None
    ]
    integrity, state, alerts = (
        next((said.removeprefix(title) for said in shown if said.startswith(title)), "")
        for title in (text.INTEGRITY, text.STATE, text.ALERTS)
    )
    found = [
        (cell.content, book.cell(sheet, row, STATUS_COLUMN - LABEL_COLUMN + column).shown)
        for sheet, cells in book.cells.items()
        for (row, column), cell in cells.items()
        if cell.held == "text" and cell.content in counted
    ]
    failing = tuple(f"{label}: {brief(count)}" for label, count in found if count and integrity == text.FAIL)
    return Status(integrity, state, alerts, failing, outdated=edited and state == text.AS_BUILT)
