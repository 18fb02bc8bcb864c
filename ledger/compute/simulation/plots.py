"""Pictures of a simulation, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from unitledger.compute.simulation.tally import STEPS

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

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
