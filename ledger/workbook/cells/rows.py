"""Rows of figures on a sheet: beneath headings that bear a name, with a label and a unit to the left."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.errors import WorkbookRefused
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Book, Cell
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, UNIT_COLUMN

# Labels and units stand this far left of the first figure on every sheet.
TO_LABEL = FIRST_OPTION - LABEL_COLUMN
TO_UNIT = FIRST_OPTION - UNIT_COLUMN


@attrs.frozen
class Row:
    """A row beneath the headings `head` of a sheet, counted from 0: its cells by column."""

    head: Block
    number: int
    cells: Mapping[int, Cell]

    @property
    def label(self) -> Cell:
        """What stands where labels do."""
        return self.cells.get(self.head.first_column - TO_LABEL, BLANK)

    @property
    def unit(self) -> Cell:
        """What stands where units do."""
        return self.cells.get(self.head.first_column - TO_UNIT, BLANK)

    @property
    def unit_address(self) -> str:
        """Where that is."""
        return self.address(self.head.first_column - TO_UNIT)

    @property
    def figures(self) -> dict[int, Cell]:
        """What stands beneath the headings, by column; empty cells are left out."""
        return {column: self.cells[column] for column in self.head.columns if column in self.cells}

    def cell(self, column: int) -> Cell:
        """Return what a cell holds."""
        return self.cells.get(column, BLANK)

    def address(self, column: int) -> str:
        """Return the address of a cell, with its sheet."""
        return on(self.head.sheet, a1(self.number, column))


def rows_below(book: Book, head: Block) -> dict[int, Row]:
    """Return the rows beneath headings by their number, from top to bottom; empty rows are left out."""
    found: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(book.cells[head.sheet].items()):
        if row > head.first_row:
            found.setdefault(row, {})[column] = cell
    return {row: Row(head, row, cells) for row, cells in found.items()}


def headings_beside(book: Book, head: Block) -> dict[str, int]:
    """Return the columns to the right of the options by their headings, the first of several alike."""
    found: dict[str, int] = {}
    for (row, column), cell in sorted(book.cells[head.sheet].items()):
        if row == head.first_row and column > head.last_column:
            found.setdefault(str(cell.content), column)
    return found


def heading(book: Book, name: str) -> Block:
    """Return the headings above the figures of a sheet, by their defined name. Raises WorkbookRefused."""
    block = book.names.get(name)
    if block is None or block.sheet not in book.cells:
        raise WorkbookRefused(
            f"{book.path.name} is not a workbook of a ledger: nothing is named {name}. Open a file that to_excel wrote."
        )
    return block
