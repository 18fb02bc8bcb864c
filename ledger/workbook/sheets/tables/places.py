"""Where the columns of tables stand: each on the sheet of its table, with those that an option has for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

import attrs

from unitledger.expression import TEXT, Along, Apply, Expression, Factor, Operand, Reference, leaves, sentence
from unitledger.expression.table.function import Function
from unitledger.expression.table.statistics import AVERAGE, SUM
from unitledger.model import AxisInput, AxisLine, Entries, Items, Words, anchor, formulas
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.grid.place import Key, named
from unitledger.workbook.layout import HEAD_OF_TABLE
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.tables import said

SOURCE_ROW, TOTAL_ROW, UNIT_ROW, HEAD_ROW, FIRST_ITEM = 3, 4, 5, 6, 7
KEY_COLUMN = 0
HEADS: Mapping[int, str] = {SOURCE_ROW: said.SOURCE, TOTAL_ROW: said.TOTAL, UNIT_ROW: said.UNIT}
"""What stands above the headings, by its row."""
_LEAST_ROOM = 5
"""So many items more, or a quarter more, have room beneath those that are there."""
Results = Mapping[str, Mapping[str, Any]]
"""Stored magnitudes by option and name; of a column of a table an array."""
_REFUSED = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31


@attrs.frozen
class Placed:
    """A table on its sheet: its columns by name, those of an option's own by name and option, in their order.

    `rows`: of each item by its word, then by its number of those that have room beneath; `headings`: of each column
    as built.
    """

    items: Items
    title: str
    grid: Grid
    columns: Mapping[Key, Entry]
    rows: Mapping[Key, int]
    headings: Mapping[Key, str]

    @property
    def head(self) -> str:
        """The defined name of the headings."""
        return f"{HEAD_OF_TABLE}{anchor(self.items.name)}"

    def total(self, key: Key) -> Entry:
        """Return the cell of what a column comes to, above it."""
        return attrs.evolve(self.columns[key], rows=TOTAL_ROW)

    def unit(self, key: Key) -> Entry:
        """Return the cell of the unit of a column, above it."""
        return attrs.evolve(self.columns[key], rows=UNIT_ROW)

    @property
    def room(self) -> int:
        """How many items more have room."""
        return len(self.rows) - len(self.items)


@attrs.frozen
class Tables:
    """The sheets of all tables, by the name of the table."""

    entries: Entries
    cells: LedgerCells
    placed: Mapping[str, Placed]

    def held(self, key: Key) -> AxisInput | AxisLine | Words:
        """Return the column of the ledger that a key of a sheet is of."""
        return self.entries.columns[named(key)[0]]

    def option(self, key: Key) -> str:
        """Return the option whose figures a key of a sheet is of."""
        return named(key, self.entries.base)[1]

    def heading(self, key: Key) -> Operand | str:
        """Return what stands above a column: of an option's own, with what the option is called now."""
        built = self.placed[self.held(key).axis.name].headings[key]  # type: ignore[union-attr]
        if isinstance(key, str):
            return built
        option = self.option(key)
        return sentence(built.removesuffix(option), self.cells.headings.at(option))

    def key(self, name: str, option: str) -> Key:
        """Return the key under which a column stands as an option has it."""
        own = (name, option)
        return own if own in self._columns(name) else name

    def column(self, name: str, option: str) -> Entry:
        """Return a column as an option has it."""
        return self._columns(name)[self.key(name, option)]

    def _columns(self, name: str) -> Mapping[Key, Entry]:
        return self.placed[self.entries.columns[name].axis.name].columns  # type: ignore[union-attr]

    def seen(self, tree: Expression, option: str) -> Expression:
        """Return a formula in which the columns that it looks at are cells, as an option has them."""
        match tree:
            case Along(Reference(name)) if name in self.entries.columns:
                return self.column(name, option).down()
            case Apply(function, arguments):
                return Apply(function, tuple(self.seen(argument, option) for argument in arguments))
        return tree

    def named(self, option: str, leaf: Reference | Factor) -> Operand:
        """Return the cell that a name or a factor stands for in a formula of a column."""
        if isinstance(leaf, Factor):
            return self.cells.named(leaf)
        if leaf.name in self.entries.columns:
            return self.column(leaf.name, option)
        return self.cells.where(leaf.name, option)


def place_tables(entries: Entries, cells: LedgerCells) -> Tables:
    """Settle where every column stands; a ledger without tables has none."""
    own = _own(entries)
    names: set[str] = set()
    placed: dict[str, Placed] = {}
    for column in entries.columns.values():
        axis = column.axis
        assert isinstance(axis, Items)
        if axis.name not in placed:
            placed[axis.name] = _placed(entries, axis, own, _sheet_name(entries, axis, names))
    return Tables(entries, cells, placed)


def added_by(held: AxisInput | AxisLine | Words) -> Function | None:
    """Return what all figures of a column come to above it; None where nothing stands there."""
    if isinstance(held, Words):
        return None
    return {"sum": SUM, "mean": AVERAGE}.get(held.total)


def in_order(entries: Entries, items: Items) -> list[AxisInput | AxisLine | Words]:
    """Return the columns of a table, those that are given first."""
    held = [column for column in entries.columns.values() if column.axis == items]
    return sorted(held, key=lambda column: isinstance(column, AxisLine))


def _placed(entries: Entries, items: Items, own: Mapping[str, tuple[str, ...]], name: str) -> Placed:
    more = max(_LEAST_ROOM, ceil(len(items) / 4))
    rows: dict[Key, int] = {key: FIRST_ITEM + place for place, key in enumerate((*items.labels, *range(more)))}
    grid = Grid(Sheet(name), {}, HEAD_ROW)
    held = in_order(entries, items)
    title = _title(entries, items)
    short = {column.name: _short(column, title) for column in held}
    columns: dict[Key, Entry] = {}
    headings: dict[Key, str] = {}
    for column in held:
        label = short[column.name] if list(short.values()).count(short[column.name]) == 1 else column.label
        kind = TEXT if isinstance(column, Words) else column.unit
        for key in (column.name, *((column.name, option) for option in own.get(column.name, ()))):
            headings[key] = label if isinstance(key, str) else said.IN_OPTION.format(label=label, option=key[1])
            columns[key] = grid.entry(headings[key], kind, rows, KEY_COLUMN + len(columns))
    return Placed(items, title, grid, columns, rows, headings)


def _short(column: AxisInput | AxisLine | Words, title: str) -> str:
    return column.label if isinstance(column, AxisLine) else column.label.removeprefix(f"{title}: ")


def _own(entries: Entries) -> dict[str, tuple[str, ...]]:
    """Return of each column the options in which it is, or can be, another than the base option's."""
    others = list(entries.options)[1:]
    found: dict[str, tuple[str, ...]] = {}
    for option in others:
        for cell in entries.options[option].settings:
            name = cell.partition("@")[0]
            if name in entries.columns:
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), option)))
    for name in formulas(entries):
        line = entries.columns.get(name)
        if isinstance(line, AxisLine):
            moved = _moved(entries, (leaf.name for leaf in leaves(line.lowered) if isinstance(leaf, Reference)), found)
            if moved:
                found[name] = tuple(option for option in others if option in moved)
    return found


def _moved(entries: Entries, names: Iterable[str], own: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the options in which something named can be another than in the base option: each single figure can."""
    single = set(list(entries.options)[1:])
    moved: set[str] = set()
    for name in names:
        if name not in entries.constants:
            moved |= set(own.get(name, ())) if name in entries.columns else single
    return moved


def _title(entries: Entries, items: Items) -> str:
    """Return what a table is called."""
    return entries.columns[f"{items.name}.{items.key}"].section


def _sheet_name(entries: Entries, items: Items, taken: set[str]) -> str:
    """Return the name of a table's sheet, legal and of its own."""
    name = " ".join(_REFUSED.sub(" ", _title(entries, items)).split())[:_LONGEST].strip()
    from unitledger.workbook.contents import SHEETS

    known = {each.casefold() for each in (*SHEETS, "history")} | taken
    if not name or name.casefold() in known or name.casefold().startswith("months"):
        name = f"Table {items.name}"[:_LONGEST]
    taken.add(name.casefold())
    return name
