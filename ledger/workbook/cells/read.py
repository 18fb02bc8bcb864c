"""Reading a workbook from disk, behind the gate. Only this file reads with openpyxl."""

from __future__ import annotations

import gc
import math
import re
import warnings
from collections.abc import Container, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from unitledger.errors import LedgerError, WorkbookRefused
from unitledger.workbook.address import LAST_COLUMN, LAST_ROW, a1
from unitledger.workbook.cells.book import Block, Book, Cell, Held
from unitledger.workbook.cells.guard import Gate, check_kinds, opened
from unitledger.workbook.cells.plain import NotPlain, plain_cells

_KINDS: dict[str, Held] = dict.fromkeys(("s", "str", "inlineStr"), "text")
_KINDS |= {"n": "number", "b": "logical", "e": "error", "d": "date"}
# By kind of cell. The library takes more for a number, such as 1_000, and counts a text -1 from the end.
_WRITTEN = {
    "n": re.compile(r"\s*[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?\s*"),
    "s": re.compile(r"\s*[0-9]+\s*"),
    "b": re.compile(r"\s*[01]\s*"),
}
_LARGEST = 10**308
_CONTROL = re.compile(r"_x(00[01][0-9A-F])_")


@contextmanager
def held_on_to() -> Iterator[None]:
    """Do without the search for cycles: what is read or written stays, and is searched for a third of the time."""
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
        from xml.etree.ElementTree import parse

        from openpyxl.cell.text import Text
        from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

        part = package.find(SHARED_STRINGS)
        if part is None:
            return []
        found: list[str] = []
        of_pieces: Any = Text
        text, piece = (f"{{{SHEET_MAIN_NS}}}{local}" for local in ("si", "t"))
        with self._gate.open(part.PartName[1:]) as source:
            for node in parse(source).iter(text):  # noqa: S314 - the gate has judged it
                whole = len(node) == 1 and node[0].tag == piece
                said = node[0].text or "" if whole else of_pieces.from_tree(node).content
                found.append(said.replace("x005F_", ""))
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


def _percent(book: Any) -> frozenset[int]:
    """Return the numbers of the styles that show a figure in percent."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    own = dict(enumerate(book._number_formats, start=BUILTIN_FORMATS_MAX_SIZE))  # noqa: SLF001 - as below
    formats = {**BUILTIN_FORMATS, **own}
    styles = enumerate(book._cell_styles)  # noqa: SLF001
    return frozenset(number for number, style in styles if "%" in formats.get(style.numFmtId, ""))


def _cell(kind: str, content: Any, formula: str | None, percent: bool, day: float | None = None) -> Cell | None:
    """Return what a cell of a kind holds, None for nothing."""
    if content is None and kind == "str":
        # What a formula of an empty text shows is kept; openpyxl gives it like no value at all.
        content = ""
    if formula is not None:
        return Cell("formula", formula, content, percent, day)
    if content is None:
        return None
    held = _unescaped(content) if isinstance(content, str) and "_x00" in content else content
    return Cell(_KINDS[kind], held, None, percent, day)


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
        try:
            return self._plain()
        except NotPlain:
            return self._parsed()

    def _plain(self) -> dict[tuple[int, int], Cell]:
        """Return the cells of a sheet of plain ones. Raises NotPlain."""
        reader, dates = self._reader, self._reader.wb._date_formats  # noqa: SLF001 - see above
        percent, held = _percent(reader.wb), {}
        most = self._gate.limits.formula
        with self._gate.open(self._part) as source:
            for row, column, style, kind, formula, content in plain_cells(source.read, reader.shared_strings):
                is_date = kind == "n" and style in dates and content is not None
                if is_date or row >= LAST_ROW or column >= LAST_COLUMN or (formula and len(formula) > most):
                    raise NotPlain
                if (cell := _cell(kind, content, formula, style in percent)) is not None:
                    held[row, column] = cell
            source.finish()
        return held

    def _parsed(self) -> dict[tuple[int, int], Cell]:
        """Return the cells of any sheet."""
        from xml.etree.ElementTree import SubElement, iterparse

        from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
        from openpyxl.xml.constants import SHEET_MAIN_NS

        reader, book, plain = self._reader, self._reader.wb, f"{{{SHEET_MAIN_NS}}}t"
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
                inline = element.find(INLINE_STRING) if written is None else None
                if inline is not None and element.get("t") == "inlineStr" and [part.tag for part in inline] == [plain]:
                    # The library takes long to read a text that stands in its cell, also a plain one.
                    element.set("t", "str")
                    SubElement(element, VALUE_TAG).text = inline[0].text
                try:
                    if written:
                        _check_written(element.get("t", "n"), written)
                    found = read_cell(element)
                    text = None if formula is None else self._formula(parser, element, formula)
                    row, column, kind, content = (found[key] for key in ("row", "column", "data_type", "value"))
                    self._check(row, column, text)
                    if isinstance(content, int) and abs(content) > _LARGEST:
                        content = math.copysign(math.inf, content)
                    day = _day(content) if kind == "d" and isinstance(content, date | time | timedelta) else None
                    read = _cell(kind, content, text, found["style_id"] in percent, day)
                except LedgerError:
                    raise
                except Exception as broken:
                    said = f"holds {written!r:.40}, which is no value of a cell of its kind"
                    raise self._refused(element.get("r"), said) from broken
                return None if read is None else ((row - 1, column - 1), read)

            parser.parse_cell = cell
            for _, element in iterparse(source):  # noqa: S314 - the gate has judged it
                if element.tag == ROW_TAG:
                    held.update(each for each in parser.parse_row(element)[1] if each is not None)
                    element.clear()
                elif element.tag == DATA_TAG:
                    break
            source.finish()
        return held

    def _check(self, row: int, column: int, formula: str | None) -> None:
        """Refuse a cell outside every sheet, counted from 1, and a formula that is too long."""
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise self._refused(f"row {row}, column {column},", "lies outside every sheet")
        if formula is not None and len(formula) > (most := self._gate.limits.formula):
            said = f"holds a formula of {len(formula):,} characters; {most:,} are allowed"
            raise self._refused(a1(row - 1, column - 1), said)

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
        return text

    def _refused(self, address: str | None, said: str) -> WorkbookRefused:
        where = address or "a cell without address"
        return self._gate.refused(f"on its sheet {self._title!r:.60}, {where:.40} {said}")
