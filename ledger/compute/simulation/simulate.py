"""A simulation from what is asked for to its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from unitledger.compute.columns import ranges
from unitledger.compute.many.parquet import check_folder
from unitledger.compute.many.pieces import Shared, done, spans
from unitledger.compute.simulation.distributions import Distribution, Triangular
from unitledger.compute.simulation.marginal import Marginal
from unitledger.compute.simulation.own import Own
from unitledger.compute.simulation.plan import Piece, Plan
from unitledger.compute.simulation.sample import Correlations, Sample, Sampling
from unitledger.compute.simulation.simulation import Simulation
from unitledger.errors import UnknownName, ValueRefused
from unitledger.model import Entries
from unitledger.units import quantity

if TYPE_CHECKING:
    from unitledger.compute.columns import Values
    from unitledger.compute.many.pieces import Workers


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
    drawn = _ranged(entries, lines, next(iter(values))) if inputs is None else dict(inputs)
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


def _ranged(entries: Entries, lines: Sequence[str], option: str) -> dict[str, Distribution]:
    """Return triangular distributions of the inputs that lines stand on and that have a range."""
    return {name: Triangular() for line in lines for name in ranges(entries, line, option)}


def _sign(entries: Entries, line: str) -> int:
    """Return 1 where more of a line is better, -1 where less is, 0 where nothing says so or no option is to win."""
    if entries.answer is None or entries.answer.line != line or not entries.alternatives:
        return 0
    return 1 if entries.answer.better == "higher" else -1
