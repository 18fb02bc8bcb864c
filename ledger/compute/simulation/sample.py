"""Cases as shares between 0 and 1, a column for each input: drawn evenly, and put in an order that correlates them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

import attrs

from unitledger.errors import UnknownName, ValueRefused, check_installed, did_you_mean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shares = NDArray[np.float64]

Sampling = Literal["latin", "sobol", "random"]
"""Latin hypercube, Sobol's sequence (scrambled), or plain pseudo-random numbers."""

# A matrix with a lesser eigenvalue is singular but for digits that were lost.
_SINGULAR = 1e-12

SAMPLINGS: tuple[Sampling, ...] = ("latin", "sobol", "random")

Correlations = Mapping[tuple[str, str], float]
"""Rank correlation (Spearman's) by pair of inputs."""


@attrs.frozen
class Sample:
    """So many cases of inputs, the same however they are cut into pieces of the same ends.

    `order`: for the inputs that are correlated, by place, the lower triangle that makes them so.
    """

    cases: int
    inputs: tuple[str, ...]
    seed: int
    sampling: Sampling
    places: tuple[int, ...]
    triangle: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, cases: int, inputs: Sequence[str], seed: int, sampling: Sampling, correlations: Correlations) -> Sample:
        """Return a sample. Raises ValueRefused, UnknownName for a correlation, MissingExtra without scipy."""
        check_installed("scipy", "simulate", "A simulation")
        asked: tuple[tuple[str, Any, int], ...] = (("cases", cases, 2), ("seed", seed, 0))
        for what, given, least in asked:
            if isinstance(given, bool) or not isinstance(given, int) or given < least:
                raise ValueRefused(f"{what}: expected a whole number from {least} on, got {given!r:.60}.")
        if sampling not in SAMPLINGS:
            raise ValueRefused(f"sampling: expected one of {', '.join(SAMPLINGS)}, got {sampling!r:.60}.")
        if sampling == "sobol" and cases & (cases - 1):
            below = 1 << cases.bit_length() - 1
            raise ValueRefused(
                f"Sobol's sequence is even in powers of two only: take {below:,} or {2 * below:,} cases, not {cases:,}."
            )
        pairs: object = correlations
        if not isinstance(pairs, Mapping) or any(not isinstance(pair, tuple) or len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a pair.
            raise ValueRefused(
                f"correlations: expected numbers by pair of inputs, such as {{('load', 'tariff'): 0.4}}, got "
                f"{correlations!r:.60}."
            )
        places = [place for place, name in enumerate(inputs) if any(name in pair for pair in correlations)]
        triangle = _triangle([inputs[place] for place in places], inputs, correlations) if correlations else ()
        if correlations and cases < 10 * len(places):
            raise ValueRefused(f"Correlating {len(places)} inputs takes {10 * len(places)} cases or more, got {cases}.")
        return cls(cases, tuple(inputs), seed, sampling, tuple(places), triangle)

    def shares(self, piece: int, start: int, stop: int) -> Shares:
        """Return the shares of some cases, of shape (cases, inputs), each above 0 and below 1."""
        import numpy as np
        from scipy.stats import qmc

        many, across = stop - start, len(self.inputs)
        generator = np.random.default_rng([self.seed, piece])
        if self.sampling == "sobol":
            # One sequence for all pieces, so that together they are as even as it is.
            engine = qmc.Sobol(across, rng=np.random.default_rng(self.seed))
            if start:
                engine.fast_forward(start)
            found = engine.random(many)
        elif self.sampling == "latin":
            found = qmc.LatinHypercube(across, rng=generator).random(many)
        else:
            found = generator.random((many, across))
        found = found.clip(np.finfo(float).tiny, math.nextafter(1, 0))
        return self._correlated(found) if self.places else found

    def _correlated(self, shares: Shares) -> Shares:
        """Put columns into the order in which their ranks correlate (Iman and Conover 1982); each keeps its values."""
        import numpy as np
        from scipy.special import ndtri

        scores = ndtri(shares[:, self.places])
        own = np.linalg.cholesky(np.corrcoef(scores, rowvar=False))
        apart = np.linalg.solve(own, (scores - scores.mean(0)).T / scores.std(0)[:, None]).T
        wanted = apart @ np.array(self.triangle).T
        for place, column in zip(self.places, wanted.T, strict=True):
            shares[np.argsort(column), place] = np.sort(shares[:, place])
        return shares


def _triangle(names: Sequence[str], inputs: Sequence[str], given: Correlations) -> tuple[tuple[float, ...], ...]:
    """Return the Cholesky factor of the correlations of normal scores whose ranks correlate as given."""
    import numpy as np

    matrix = np.identity(len(names))
    for pair, rank in given.items():
        for name in pair:
            if name not in names or name not in inputs:
                raise UnknownName(f"Correlation of {name!r}, which is not drawn.{did_you_mean(name, inputs)}")
        one, other = (names.index(name) for name in pair)
        if one == other or not (isinstance(rank, Real) and -1 < rank < 1):
            raise ValueRefused(
                f"The rank correlation of {pair[0]!r} and {pair[1]!r} is {rank!r:.60}: it is between two inputs, and "
                "above -1 and below 1."
            )
        matrix[one, other] = matrix[other, one] = 2 * math.sin(math.pi * rank / 6)
    least = float(np.linalg.eigvalsh(matrix).min())
    if least <= _SINGULAR:
        raise ValueRefused(
            f"These rank correlations of {', '.join(names)} cannot hold together: their matrix is not positive "
            f"definite (least eigenvalue {least:.3g}). Bring them closer to 0."
        )
    return tuple(map(tuple, np.linalg.cholesky(matrix).tolist()))
