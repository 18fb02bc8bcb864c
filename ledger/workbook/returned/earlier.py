"""An earlier workbook of a ledger: what its inputs were, found by defined name.

It is read like any file from outside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from pathlib import Path

from unitledger.errors import LedgerError
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, AxisInput, Choice, Entries, stored, with_spare
from unitledger.model.entry.axis import RULER, cell_name
from unitledger.units import Quantity, Unit
from unitledger.views.figures import one_line
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Book, Cell, read_book
from unitledger.workbook.cells.rows import Head, Row, find_head, rows_below, units_of
from unitledger.workbook.layout import BUILT_OPTIONS, HEAD_OF_INPUTS, HEAD_OF_TIMELINE, SPARE_OPTION, input_name
from unitledger.workbook.returned.compare import check_ours
from unitledger.workbook.returned.headings import options_in, spare_in
from unitledger.workbook.returned.inputs import held_in, inherits
from unitledger.workbook.returned.periods import TO_PERIODS
from unitledger.workbook.returned.rows import InputRows
from unitledger.workbook.sheets.months import said
from unitledger.workbook.stated.since import Earlier, Gone

_RULER = {label for _, label in RULER.values()}

Held = Callable[[Assumption, Cell, Unit], Quantity | str]
"""What a cell that is not blank holds of an input."""


class EarlierPeriods:
    """What stood on Timeline: `columns` by period, and rows of figures by label and option (empty: the base option)."""

    def __init__(self, entries: Entries, book: Book, options: tuple[str, ...], held: Held) -> None:
        self._entries, self._book, self._options, self._held = entries, book, options, held
        self._rows: dict[tuple[str, str], Row] = {}
        self.columns: Mapping[str, int] = {}
        if HEAD_OF_TIMELINE in book.names:
            head = find_head(book, HEAD_OF_TIMELINE)
            self.columns = dict(_periods(book, head))
            self._rows = dict(_rows(book, head, {said.IN_OPTION.format(option=option): option for option in options}))

    def figures(self) -> Iterator[tuple[tuple[str, str], float | str]]:
        """Yield what an input was by name of the figure and option: a stored magnitude, or why there is none."""
        for name, row in self._entries.rows.items():
            base = self._rows.get((row.label, ""))
            if not isinstance(row, AxisInput) or base is None:
                continue
            for option in self._options:
                own = self._rows.get((row.label, option), base)
                for label in row.axis.labels:
                    if label in self.columns:
                        yield (cell_name(name, label), option), self._figure(row, own, base, self.columns[label])

    def _figure(self, target: Assumption, own: Row, base: Row, column: int) -> float | str:
        """Return what stood in a cell, or where it took the base option's, in that of the base option."""
        sheet, cell = own.head.sheet, own.cell(column)
        inherited = Block(sheet, base.number, column, base.number, column)
        if cell == BLANK or (cell.held == "formula" and Block.written(cell.content[1:], sheet) == inherited):
            cell = base.cell(column)
        try:
            if own.unit.content != target.unit.spelling:
                return f"{on(sheet, a1(own.number, column))}: its unit is not {target.unit.spelling}."[:_LONGEST]
            given = self._held(target, cell, target.unit)
            return canonical(stored(given, target.unit, target.name, self._entries.calendar))
        except LedgerError as refused:
            return one_line(str(refused))[:_LONGEST]

    def gone(self) -> Iterator[Row]:
        """Yield rows of the base option of which the ledger has no input over time."""
        known = {row.label for row in self._entries.rows.values()}
        for (label, option), row in self._rows.items():
            if not option and label not in known:
                yield row


def _periods(book: Book, head: Head) -> Iterator[tuple[str, int]]:
    for column in head.columns[TO_PERIODS:]:
        cell = book.cell(head.sheet, head.figures.first_row, column)
        if cell.held == "text":
            yield str(cell.content), column


def _rows(book: Book, head: Head, options: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], Row]]:
    """Yield rows with a unit; one of an option stands beneath that of its input."""
    current = ""
    for row in rows_below(book, head).values():
        label = str(row.label.content or "")
        if row.unit == BLANK or label in _RULER:
            continue
        if label in options:
            yield (current, options[label]), row
        else:
            current = label
            yield (label, ""), row


_NAME = "in_"
_VERSION = re.compile(rf"{re.escape(text.VERSION)} ([0-9a-f]{{10}})")
# A file can name any number of rows that the ledger lacks, and write anything into them.
_MOST_GONE = 200
_LONGEST = 200


def read_earlier(entries: Entries, path: Path) -> Earlier:
    """Read the inputs of an earlier workbook. Raises WorkbookRefused when it is not safe, or of another ledger."""
    book = read_book(path, (_NAME, "head_", BUILT_OPTIONS, SPARE_OPTION))
    head = find_head(book, HEAD_OF_INPUTS)
    check_ours(entries, book)
    spare = spare_in(entries, book)
    entries = with_spare(entries, spare) if spare else entries
    titles = options_in(entries, book, head.figures)
    rows = InputRows(entries, book, head)
    options = tuple(dict.fromkeys(titles))
    figures: dict[tuple[str, str], float] = {}
    unread: dict[tuple[str, str], str] = {}
    held = [name for name in entries.inputs if input_name(name).casefold() in book.names]
    with units_of(book):
        for name, option in product(held, options):
            try:
                figures[name, option] = _figure(rows, name, titles.index(option))
            except LedgerError as refused:
                unread[name, option] = one_line(str(refused))[:_LONGEST]
    over_time = EarlierPeriods(entries, book, options, held_in)
    for key, found in over_time.figures():
        if isinstance(found, str):
            unread[key] = found
        else:
            figures[key] = found
    gone = *_gone(rows), *_gone_rows(over_time)
    if spare in options and all(figures.get((name, spare)) == figures.get((name, options[0])) for name in held):
        options = tuple(option for option in options if option != spare)
    version = _VERSION.search(book.properties["comments"])
    periods = tuple(over_time.columns)
    return Earlier(one_line(path.name), version[1] if version else "", options, figures, unread, gone, periods)


def _figure(rows: InputRows, name: str, option: int) -> float:
    """Return what an input was in an option, by its place. Raises LedgerError for what an input cannot hold."""
    target, block, unit = rows.entries.input(name), rows.cells(name), rows.unit(name)
    cell = rows.book.cell(block.sheet, block.first_row, block.columns[option])
    if inherits(cell, block):
        cell = rows.book.cell(block.sheet, block.first_row, block.first_column)
    given = held_in(target, cell, unit)
    if isinstance(target, Choice):
        return target.place(str(given))
    assert isinstance(target, Assumption)
    return canonical(stored(given, target.unit, name, rows.entries.calendar))


def _gone(rows: InputRows) -> Iterator[Gone]:
    book, head = rows.book, rows.head
    known = {input_name(name).casefold() for name in rows.entries.inputs}
    strangers = [name for name in book.names if name.startswith(_NAME) and name not in known]
    for name in strangers[:_MOST_GONE]:
        block = book.names[name]
        if block is None or block.sheet != head.sheet:
            continue
        figure = book.cell(block.sheet, block.first_row, block.first_column)
        unit = str(book.cell(block.sheet, block.first_row, head.unit).content or "")
        yield Gone(_plain(rows.label(block.first_row) or name.removeprefix(_NAME)), _plain(unit), _held(figure))


def _gone_rows(over_time: EarlierPeriods) -> Iterator[Gone]:
    """Yield inputs over time that the ledger lacks, with their first figures."""
    for row in islice(over_time.gone(), _MOST_GONE):
        first = next(iter(over_time.columns.values()), 0)
        yield Gone(_plain(row.label.content), _plain(row.unit.content), _held(row.cell(first)))


def _held(cell: Cell) -> float | str:
    if cell.held == "number" and math.isfinite(cell.content):
        return float(cell.content)
    return "" if cell == BLANK else _plain(cell.content)


def _plain(content: object) -> str:
    """Return a text that a cell can show."""
    return one_line(str(content))[:_LONGEST]
