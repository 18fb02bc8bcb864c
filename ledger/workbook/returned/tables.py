"""What came back of the sheets of tables: where columns lie, found by headings, items by words; and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import attrs

from unitledger.errors import LedgerError, ValueRefused, WorkbookRefused, brief
from unitledger.expression import TEXT, Along, Expression, Reference, Span
from unitledger.expression.digits import canonical
from unitledger.model import (
    Assumption,
    AxisInput,
    AxisLine,
    Entries,
    Figure,
    Relisted,
    Words,
    bounded,
    cell_name,
    checked_word,
    told_apart,
)
from unitledger.units import Quantity, Unit
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import BLANK, Block, Book, Cell, Place
from unitledger.workbook.cells.rows import heading
from unitledger.workbook.grid.place import Key, named
from unitledger.workbook.layout import HEAD_OF_INPUTS, layout
from unitledger.workbook.ledger_cells import ledger_cells
from unitledger.workbook.returned.edits import Edit, Problem
from unitledger.workbook.returned.periods import Compare
from unitledger.workbook.returned.rows import as_in_ledger
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
    def rows(self) -> list[int]:
        """The rows beneath the headings in which something was typed."""
        given, head = set(self.columns.values()), self.head.first_row
        held = {
            row
            for (row, column), cell in self.book.cells[self.sheet].items()
            if row > head and column in given and cell.held not in ("blank", "formula")
        }
        return sorted(held)

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
    tables = place_tables(entries, ledger_cells(entries, layout(entries), {}))
    found: dict[str, Found] = {}
    for placed in tables.placed.values():
        head = book.names.get(placed.head.casefold(), book.names.get(placed.head))
        if head is None or head.sheet not in book.cells:
            continue
        titles = {
            as_in_ledger(book, heading(book, HEAD_OF_INPUTS), tuple(entries.options), head.sheet, cell): column
            for (row, column), cell in sorted(book.cells[head.sheet].items(), reverse=True)
            if row == head.first_row and cell.held in ("text", "formula")
        }
        columns = {key: titles[title] for key, title in placed.headings.items() if title in titles}
        found[head.sheet] = Found(placed, book, head, columns)
    return TablePlaces(entries, tables, found)


HeldIn = Callable[[Assumption, Cell, Unit], Quantity | str]
"""What a cell holds for an input, as a quantity of its unit."""

# A file can have a million rows that are no items.
_MOST_PROBLEMS = 1_000

Given = tuple[str, tuple[str, str], str | Figure]
"""A new item, a column and an option, and what stands there."""


def read_items(places: TablePlaces, compare: Compare, held_in: HeldIn) -> Iterator[Edit | Problem | Relisted]:
    """Yield changed figures and words, problems, and for each table whose items or words are others the new list."""
    for name, placed in places.tables.placed.items():
        found = places.of(placed)
        if found is None:
            yield Problem(name, "", placed.grid.name, "its sheet, or the name of its headings, is gone.")
            continue
        reader = _Reader(places, found, compare, held_in)
        wrong = list(reader.columns())
        yield from wrong or reader.read()


@attrs.frozen
class _Reader:
    """A table that came back; `known`: its items in the ledger, by how words are compared."""

    places: TablePlaces
    found: Found
    compare: Compare
    held_in: HeldIn
    known: dict[str, str] = attrs.field(init=False)

    @known.default
    def _of_ledger(self) -> dict[str, str]:
        return {told_apart(label): label for label in self.found.placed.items.labels}

    @property
    def given(self) -> dict[Key, tuple[AxisInput | Words, str]]:
        """What is given, not worked out, with its option, by the keys of columns."""
        entries = self.places.entries
        keys = {key: named(key, entries.base) for key in self.found.placed.columns}
        held = {key: (entries.columns[name], option) for key, (name, option) in keys.items()}
        return {key: (column, option) for key, (column, option) in held.items() if not isinstance(column, AxisLine)}

    def columns(self) -> Iterator[Problem]:
        """Yield a problem for each column that is not there, or that states another unit."""
        found, above = self.found, self.found.head.first_row - 1
        for key, (held, option) in self.given.items():
            if key not in found.columns:
                said = "its column is not on the sheet: it was deleted, or its heading changed. Bring the column back."
                yield Problem(held.name, "" if isinstance(key, str) else option, found.sheet, said)
            elif isinstance(held, AxisInput):
                unit, place = held.unit.spelling, (above, found.columns[key])
                if found.book.cell(found.sheet, *place) != Cell("text", unit):
                    said = f"its unit is not {unit} any more. Type figures in {unit}."
                    yield Problem(held.name, "", on(found.sheet, a1(*place)), said)

    def read(self) -> Iterator[Edit | Problem | Relisted]:
        """Yield what is different, row by row; then the new list, unless there are problems."""
        found = self.found
        first: dict[str, int] = {}
        added: dict[str, dict[tuple[str, str], str | Figure]] = {}
        reworded: dict[str, str] = {}
        problems = 0
        for row in found.rows:
            for each in self._row(row, first):
                match each:
                    case Problem():
                        problems += 1
                        yield each
                    case Edit(name, _, _, str() as word):
                        reworded[name] = word
                        yield each
                    case Edit():
                        yield each
                    case (item, place, given):
                        added.setdefault(item, {})[place] = given
            if problems >= _MOST_PROBLEMS:
                said = f"it and what follows is not read, after {problems:,} problems. Put these right first."
                yield Problem(found.key, "", self._where(row + 1, found.key), said)
                return
        removed = tuple(label for folded, label in self.known.items() if folded not in first)
        if not problems and (added or removed or reworded):
            begins = on(found.sheet, a1(found.head.first_row + 1, found.columns[found.key]))
            yield Relisted(found.placed.items.name, added, removed, reworded, begins)

    def _row(self, row: int, first: dict[str, int]) -> Iterator[Edit | Problem | Given]:
        """Yield what is different in a row; `first`: where each word of the key stood first."""
        word = self._word(row, self.found.key)
        if isinstance(word, Problem):
            if any(self._cell(row, key).held not in ("blank", "formula") for key in self.given):
                yield word
            return
        folded = told_apart(word)
        if first.setdefault(folded, row) != row:
            said = f"{word!r} is there already, in row {first[folded] + 1}. Every item has a word of its own."
            yield Problem(self.found.key, "", self._where(row, self.found.key), said)
            return
        label = self.known.get(folded)
        for key, (held, option) in self.given.items():
            name = cell_name(held.name, label or word)
            try:
                if isinstance(held, Words):
                    yield from self._words(row, held, word, label)
                elif label is None:
                    yield from self._new(row, key, (held, option), word)
                else:
                    yield from self._figure(row, key, (held, option), label)
            except LedgerError as refused:
                said = str(refused).removeprefix(f"Input {name!r}: ")
                yield Problem(name, option, self._where(row, key), said)

    def _words(self, row: int, held: Words, item: str, label: str | None) -> Iterator[Edit | Problem | Given]:
        """Yield the word of an item in a column, if it is another, or if the item is new."""
        base = self.places.entries.base
        word = (label or item) if held.name == self.found.key else self._word(row, held.name)
        if isinstance(word, Problem):
            yield word
        elif label is None:
            yield item, (held.name, base), word
        elif word != (was := held.words[held.axis.place(label)]):
            yield Edit(cell_name(held.name, label), base, was, word, self._where(row, held.name))

    def _new(self, row: int, key: Key, of: tuple[AxisInput, str], item: str) -> Iterator[Given]:
        """Yield the figure of a new item, unless an option takes the base option's."""
        (held, option), cell = of, self._typed(row, key)
        if cell.held == "blank" and not isinstance(key, str):
            return
        if cell.held == "blank":
            raise ValueRefused(f"it is empty. Type a number in {held.unit.spelling}.")
        figure = Figure(str(self.held_in(held, cell, held.unit)), source=f"typed into {self.found.book.path.name}")
        bounded(cell_name(held.name, item), held.unit, figure, held.bounds, self.places.entries.calendar)
        yield item, (held.name, option), figure

    def _figure(self, row: int, key: Key, of: tuple[AxisInput, str], label: str) -> Iterator[Edit | Problem]:
        """Yield the figure of an item, if it is another."""
        (held, option), entries, cell = of, self.places.entries, self._typed(row, key)
        name = cell_name(held.name, label)
        base = held.settings[held.axis.place(label)]
        own = base if isinstance(key, str) else entries.options[option].settings.get(name)
        if own is not None and cell.held == "number" and canonical(float(cell.content)) == own.value:
            return
        target = entries.input(name)
        assert isinstance(target, Assumption)
        yield from self.compare(target, option, (cell, self._where(row, key)), held.unit)

    def _word(self, row: int, name: str) -> str | Problem:
        """Return the word of a row."""
        cell = self._cell(row, name)
        if cell.held not in ("text", "blank"):
            said = f"it holds {brief(cell.content)}, which is no word. Type a text."
            return Problem(name, "", self._where(row, name), said)
        try:
            return checked_word(cell.content if cell.held == "text" else None, "")
        except ValueRefused as refused:
            return Problem(name, "", self._where(row, name), str(refused).removeprefix(": "))

    def _typed(self, row: int, key: Key) -> Cell:
        """Return a cell; one of an option that fetches the base option's figure counts as empty."""
        cell = self._cell(row, key)
        fetches = f"{a1(row, self.found.columns[key[0]])})" if not isinstance(key, str) else ""
        return BLANK if fetches and cell.held == "formula" and cell.content.replace("$", "").endswith(fetches) else cell

    def _cell(self, row: int, key: Key) -> Cell:
        return self.found.book.cell(self.found.sheet, row, self.found.columns[key])

    def _where(self, row: int, key: Key) -> str:
        return on(self.found.sheet, a1(row, self.found.columns[key]))
