"""What came of a simulation: how lines are spread in each option, which is better, what it comes from; its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

import attrs

from unitledger.compute.many.table import Table, new_axes
from unitledger.compute.simulation.sample import Correlations, Sample
from unitledger.compute.simulation.tally import STEPS, Tally
from unitledger.errors import UnknownName, ValueRefused, did_you_mean
from unitledger.units import Q, Quantity, Unit, number_text

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from unitledger.views import Grid

    Figures = NDArray[np.float64]

Plot = Literal["histogram", "exceedance", "tornado"]

PLOTS: tuple[Plot, ...] = ("histogram", "exceedance", "tornado")

BARS = 30
"""Into so many bars a histogram puts the cases."""

_END = 5
"""So many thousandths of the cases at each end are not in the histogram, which would be mostly empty with them."""


def histogram(curves: list[Figures], bars: int = BARS) -> tuple[Figures, list[Figures]]:
    """Return the edges of bars, common to all curves of percentiles, and for each the share of cases in each bar."""
    import numpy as np

    low = min(float(curve[_END]) for curve in curves)
    high = max(float(curve[STEPS - _END]) for curve in curves)
    if low == high:
        low, high = low - abs(low) / 100 - 1e-9, high + abs(high) / 100 + 1e-9
    edges = np.linspace(low, high, bars + 1)
    # The last place of each edge, so that a value that many cases share is counted whole.
    shares = [np.diff([np.searchsorted(curve, edge, side="right") for edge in edges]) / (STEPS + 1) for curve in curves]
    return edges, shares


def draw_curves(axes: Axes, kind: Plot, curves: Mapping[str, Figures], said: str) -> None:
    """Draw curves of percentiles by option, as histograms or as what is exceeded; `said`: the line and its unit."""
    if kind == "histogram":
        edges, shares = histogram(list(curves.values()))
        for option, bars in zip(curves, shares, strict=True):
            axes.stairs(100 * bars, edges, label=option, fill=True, alpha=0.5)
    else:
        for option, curve in curves.items():
            axes.plot(curve, [100 - 100 * step / STEPS for step in range(STEPS + 1)], label=option)
    axes.set(xlabel=said, ylabel="share of cases [%]" if kind == "histogram" else "cases above [%]")
    axes.legend()


def draw_tornado(axes: Axes, shares: Mapping[str, float], line: str, option: str) -> None:
    """Draw the share of the variance of a line that each input explains, the largest on top."""
    axes.barh(list(shares)[::-1], [100 * share for share in shares.values()][::-1])
    axes.set(xlabel=f"share of the variance of {line} [%]", title=option)


SHOWN = (5, 50, 95)
"""The percentiles that are shown."""

_ALL = 100


@attrs.frozen(eq=False)
class Simulation:
    """How lines are spread in options when inputs are drawn at random; printing it gives a table.

    Where a method takes a line or an option, None stands for the first: the answer, the base option. `sample`: how many
    cases, from which seed and how they were drawn. `inputs`: what was drawn, in words. `as_is`: by option, the lines
    with every input as it is, as written. `alerts`: texts of what was counted. `sign`: 1 where more of the answer is
    better, -1 where less is, 0 where no option is to win. `tally`: what was counted. `rows`: the cases, where they are
    one piece.
    """

    title: str
    units: Mapping[str, Unit]
    inputs: Mapping[str, str]
    correlations: Correlations
    sample: Sample
    as_is: Mapping[str, tuple[float, ...]]
    sign: int
    alerts: tuple[str, ...]
    cut: Mapping[str, Mapping[str, float]]
    tally: Tally
    rows: Table

    @property
    def cases(self) -> int:
        """How many cases were worked out in each option."""
        return self.sample.cases

    @property
    def seed(self) -> int:
        """What the cases were drawn from: equal seeds give equal cases."""
        return self.sample.seed

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines looked at, the answer first."""
        return tuple(self.units)

    @property
    def options(self) -> tuple[str, ...]:
        """The options looked at."""
        return tuple(self.as_is)

    def percentile(self, percent: float, option: str | None = None, line: str | None = None) -> Quantity:
        """Return what so many percent of the cases do not exceed: 50 gives the median.

        Of more than one piece (131,072 cases) it lies between the least and the greatest case of one of 4,096 bands, of
        which each holds about as many cases as another. Raises UnknownName or ValueRefused.
        """
        import numpy as np

        if not (isinstance(percent, Real) and 0 <= percent <= _ALL):
            raise ValueRefused(f"A percentile is between 0 and 100, not {percent!r:.60}.")
        at, place = self._at(option, line)
        return self._quantity(self.tally.ranked(at, place, np.array([percent / _ALL]))[0], place)

    def curve(self, option: str | None = None, line: str | None = None) -> NDArray[np.float64]:
        """Return the percentiles of a line in equal steps of a tenth, 1001 of them, in its unit as written."""
        import numpy as np

        return self.tally.ranked(*self._at(option, line), np.arange(STEPS + 1) / STEPS)

    def mean(self, option: str | None = None, line: str | None = None) -> Quantity:
        """Return the mean of a line over all cases of an option."""
        at, place = self._at(option, line)
        as_is = self.as_is[self.options[at]][place]
        return self._quantity(as_is + self.tally.sums[at, place, 0].sum() / self.cases, place)

    def deviation(self, option: str | None = None, line: str | None = None) -> Quantity:
        """Return the standard deviation of a line over all cases of an option."""
        at, place = self._at(option, line)
        return self._quantity(self.tally.deviation[at, place], place)

    def chance(self, option: str, against: str | None = None) -> float:
        """Return the share of cases in which the answer of an option is better than another's, 0 to 1.

        `against`: None stands for all others at once. An answer that is not plausible is beaten by every plausible
        one; a tie counts for neither. Raises UnknownName, or ValueRefused where no option is to win.
        """
        if not self.sign:
            raise ValueRefused(
                f"Nothing says which {self.lines[0]!r} of {self.title!r} is better: it is not the headline, or the "
                "options are cases, not alternatives."
            )
        at, _ = self._at(option, None)
        won = self.tally.best[at] if against is None else self.tally.beats[at, self._at(against, None)[0]]
        return float(won / self.cases)

    def contributions(self, option: str | None = None, line: str | None = None) -> dict[str, float]:
        """Return the share of the variance of a line that each input explains by itself, the largest first.

        The first-order index of Sobol: by so much the variance would be less, on average, if the input were known.
        What inputs do together only is in none of them; correlated inputs share what they have in common.
        """
        at, place = self._at(option, line)
        shares = dict(zip(self.inputs, self.tally.contributions[at, place].tolist(), strict=True))
        return dict(sorted(shares.items(), key=lambda each: each[1], reverse=True))

    def outside(self, option: str | None = None) -> dict[str, int]:
        """Return by input in how many cases it is below its low or above its high."""
        return dict(zip(self.inputs, self.tally.outside[self._at(option, None)[0]].tolist(), strict=True))

    def raised(self, option: str | None = None) -> dict[str, int]:
        """Return by alert of the ledger in how many cases it is raised."""
        return dict(zip(self.alerts, self.tally.raised[self._at(option, None)[0]].tolist(), strict=True))

    def to_frame(self) -> pd.DataFrame:
        """Return the cases, an option below the other: inputs and lines, with units in the headings; it needs pandas.

        Raises ValueRefused for more cases than one piece, which are not kept.
        """
        if not self.rows.columns:
            raise ValueRefused(
                f"{self.cases:,} cases are not kept in memory. simulate(..., parquet='folder') writes them, and "
                "pandas.read_parquet('folder') reads them."
            )
        return self.rows.to_frame()

    def plot(
        self, kind: Plot = "histogram", *, line: str | None = None, option: str | None = None, axes: Axes | None = None
    ) -> Axes:
        """Draw a line with matplotlib, on `axes` or on new ones, and return these.

        `kind`: "histogram" or "exceedance" of all options, or of the one named; "tornado" of what the variance comes
        from. Raises MissingExtra, UnknownName or ValueRefused.
        """
        if kind not in PLOTS:
            raise ValueRefused(f"plot: expected one of {', '.join(PLOTS)}, got {kind!r:.60}.")
        at, place = self._at(option, line)
        drawn, name = new_axes() if axes is None else axes, self.lines[place]
        if kind == "tornado":
            draw_tornado(drawn, self.contributions(option, line), name, self.options[at])
        else:
            curves = {each: self.curve(each, line) for each in (self.options if option is None else (option,))}
            draw_curves(drawn, kind, curves, f"{name} [{self.units[name].spelling}]")
        return drawn

    def __str__(self) -> str:
        return "\n\n".join((*self._said(), *(grid.to_text(rule=False) for grid in self._grids())))

    def _repr_html_(self) -> str:
        from unitledger.views import page, paragraph

        return page(*map(paragraph, self._said()), *(grid.to_html() for grid in self._grids()))

    def _said(self) -> list[str]:
        drawn = ", ".join(f"{name} {text}" for name, text in self.inputs.items())
        return [f"{self.title}: {self.cases:,} cases, seed {self.seed}, {self.sample.sampling}. Drawn: {drawn}."]

    def _grids(self) -> list[Grid]:
        from unitledger.views import Grid

        grids = []
        for line in self.lines:
            heads = (line, *(f"P{percent}" for percent in SHOWN), "mean")
            spread = tuple((option, *map(str, self._spread(option, line))) for option in self.options)
            grids.append(Grid(heads, spread, frozenset(range(1, len(heads)))))
        if self.sign and len(self.options) > 1:
            best = tuple((option, _share(self.chance(option))) for option in self.options)
            grids.append(Grid((self.lines[0], "best of all in"), best, frozenset({1})))
        held = {option: self.contributions(option) for option in self.options}
        shares = tuple(
            (name, *(_share(held[option][name]) for option in self.options)) for name in next(iter(held.values()))
        )
        heads = (f"share of the variance of {self.lines[0]}", *self.options)
        return [*grids, Grid(heads, shares, frozenset(range(1, len(heads))))]

    def _spread(self, option: str, line: str) -> list[Quantity]:
        found = [*(self.percentile(percent, option, line) for percent in SHOWN), self.mean(option, line)]
        unit = self.units[line]
        return [Q(float(f"{float(each.magnitude):.4g}"), unit) for each in found]

    def _at(self, option: str | None, line: str | None) -> tuple[int, int]:
        """Return the places of an option and a line. Raises UnknownName."""
        places = []
        for what, name, known in (("option", option, self.options), ("line", line, self.lines)):
            if name is not None and name not in known:
                hint = did_you_mean(name, known)
                raise UnknownName(f"The simulation has no {what} {name!r}; it has {', '.join(known)}.{hint}")
            places.append(0 if name is None else known.index(name))
        return places[0], places[1]

    def _quantity(self, written: Any, place: int) -> Quantity:
        return Q(float(written), self.units[self.lines[place]])


def _share(share: float) -> str:
    return number_text(round(100 * share, 1), Unit.parse("%")) + " %"
