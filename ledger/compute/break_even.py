"""The value of an input at which a line is the same in two options.

It is sought along equal steps, as the workbook does, then refined by Ridders' method.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.evaluate import beneath, evaluate, reached
from unitledger.compute.sensitivity import Values, ends
from unitledger.errors import ValueRefused
from unitledger.model import Assumption, Entries
from unitledger.units import Quantity, quantity

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


def shared(entries: Entries, driver: str, option: str, against: str) -> bool:
    """Return whether two options take an input from the same cell: both inherit it, or they are one option."""
    own = [other if driver in entries.options[other].settings else entries.base for other in (option, against)]
    return own[0] == own[1]


def driver_points(entries: Entries, driver: str, option: str) -> list[float]:
    """Return the values of an input from its low to its high in an option, in equal steps, within its hard bounds."""
    target = entries.input(driver)
    assert isinstance(target, Assumption)
    # Rounding may put the last point past high by a last digit.
    least = -math.inf if target.bounds.least is None else target.bounds.least
    most = math.inf if target.bounds.most is None else target.bounds.most
    return [min(max(each, least), most) for each in points(*ends(entries, driver, option))]


def break_even(entries: Entries, line: str, driver: str, pair: tuple[str, str], values: Values) -> Quantity | None:
    """Return the first value of `driver`, from its low to its high, at which a line is the same in two options.

    `pair`: the option whose range counts, and the one it is compared with; `values`: of both. None where there is no
    such value. Raises ValueRefused for cases, of which none is compared with another, and for a driver without range,
    CalculationError where a line has no finite value on the way.
    """
    if not entries.alternatives:
        raise ValueRefused(
            f"The options of {entries.title!r} are cases, not alternatives: there is no break-even between "
            f"{pair[0]!r} and {pair[1]!r}. Where one of them is to be chosen, make it Ledger(..., alternatives=True)."
        )
    target = entries.input(driver)
    low, high = ends(entries, driver, pair[0]) if isinstance(target, Assumption) else (0.0, 0.0)
    if not isinstance(target, Assumption) or low == high:
        raise ValueRefused(f"Input {driver!r} has no range in option {pair[0]!r}: give it low=... and high=...")
    moved = reached(entries, beneath(entries, [line]), [driver])
    moving = pair if shared(entries, driver, *pair) else pair[:1]

    def answer(option: str, value: float) -> float:
        if option not in moving:
            return values[option][line]
        return float(evaluate(entries, option, moved, {**values[option], driver: value})[line])

    def above(value: float) -> float:
        return apart(answer(pair[0], value), answer(pair[1], value))

    at = driver_points(entries, driver, pair[0])
    found = refined(at, list(map(above, at)), above)
    return None if found is None else quantity(found, target.unit)
