"""Leaves of the trees on a sheet: cells, seen from the cell in which their formula stands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from unitledger.expression import Kind, Reference
from unitledger.units import day_number
from unitledger.workbook.cells.value import Cells
from unitledger.workbook.grid.place import Axis, Ends, Key, Pick


class Ground(ABC):
    """What entries stand on: a sheet, which knows what its cells show."""

    name: str

    @abstractmethod
    def value(self, row: int, column: int) -> Any:
        """Return what a cell shows, None for an empty one."""


@attrs.frozen(eq=False)
class Cell(Reference):
    """Cells of an entry in a formula: one, or a block where a selection is of several cases.

    `name` is what the formula in words calls them. `kinds`: what they hold where that differs from row to row. `axes`:
    rows and columns of the entry; `picks`: which of them. `called`: the defined name that is written for them, if any.
    """

    ground: Ground = attrs.field(kw_only=True, repr=False)
    kinds: Mapping[Key, Kind] = attrs.field(kw_only=True, repr=False)
    axes: tuple[Axis, Axis] = attrs.field(kw_only=True, repr=False)
    picks: tuple[Pick, Pick] = attrs.field(kw_only=True, repr=False)
    called: str = attrs.field(default="", kw_only=True)

    def kind_in(self, row: Key) -> Kind:
        """Return what the cells hold for a formula in the case `row`."""
        return self.kinds.get(row, self.kind)

    def ends(self, row: Key, column: Key) -> tuple[Ends, Ends]:
        """Return rows and columns of the cells for a formula in the cases `row` and `column`."""
        return self.picks[0].ends(self.axes[0], row), self.picks[1].ends(self.axes[1], column)

    def shown(self, row: Key, column: Key) -> Any:
        """Return what the cells hold for such a formula: a value, or a block of them."""
        (top, bottom), (left, right) = self.ends(row, column)
        value = self._held
        if top == bottom and left == right:
            return value(top, left)
        across = range(left, right + 1)
        held = tuple(value(down, beside) for down in range(top, bottom + 1) for beside in across)
        return Cells(held, len(across))

    def _held(self, row: int, column: int) -> Any:
        """Return what a cell holds; a day is a number to a spreadsheet."""
        held = self.ground.value(row, column)
        return day_number(held) if isinstance(held, date) else held
