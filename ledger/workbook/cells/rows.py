"""Rows of figures: beneath headings that bear a name, with label and unit to the left; units that rows define."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from operator import itemgetter

import attrs

from unitledger.errors import LedgerError, WorkbookRefused
from unitledger.units import lent_units
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import BLANK, Block, Book, Cell
from unitledger.workbook.layout import HEAD_OF_CONSTANTS

_LABELS = (text.ASSUMPTION, text.LINE, text.CONSTANT)
MOST_UNITS = 200


@attrs.frozen
class Head:
    """The headings of a sheet: `figures`, those above its figures; the columns of its labels and units, to the left.

    `beside`: the columns to the right of the figures by their headings. People may put columns of their own between
    any of them.
    """

    figures: Block
    label: int
    unit: int
    beside: Mapping[str, int]

    @property
    def sheet(self) -> str:
        """The sheet on which they stand."""
        return self.figures.sheet

    @property
    def columns(self) -> range:
        """The columns of the figures."""
        return self.figures.columns


@attrs.frozen
class Row:
    """A row beneath the headings of a sheet, counted from 0: its cells by column."""

    head: Head
    number: int
    cells: Mapping[int, Cell]

    @property
    def label(self) -> Cell:
        """What stands where labels do."""
        return self.cell(self.head.label)

    @property
    def unit(self) -> Cell:
        """What stands where units do."""
        return self.cell(self.head.unit)

    @property
    def unit_address(self) -> str:
        """Where that is."""
        return self.address(self.head.unit)

    @property
    def figures(self) -> dict[int, Cell]:
        """What stands beneath the headings of figures, by column; empty cells are left out."""
        return {column: self.cells[column] for column in self.head.columns if column in self.cells}

    def cell(self, column: int) -> Cell:
        """Return what a cell holds."""
        return self.cells.get(column, BLANK)

    def address(self, column: int) -> str:
        """Return the address of a cell, with its sheet."""
        return on(self.head.sheet, a1(self.number, column))


def rows_below(book: Book, head: Head) -> dict[int, Row]:
    """Return the rows beneath headings by their number, from top to bottom; empty rows are left out."""
    found: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(book.cells[head.sheet].items()):
        if row > head.figures.first_row:
            found.setdefault(row, {})[column] = cell
    return {row: Row(head, row, cells) for row, cells in found.items()}


def labelled(book: Book, head: Head) -> dict[str, list[int]]:
    """Return the rows beneath headings that have a unit or a figure, by their labels; titles of sections have none."""
    found: dict[str, list[int]] = {}
    for number, row in rows_below(book, head).items():
        if row.label != BLANK and (row.unit != BLANK or row.cell(head.columns.start) != BLANK):
            found.setdefault(str(row.label.content), []).append(number)
    return found


def find_head(book: Book, name: str) -> Head:
    """Return the headings of a sheet, by the defined name of those above its figures. Raises WorkbookRefused."""
    figures = heading(book, name)
    left: dict[str, int] = {}
    beside: dict[str, int] = {}
    headings = [(at[1], cell) for at, cell in book.cells[figures.sheet].items() if at[0] == figures.first_row]
    for column, cell in sorted(headings, key=itemgetter(0)):
        if column < figures.first_column:
            left[str(cell.content)] = column
        elif column > figures.last_column:
            # Of several alike that is taken which is nearest to the figures.
            beside.setdefault(str(cell.content), column)
    label = next((left[title] for title in _LABELS if title in left), None)
    unit = left.get(text.UNIT)
    if label is None or unit is None:
        lost = text.UNIT if unit is None else " or ".join(_LABELS)
        raise WorkbookRefused(
            f"{book.path.name}: no column left of {figures.place(figures.first_column)} is headed {lost}. "
            "Write the heading back, in the row of the others."
        )
    return Head(figures, label, unit, beside)


def heading(book: Book, name: str) -> Block:
    """Return the headings above the figures of a sheet, by their defined name. Raises WorkbookRefused."""
    block = book.names.get(name)
    if block is None or block.sheet not in book.cells:
        raise WorkbookRefused(
            f"{book.path.name} is not a workbook of a ledger: nothing is named {name}. Open a file that to_excel wrote."
        )
    return block


@contextmanager
def units_of(book: Book) -> Iterator[None]:
    """Know the units that a workbook defines for itself within a block.

    Raises WorkbookRefused for a definition that `define` would refuse, such as one of a name that means something
    else in this process.
    """
    with ExitStack() as block:
        try:
            block.enter_context(lent_units(_definitions(book)))
        except LedgerError as refused:
            raise WorkbookRefused(f"{book.path.name} is not read, for a unit that it defines. {refused}") from refused
        yield


def _definitions(book: Book) -> list[tuple[str, str]]:
    """Return group and definition of each row that the writer labels so."""
    block = book.names.get(HEAD_OF_CONSTANTS)
    if block is None or block.sheet not in book.cells:
        return []
    head = find_head(book, HEAD_OF_CONSTANTS)
    found = []
    for row in rows_below(book, head).values():
        definition = row.cell(head.columns.start)
        name = str(definition.content).partition("=")[0].strip()
        if definition.held == "text" and row.label.content == text.OWN_UNIT.format(name=name):
            found.append((str(row.unit.content), str(definition.content)))
    if len(found) > MOST_UNITS:
        raise WorkbookRefused(f"It defines more than {MOST_UNITS} units.")
    return found
