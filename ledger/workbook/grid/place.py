"""Where cells are: of an entry by the keys of their cases, of a formula as leaves that are seen from its own cell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

import attrs

from unitledger.expression import Kind, Reference
from unitledger.units import day_number
from unitledger.workbook.cells.value import Cells

Key = Any
"""What a case is called: the name of an option or an input, the number of a column of evaluations."""


def named(key: Key, base: str = "") -> tuple[str, str]:
    """Return the name that a key is or begins with, and what follows it, such as an option: `base` for nothing."""
    return (key, base) if isinstance(key, str) else key


Axis = int | Mapping[Key, int]
"""Rows or columns of an entry, counted from 0: the only one, or one for each case."""


Ends = tuple[int, int]
"""First and last row or column of some cells."""

Area = tuple[Ends, Ends]
"""First and last row, first and last column."""


@attrs.frozen
class Own:
    """The formula's own case, or the one `by` places further."""

    by: int = 0
    many: ClassVar[bool] = False

    def ends(self, axis: Axis, key: Key) -> Ends:
        """Return where that is on an axis for a formula in the case `key`."""
        place = axis if isinstance(axis, int) else axis[key] + self.by
        return place, place

    def moves(self, axis: Axis) -> tuple[bool, bool]:
        """Whether first and last follow a formula that is copied."""
        return (not isinstance(axis, int),) * 2


@attrs.frozen
class At:
    """A given case."""

    key: Key
    many: ClassVar[bool] = False

    def ends(self, axis: Axis, _: Key) -> Ends:
        """Return where it is on an axis."""
        place = placed(axis, self.key)
        return place, place

    def moves(self, _: Axis) -> tuple[bool, bool]:
        """Whether first and last follow a formula that is copied."""
        return False, False


@attrs.frozen
class Over:
    """Neighbouring cases from the first to the last, or `to_own`: to that of the formula; all `by` places further."""

    first: Key
    last: Key
    to_own: bool = False
    by: int = 0
    many: ClassVar[bool] = True

    def ends(self, axis: Axis, key: Key) -> Ends:
        """Return where they are on an axis for a formula in the case `key`."""
        assert not isinstance(axis, int), "an entry without cases on an axis has one cell there"
        return axis[self.first] + self.by, axis[key if self.to_own else self.last] + self.by

    def moves(self, _: Axis) -> tuple[bool, bool]:
        """Whether first and last follow a formula that is copied."""
        return False, self.to_own


Pick = Own | At | Over
"""Which cases of an axis a formula means."""

OWN = Own()


def over(axis: Axis, keys: Iterable[Key] | None, *, to_own: bool = False) -> Pick:
    """Return the selection of neighbouring cases of an axis, of all unless told."""
    if isinstance(axis, int):
        return OWN
    listed = list(axis if keys is None else keys)
    return Over(listed[0], listed[-1], to_own)


def placed(axis: Axis, key: Key) -> int:
    """Return the row or column of a case."""
    return axis if isinstance(axis, int) else axis[key]


def keys(axis: Axis, chosen: Iterable[Key] | None = None) -> tuple[Key, ...]:
    """Return the keys of an axis, all unless told; None where there is only one case."""
    if isinstance(axis, int):
        return (None,)
    return tuple(axis if chosen is None else chosen)


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
        value = self.ground.value
        if top == bottom and left == right:
            return _counted(value(top, left))
        across = range(left, right + 1)
        held = [value(down, beside) for down in range(top, bottom + 1) for beside in across]
        if any(issubclass(kind, date) for kind in set(map(type, held))):
            held = list(map(_counted, held))
        return Cells(tuple(held), len(across))


def _counted(held: Any) -> Any:
    """Return what a cell holds as formulas have it, to which a day is a number."""
    return day_number(held) if isinstance(held, date) else held
