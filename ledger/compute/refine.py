"""Where a difference changes its sign: along equal steps, as the workbook does, then refined by Ridders' method."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import attrs

from unitledger.compute.cancellation import TOLERANCE

INTERVALS = 8
"""Equal steps from the low to the high of the driver."""

REFINEMENTS = 4
"""How often the interval with the first change of sign is refined, each time by two evaluations (Ridders' method)."""


def points(low: float, high: float) -> list[float]:
    """Return the values of the driver from low to high in equal steps."""
    return [low + (high - low) * step / INTERVALS for step in range(INTERVALS + 1)]


def apart(one: float, other: float) -> float:
    """Return how much one answer is above another; 0 where they differ by no more than engines do."""
    return 0.0 if abs(one - other) <= TOLERANCE * max(abs(one), abs(other)) else one - other


def first_change(differences: Sequence[float]) -> int | None:
    """Return the place, from 0, of the first of neighbouring differences between which the sign changes."""
    for place, (one, other) in enumerate(pairwise(differences)):
        if min(one, other) <= 0 <= max(one, other) and one != other:
            return place
    return None


@attrs.frozen
class Bracket:
    """Two values of the driver and the difference at each; differences of 0 where no change of sign was found."""

    left: float
    left_difference: float
    right: float
    right_difference: float

    def narrowed(self, at: float, difference: float) -> Bracket:
        """Return the part of the bracket, divided at a value of the driver, in which the sign changes."""
        if difference * self.left_difference > 0:
            return Bracket(at, difference, self.right, self.right_difference)
        return Bracket(self.left, self.left_difference, at, difference)


def bracket(at: Sequence[float], differences: Sequence[float]) -> Bracket:
    """Return the first neighbours between which the sign changes, else the first two with differences of 0."""
    place = first_change(differences)
    if place is None:
        return Bracket(at[0], 0.0, at[1], 0.0)
    return Bracket(at[place], differences[place], at[place + 1], differences[place + 1])


def refined(start: Bracket, difference: Callable[[float], float]) -> float:
    """Return where the difference changes its sign: by turns the middle, and Ridders' step from it.

    It lies within the first bracket, also where the difference jumps, or does not change its sign.
    """
    at = start.left
    for _ in range(REFINEMENTS):
        middle = (start.left + start.right) / 2
        found = difference(middle)
        root = math.sqrt(max(found * found - start.left_difference * start.right_difference, 0.0))
        step = 0.0 if root == 0 else (middle - start.left) * found / root
        at = middle + step if start.left_difference > start.right_difference else middle - step
        start = start.narrowed(middle, found).narrowed(at, difference(at))
    return at
