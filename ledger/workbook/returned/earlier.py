"""An earlier workbook of a ledger: what its inputs were, found by defined name.

It is read like any file from outside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from unitledger.errors import LedgerError
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, Choice, Entries, stored, with_spare
from unitledger.views.figures import one_line
from unitledger.workbook import text
from unitledger.workbook.cells.own_units import units_of
from unitledger.workbook.cells.read import BLANK, Cell, read_book
from unitledger.workbook.cells.rows import find_head
from unitledger.workbook.layout import BUILT_OPTIONS, HEAD_OF_INPUTS, SPARE_OPTION, input_name
from unitledger.workbook.returned.compare import check_ours
from unitledger.workbook.returned.headings import options_in, spare_in
from unitledger.workbook.returned.inputs import held_in, inherits
from unitledger.workbook.returned.periods.earlier import EarlierPeriods
from unitledger.workbook.returned.rows import InputRows
from unitledger.workbook.stated.since import Earlier, Gone

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
