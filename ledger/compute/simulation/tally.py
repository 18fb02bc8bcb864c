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

BANDS = 4096
"""Into so many bands the cases of a line are counted by what it is, where they are too many to be kept."""

PILOT = 2**14
"""Of so many cases, the first ones, an equal share is in each band."""


@attrs.frozen(eq=False)
class Tally:
    """Counts and sums over cases; the axes are options o, lines l, inputs i, bins of an input's shares b, alerts a.

    Of one piece every case is a band v of what a line is; of several, bands are those of `edges_of` the first cases.

    `sums` [o l i b]: how far a line is, in all, from where it is with every input as it is; `counts` [i b]: of how many
    cases; `squares` [o l]: of that, in all; `within` [o l v]: cases in each band, `least` and `greatest` [o l v]: of
    them, infinite where there is none; `outside` [o i]: cases beyond an input's low or high; `raised` [o a];
    `implausible` [o]; `beats` [o o]: cases in which the answer of one option is better than another's; `best` [o]:
    better than all others.
    """

    cases: int
    squares: Figures
    within: Counts
    least: Figures
    greatest: Figures
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
        size = np.maximum(abs(self.least.min(-1)), abs(self.greatest.max(-1)))
        dust = TOLERANCE**2 * size[:, :, None] ** 2 * self.cases
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = 1 - (about - between) / free / (about / (self.cases - 1))
        return np.where((about > dust) & (free > 0), shares, 0.0).clip(0, 1)

    def ranked(self, option: int, line: int, shares: Figures) -> Figures:
        """Return what shares of the cases do not exceed: on straight lines between the ends of bands."""
        import numpy as np

        held = self.within[option, line].nonzero()
        within, least, greatest = (each[option, line][held] for each in (self.within, self.least, self.greatest))
        last = within.cumsum()
        ranks = np.stack([last - within, last - 1], axis=1).ravel()
        found: Figures = np.interp(shares * (self.cases - 1), ranks, np.stack([least, greatest], axis=1).ravel())
        return found

    @property
    def _about_mean(self) -> Figures:
        """Sum of the squares of how far each line is from its mean [o l]."""
        total: Figures = self.sums[:, :, 0].sum(-1)
        return (self.squares - total**2 / self.cases).clip(min=0)


def edges_of(lines: Figures) -> Figures:
    """Return where bands meet, by lines in the first cases [o l case]: each holds as many of them as another."""
    import numpy as np

    # Every place is that of a case, so that what is the same in many cases is not in two bands.
    return np.sort(lines, axis=-1)[..., np.linspace(0, lines.shape[-1] - 1, BANDS + 1).astype(np.intp)[1:-1]]


def banded(lines: Figures, edges: Figures | None) -> tuple[Counts, Figures, Figures]:
    """Return how many cases of lines [o l case] are in each band, and the least and the greatest of them [o l v].

    `edges` [o l v - 1]: the greatest that a band holds; None: each case is a band.
    """
    import numpy as np

    ranked = np.sort(lines, axis=-1)
    if edges is None:
        return np.ones(lines.shape, dtype=np.int64), ranked, ranked
    cases = ranked.shape[-1]
    ends = np.full((*edges.shape[:-1], edges.shape[-1] + 1), cases)
    for place in np.ndindex(edges.shape[:-1]):
        ends[place][:-1] = ranked[place].searchsorted(edges[place], side="right")
    within = np.diff(ends, axis=-1, prepend=0)
    least = np.take_along_axis(ranked, (ends - within).clip(max=cases - 1), axis=-1)
    greatest = np.take_along_axis(ranked, (ends - 1).clip(min=0), axis=-1)
    return within, np.where(within, least, np.inf), np.where(within, greatest, -np.inf)


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
