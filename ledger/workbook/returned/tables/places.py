"""Where the columns of tables lie in a workbook that people have worked on: found by headings, items by their words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from unitledger.errors import WorkbookRefused
from unitledger.expression import TEXT, Along, Expression, Reference, Span
from unitledger.model import Entries, Words, told_apart
from unitledger.workbook.cells.read import Block, Book, Place
from unitledger.workbook.grid.place import Key, named
from unitledger.workbook.layout import layout
from unitledger.workbook.ledger_cells import ledger_cells
from unitledger.workbook.sheets.tables.places import Placed, Tables, place_tables


@attrs.frozen(slots=False)
class Found:
    """A table in a workbook: how the ledger writes it, its headings, and the columns that are there, by their key."""

    placed: Placed
    book: Book
    head: Block
    columns: Mapping[Key, int]

    @property
    def sheet(self) -> str:
        """The sheet on which it stands."""
        return self.head.sheet

    @property
    def key(self) -> str:
        """The name of the column that tells items apart."""
        return self.placed.items.keys.name

    @cached_property
    def rows(self) -> range:
        """The rows beneath the headings, down to the last in which something was typed."""
        given = set(self.columns.values())
        held = [
            row
            for (row, column), cell in self.book.cells[self.sheet].items()
            if column in given and cell.held not in ("blank", "formula")
        ]
        return range(self.head.first_row + 1, max(held, default=self.head.first_row) + 1)

    @cached_property
    def items(self) -> dict[str, int]:
        """The row of each item that has a word, by how words are compared; the first of several alike."""
        found: dict[str, int] = {}
        if self.key in self.columns:
            for row in self.rows:
                cell = self.book.cell(self.sheet, row, self.columns[self.key])
                if cell.held == "text":
                    found.setdefault(told_apart(str(cell.content)), row)
        return found


@attrs.frozen
class TablePlaces:
    """The tables of a workbook, by the name of their sheet there; `tables`: how the ledger writes them."""

    entries: Entries
    tables: Tables
    found: Mapping[str, Found]

    def of(self, placed: Placed) -> Found | None:
        """Return a table of the ledger in the workbook; None where its sheet is gone."""
        return next((each for each in self.found.values() if each.placed is placed), None)

    def column(self, block: Block | None, option: str) -> Expression | None:
        """Return what the cells of a column stand for in a formula of an option; None for anything else."""
        found = None if block is None else self.found.get(block.sheet)
        if found is None or block is None or len(block.columns) != 1:
            return None
        key = next((key for key, column in found.columns.items() if column == block.first_column), None)
        first, last = found.head.first_row + 1, max(found.rows, default=found.head.first_row)
        if key is None or block.first_row != first or block.last_row < last:
            return None
        return Along(self.own(found, key, option), Span.ITEMS)

    def own(self, found: Found, key: Key, option: str) -> Reference:
        """Return what a cell of a column stands for in its own row."""
        name, _ = named(key)
        if self.key_of(name, option) != key:
            return Reference(f"{found.placed.headings[key]} of {found.placed.title}", TEXT)
        held = self.entries.columns[name]
        return Reference(name, TEXT if isinstance(held, Words) else held.unit)

    def key_of(self, name: str, option: str) -> Key:
        """Return the key of a column as an option has it."""
        held = self.entries.columns[name]
        placed = self.tables.placed[held.axis.name]  # type: ignore[union-attr]
        return (name, option) if (name, option) in placed.columns else name

    def cell_of(self, name: str, option: str) -> Place:
        """Return the cell of a figure of one item. Raises WorkbookRefused where it has none."""
        column, _, label = name.partition("@")
        key = column if option == self.entries.base else (column, option)
        for found in self.found.values():
            row = found.items.get(told_apart(label))
            if key in found.columns and row is not None:
                return found.sheet, row, found.columns[key]
        raise WorkbookRefused(
            f"The workbook has no cell of {name!r} in option {option!r}. Set it in Python, and build the workbook anew."
        )


def table_places(entries: Entries, book: Book) -> TablePlaces:
    """Find tables by the names of their headings, columns by what stands there, wherever they were moved."""
    tables = place_tables(entries, ledger_cells(entries, layout(entries), {}), {})
    found: dict[str, Found] = {}
    for placed in tables.placed.values():
        head = book.names.get(placed.head.casefold(), book.names.get(placed.head))
        if head is None or head.sheet not in book.cells:
            continue
        titles = {
            str(cell.content): column
            for (row, column), cell in sorted(book.cells[head.sheet].items(), reverse=True)
            if row == head.first_row and cell.held == "text"
        }
        columns = {key: titles[title] for key, title in placed.headings.items() if title in titles}
        found[head.sheet] = Found(placed, book, head, columns)
    return TablePlaces(entries, tables, found)
