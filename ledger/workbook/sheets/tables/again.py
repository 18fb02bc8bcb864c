"""Computed columns of tables once more: the first item by its own formula, and what all came to when built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import attrs

from unitledger.expression import (
    TEXT,
    Apply,
    Expression,
    Factor,
    Operand,
    Reference,
    Text,
    absolute,
    apply,
    different,
    equal,
    maximum,
    when,
)
from unitledger.expression.digits import added_up
from unitledger.expression.table.statistics import INDEX, MAX, MIN, ROWS, SUM
from unitledger.model import AxisInput, AxisLine, Items, Words
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.grid.place import Key
from unitledger.workbook.look.formats import number_format
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.tables.places import Placed, Tables

AGAIN, OFF, SUM_BUILT, OFF_BUILT = 6, 7, 8, 9
_EMPTY = Text("")
_COUNT: Style = ("number", "0")
_NONE = [0.0]


@attrs.frozen
class Again:
    """A row for each computed column, by its table and key.

    `off`: whether its first item is not what its formula gives for that, `off_built`: whether what it comes to is not
    what it was when built.
    """

    tables: Tables
    grid: Grid
    off: Entry
    off_built: Entry

    @classmethod
    def begin(cls, tables: Tables, grid: Grid, rows: Mapping[tuple[str, Key], int]) -> Again:
        """Take the rows, among those of all columns."""
        own = {key: row for key, row in rows.items() if isinstance(tables.held(key[1]), AxisLine)}
        return cls(tables, grid, *(grid.entry("", DIMENSIONLESS, own, column) for column in (OFF, OFF_BUILT)))

    def put(self, placed: Placed, key: Key, results: Mapping[str, Mapping[str, Any]]) -> None:
        """Put the row of a column."""
        line, row, grid = self.tables.held(key), (placed.items.name, key), self.grid
        if not isinstance(line, AxisLine):
            return
        option = self.tables.option(key)
        now, figures = placed.columns[key].down(), results[option][line.name].tolist()
        look = "number", number_format(line.unit, figures or [0.0])
        again, built = (self._cell(line, row, column) for column in (AGAIN, SUM_BUILT))
        keys = self.tables.column(f"{placed.items.name}.{placed.items.key}", option).of(TEXT).down()
        tree = when(equal(apply(INDEX, keys, 1), _EMPTY), _EMPTY, self._of_first(line.lowered, option))
        grid.put(again, tree, look, values=figures[:1] or [""], names=partial(self._named, option))
        grid.put(self.off, 1 * different(apply(INDEX, now, 1), again), _COUNT, rows=[row], values=_NONE)
        grid.put(built, added_up(figures), ("constant", look[1]))
        # As many operands as there are items were added up, each at most as large as the largest.
        largest = maximum(absolute(apply(MIN, now)), absolute(apply(MAX, now)))
        allowed = self.tables.cells.tolerance * apply(ROWS, now) * largest
        found = when(absolute(apply(SUM, now) - built) <= allowed, 0, 1)
        grid.put(self.off_built, found, _COUNT, rows=[row], values=_NONE)

    def _cell(self, line: AxisLine, row: tuple[str, Key], column: int) -> Entry:
        return attrs.evolve(self.off, kind=line.unit, columns=column)[row]

    def _of_first(self, tree: Expression, option: str) -> Expression:
        """Return the formula of the first item, wherever that stands after rows were inserted."""
        match tree:
            case Reference(name) if isinstance(self.tables.entries.columns.get(name), AxisInput | Words):
                return apply(INDEX, self.tables.column(name, option).down(), 1)
            case Apply(function, arguments):
                return Apply(function, tuple(self._of_first(argument, option) for argument in arguments))
        return self.tables.seen(tree, option)

    def _named(self, option: str, leaf: Reference | Factor) -> Operand:
        """Return the cell that a name stands for; of a line of the table that in its row here."""
        line = self.tables.entries.columns.get(leaf.name) if isinstance(leaf, Reference) else None
        if not isinstance(line, AxisLine):
            return self.tables.named(option, leaf)
        assert isinstance(line.axis, Items)
        return self._cell(line, (line.axis.name, self.tables.key(line.name, option)), AGAIN)
