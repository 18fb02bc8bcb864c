"""From plan to actual: what each step of a ledger of plan and actual does to a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import isclose

import attrs

from unitledger.compute.against.actuals import ONE
from unitledger.compute.evaluate import reached
from unitledger.errors import EmptyLedger, UnknownName, ValueRefused
from unitledger.expression.digits import added_up
from unitledger.model import PLAN, AxisLine, Effect, Entries, Line, Outcome, cell_name, formulas
from unitledger.units import Quantity, quantity

Values = Mapping[str, float]

# What is left where figures that are equal come about in two ways.
_DUST = 1e-12


@attrs.frozen
class Bridge:
    """A line from plan to actual, in its unit: the plan and its `effects` add up to what came.

    The effect "other" is what was booked beyond what the actual figures of inputs come to.
    """

    name: str
    plan: Quantity
    effects: Mapping[Effect, Quantity]
    actual: Quantity

    @property
    def difference(self) -> Quantity:
        """Actual less plan."""
        moved: Quantity = self.actual - self.plan
        return moved


def stated(entries: Entries) -> Outcome:
    """Return how options lead from a plan to what came. Raises EmptyLedger for another ledger."""
    if entries.outcome is None:
        raise EmptyLedger(f"{entries.title!r} has no actual figures: begin with against(actuals).")
    return entries.outcome


def bridged(entries: Entries) -> tuple[str, ...]:
    """Return the lines that the actual figures reach; of those over time, the ones whose periods add up or close."""
    held = stated(entries)
    settings = {name for option in entries.options.values() for name in option.settings}
    moved = set(reached(entries, formulas(entries), settings))
    if held.so_far == (ONE,):
        return tuple(name for name in entries.lines if name in moved)
    over = [row for row in entries.rows.values() if isinstance(row, AxisLine) and row.axis == entries.time]
    adding = [row for row in over if row.total in {"sum", "closing"}]
    return tuple(row.name for row in adding if any(cell_name(row.name, label) in moved for label in row.axis.labels))


def bridge(entries: Entries, name: str, period: str | None, values: Callable[[str], Values]) -> Bridge:
    """Return the bridge of a line in a period, None for all that have actual figures; `values`: those of an option.

    Raises EmptyLedger for a ledger without actual figures, UnknownName for the line or the period, ValueRefused for a
    line whose periods come to nothing.
    """
    held = stated(entries)
    line = entries[name]
    if not isinstance(line, Line):
        raise UnknownName(f"{name!r} is no line; a bridge leads from the plan of a line to its actual figure.")
    unit, figure = line.unit, _figure(line, period, held)
    figures = [figure(values(option)) for option in (PLAN, *held.steps)]
    moved = (0.0 if isclose(before, after, rel_tol=_DUST) else after - before for before, after in pairwise(figures))
    effects = dict(zip(held.steps.values(), moved, strict=True))
    return Bridge(
        name,
        quantity(figures[0], unit),
        {effect: quantity(by, unit) for effect, by in effects.items()},
        quantity(figures[-1], unit),
    )


def _figure(line: Line, period: str | None, held: Outcome) -> Callable[[Values], float]:
    """Return what reads a figure of a line out of the values of an option."""
    if not isinstance(line, AxisLine):
        if period is not None:
            raise UnknownName(f"{line.name!r} is one figure, without periods.")
        return lambda values: values[line.name]
    if period is not None:
        if period not in held.so_far:
            raise UnknownName(f"Actual figures go from {held.so_far[0]} to {held.so_far[-1]}, without {period!r:.60}.")
        return lambda values: values[cell_name(line.name, period)]
    if line.total == "closing":
        return lambda values: values[cell_name(line.name, held.so_far[-1])]
    if line.total != "sum":
        raise ValueRefused(f"The periods of {line.name!r} come to no total: it is {line.total!r}. Name a period.")
    return lambda values: added_up(values[cell_name(line.name, label)] for label in held.so_far)
