"""Where two options come out equal: the first change of sign along the range of one input, then refined.

The workbook finds it by the same steps, each a column of formulas, so that both find the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import attrs

from unitledger.compute.arrays import arrays
from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.evaluate import number
from unitledger.compute.ranges import ends
from unitledger.compute.reach import beneath, reached
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
    for place, (one, other) in enumerate(zip(differences, differences[1:], strict=False)):
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


@attrs.frozen
class Evaluation:
    """One refinement: the bracket, the value of the driver in it, and the difference found there.

    `root` and `share`: what the step to `at` is worked out with; 0 where `at` is the middle of the bracket.
    """

    bracket: Bracket
    root: float
    share: float
    at: float
    difference: float


def bracket(at: Sequence[float], differences: Sequence[float]) -> Bracket:
    """Return the first neighbours between which the sign changes, else the first two with differences of 0."""
    place = first_change(differences)
    if place is None:
        return Bracket(at[0], 0.0, at[1], 0.0)
    return Bracket(at[place], differences[place], at[place + 1], differences[place + 1])


def refined(start: Bracket, difference: Callable[[float], float]) -> list[Evaluation]:
    """Return the evaluations that close in on the change of sign: by turns the middle, and Ridders' step from it.

    Every value lies within the first bracket.
    """
    made = []
    for _ in range(REFINEMENTS):
        middle = (start.left + start.right) / 2
        found = difference(middle)
        made.append(Evaluation(start, 0.0, 0.0, middle, found))
        root = math.sqrt(max(found * found - start.left_difference * start.right_difference, 0.0))
        share = 0.0 if root == 0 else found / root
        step = (middle - start.left) * share
        at = middle + step if start.left_difference > start.right_difference else middle - step
        narrow = start.narrowed(middle, found)
        made.append(Evaluation(narrow, root, share, at, difference(at)))
        start = narrow.narrowed(at, made[-1].difference)
    return made


def shared(entries: Entries, driver: str, option: str, against: str) -> bool:
    """Return whether two options take an input from the same cell: both inherit it, or they are one option."""
    own = [other if driver in entries.options[other].settings else entries.base for other in (option, against)]
    return own[0] == own[1]


def re_evaluated(
    entries: Entries, lines: Sequence[str], changes: Mapping[str, float], option: str, values: Mapping[str, float]
) -> dict[str, float]:
    """Return the values of an option with inputs changed and `lines`, in the order of the ledger, worked out anew.

    Raises CalculationError where a line has no finite value.
    """
    found = {**values, **changes}
    for name in lines:
        found[name] = number(name, entries.lines[name].lowered, found.__getitem__, option, found)
    return found


def break_even(
    entries: Entries, line: str, driver: str, pair: tuple[str, str], values: Mapping[str, Mapping[str, float]]
) -> Quantity | None:
    """Return the first value of `driver`, from its low to its high, at which a line is the same in two options.

    `pair`: the option whose range counts, and the one it is compared with, in which the driver moves too if both
    inherit it. None where there is no such value. Raises ValueRefused for a driver without range, CalculationError
    where a line has no finite value on the way.
    """
    option, against = pair
    target = entries.input(driver)
    low, high = ends(entries, driver, option) if isinstance(target, Assumption) else (0.0, 0.0)
    if not isinstance(target, Assumption) or low == high:
        raise ValueRefused(f"Input {driver!r} has no range in option {option!r}: give it low=... and high=...")
    lines = beneath(entries, [line])
    moved = reached(entries, lines, [driver])
    together = shared(entries, driver, option, against)
    at = within(target, points(low, high))

    def moves(chosen: str) -> bool:
        return chosen == option or together

    def answers(chosen: str) -> list[float]:
        if not moves(chosen):
            return [values[chosen][line]] * len(at)
        found: list[float] = arrays(entries, lines, {driver: at}, chosen)[line].tolist()
        return found

    def answer(chosen: str, here: float) -> float:
        if not moves(chosen):
            return values[chosen][line]
        return re_evaluated(entries, moved, {driver: here}, chosen, values[chosen])[line]

    def difference(here: float) -> float:
        return apart(answer(option, here), answer(against, here))

    differences = list(map(apart, answers(option), answers(against)))
    if first_change(differences) is None:
        return None
    return quantity(refined(bracket(at, differences), difference)[-1].at, target.unit)


def within(target: Assumption, column: Sequence[float]) -> list[float]:
    """Return values between low and high that rounding has put past a hard bound by a last digit, put back on it."""
    least = -math.inf if target.minimum is None else target.minimum
    most = math.inf if target.maximum is None else target.maximum
    return [min(max(each, least), most) for each in column]

