"""A workbook as it lies on disk: what cells hold, and where defined names point. Only this file reads with openpyxl."""

from __future__ import annotations

import gc
import math
import re
import warnings
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from datetime import date, time, timedelta
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import attrs

from unitledger.errors import LedgerError, WorkbookRefused
from unitledger.workbook.address import LAST_COLUMN, LAST_ROW, a1, column_number, on
from unitledger.workbook.cells.guard import Gate, check_kinds, opened

Place = tuple[str, int, int]
"""Sheet, row and column, both counted from 0."""

Held = Literal["number", "text", "logical", "error", "date", "formula", "blank"]
_KINDS: dict[str, Held] = {"n": "number", "s": "text", "inlineStr": "text", "b": "logical", "e": "error", "d": "date"}
_BLOCK = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
# By kind of cell. The library takes more for a number, such as 1_000, and counts a text -1 from the end.
_WRITTEN = {
    "n": re.compile(r"\s*[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?\s*"),
    "s": re.compile(r"\s*[0-9]+\s*"),
    "b": re.compile(r"\s*[01]\s*"),
}
_LARGEST = 10**308
_CONTROL = re.compile(r"_x(00[01][0-9A-F])_")


@attrs.frozen
class Cell:
    """What a cell holds; a formula with its equals sign, and the value that the file keeps of it, None for none.

    `percent`: whether it is shown in percent.
    """

    held: Held
    content: Any = None
    kept: Any = None
    percent: bool = attrs.field(default=False, eq=False)

    @property
    def shown(self) -> Any:
        """The value that the file keeps, None for none; a date as a number of days."""
        value = self.kept if self.held == "formula" else self.content
        return _day(value) if isinstance(value, date | time | timedelta) else value


BLANK = Cell("blank")
_NO_CELLS: Mapping[tuple[int, int], Cell] = {}


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
        letters, digits, letters_of_last, digits_of_last = found.groups()
        first, left = int(digits) - 1, column_number(letters)
        last, right = first, left
        if letters_of_last is not None:
            first, last = sorted((first, int(digits_of_last) - 1))
            left, right = sorted((left, column_number(letters_of_last)))
        if first < 0 or last >= LAST_ROW or right >= LAST_COLUMN:
            return None
        return cls(sheet, first, left, last, right)

    @classmethod
    def written(cls, address: str, home: str) -> Block | None:
        """Return the block that an address in a formula on the sheet `home` means."""
        if "!" not in address:
            return cls.of(home, address)
        # A sheet may be named twice: Calc!A1:Calc!A9. No name of a sheet holds a colon.
        parts = [part.rpartition("!") for part in address.split(":")]
        sheet, mark, _ = parts[0]
        return cls.of(_unquoted(sheet) if mark else home, ":".join([cell for _, _, cell in parts]))

    @property
    def columns(self) -> range:
        """The block's columns."""
        return range(self.first_column, self.last_column + 1)

    @property
    def rows(self) -> range:
        """The block's rows."""
        return range(self.first_row, self.last_row + 1)

    @property
    def is_one(self) -> bool:
        """Whether it is one cell."""
        return self.first_row == self.last_row and self.first_column == self.last_column

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)

    def places(self) -> Iterator[Place]:
        """Yield its cells, row by row."""
        return ((self.sheet, row, column) for row in self.rows for column in self.columns)

    def holds(self, place: Place) -> bool:
        """Whether a cell is one of its own."""
        sheet, row, column = place
        return sheet == self.sheet and row in self.rows and column in self.columns

    def place(self, column: int) -> str:
        """Return the address, with its sheet, of the cell of the first row in a column."""
        return on(self.sheet, a1(self.first_row, column))


@attrs.frozen
class Book:
    """The cells of a workbook by sheet, row and column (counted from 0), and its defined names in lower case.

    `spilled`: the cells that array formulas and data tables fill.
    """

    path: Path
    cells: Mapping[str, Mapping[tuple[int, int], Cell]] = attrs.field(repr=False)
    names: Mapping[str, Block | None] = attrs.field(repr=False)
    properties: Mapping[str, str]
    spilled: tuple[Block, ...] = ()

    def cell(self, sheet: str, row: int, column: int) -> Cell:
        """Return what a cell holds; one of a sheet that is not there holds nothing."""
        return self.cells.get(sheet, _NO_CELLS).get((row, column), BLANK)


@contextmanager
def held_on_to() -> Iterator[None]:
    """Do without the search for cycles: what is read of a file stays, and is searched for a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@held_on_to()
def read_book(path: Path, prefixes: tuple[str, ...] = ()) -> Book:
    """Read a workbook: the sheets on which names with these prefixes lie, or all.

    Raises WorkbookRefused when the file is not safe, goes beyond the limits, or is broken.
    """
    with opened(path) as gate, warnings.catch_warnings(), redirect_stdout(StringIO()):
        # openpyxl warns of what it would lose on saving; nothing is saved here. Of some broken styles it prints.
        warnings.simplefilter("ignore")
        return _Package(gate).book(path, prefixes)


def cached_values(read: Book) -> dict[str, dict[tuple[int, int], Any]]:
    """Return the value that the file of a book keeps for each cell, by sheet, row and column.

    Errors are texts, dates are days.
    """
    return {
        sheet: {at: value for at, cell in cells.items() if (value := cell.shown) is not None}
        for sheet, cells in read.cells.items()
    }


def _day(moment: Any) -> float:
    """Return the number of days that a date is in a cell."""
    from openpyxl.utils.datetime import to_excel

    return float(to_excel(moment))  # type: ignore[no-untyped-call]  # its stub says nothing.


class _Package:
    """A workbook behind the gate, as openpyxl understands it.

    The library opens files by itself, and everything that lies in them; so its reader is led part by part.
    """

    def __init__(self, gate: Gate) -> None:
        from openpyxl.reader.excel import ExcelReader
        from openpyxl.styles.stylesheet import apply_stylesheet

        self._gate = gate
        # Its stubs do not know what it keeps.
        reader: Any = ExcelReader(gate.file, read_only=True, data_only=True, keep_links=False)
        self._reader = reader
        reader.archive = gate
        reader.read_manifest()
        check_kinds(gate, (str(each.ContentType) for each in (*reader.package.Override, *reader.package.Default)))
        reader.shared_strings = self._strings(reader.package)
        reader.read_workbook()
        reader.read_properties()
        check_kinds(gate, (str(each.Type) for each in reader.parser.rels.values()))
        apply_stylesheet(gate, reader.wb)

    def book(self, path: Path, prefixes: tuple[str, ...]) -> Book:
        """Return the sheets on which names with these prefixes lie, or all."""
        parts = self._parts()
        names = self._names(parts)
        if prefixes:
            lie = {block.sheet for name, block in names.items() if block and name.startswith(prefixes)}
            parts = {title: part for title, part in parts.items() if title in lie}
        self._gate.count_cells(parts.values())
        sheets = {title: _Sheet(self._gate, self._reader, title, part) for title, part in parts.items()}
        cells = {title: sheet.cells() for title, sheet in sheets.items()}
        spilled = tuple(block for sheet in sheets.values() for block in sheet.spilled)
        held = self._reader.wb.properties
        told = {"title": held.title, "comments": held.description, "keywords": held.keywords}
        return Book(path, cells, names, {key: str(said or "") for key, said in told.items()}, spilled)

    def _strings(self, package: Any) -> list[str]:
        """Return the texts that cells share; the library takes each apart, also those in one piece."""
        from xml.etree.ElementTree import iterparse

        from openpyxl.cell.text import Text
        from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

        part = package.find(SHARED_STRINGS)
        if part is None:
            return []
        found: list[str] = []
        of_pieces: Any = Text
        text, piece = (f"{{{SHEET_MAIN_NS}}}{local}" for local in ("si", "t"))
        with self._gate.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):  # noqa: S314 - the gate has judged it
                if node.tag == text:
                    whole = [each.tag for each in node] == [piece]
                    said = node[0].text or "" if whole else of_pieces.from_tree(node).content
                    found.append(said.replace("x005F_", ""))
                    node.clear()
        return found

    def _parts(self) -> dict[str, str]:
        """Return the part of each sheet of cells by its title."""
        found: dict[str, str] = {}
        for sheet, relation in self._reader.parser.find_sheets():
            if relation.target in self._reader.valid_files and relation.Type.endswith("/worksheet"):
                if sheet.name in found and relation.target != found[sheet.name]:
                    raise self._gate.refused(f"two of its sheets are named {sheet.name!r:.60}")
                found[sheet.name] = relation.target
        if len(found) > self._gate.limits.sheets:
            raise self._gate.refused(f"it has {len(found):,} sheets; {self._gate.limits.sheets:,} are allowed")
        return found

    def _names(self, parts: Container[str]) -> dict[str, Block | None]:
        """Return what defined names mean, None for what is not there; those of one sheet are known as !sheet!name."""
        titles = [sheet.name for sheet in self._reader.parser.sheets]
        names: dict[str, Block | None] = {}
        for defined in self._reader.parser.defined_names.definedName:
            home = "" if defined.localSheetId is None else f"!{titles[defined.localSheetId]}!"
            block = Block.written((defined.value or "").removeprefix("="), "")
            names[f"{home}{defined.name}".casefold()] = block if block is not None and block.sheet in parts else None
        return names


def _unescaped(text: str) -> str:
    """Return a text with the control characters that XML cannot hold, such as a return: they are written _x000D_."""
    return _CONTROL.sub(lambda escape: chr(int(escape[1], 16)), text)


@lru_cache(maxsize=1024)
def _unquoted(sheet: str) -> str:
    """Return the name of a sheet as a formula writes it."""
    return sheet.removeprefix("'").removesuffix("'").replace("''", "'")


def _percent(book: Any) -> frozenset[int]:
    """Return the numbers of the styles that show a figure in percent."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    own = dict(enumerate(book._number_formats, start=BUILTIN_FORMATS_MAX_SIZE))  # noqa: SLF001 - as below
    formats = {**BUILTIN_FORMATS, **own}
    styles = enumerate(book._cell_styles)  # noqa: SLF001
    return frozenset(number for number, style in styles if "%" in formats.get(style.numFmtId, ""))


def _check_written(kind: str, written: str) -> None:
    if kind in _WRITTEN and not _WRITTEN[kind].fullmatch(written):
        raise ValueError(written)


class _Sheet:
    """The cells of a sheet, of a formula both its text and the value that the file keeps.

    The library reads one or the other, and builds the XML in Python, by defusedxml, against what the gate refuses. So
    its reader of a sheet is made here, from what it keeps to itself.
    """

    def __init__(self, gate: Gate, reader: Any, title: str, part: str) -> None:
        self._gate, self._reader, self._title, self._part = gate, reader, title, part
        self.spilled: list[Block] = []

    def cells(self) -> dict[tuple[int, int], Cell]:
        """Return what the cells hold, by row and column counted from 0. Raises WorkbookRefused naming a cell."""
        from xml.etree.ElementTree import iterparse

        from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser

        reader, book = self._reader, self._reader.wb
        held: dict[tuple[int, int], Cell] = {}
        with self._gate.open(self._part) as source:
            parser: Any = WorkSheetParser(
                *(source, reader.shared_strings, True, book.epoch),
                *(book._date_formats, book._timedelta_formats),  # noqa: SLF001 - see above
            )
            read_cell = parser.parse_cell
            percent = _percent(book)

            def cell(element: Any) -> tuple[tuple[int, int], Cell] | None:
                formula, written = element.find(FORMULA_TAG), element.findtext(VALUE_TAG)
                try:
                    if written:
                        _check_written(element.get("t", "n"), written)
                    found = read_cell(element)
                    text = None if formula is None else self._formula(parser, element, formula)
                    return self._cell(found, text, percent=found["style_id"] in percent)
                except LedgerError:
                    raise
                except Exception as broken:
                    said = f"holds {written!r:.40}, which is no value of a cell of its kind"
                    raise self._refused(element.get("r"), said) from broken

            parser.parse_cell = cell
            for _, element in iterparse(source):  # noqa: S314 - the gate has judged it
                if element.tag == ROW_TAG:
                    held.update(each for each in parser.parse_row(element)[1] if each is not None)
                    element.clear()
                elif element.tag == DATA_TAG:
                    break
            source.finish()
        return held

    def _cell(
        self, found: dict[str, Any], formula: str | None, *, percent: bool
    ) -> tuple[tuple[int, int], Cell] | None:
        """Return where a cell is and what it holds, None for nothing."""
        row, column, content, kind = found["row"], found["column"], found["value"], found["data_type"]
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            raise self._refused(f"row {row}, column {column},", "lies outside every sheet")
        if isinstance(content, int) and abs(content) > _LARGEST:
            content = math.copysign(math.inf, content)
        if content is None and kind == "str":
            # What a formula of an empty text shows is kept; openpyxl gives it like no value at all.
            content, kind = "", "s"
        if formula is not None:
            return (row - 1, column - 1), Cell("formula", formula, content, percent)
        if content is None:
            return None
        held = _unescaped(content) if isinstance(content, str) else content
        return (row - 1, column - 1), Cell(_KINDS[kind], held, percent=percent)

    def _formula(self, parser: Any, element: Any, formula: Any) -> str:
        """Return the text of a formula; where it fills cells, these are noted."""
        kind = formula.get("t", "normal")
        if kind == "shared":
            self._gate.check_time()
            text = str(parser.parse_formula(element))
        else:
            text = f"={formula.text or ''}"
        if kind in {"array", "dataTable"}:
            block = Block.of(self._title, formula.get("ref", ""))
            if block is not None:
                self._gate.take_cells(self._part, block.size)
                self.spilled.append(block)
        if len(text) > (most := self._gate.limits.formula):
            raise self._refused(element.get("r"), f"holds a formula of {len(text):,} characters; {most:,} are allowed")
        return text

    def _refused(self, address: str | None, said: str) -> WorkbookRefused:
        where = address or "a cell without address"
        return self._gate.refused(f"on its sheet {self._title!r:.60}, {where:.40} {said}")
