"""What an input may be, and with which chance: distributions with units.

A figure is a quantity, its text, or a bare number in the input's unit as written, as everywhere. What is left out is
the input's own in each option: its figure, its low and its high.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.many.cases import Cases
from unitledger.compute.simulation.own import Own, Parameters
from unitledger.errors import ValueRefused
from unitledger.model import Choice
from unitledger.units import quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from unitledger.compute.many.cases import Given
    from unitledger.model import Given as Figure


@attrs.frozen
class Distribution(ABC):
    """How an input is distributed; `settled` gives its figures in an option, and `law` what follows from them."""

    @property
    def name(self) -> str:
        """What it is called where a ledger says `triangular(...)`."""
        return type(self).__name__.lower()

    def __str__(self) -> str:
        given = (getattr(self, field.name) for field in attrs.fields(type(self)))
        said = ", ".join(str(each) for each in given if each is not None)
        return f"{self.name}({said})" if said else f"{self.name} over its range"

    @abstractmethod
    def settled(self, own: Own) -> Parameters:
        """Return the figures that it is made of, as stored. Raises UnitMismatch, QuantityError or ValueRefused."""

    @abstractmethod
    def law(self, settled: Parameters) -> Any:
        """Return the distribution of scipy, or `Steps`, over stored magnitudes."""


@attrs.frozen
class Uniform(Distribution):
    """Every value from low to high is as likely as another. Left out: the input's own low and high."""

    low: Figure | None = None
    high: Figure | None = None

    def settled(self, own: Own) -> Parameters:
        return own.rising(self.name, low=own.low(self.low), high=own.high(self.high))

    def law(self, settled: Parameters) -> Any:
        from scipy.stats import uniform

        low, high = settled
        return Steps.of([low], [1]) if low == high else uniform(low, high - low)


@attrs.frozen
class Triangular(Distribution):
    """From low to high, with straight sides up to the most likely value. Left out: the input's low, figure and high."""

    low: Figure | None = None
    mode: Figure | None = None
    high: Figure | None = None

    def settled(self, own: Own) -> Parameters:
        mode = own.figure("mode", self.mode)
        return own.rising(self.name, low=own.low(self.low), mode=mode, high=own.high(self.high))

    def law(self, settled: Parameters) -> Any:
        from scipy.stats import triang

        low, mode, high = settled
        if low == high:
            return Steps.of([low], [1])
        return triang((mode - low) / (high - low), low, high - low)


@attrs.frozen
class Pert(Triangular):
    """From low to high like triangular, with less in the ends: the mean is (low + 4 mode + high) / 6."""

    def law(self, settled: Parameters) -> Any:
        from scipy.stats import beta

        low, mode, high = settled
        if low == high:
            return Steps.of([low], [1])
        width = high - low
        return beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, low, width)


@attrs.frozen
class Normal(Distribution):
    """Normal around a mean; `spread`: the standard deviation, in the input's unit. Left out: a mean of its figure."""

    mean: Figure | None = None
    spread: Figure | None = attrs.field(default=None, kw_only=True)

    def settled(self, own: Own) -> Parameters:
        return own.figure("mean", self.mean), own.above_zero(self.name, "spread", own.given("spread", self.spread))

    def law(self, settled: Parameters) -> Any:
        from scipy.stats import norm

        mean, spread = settled
        return norm(mean, spread)


@attrs.frozen
class Lognormal(Distribution):
    """Above zero, as often twice as half its median; left out: a median of the input's figure.

    `spread`: the standard deviation as a share of the mean, such as "30 %".
    """

    median: Figure | None = None
    spread: Figure | None = attrs.field(default=None, kw_only=True)

    def settled(self, own: Own) -> Parameters:
        median = own.above_zero(self.name, "median", own.figure("median", self.median))
        return median, own.above_zero(self.name, "spread", own.share("spread", self.spread))

    def law(self, settled: Parameters) -> Any:
        from scipy.stats import lognorm

        median, spread = settled
        return lognorm(math.sqrt(math.log1p(spread * spread)), scale=median)


@attrs.frozen
class Discrete(Distribution):
    """Some values or words, each with its chance: `discrete({"0.08 USD/kWh": "40 %", "0.12 USD/kWh": "60 %"})`."""

    chances: Mapping[Any, Figure]

    def settled(self, own: Own) -> Parameters:
        given: object = self.chances
        if not isinstance(given, Mapping) or not given:
            raise ValueRefused(f"{own.what}: discrete takes chances by value, such as {{'1 USD': '40 %', ...}}.")
        values = own.values(list(self.chances))
        chances = [own.share(f"chance of {value}", chance) for value, chance in self.chances.items()]
        if min(chances) < 0 or not math.isclose(math.fsum(chances), 1, rel_tol=1e-9):
            said = ", ".join(f"{chance:.6g}" for chance in chances)
            raise ValueRefused(f"{own.what}: the chances of discrete are shares that come to 1, got {said}.")
        return *values, *chances

    def law(self, settled: Parameters) -> Steps:
        many = len(settled) // 2
        return Steps.of(settled[:many], settled[many:])

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{value}: {chance}' for value, chance in self.chances.items())})"


@attrs.frozen(eq=False)
class Observed(Distribution):
    """What was observed, each value as likely as another: numbers, quantities or words, as `array` takes them."""

    values: Given

    def settled(self, own: Own) -> Parameters:
        values = own.values(self.values)
        if not values:
            raise ValueRefused(f"{own.what}: observed has no value.")
        return tuple(values)

    def law(self, settled: Parameters) -> Steps:
        return Steps.of(settled, [1 / len(settled)] * len(settled))

    def __str__(self) -> str:
        return f"{self.name}({len(self.values)} values)" if isinstance(self.values, Sized) else self.name


@attrs.frozen(eq=False)
class Steps:
    """A distribution over some values, whose places or magnitudes rise, with the chance of each or a lesser one."""

    values: NDArray[np.float64]
    upto: NDArray[np.float64]

    @classmethod
    def of(cls, values: Sequence[float], chances: Sequence[float]) -> Steps:
        """Return the distribution over values, each with its chance."""
        import numpy as np

        order = np.argsort(values, kind="stable")
        return cls(np.asarray(values, dtype=float)[order], np.cumsum(np.asarray(chances, dtype=float)[order]))

    def ppf(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value that a share of the cases does not exceed."""
        # The last sum may be a digit below one.
        places = self.upto.searchsorted(shares, side="right")
        found: NDArray[np.float64] = self.values[places.clip(max=len(self.values) - 1)]
        return found


uniform, triangular, pert, normal, lognormal = Uniform, Triangular, Pert, Normal, Lognormal
discrete, observed = Discrete, Observed


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
