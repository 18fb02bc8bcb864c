"""A list on the first sheet of a workbook, as rows under headings: what it says is what the same list in CSV says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from unitledger.errors import InputsFileError
from unitledger.files.text import Rows
from unitledger.workbook.address import a1
from unitledger.workbook.cells.book import Cell
from unitledger.workbook.cells.read import read_book


def listing(path: Path) -> Rows:
    """Return the rows of a workbook's first sheet, without those that are empty; the first are the headings.

    Of formulas the values count that the file keeps. A date above figures that is the first of a month is that month,
    and a figure that is shown in percent is in percent. Raises WorkbookRefused, or InputsFileError naming the cell.
    """
    for sheet, cells in read_book(path).cells.items():
        return _rows(path, sheet, cells)
    raise InputsFileError(f"{path}: it has no sheet with cells.")


def _rows(path: Path, sheet: str, cells: Mapping[tuple[int, int], Cell]) -> Rows:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(cells.items()):
        said = _said(cell, f"{path}, {sheet}!{a1(row, column)}", is_heading=not rows.keys() - {row})
        if said:
            rows.setdefault(row, {})[column] = said
    head = next(iter(rows), 0)
    headings = rows.pop(head, {})
    for row, held in rows.items():
        if held.keys() - headings.keys():
            raise InputsFileError(
                f"{path}, {sheet}!{a1(row, min(held.keys() - headings.keys()))}: nothing stands above it as a heading."
            )
    return Rows(
        tuple(headings.values()),
        tuple(tuple(held.get(column, "") for column in headings) for held in rows.values()),
        tuple(f"{path}, {sheet}, row {row + 1}" for row in rows),
        f"{path}, {sheet}, row {head + 1}",
    )


def _said(cell: Cell, where: str, *, is_heading: bool) -> str:
    """Return what a cell says, as somebody would type it."""
    held = cell.kept if cell.held == "formula" else cell.content
    if cell.held == "formula" and held is None:
        raise InputsFileError(f"{where}: the file keeps no value of its formula. Save it in a spreadsheet program.")
    if cell.held == "error" or (isinstance(held, str) and held.startswith("#")):
        raise InputsFileError(f"{where}: it shows the error {held}.")
    if isinstance(held, date):
        return f"{held:%Y-%m}" if is_heading and held.day == 1 else f"{held:%Y-%m-%d}"
    if isinstance(held, int | float) and not isinstance(held, bool):
        return f"{held * 100:.15g} %" if cell.percent else f"{held:.15g}"
    return "" if held is None else str(held).strip()
