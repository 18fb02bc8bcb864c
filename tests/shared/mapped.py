"""The entries of the formula map: which cells each of them covers."""

from __future__ import annotations

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.workbook import Workbook


def entries(book: Workbook) -> list[tuple[str, str]]:
    """Sheet and cells of each entry; "" where it stands for every sheet."""
    found = []
    mapped = book["Formula map"]
    for (cell,) in mapped[f"A5:A{mapped.max_row}"]:
        text = str(cell.value or "")
        if text.startswith("Sheets for readers, "):
            found.append(("", text.removeprefix("Sheets for readers, ")))
        elif "!" in text:
            sheet, _, cells = text.rpartition("!")
            found.append((sheet.strip("'"), cells))
    return found


def covers(entry: tuple[str, str], sheet: str, address: str) -> bool:
    """Whether a cell is among those of an entry."""
    row, column = coordinate_to_tuple(address)
    left, top, right, bottom = range_boundaries(entry[1])
    assert None not in (left, top, right, bottom)
    return entry[0] in ("", sheet) and left <= column <= right and top <= row <= bottom  # type: ignore[operator]
