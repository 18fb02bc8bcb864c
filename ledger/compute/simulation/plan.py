"""A simulation from what is asked for to its result: settled before the first case, worked out piece by piece."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from unitledger.compute.alerts import disqualifying
from unitledger.compute.many.arrays import arrays
from unitledger.compute.many.pieces import Shared, check_folder, done, spans, write_piece
from unitledger.compute.many.table import Table, table_of
from unitledger.compute.sensitivity import ranges
from unitledger.compute.simulation.distributions import Distribution, Marginal, Triangular
from unitledger.compute.simulation.own import Own
from unitledger.compute.simulation.sample import Correlations, Sample, Sampling
from unitledger.compute.simulation.simulation import Simulation
from unitledger.compute.simulation.tally import PILOT, Tally, banded, better, edges_of, summed
from unitledger.errors import UnknownName, ValueRefused
from unitledger.expression import Expression
from unitledger.model import Entries
from unitledger.units import quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from unitledger.compute.many.arrays import Columns
    from unitledger.compute.many.cases import Cases

    Found = Mapping[str, tuple[Mapping[str, Cases], Columns]]
    from unitledger.compute.many.pieces import Workers
    from unitledger.compute.sensitivity import Values

_MOST_BINS = 64


@attrs.frozen
class Plan:
    """A simulation before its first case.

    `lines`: those looked at, the answer first; `drawn`: by option and input; `as_is`: by option, what the lines are
    with every input as it is, as written; `sign`: 1 where more of the answer is better, -1 where less is, 0 where no
    option is better than another. `edges`: where bands of lines meet, as `edges_of` gives them; None: of one piece.
    """

    entries: Entries
    lines: tuple[str, ...]
    sample: Sample
    drawn: Mapping[str, Mapping[str, Marginal]]
    as_is: Mapping[str, tuple[float, ...]]
    sign: int
    edges: NDArray[np.float64] | None = None

    @property
    def bins(self) -> int:
        """Into so many bins the cases of an input are put, to see what of the variance is between them."""
        return max(2, min(_MOST_BINS, math.isqrt(self.sample.cases)))

    def in_bands(self, first: tuple[int, int]) -> Plan:
        """Return the plan with the bands that the first cases of the first piece make."""
        import numpy as np

        found = self.found(self.sample.shares(0, *first)[:PILOT], 0, {})
        return attrs.evolve(self, edges=edges_of(np.array([list(held.values()) for _, held in found.values()])))

    def found(self, shares: NDArray[np.float64], first: int, conditions: Mapping[str, Expression]) -> Found:
        """Return by option the cases of each input, and the lines and `conditions` in these."""
        return {
            option: (cases, arrays(self.entries, self.lines, cases, option, conditions))
            for option, cases in self.cases(shares, first).items()
        }

    def cases(self, shares: NDArray[np.float64], first: int) -> dict[str, dict[str, Cases]]:
        """Return the cases of each input by option; those that are the same are drawn once."""
        found: dict[str, dict[str, Cases]] = {option: {} for option in self.drawn}
        for place, name in enumerate(self.sample.inputs):
            done: list[tuple[Marginal, Cases]] = []
            for option, marginals in self.drawn.items():
                own = marginals[name]
                same = next((cases for other, cases in done if other.same_as(own)), None)
                found[option][name] = own.drawn(shares[:, place], first) if same is None else same
                done.append((own, found[option][name]))
        return found


@attrs.frozen
class Piece:
    """Some of the cases: their tally, and their rows where they are `kept`; `folder`: where rows are written."""

    plan: Shared[Plan]
    place: int
    span: tuple[int, int]
    folder: Path | None
    kept: bool

    def __call__(self) -> tuple[Tally, Table]:
        """Return what is counted of the cases, and their rows, none where they are not kept."""
        plan = self.plan.held
        shares = plan.sample.shares(self.place, *self.span)
        conditions = {alert.name: alert.condition for alert in plan.entries.alerts}
        found = plan.found(shares, self.span[0], conditions)
        tally = _tally(plan, shares, found)
        if self.folder is None and not self.kept:
            return tally, Table(())
        rows = {option: (cases, {line: held[line] for line in plan.lines}) for option, (cases, held) in found.items()}
        table = table_of(plan.entries, rows, named=True)
        if self.folder is not None:
            write_piece(table, self.folder, self.place)
        return tally, table if self.kept else Table(())


def _tally(plan: Plan, shares: NDArray[np.float64], found: Found) -> Tally:
    """Return what is counted of cases, by option, inputs and lines as they were found."""
    import numpy as np

    lines = np.array([[held[line] for line in plan.lines] for _, held in found.values()])
    as_is = np.array(list(plan.as_is.values()))
    alerts = [alert.name for alert in plan.entries.alerts]
    blocking = [alert.name in {each.name for each in disqualifying(plan.entries)} for alert in plan.entries.alerts]
    raised = np.array([[held[name] for name in alerts] for _, held in found.values()], dtype=bool)
    raised = raised.reshape(len(found), len(alerts), len(shares))
    implausible = np.any(raised[:, blocking], axis=1)
    counts, sums = summed(shares, lines - as_is[:, :, None], plan.bins)
    within, least, greatest = banded(lines, plan.edges)
    beats, best = better(plan.sign * lines[:, 0], implausible)
    outside = [
        [plan.drawn[option][name].outside(cases[name]) for name in cases] for option, (cases, _) in found.items()
    ]
    return Tally(
        cases=len(shares),
        squares=((lines - as_is[:, :, None]) ** 2).sum(-1),
        within=within,
        least=least,
        greatest=greatest,
        counts=counts,
        sums=sums,
        outside=np.array(outside),
        raised=raised.sum(-1),
        implausible=implausible.sum(-1),
        beats=beats,
        best=best,
    )


def simulate(
    entries: Entries,
    cases: int,
    inputs: Mapping[str, Distribution] | None,
    values: Values,
    *,
    lines: Sequence[str],
    seed: int,
    sampling: Sampling,
    correlations: Correlations,
    executor: Workers | None = None,
    parquet: str | Path | None = None,
) -> Simulation:
    """Return what lines are when inputs are drawn at random, in the options whose `values` are given.

    `inputs`: None stands for every one with a range, triangular. The same shares are drawn for all options.
    """
    ranged = (name for line in lines for name in ranges(entries, line, next(iter(values))))
    drawn: dict[str, Distribution] = {name: Triangular() for name in ranged} if inputs is None else dict(inputs)
    if not drawn:
        raise UnknownName("Name at least one input that is drawn, or give inputs a low or a high.")
    for name, distribution in drawn.items():
        if not isinstance(distribution, Distribution):
            raise ValueRefused(
                f"Input {name!r}: expected a distribution, such as triangular('30 %', '70 %', '100 %'), got "
                f"{distribution!r:.60}."
            )
    sample = Sample.of(cases, tuple(drawn), seed, sampling, correlations)
    marginals = {
        option: {name: Marginal.of(Own.of(entries, name, option), each) for name, each in drawn.items()}
        for option in values
    }
    units = {line: entries.lines[line].unit for line in lines}
    as_is = {
        option: tuple(float(quantity(held[line], unit).magnitude) for line, unit in units.items())
        for option, held in values.items()
    }
    plan = Plan(entries, tuple(lines), sample, marginals, as_is, _sign(entries, lines[0]))
    folder = None if parquet is None else check_folder(parquet)
    cuts = spans(cases)
    shared = Shared(plan if len(cuts) == 1 else plan.in_bands(cuts[0]))
    pieces = [Piece(shared, place, span, folder, len(cuts) == 1) for place, span in enumerate(cuts)]
    tallies = done(pieces, executor, f"{cases:,} cases")
    tally, rows = next(tallies)
    for more, _ in tallies:
        tally += more
    return Simulation(
        title=entries.title,
        units=units,
        inputs={name: str(each) for name, each in drawn.items()},
        correlations=dict(correlations),
        sample=sample,
        as_is=as_is,
        sign=plan.sign,
        alerts=tuple(alert.text for alert in entries.alerts),
        cut={option: {name: each.cut for name, each in held.items()} for option, held in marginals.items()},
        tally=tally,
        rows=rows,
    )


def _sign(entries: Entries, line: str) -> int:
    """Return 1 where more of a line is better, -1 where less is, 0 where nothing says so or no option is to win."""
    if entries.answer is None or entries.answer.line != line or not entries.alternatives:
        return 0
    return 1 if entries.answer.better == "higher" else -1
