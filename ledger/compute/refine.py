"""Where a difference changes its sign: along equal steps, as the workbook does, then refined by Ridders' method."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

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


def refined(at: Sequence[float], differences: Sequence[float], difference: Callable[[float], float]) -> float | None:
    """Return where the difference changes its sign, None where it does not: by turns the middle, and Ridders' step.

    `differences`: those at the values `at`. What is found lies between the first neighbours between which the sign
    changes, also where the difference jumps.
    """
    place = first_change(differences)
    if place is None:
        return None
    (left, right), (at_left, at_right) = at[place : place + 2], differences[place : place + 2]
    root = left
    for _ in range(REFINEMENTS):
        middle = (left + right) / 2
        found = difference(middle)
        divisor = math.sqrt(max(found * found - at_left * at_right, 0.0))
        step = 0.0 if divisor == 0 else (middle - left) * found / divisor
        root = middle + step if at_left > at_right else middle - step
        for each, value in ((middle, found), (root, difference(root))):
            if value * at_left > 0:
                left, at_left = each, value
            else:
                right, at_right = each, value
    return root
