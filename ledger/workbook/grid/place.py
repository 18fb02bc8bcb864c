"""Where an entry's cells are: rows and columns by the keys of their cases, and which of them a formula means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

Key = Any
"""What a case is called: the name of an option or an input, the number of a column of evaluations."""

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
    """Neighbouring cases from the first to the last, or `to_own`: to that of the formula."""

    first: Key
    last: Key
    to_own: bool = False
    many: ClassVar[bool] = True

    def ends(self, axis: Axis, key: Key) -> Ends:
        """Return where they are on an axis for a formula in the case `key`."""
        assert not isinstance(axis, int), "an entry without cases on an axis has one cell there"
        return axis[self.first], axis[key if self.to_own else self.last]

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
