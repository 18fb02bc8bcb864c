"""One input in one option as it is drawn: its distribution, cut off where the input's bounds are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.many.cases import Cases
from unitledger.compute.simulation.distributions import Distribution, Steps
from unitledger.compute.simulation.own import Own, Parameters
from unitledger.errors import ValueRefused
from unitledger.model import Choice
from unitledger.units import quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@attrs.frozen
class Marginal:
    """A distribution of an input between its bounds.

    `least`, `most`: the shares of the distribution at these; `settled`: the figures it is made of.
    """

    own: Own
    distribution: Distribution
    settled: Parameters
    least: float
    most: float

    @classmethod
    def of(cls, own: Own, distribution: Distribution) -> Marginal:
        """Return a distribution of an input in an option.

        Raises UnitMismatch, QuantityError or ValueRefused, also where nothing of it lies within the bounds.
        """
        settled = distribution.settled(own)
        law = distribution.law(settled)
        if isinstance(own.target, Choice) or isinstance(law, Steps):
            return cls(own, distribution, settled, 0.0, 1.0)
        low, high = _ends(own)
        least, most = float(law.cdf(low)), float(law.cdf(high))
        if not least < most:
            bounds = own.target.bounds
            ends = " to ".join(str(quantity(end, own.unit)) for end in (bounds.least, bounds.most) if end is not None)
            raise ValueRefused(f"{own.what}, {distribution.name}: nothing of it lies within the bounds, {ends}.")
        return cls(own, distribution, settled, least, most)

    @property
    def cut(self) -> float:
        """The share of the distribution that lies outside the input's bounds, and is never drawn."""
        return 1 - (self.most - self.least)

    def same_as(self, other: Marginal) -> bool:
        """Whether the same values are drawn for it."""
        return (self.settled, self.least, self.most) == (other.settled, other.least, other.most)

    def drawn(self, shares: NDArray[np.float64], first: int) -> Cases:
        """Return the cases for shares between 0 and 1; `first`: how many there are before them."""
        import numpy as np

        law: Any = self.distribution.law(self.settled)
        values = law.ppf(self.least + shares * (self.most - self.least))
        calendar = self.own.entries.calendar
        if isinstance(self.own.target, Choice):
            return Cases(self.own.target, values, calendar, first)
        unit, bounds = self.own.unit, self.own.target.bounds
        if bounds.whole or unit.is_date:
            values = np.rint(values)
        if not isinstance(law, Steps):
            values = values.clip(*_ends(self.own))
        return Cases(self.own.target, values / float(unit.written), calendar, first)

    def outside(self, cases: Cases) -> int:
        """Return in how many cases the input is below its low or above its high."""
        setting = self.own.setting
        if setting is None or isinstance(self.own.target, Choice):
            return 0
        written = float(self.own.unit.written)
        low = -math.inf if setting.low is None else setting.low / written
        high = math.inf if setting.high is None else setting.high / written
        dust = TOLERANCE * abs(cases.values)
        return int(((cases.values + dust < low) | (cases.values - dust > high)).sum())


def _ends(own: Own) -> tuple[float, float]:
    """Return the least and the greatest that an assumption can be."""
    assert not isinstance(own.target, Choice)
    bounds = own.target.bounds
    least = -math.inf if bounds.least is None else bounds.least
    most = math.inf if bounds.most is None else bounds.most
    if bounds.above:
        least = math.nextafter(least, math.inf) if least else 1e-300
    return (math.ceil(least), math.floor(most)) if bounds.whole and math.isfinite(least + most) else (least, most)
