"""What a spreadsheet does to a file when rows, columns and sheets come and go: every reference follows, or is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.workbook import Workbook

LOST = "#REF!"
Axis = Literal["rows", "columns"]

_BLOCK = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)(?::(\$?)([A-Z]{1,3})(\$?)([0-9]+))?")


def insert(book: Workbook, sheet: str, axis: Axis, before: int) -> None:
    """Insert an empty row or column before one that is counted from 1."""
    _follow(book, sheet, lambda address: _shifted(address, axis, before, 1))
    getattr(book[sheet], f"insert_{'rows' if axis == 'rows' else 'cols'}")(before)


def delete(book: Workbook, sheet: str, axis: Axis, gone: int) -> None:
    """Delete a row or column, counted from 1; what referred to it has lost it."""
    _follow(book, sheet, lambda address: _shifted(address, axis, gone, -1))
    getattr(book[sheet], f"delete_{'rows' if axis == 'rows' else 'cols'}")(gone)


def delete_sheet(book: Workbook, sheet: str) -> None:
    """Delete a sheet."""
    _follow(book, sheet, lambda _: None)
    del book[sheet]


def rename_sheet(book: Workbook, sheet: str, name: str) -> None:
    """Rename a sheet."""
    _follow(book, sheet, lambda address: address, name)
    book[sheet].title = name


def sort_rows(book: Workbook, sheet: str, rows: range, order: Sequence[int]) -> None:
    """Put the rows of a sheet, counted from 1, in another order: what cells hold moves, names and rules do not.

    Formulas refer to cells of their own row afterwards, as they did before.
    """
    page = book[sheet]
    held = {row: [cell.value for cell in page[row]] for row in rows}
    for row, origin in zip(rows, order, strict=True):
        for column, value in enumerate(held[origin], start=1):
            letter = get_column_letter(column)
            is_formula = isinstance(value, str) and value.startswith("=")
            moved = Translator(value, f"{letter}{origin}").translate_formula(f"{letter}{row}") if is_formula else value
            page.cell(row, column).value = moved


def _follow(book: Workbook, sheet: str, moved: Callable[[str], str | None], name: str = "") -> None:
    """Rewrite all references to a sheet: `moved` gives the new address, None when it is lost; `name` a new name."""
    shown = f"'{name}'!" if name else f"'{sheet}'!" if " " in sheet else f"{sheet}!"

    def followed(written: str, home: str) -> str:
        there, mark, address = written.rpartition("!")
        if (there.strip("'") or home) != sheet or not _BLOCK.fullmatch(address):
            return written
        now = moved(address)
        return LOST if now is None else f"{shown if mark else ''}{now}"

    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = "=" + "".join(
                        followed(token.value, page.title) if _refers(token) else token.value
                        for token in Tokenizer(str(cell.value)).items
                    )
    for defined in book.defined_names.values():
        defined.attr_text = followed(defined.attr_text, "")


def _refers(token: Token) -> bool:
    return bool(token.type == Token.OPERAND and token.subtype == Token.RANGE)


def _shifted(address: str, axis: Axis, at: int, by: int) -> str | None:
    """Where an address lies after a row or column came in at a place (by 1), or went (by -1)."""
    match = _BLOCK.fullmatch(address)
    assert match is not None
    marks = [match[place] or "" for place in (1, 3, 5, 7)]
    columns = [column_index_from_string(match[place]) for place in (2, 6) if match[place]]
    rows = [int(match[place]) for place in (4, 8) if match[place]]
    ends = _ends(rows if axis == "rows" else columns, at, by)
    if ends is None:
        return None
    rows, columns = (ends, columns) if axis == "rows" else (rows, ends)
    cells = [
        f"{marks[2 * place]}{get_column_letter(column)}{marks[2 * place + 1]}{row}"
        for place, (column, row) in enumerate(zip(columns, rows, strict=True))
    ]
    return ":".join(cells)


def _ends(ends: list[int], at: int, by: int) -> list[int] | None:
    first, last = ends[0], ends[-1]
    if by > 0:
        return [end + by if end >= at else end for end in ends]
    if first == last == at:
        return None
    return [first - (first > at), last - (last >= at)][: len(ends)]
