"""What is counted of cases: sums that pieces add up to, whoever worked them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from unitledger.compute.cancellation import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Figures = NDArray[np.float64]
    Counts = NDArray[np.int64]
    Marks = NDArray[np.bool_]

STEPS = 1000
"""A curve of percentiles has so many equal steps, from the least case to the greatest."""


@attrs.frozen(eq=False)
class Tally:
    """Counts and sums over cases; the axes are options o, lines l, inputs i, bins of an input's shares b, alerts a.

    `sums` [o l i b]: how far a line is, in all, from where it is with every input as it is; `counts` [i b]: of how many
    cases; `squares` [o l]: of that, in all; `least`, `greatest` [o l]; `curve` [o l step]: percentiles, times the cases
    of their piece; `outside` [o i]: cases beyond an input's low or high; `raised` [o a]; `implausible` [o]; `beats` [o
    o]: cases in which the answer of one option is better than another's; `best` [o]: better than all others.
    """

    cases: int
    squares: Figures
    least: Figures
    greatest: Figures
    curve: Figures
    counts: Counts
    sums: Figures
    outside: Counts
    raised: Counts
    implausible: Counts
    beats: Counts
    best: Counts

    def __add__(self, other: Tally) -> Tally:
        import numpy as np

        ways = {"least": np.minimum, "greatest": np.maximum}
        fields = (field.name for field in attrs.fields(Tally))
        return Tally(**{name: ways.get(name, np.add)(getattr(self, name), getattr(other, name)) for name in fields})

    @property
    def deviation(self) -> Figures:
        """Standard deviation of each line in each option [o l]."""
        import numpy as np

        return np.sqrt(self._about_mean / (self.cases - 1))

    @property
    def contributions(self) -> Figures:
        """Share of the variance of each line that each input explains by itself [o l i]; 0 where nothing varies.

        The first-order index of Sobol: of the variance, what is between bins of the input. Chance alone would put some
        between them, which is taken off (epsilon squared).
        """
        import numpy as np

        total = self.sums.sum(-1)
        filled = np.maximum(self.counts, 1)
        between = (self.sums**2 / filled).sum(-1) - total**2 / self.cases
        about = self._about_mean[:, :, None]
        free = self.cases - (self.counts > 0).sum(-1)
        dust = TOLERANCE**2 * np.maximum(abs(self.least), abs(self.greatest))[:, :, None] ** 2 * self.cases
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = 1 - (about - between) / free / (about / (self.cases - 1))
        return np.where((about > dust) & (free > 0), shares, 0.0).clip(0, 1)

    @property
    def _about_mean(self) -> Figures:
        """Sum of the squares of how far each line is from its mean [o l]."""
        total: Figures = self.sums[:, :, 0].sum(-1)
        return (self.squares - total**2 / self.cases).clip(min=0)


def curves(lines: Figures) -> Figures:
    """Return what a share of the cases does not exceed, for every step of the share, over the last axis."""
    import numpy as np

    return np.moveaxis(np.quantile(lines, np.linspace(0, 1, STEPS + 1), axis=-1), 0, -1)


def summed(shares: Figures, apart: Figures, bins: int) -> tuple[Counts, Figures]:
    """Return how many cases are in each bin of each input [i b], and the sums of lines over them [o l i b].

    The bins of an input are of equal width in its shares, so that each holds as many cases as another.
    """
    import numpy as np

    at = [(column * bins).astype(np.intp) for column in shares.T]
    counts = np.array([np.bincount(places, minlength=bins) for places in at])
    sums = [[[np.bincount(places, line, bins) for places in at] for line in option] for option in apart]
    return counts, np.array(sums)


def better(answers: Figures, implausible: Marks) -> tuple[Counts, Counts]:
    """Return in how many cases each option beats each other [o o], and all others [o]; more of an answer is better.

    An answer that is not plausible is beaten by every plausible one; answers that differ by no more than engines do
    are a tie, and beat nobody.
    """
    import numpy as np

    many = len(answers)
    beats, best = np.zeros((many, many), dtype=np.int64), np.zeros(many, dtype=np.int64)
    for one in range(many):
        ahead = np.ones_like(implausible[one])
        for other in set(range(many)) - {one}:
            margin = TOLERANCE * np.maximum(abs(answers[one]), abs(answers[other]))
            wins = ~implausible[one] & (implausible[other] | (answers[one] - answers[other] > margin))
            beats[one, other] = wins.sum()
            ahead &= wins
        best[one] = ahead.sum()
    return beats, best
