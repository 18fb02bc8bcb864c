"""A workbook as it lies on disk: what cells hold, and where defined names point. Only this file reads with openpyxl."""

from __future__ import annotations

import re
import warnings
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from unitledger.errors import WorkbookRefused
from unitledger.workbook.address import a1, column_number, on
from unitledger.workbook.cells.guard import check_safe

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

Place = tuple[str, int, int]
"""Sheet, row and column, both counted from 0."""

Held = Literal["number", "text", "logical", "error", "date", "formula", "blank"]
_KINDS: dict[str, Held] = {"n": "number", "s": "text", "inlineStr": "text", "b": "logical", "e": "error", "d": "date"}
_BLOCK = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?")
_CONTROL = re.compile(r"_x(00[01][0-9A-F])_")


@attrs.frozen
class Cell:
    """What a cell holds; a formula with its equals sign, and the value that the file keeps of it, None for none."""

    held: Held
    content: Any = None
    kept: Any = None

    @property
    def shown(self) -> Any:
        """The value that the file keeps, None for none; a date as a number of days."""
        value = self.kept if self.held == "formula" else self.content
        return _day(value) if isinstance(value, date | time | timedelta) else value


BLANK = Cell("blank")


@attrs.frozen
class Block:
    """Neighbouring cells of a sheet, with rows and columns counted from 0, ends included."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def of(cls, sheet: str, address: str) -> Block | None:
        """Return the block that an address means, None when it is not one (a whole column, a lost reference)."""
        found = _BLOCK.fullmatch(address.upper())
        if found is None:
            return None
        row, column = int(found[2]) - 1, column_number(found[1])
        return cls(
            sheet,
            row,
            column,
            row if found[4] is None else int(found[4]) - 1,
            column if found[3] is None else column_number(found[3]),
        )

    @classmethod
    def written(cls, address: str, home: str) -> Block | None:
        """Return the block that an address in a formula on the sheet `home` means."""
        # A sheet may be named twice: Calc!A1:Calc!A9. No name of a sheet holds a colon.
        parts = [part.rpartition("!") for part in address.split(":")]
        sheet, mark, _ = parts[0]
        name = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
        return cls.of(name if mark else home, ":".join(cell for _, _, cell in parts))

    @property
    def columns(self) -> range:
        """The block's columns."""
        return range(self.first_column, self.last_column + 1)

    @property
    def rows(self) -> range:
        """The block's rows."""
        return range(self.first_row, self.last_row + 1)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return len(self.rows) * len(self.columns)

    def places(self) -> Iterator[Place]:
        """Yield its cells, row by row."""
        return ((self.sheet, row, column) for row in self.rows for column in self.columns)

    def place(self, column: int) -> str:
        """Return the address, with its sheet, of the cell of the first row in a column."""
        return on(self.sheet, a1(self.first_row, column))


@attrs.frozen
class Book:
    """The cells of a workbook by sheet, row and column (counted from 0), and its defined names in lower case."""

    path: Path
    cells: Mapping[str, Mapping[tuple[int, int], Cell]] = attrs.field(repr=False)
    names: Mapping[str, Block | None] = attrs.field(repr=False)
    properties: Mapping[str, str]

    def cell(self, sheet: str, row: int, column: int) -> Cell:
        """Return what a cell holds."""
        return self.cells[sheet].get((row, column), BLANK)


def read_book(path: Path, prefixes: tuple[str, ...] = ()) -> Book:
    """Read a workbook, once it has been found safe: the sheets on which names with these prefixes lie, or all.

    Raises WorkbookRefused when the file is not safe, or is broken.
    """
    check_safe(path)
    try:
        with _opened(path) as book:
            names = _names(book)
            wanted = {block.sheet for name, block in names.items() if block and name.startswith(prefixes)}
            return Book(path, _cells(book, wanted if prefixes else None), names, _properties(book))
    except Exception as broken:
        # What a damaged file raises in openpyxl is anything from KeyError to ParseError.
        raise WorkbookRefused(
            f"{path.name} is not read: it is damaged ({type(broken).__name__}: {broken})."
        ) from broken


def cached_values(read: Book) -> dict[str, dict[tuple[int, int], Any]]:
    """Return the value that the file of a book keeps for each cell, by sheet, row and column.

    Errors are texts, dates are days.
    """
    return {
        sheet: {at: value for at, cell in cells.items() if (value := cell.shown) is not None}
        for sheet, cells in read.cells.items()
    }


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of what it would lose on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()


def _day(moment: Any) -> float:
    """Return the number of days that a date is in a cell."""
    from openpyxl.utils.datetime import to_excel

    return float(to_excel(moment))  # type: ignore[no-untyped-call]  # its stub says nothing.


def _cells(book: Workbook, wanted: Container[str] | None = None) -> dict[str, dict[tuple[int, int], Cell]]:
    return {sheet.title: _held(_rows(sheet)) for sheet in book.worksheets if wanted is None or sheet.title in wanted}


def _rows(sheet: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the cells of each row, of a formula with its text and the value that the file keeps.

    The library reads one or the other, and builds the XML in Python, by defusedxml, against what these files have
    been looked through for. So its reader of a sheet is made here, from what it keeps to itself.
    """
    from xml.etree.ElementTree import iterparse

    from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser

    parser: Any = WorkSheetParser
    book = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001 - see above
        formats = book._date_formats, book._timedelta_formats  # noqa: SLF001
        reader = parser(source, sheet._shared_strings, True, book.epoch, *formats)  # noqa: SLF001
        read_cell = reader.parse_cell

        def both(element: Any) -> Any:
            found = read_cell(element)
            if element.find(FORMULA_TAG) is not None:
                found["formula"] = reader.parse_formula(element)
            return found

        reader.parse_cell = both
        for _, element in iterparse(source):  # noqa: S314
            if element.tag == ROW_TAG:
                yield reader.parse_row(element)[1]
                element.clear()


def _held(rows: Iterable[Iterable[dict[str, Any]]]) -> dict[tuple[int, int], Cell]:
    held: dict[tuple[int, int], Cell] = {}
    for row in rows:
        for cell in row:
            content, kind, formula = cell["value"], cell["data_type"], cell.get("formula")
            if content is None and kind == "str":
                # What a formula of an empty text shows is kept; openpyxl gives it like no value at all.
                content, kind = "", "s"
            if formula is not None:
                # An array formula is an object that keeps its text.
                found = Cell("formula", str(getattr(formula, "text", formula)), content)
            elif content is None:
                continue
            else:
                found = Cell(_KINDS[kind], _unescaped(content) if isinstance(content, str) else content)
            held[cell["row"] - 1, cell["column"] - 1] = found
    return held


def _unescaped(text: str) -> str:
    """Return a text with the control characters that XML cannot hold, such as a return: they are written _x000D_."""
    return _CONTROL.sub(lambda escape: chr(int(escape[1], 16)), text)


def _names(book: Workbook) -> dict[str, Block | None]:
    names: dict[str, Block | None] = {}
    for name, defined in book.defined_names.items():
        places = list(defined.destinations)
        names[name.casefold()] = Block.of(*places[0]) if len(places) == 1 else None
    return names


def _properties(book: Workbook) -> dict[str, str]:
    held = book.properties
    return {"title": held.title or "", "comments": held.description or "", "keywords": held.keywords or ""}
