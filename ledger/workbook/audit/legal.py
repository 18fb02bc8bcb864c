"""What a spreadsheet refuses or misreads, checked before a file is written: the writing library lets it through."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from unitledger.errors import NameRefused, WorkbookError
from unitledger.workbook.address import LAST_COLUMN, LAST_ROW, a1, column_number
from unitledger.workbook.sheet import Sheet

LONGEST_SHEET_NAME = 31
LONGEST_NAME = 255
LONGEST_TEXT = 32_767
MOST_FORMATS = 200
MOST_RULES = 65_534

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]+)|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")
_FORBIDDEN = set("[]:*?/\\")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def check(sheets: Sequence[Sheet]) -> None:
    """Check names, texts, values and sizes of all sheets.

    Raises NameRefused or WorkbookError, naming the sheet and the cell or name, and what to do.
    """
    sheet_names(sheet.name for sheet in sheets)
    defined_names(name for sheet in sheets for name in sheet.names)
    formats = {pattern for sheet in sheets for _, pattern in sheet.styles}
    if len(formats) > MOST_FORMATS:
        raise WorkbookError(f"{len(formats)} number formats; a workbook holds {MOST_FORMATS}.")
    for sheet in sheets:
        rules(sheet.name, len(sheet.validations))
        _cells(sheet)


def sheet_names(names: Iterable[str]) -> None:
    """Check the names of a workbook's sheets. Raises NameRefused."""
    taken: dict[str, str] = {}
    for name in names:
        if not name or len(name) > LONGEST_SHEET_NAME:
            raise NameRefused(
                f"The sheet name {name!r} has {len(name)} characters; 1 to {LONGEST_SHEET_NAME} are possible."
            )
        if _FORBIDDEN & set(name) or name.startswith("'") or name.endswith("'"):
            raise NameRefused(f"The sheet name {name!r} holds one of [ ] : * ? / \\ or begins or ends with '.")
        if name.casefold() == "history":
            raise NameRefused("A sheet cannot be named 'History': Excel keeps that name for itself.")
        other = taken.setdefault(name.casefold(), name)
        if other is not name:
            raise NameRefused(f"The sheet names {other!r} and {name!r} are one name to a spreadsheet.")


def defined_names(names: Iterable[str]) -> None:
    """Check the names that point at cells: legal in Excel and in Google Sheets. Raises NameRefused."""
    taken: dict[str, str] = {}
    for name in names:
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise NameRefused(
                f"The defined name {name!r:.80} is not made of letters, digits and underscores, or is longer than "
                f"{LONGEST_NAME} characters."
            )
        cell = _CELL.fullmatch(name)
        if cell and (cell[1] is None or column_number(cell[1].upper()) < LAST_COLUMN):
            raise NameRefused(f"The defined name {name!r} would be read as a cell reference.")
        other = taken.setdefault(name.casefold(), name)
        if other is not name:
            raise NameRefused(f"The defined names {other!r} and {name!r} are one name to a spreadsheet.")


def size(sheet: str, rows: int, columns: int) -> None:
    """Check how many rows and columns a sheet takes. Raises WorkbookError."""
    if rows > LAST_ROW or columns > LAST_COLUMN:
        raise WorkbookError(
            f"Sheet {sheet!r} would have {rows:,} rows and {columns:,} columns; a sheet has "
            f"{LAST_ROW:,} and {LAST_COLUMN:,}. Divide the ledger, or its options."
        )


def rules(sheet: str, count: int) -> None:
    """Check how many rules say what the cells of a sheet accept. Raises WorkbookError."""
    if count > MOST_RULES:
        raise WorkbookError(
            f"Sheet {sheet!r} would have {count:,} rules for what its cells accept; Excel takes {MOST_RULES:,}. Rows "
            "with the same unit and bounds share one: give fewer different bounds, or divide the ledger."
        )


def _cells(sheet: Sheet) -> None:
    for row, column, kind, content, extra, _ in sheet.cells:
        if kind == "formula":
            if isinstance(extra, float) and not math.isfinite(extra):
                raise WorkbookError(f"{sheet.name}!{a1(row, column)}: the value of {content} is {extra}.")
            if extra is None:
                raise WorkbookError(f"{sheet.name}!{a1(row, column)}: {content} has no value.")
        elif kind == "number":
            if not math.isfinite(content):
                raise WorkbookError(f"{sheet.name}!{a1(row, column)}: {content} is no number that a cell can hold.")
        elif kind in {"text", "link"} and (len(content) > LONGEST_TEXT or not content.isprintable()):
            _text(content, f"{sheet.name}!{a1(row, column)}")
    size(sheet.name, sheet.last_row + 1, sheet.last_column + 1)


def _text(content: str, where: str) -> None:
    if len(content) > LONGEST_TEXT:
        raise WorkbookError(
            f"{where}: a text of {len(content):,} characters; a cell holds {LONGEST_TEXT:,}: {content[:40]}..."
        )
    if _CONTROL.search(content):
        raise WorkbookError(f"{where}: {content[:60]!r} holds a control character, which a workbook cannot carry.")
