"""Measuring two ways of doing one thing in turn, so that a machine whose speed drifts drifts for both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter

import attrs


@attrs.frozen
class Ratio:
    """What ours costs over what the other costs, with the limit it is held to; None: it is measured only."""

    title: str
    ours: float
    other: float
    limit: float | None
    unit: str

    @property
    def value(self) -> float:
        """Ours over the other."""
        return self.ours / self.other

    @property
    def over(self) -> bool:
        """Whether it is over its limit."""
        return self.limit is not None and self.value > self.limit

    def __str__(self) -> str:
        verdict, limit = (
            ("", "no limit") if self.limit is None else ("OVER" if self.over else "ok", f"limit {self.limit:g}")
        )
        figures = f"{self.ours:.3f} {self.unit} against {self.other:.3f} {self.unit}"
        return f"{verdict:<4} {self.value:5.2f} ({limit})  {self.title}: {figures}"


def seconds(work: Callable[[], object]) -> float:
    """Return the time of one run, with the collector run before it."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def paired(
    title: str, ours: Callable[[], object], other: Callable[[], object], limit: float | None, runs: int = 7
) -> Ratio:
    """Return the ratio of the median times of both, run in turn after one warm-up each.

    What earlier measurements left behind is kept from the collector, as if each had a process of its own.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    ours()
    other()
    times = [(seconds(ours), seconds(other)) for _ in range(runs)]
    return Ratio(title, median(mine for mine, _ in times), median(theirs for _, theirs in times), limit, "s")
