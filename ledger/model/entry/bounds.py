"""Hard bounds of an input: what its figures may be at all."""

from __future__ import annotations

import attrs

from unitledger.errors import ValueRefused
from unitledger.expression.table.arithmetic import DUST
from unitledger.units import Unit, quantity, told_apart


@attrs.frozen
class Bounds:
    """Hard bounds of an assumption, as stored in its unit; None where there is none.

    `least`, `most`: the ends. `above`: whether figures must be more than `least`. `whole`: whether they must be whole
    numbers.
    """

    least: float | None = None
    most: float | None = None
    above: bool = False
    whole: bool = False

    def check(self, unit: Unit, what: str) -> None:
        """Raise ValueRefused when no figure can lie between the ends."""
        if self.least is None or self.most is None:
            return
        least, most = told_apart(quantity(self.least, unit), quantity(self.most, unit))
        if self.least > self.most:
            raise ValueRefused(f"{what}: its minimum {least} is above its maximum {most}.")
        if self.above and self.least == self.most:
            raise ValueRefused(f"{what}: nothing is above {least} and at most {most}.")

    def settled(self, stored: float, unit: Unit, what: str) -> float:
        """Return a figure within the bounds; what converting units leaves beside a whole number is taken off.

        `what` begins the message. Raises ValueRefused.
        """
        if self.whole:
            nearest = float(round(stored))
            if round(stored, DUST) != nearest:
                shown, _ = told_apart(quantity(stored, unit), quantity(nearest, unit))
                raise ValueRefused(f"{what}: {shown} is not a whole number.")
            stored = nearest
        if self.least is not None and (stored < self.least or (self.above and stored == self.least)):
            said = "not above" if self.above else "below the least possible"
            shown, least = told_apart(quantity(stored, unit), quantity(self.least, unit))
            raise ValueRefused(f"{what}: {shown} is {said} {least}.")
        if self.most is not None and stored > self.most:
            shown, most = told_apart(quantity(stored, unit), quantity(self.most, unit))
            raise ValueRefused(f"{what}: {shown} is above the most possible {most}.")
        return stored
