"""Answers when inputs are uncertain: many cases drawn at random, the same for all options.

- `distributions`: what an input may be, with which chance, within its bounds; `own`: of figures of its unit
- `sample`: shares drawn evenly, and correlated; `plan`: from what is asked for to the cases; `tally`: what is counted
- `simulation`: the result, and its pictures
"""

from __future__ import annotations

from unitledger.compute.simulation.distributions import (
    Distribution,
    discrete,
    lognormal,
    normal,
    observed,
    pert,
    triangular,
    uniform,
)
from unitledger.compute.simulation.sample import Correlations, Sampling

__all__ = [
    "Correlations",
    "Distribution",
    "Sampling",
    "discrete",
    "lognormal",
    "normal",
    "observed",
    "pert",
    "triangular",
    "uniform",
]
