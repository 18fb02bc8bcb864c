"""What stands in the cells of an entry: one formula for all of them, or content of their own, and how they look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

import attrs

from unitledger.errors import UnitMismatch
from unitledger.expression import LOGICAL, ZERO, Expression, Factor, Formed, Kind, Operand, Reference, spelled
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.kind import Unsettled, alike, cell_kind
from unitledger.workbook.cells.value import Known, compiled
from unitledger.workbook.grid.entry import Entry
from unitledger.workbook.grid.place import Cell, Key, placed
from unitledger.workbook.sheet import Style


def check_kind(tree: Expression, kind: Kind, name: str, row: Key = None) -> None:
    """Check that a formula gives what the cells of an entry hold, in the case `row`.

    Raises UnitMismatch, naming the entry and both kinds.
    """

    def known(leaf: Reference) -> Kind:
        return leaf.kind_in(row) if isinstance(leaf, Cell) else leaf.kind

    try:
        found = cell_kind(tree, known)
    except Unsettled as reason:
        raise UnitMismatch(f"Entry {name!r} of a sheet: {reason}.") from None
    if found is not ZERO and not alike(found, kind) and not (found is LOGICAL and kind == DIMENSIONLESS):
        raise UnitMismatch(f"Entry {name!r} of a sheet holds {spelled(kind)}, but its formula gives {spelled(found)}.")


@attrs.frozen
class Link:
    """A text that leads to a cell of an entry."""

    shown: str
    to: Entry
    column: Key = None

    @property
    def address(self) -> str:
        """The address of that cell, with its sheet."""
        return on(self.to.ground.name, a1(*self.to.place(column=self.column)))


Content = Operand | dict[Key, Formed] | float | str | date | Link | None | Callable[[Any, Any], Any]
"""A formula, or that of each row; a number, a text, a day, a link, nothing; or a function of the keys of row and column
that gives one of these, but for formulas."""

Look = Style | Callable[[Any, Any], Style]
"""How cells look; or a function of the keys of row and column that says it."""

Names = Callable[[Reference | Factor], Operand]
"""The cells that names and factors of the ledger stand for."""


@attrs.frozen(slots=False, eq=False)
class Put:
    """Some cells of an entry, by their keys, and what stands in them; see `Grid.put`."""

    entry: Entry
    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    content: Content
    style: Look
    names: Names | None

    def __attrs_post_init__(self) -> None:
        # A formula of the ledger was checked there.
        if self.tree is not None and self.names is None:
            for kind, row in {self.entry.kind_of(row): row for row in self.rows}.items():
                check_kind(self.tree, kind, self.entry.name, row)

    @cached_property
    def tree(self) -> Expression | None:
        """The formula of all cells, None where there is no such."""
        return self.content.expression if isinstance(self.content, Operand) else None

    @property
    def formulas(self) -> dict[Key, Formed]:
        """The formula of each row, where each row has its own."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def holds_formulas(self) -> bool:
        """Whether the cells hold formulas."""
        return isinstance(self.content, Operand | dict)

    def keys(self) -> Iterator[tuple[Key, Key]]:
        """Yield the keys of row and column of each cell, row by row."""
        return product(self.rows, self.columns)

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Row and column of each cell."""
        across = [placed(self.entry.columns, column) for column in self.columns]
        down = self.entry.rows
        rows = [down] * len(self.rows) if isinstance(down, int) else [down[row] for row in self.rows]
        return tuple(product(rows, across))

    def held(self, row: Key, column: Key) -> Any:
        """Return what a cell without a formula holds."""
        return self.content(row, column) if callable(self.content) else self.content

    def look(self, row: Key, column: Key) -> Style:
        """Return how a cell looks."""
        return self.style(row, column) if callable(self.style) else self.style

    def value(self, number: int) -> Any:
        """Return what the cell of that number among `keys` shows."""
        row, column = self.rows[number // len(self.columns)], self.columns[number % len(self.columns)]
        if self.tree is None:
            held = self.held(row, column)
            return held.shown if isinstance(held, Link) else held
        return self._formula(lambda leaf: self.cell(leaf).shown(row, column))

    @cached_property
    def _formula(self) -> Callable[[Known], Any]:
        assert self.tree is not None
        return compiled(self.tree)

    def cell(self, leaf: Reference | Factor) -> Cell:
        """Return the cells that a leaf of the formula stands for."""
        return leaf if isinstance(leaf, Cell) else as_cell(self.named(leaf))

    def named(self, leaf: Reference | Factor) -> Operand:
        """Return what a name or factor of the ledger stands for."""
        assert self.names is not None, f"{leaf!r} is no cell, and nothing says where it stands"
        return self.names(leaf)


def as_cell(named: Operand) -> Cell:
    """Return what a name stands for as it stands in a formula."""
    found = named.expression
    assert isinstance(found, Cell)
    return found
