"""The value of an input at which a line is the same in two options."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from unitledger.compute.columns import Values, re_evaluated
from unitledger.compute.evaluate import beneath, evaluate, reached
from unitledger.compute.ranges import ends
from unitledger.compute.refine import apart, bracket, first_change, points, refined
from unitledger.errors import ValueRefused
from unitledger.model import Assumption, Entries
from unitledger.units import Quantity, quantity


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


@attrs.frozen
class Comparison:
    """A line in an option and in the one it is compared with, while `driver` moves.

    `driver` moves in `against` too if both options take it from the same cell. `moved`: the lines that it reaches and
    that `line` stands on. `values`: those of both options as they are.
    """

    entries: Entries
    line: str
    driver: str
    option: str
    against: str
    values: Values
    moved: tuple[str, ...]
    together: bool

    @classmethod
    def of(cls, entries: Entries, line: str, driver: str, pair: tuple[str, str], values: Values) -> Comparison:
        """Return the comparison of a pair of options."""
        moved = tuple(reached(entries, beneath(entries, [line]), [driver]))
        return cls(entries, line, driver, *pair, values, moved, shared(entries, driver, *pair))

    def moves(self, option: str) -> bool:
        """Return whether the driver moves in one of the options."""
        return option == self.option or self.together

    def at(self, option: str, value: float) -> float:
        """Return the line in one of the options with the driver at `value`.

        Raises CalculationError where a line has no finite value.
        """
        values = self.values[option]
        if self.moves(option):
            values = evaluate(self.entries, option, self.moved, {**values, self.driver: value})
        return values[self.line]

    def difference(self, value: float) -> float:
        """Return how much `option` is above `against` with the driver at `value`."""
        return apart(self.at(self.option, value), self.at(self.against, value))

    def along(self, option: str, values: Sequence[float]) -> list[float]:
        """Return the line in one of the options at many values of the driver."""
        if not self.moves(option):
            return [self.values[option][self.line]] * len(values)
        options = [option] * len(values)
        found = re_evaluated(self.entries, self.moved, options, {self.driver: values}, self.values)
        along: list[float] = found[self.line].tolist()
        return along


def break_even(entries: Entries, line: str, driver: str, pair: tuple[str, str], values: Values) -> Quantity | None:
    """Return the first value of `driver`, from its low to its high, at which a line is the same in two options.

    `pair`: the option whose range counts, and the one it is compared with; `values`: of both. None where there is no
    such value. Raises ValueRefused for a driver without range, CalculationError where a line has no finite value on
    the way.
    """
    target = entries.input(driver)
    low, high = ends(entries, driver, pair[0]) if isinstance(target, Assumption) else (0.0, 0.0)
    if not isinstance(target, Assumption) or low == high:
        raise ValueRefused(f"Input {driver!r} has no range in option {pair[0]!r}: give it low=... and high=...")
    compare = Comparison.of(entries, line, driver, pair, values)
    at = driver_points(entries, driver, pair[0])
    differences = list(map(apart, compare.along(pair[0], at), compare.along(pair[1], at)))
    if first_change(differences) is None:
        return None
    return quantity(refined(bracket(at, differences), compare.difference)[-1].at, target.unit)
