"""A workbook that comes back: how it differs from its ledger, and what the inputs of an earlier one were.

Either is read like any file from outside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from pathlib import Path
from typing import TypeVar

from unitledger.errors import LedgerError, WorkbookRefused, brief
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, AxisInput, Choice, Entries, Relisted, stored, with_spare
from unitledger.model.entry.axis import RULER, cell_name
from unitledger.views.grid import one_line
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import BLANK, Block, Book, Cell
from unitledger.workbook.cells.read import held_on_to, read_book
from unitledger.workbook.cells.rows import Head, Row, find_head, heading, rows_below, units_of
from unitledger.workbook.layout import BUILT_OPTIONS, HEAD_OF_INPUTS, HEAD_OF_TIMELINE, SPARE_OPTION, input_name
from unitledger.workbook.returned.calculations import read_calculations
from unitledger.workbook.returned.edits import Edit, Edits, Problem
from unitledger.workbook.returned.inputs import held_in, inherits, read_inputs, read_provenance, read_ranges
from unitledger.workbook.returned.places import find_places
from unitledger.workbook.returned.rows import InputRows, as_in_ledger, headings, options_in, read_names, spare_in
from unitledger.workbook.returned.structure import read_structure
from unitledger.workbook.sheets.checks.rows import INTEGRITY_COUNTS
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import TO_PERIODS
from unitledger.workbook.stated.since import Earlier, Gone
from unitledger.workbook.stated.status import read_status
from unitledger.workbook.stated.version import version_id

E = TypeVar("E", bound=Entries)


@held_on_to()
def read_edits(entries: E, path: str | Path | Book) -> Edits[E]:
    """Return what differs between a workbook (or what was read of it) and its ledger; nothing is applied.

    Inputs are found by defined name and lines by label, so that inserted rows, renamed sheets, and sheets, charts and
    comments that were added do not matter. Raises WorkbookRefused for a file that is not safe, or not a workbook of
    this ledger.
    """
    book = path if isinstance(path, Book) else read_book(Path(path))
    other = _other_state(entries, book)
    spare, ledger = spare_in(entries, book), entries
    entries = with_spare(ledger, spare) if spare else ledger
    places = find_places(entries, book)
    check_ours(entries, book)
    renamed, problems = read_names(entries, book, places.inputs.figures)
    changes: tuple[Edit, ...] = ()
    lists: tuple[Relisted, ...] = ()
    with units_of(book):
        if len(places.inputs.columns) == len(entries.options):
            found = tuple(read_inputs(places.found, places.tables))
            changes = tuple(each for each in found if isinstance(each, Edit))
            lists = tuple(each for each in found if isinstance(each, Relisted))
            problems += tuple(each for each in found if isinstance(each, Problem))
        ranges, unranged = read_ranges(places)
        calculations = (*read_structure(places), *read_calculations(places))
        notes = (*other, *read_provenance(places))
    changed = changes + ranges
    counted = {label for label, _ in INTEGRITY_COUNTS.values()}
    status = read_status(book, places.inputs, edited=bool(changed or renamed or lists), counted=counted)
    problems += unranged
    read = Edits(ledger, book.path.name, changed, problems, calculations, notes, renamed, lists, status, spare)
    return read.with_refused()


def options_of(entries: Entries, path: str | Path) -> tuple[str, ...]:
    """Return the options that a workbook of a ledger was built with, also where headings were changed since.

    Raises WorkbookRefused for a file that is not safe, or not a workbook of this ledger.
    """
    book = read_book(Path(path), (HEAD_OF_INPUTS, BUILT_OPTIONS, SPARE_OPTION))
    check_ours(entries, book)
    known = book.names.get(BUILT_OPTIONS)
    built = headings(book, heading(book, HEAD_OF_INPUTS) if known is None else known)
    return tuple(option for option in built if option != spare_in(entries, book))


def check_ours(entries: Entries, book: Book) -> None:
    """Raise WorkbookRefused for the workbook of another ledger, whose inputs may bear some of the same names."""
    here, there = len(entries.inputs), sum(input_name(name).casefold() in book.names for name in entries.inputs)
    title = book.properties["title"]
    if there == 0 < here or (title != entries.title and 2 * there < here):
        raise WorkbookRefused(
            f"{book.path.name} is the workbook of another ledger{f', {brief(title)!r}' if title else ''}: "
            f"{there} of the {here} inputs of {entries.title!r} are in it."
        )


def _other_state(entries: Entries, book: Book) -> tuple[str, ...]:
    """Say so when the workbook was written from another state of the ledger: then not every difference is an edit."""
    now = version_id(entries)
    if any(now in told for told in book.properties.values()):
        return ()
    said = f"The workbook was not written from this state of the ledger (version {now}): "
    return (said + "what changed in Python since then shows as a difference too.",)


_RULER = {label for _, label in RULER.values()}


class EarlierPeriods:
    """What stood on Timeline: `columns` by period, and rows of figures by label and option (empty: the base option)."""

    def __init__(self, entries: Entries, book: Book, options: tuple[str, ...]) -> None:
        self._entries, self._options = entries, options
        self._rows: dict[tuple[str, str], Row] = {}
        self.columns: Mapping[str, int] = {}
        if HEAD_OF_TIMELINE in book.names:
            head = find_head(book, HEAD_OF_TIMELINE)
            self.columns = dict(_periods(book, head))
            self._rows = dict(_rows(book, head, options))

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
        if inherits(cell, Block(sheet, base.number, column, base.number, column)):
            cell = base.cell(column)
        try:
            if own.unit.content != target.unit.spelling:
                return f"{on(sheet, a1(own.number, column))}: its unit is not {target.unit.spelling}."[:_LONGEST]
            given = held_in(target, cell, target.unit)
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


def _rows(book: Book, head: Head, options: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], Row]]:
    """Yield rows with a unit; one of an option stands beneath that of its input."""
    current, of = "", {said.IN_OPTION + option: option for option in options}
    called = heading(book, HEAD_OF_INPUTS)
    for row in rows_below(book, head).values():
        label = as_in_ledger(book, called, options, head.sheet, row.label)
        if row.unit == BLANK or label in _RULER:
            continue
        if label in of:
            yield (current, of[label]), row
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
    over_time = EarlierPeriods(entries, book, options)
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
