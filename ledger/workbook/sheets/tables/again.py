"""Computed columns of tables once more: all items by the formula of the column, and what they came to when built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import attrs

from unitledger.expression import TEXT, Text, absolute, apply, equal, maximum, references, when
from unitledger.expression.digits import added_up
from unitledger.expression.table.statistics import MAX, MIN, ROWS, SUM
from unitledger.model import AxisLine
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import AtOnce, Entry, Grid, NotAtOnce, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.look.formats import number_format
from unitledger.workbook.sheets.second.again import COUNT, count_where
from unitledger.workbook.sheets.tables import said
from unitledger.workbook.sheets.tables.places import Placed, Results, Tables

OFF, SUM_BUILT, OFF_BUILT, BY_ITEM = 6, 7, 8, 9
# What was just built is as it was, and all of it can be used; to count it cell by cell would take long lists longest.
NONE = [0.0]
_EMPTY = Text("")


@attrs.frozen
class Again:
    """A row for each computed column, by its table and key.

    `off`: whether the items that were there when built are not what its formula gives for them; where that stands on
    other columns that are worked out, as long as none of them is removed. `off_built`: whether what it comes to is not
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

    def put(self, placed: Placed, key: Key, known: Entry, results: Results) -> None:
        """Put the row of a column; `known`: a formula, see `AtOnce.off`."""
        line, row, grid = self.tables.held(key), (placed.items.name, key), self.grid
        if not isinstance(line, AxisLine):
            return
        option = self.tables.option(key)
        now, figures = placed.columns[key].down(), results[option][line.name].tolist()
        if figures:
            self._put_off(placed, key, line, known)
        built = attrs.evolve(self.off, kind=line.unit, columns=SUM_BUILT)[row]
        grid.put(built, added_up(figures), ("constant", number_format(line.unit, figures or [0.0])))
        # As many operands as there are items were added up, each at most as large as the largest.
        largest = maximum(absolute(apply(MIN, now)), absolute(apply(MAX, now)))
        allowed = self.tables.cells.tolerance * apply(ROWS, now) * largest
        found = when(absolute(apply(SUM, now) - built) <= allowed, 0, 1)
        grid.put(self.off_built, found, COUNT, rows=[row], values=NONE)

    def _put_off(self, placed: Placed, key: Key, line: AxisLine, known: Entry) -> None:
        tables, option, labels = self.tables, self.tables.option(key), placed.items.labels
        row = self.off[placed.items.name, key]
        named = partial(tables.named, option)
        keys = tables.column(f"{placed.items.name}.{placed.items.key}", option).of(TEXT)
        tree = when(equal(keys, _EMPTY), 0, tables.seen(line.lowered, option))
        # What is worked out of an item that was removed is a text, with which no range is multiplied; so is what an
        # option then takes from the base option.
        stands_on_text = any(self._may_be_text(name, option) for name in references(line.lowered))
        now, tolerance = placed.columns[key].down(labels), tables.cells.tolerance
        try:
            found = AtOnce(named, 0, labels).off(now, tree, tolerance, known, gaps=not stands_on_text)
        except NotAtOnce:
            self.grid.sheet.text(row.place()[0], BY_ITEM, said.BY_ITEM, frame.TEXT)
            return
        if stands_on_text:
            found = when(equal(count_where(equal(keys.down(labels), _EMPTY)), 0), found, 0)
        self.grid.put(row, found, COUNT, values=NONE, names=named)

    def _may_be_text(self, name: str, option: str) -> bool:
        columns = self.tables.entries.columns
        return name in columns and (isinstance(columns[name], AxisLine) or self.tables.key(name, option) != name)
