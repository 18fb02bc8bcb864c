"""What Summary shows, by what stands there and not by address."""

from __future__ import annotations

from typing import Any

from recalculate import Cells


def row_of(cells: Cells, begins: str) -> int:
    """The row of Summary whose first cell says so, else the first whose first cell begins so."""
    shown = {int(at[1:]): str(text or "") for (sheet, at), text in cells.items() if sheet == "Summary" and at[0] == "A"}
    exact = [row for row, text in shown.items() if text == begins]
    return min(exact or [row for row, text in shown.items() if text.startswith(begins)])


def said(cells: Cells) -> list[str]:
    """The sentences between the cover and the key figures: the answer, and what qualifies it."""
    (cover,) = {
        int(at[1:])
        for (sheet, at), shown in cells.items()
        if sheet == "Summary" and at[0] == "A" and "with unitledger" in str(shown)
    }
    rows = range(cover + 1, row_of(cells, "Key figures"))
    return [str(shown) for row in rows if (shown := cells.get(("Summary", f"A{row}")))]


def table(cells: Cells, begins: str, columns: str, rows: int) -> list[list[Any]]:
    """Cells beneath the first row that begins so."""
    first = row_of(cells, begins) + 1
    return [[cells.get(("Summary", f"{column}{row}")) for column in columns] for row in range(first, first + rows)]
