"""Entries of a sheet: cells of one meaning, which formulas refer to as they refer to inputs and lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from unitledger.expression import TEXT, ZERO, Kind, Operand
from unitledger.workbook.grid.place import OWN, At, Axis, Cell, Ground, Key, Own, Pick, keys, over, placed
from unitledger.workbook.layout import LABEL_COLUMN, UNIT_COLUMN
from unitledger.workbook.sheet import Cells


@attrs.frozen(eq=False)
class Entry(Operand):
    """Cells of one meaning on a sheet: one cell, a row, a column, or a block of rows and columns.

    In a formula an entry stands for its cell in the formula's own case: of its only row, or of the row of the same key;
    of its only column, or of the column of the same key. `name`: what a formula in words calls it. `kind`: what its
    cells hold, one for all or one for each row.
    """

    ground: Ground = attrs.field(repr=False)
    name: str
    kind: Kind | Mapping[Key, Kind]
    rows: Axis
    columns: Axis

    @property
    def expression(self) -> Cell:
        """The cell of the formula's own case."""
        return self._cell(OWN, OWN)

    @property
    def before(self) -> Cell:
        """The cell in the column before that of the formula's own case."""
        return self.right(-1)

    def right(self, by: int) -> Cell:
        """The cell so many columns to the right of that of the formula's own case."""
        return self._cell(OWN, Own(by))

    def at(self, column: Key) -> Cell:
        """The cell of a given column, wherever the formula stands."""
        return self._cell(OWN, At(column))

    def across(self, columns: Iterable[Key] | None = None, *, to_own: bool = False) -> Cell:
        """The cells of neighbouring columns, of all unless told; `to_own`: from the first to the formula's own."""
        return self._cell(OWN, over(self.columns, columns, to_own=to_own))

    def down(self, rows: Iterable[Key] | None = None, *, to_own: bool = False) -> Cell:
        """The cells of neighbouring rows, of all unless told; `to_own`: from the first to the formula's own."""
        return self._cell(over(self.rows, rows, to_own=to_own), OWN)

    def block(self, rows: Iterable[Key] | None = None, columns: Iterable[Key] | None = None) -> Cell:
        """The cells of neighbouring rows and columns, of all unless told."""
        return self._cell(over(self.rows, rows), over(self.columns, columns))

    def __getitem__(self, row: Key) -> Entry:
        """The row of a key as an entry of its own."""
        assert not isinstance(self.rows, int), "an entry of one row has no others"
        return Entry(self.ground, self.name, self.kind_of(row), self.rows[row], self.columns)

    def only(self, column: Key) -> Entry:
        """The column of a key as an entry of its own, which stays when its formula is copied along a row."""
        assert not isinstance(self.columns, int), "an entry of one column has no others"
        return attrs.evolve(self, columns=self.columns[column])

    def has(self, row: Key) -> bool:
        """Whether there is a row of that key."""
        return not isinstance(self.rows, int) and row in self.rows

    def of(self, kind: Kind | Mapping[Key, Kind]) -> Entry:
        """The same cells, taken to hold one kind where they hold several, or one for each row of the formula."""
        return attrs.evolve(self, kind=kind)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of its rows, None where it has one."""
        return keys(self.rows)

    @property
    def label(self) -> Entry:
        """The labels of its rows."""
        return Entry(self.ground, self.name, TEXT, self.rows, LABEL_COLUMN)

    @property
    def unit(self) -> Entry:
        """The cells that say the units of its rows."""
        return Entry(self.ground, self.name, TEXT, self.rows, UNIT_COLUMN)

    def kind_of(self, row: Key) -> Kind:
        """Return what the cells of a row hold."""
        return self.kind if isinstance(self.kind, Kind) else self.kind[row]

    def place(self, row: Key = None, column: Key = None) -> tuple[int, int]:
        """Return row and column of the cell of a case, counted from 0; a key that there is only one of is left out."""
        return placed(self.rows, row), placed(self.columns, column)

    def value(self, row: Key = None, column: Key = None) -> Any:
        """Return what the cell of a case shows."""
        return self.ground.value(*self.place(row, column))

    def area(self, rows: Iterable[Key] | None = None, columns: Iterable[Key] | None = None) -> Cells:
        """The cells of neighbouring rows and columns, of all unless told, as charts name them."""
        (first, left), *_ = places = [
            self.place(row, column) for row in keys(self.rows, rows) for column in keys(self.columns, columns)
        ]
        last, right = places[-1]
        return Cells(self.ground.name, (first, last), (left, right))

    def _cell(self, rows: Pick, columns: Pick) -> Cell:
        kinds: Mapping[Key, Kind] = {} if isinstance(self.kind, Kind) else self.kind
        kind = self.kind if isinstance(self.kind, Kind) else next(iter(kinds.values()), ZERO)
        axes = self.rows, self.columns
        return Cell(self.name, kind, ground=self.ground, kinds=kinds, axes=axes, picks=(rows, columns))
