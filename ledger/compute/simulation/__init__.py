"""Answers when inputs are uncertain: many cases drawn at random, the same for all options.

- `distributions`: what an input may be, with which chance; `own`: of figures of its unit; `marginal`: within its bounds
- `sample`: shares drawn evenly, and correlated; `plan`: a piece of the cases worked out; `tally`: what is counted
- `simulate`: from what is asked for to `simulation`, the result; `plots`: its pictures
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
