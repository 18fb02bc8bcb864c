"""A plan against what came of it: a ledger whose options take the actual figures step by step.

The order is that of cost accounting: volumes at the plan's efficiency and prices, then efficiency at the plan's prices,
then prices; what was booked beyond these comes last. What each step does is an effect, and all of them add up to the
whole difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import isclose
from typing import TypeAlias, TypeVar

import attrs

from unitledger.compute.against.actuals import ONE, Actuals
from unitledger.compute.evaluate import reached
from unitledger.errors import EmptyLedger, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Operand, all_of
from unitledger.expression.digits import added_up
from unitledger.model import (
    ACTUAL,
    PLAN,
    Assumption,
    AxisLine,
    Builder,
    Effect,
    Entries,
    Figure,
    Given,
    Line,
    Outcome,
    cell_name,
    check_option,
    formulas,
    renamed,
    take_booked,
)
from unitledger.units import Quantity, quantity

_B = TypeVar("_B", bound=Builder)

Told: TypeAlias = Mapping[str, str]
"""By the name of an input "volume", "efficiency" or "price"."""

WHOSE = "lines_with_actuals"
"""Name of the choice between what lines come to and what was booked."""

_SAID = {
    Effect.VOLUME: "Actual volumes",
    Effect.EFFICIENCY: "Actual efficiency",
    Effect.PRICE: "Actual prices",
    Effect.OTHER: "What was booked",
}


def against(plan: _B, actuals: Actuals, option: str | None, effects: Told) -> _B:
    """Return a ledger whose options lead from an option of `plan` to what came.

    `effects`: what an input moves where its unit does not say it. After the last actual figure the plan goes on, so
    that the last option is the forecast. A line that has actual figures itself takes them in the last option, from an
    input that holds them. Raises UnknownName, ValueRefused or UnitMismatch for
    figures and effects that do not fit.
    """
    if plan.outcome is not None:
        raise ValueRefused(f"{plan.title!r} is plan against actual already. Compare the plan that it was made from.")
    chosen = check_option(plan, option)
    moved = _effects(plan, actuals, effects)
    made = renamed(plan.only(chosen), {chosen: PLAN})
    made.title, made.alternatives, made.decision = f"{plan.title}: plan against actual", False, ""
    lines = [name for name in actuals.figures if isinstance(plan[name], Line)]
    if lines:
        taken = made.choice(WHOSE, ["computed", "booked"], "Lines with actual figures of their own are")
        for name in lines:
            _book(made, name, actuals, taken.is_("booked"))
    made.outcome = Outcome(_put_steps(made, actuals, moved, booked=bool(lines)), moved, actuals.so_far(plan))
    return made


def _effects(plan: Builder, actuals: Actuals, told: Told) -> dict[str, Effect]:
    """Return the effect of each input that has actual figures."""
    found = {}
    for name in actuals.figures:
        entry = plan[name]
        if isinstance(entry, Assumption):
            found[name] = Effect.of(entry.unit)
    known = [effect.value for effect in Effect if effect is not Effect.OTHER]
    for name, said in told.items():
        if name not in found:
            raise UnknownName(f"No actual figures of an input {name!r} are given.{did_you_mean(name, found)}")
        if said not in known:
            raise ValueRefused(f"The effect of {name!r} is one of {', '.join(known)}, not {said!r:.60}.")
        found[name] = Effect(said)
    return found


def _put_steps(made: Builder, actuals: Actuals, moved: Mapping[str, Effect], *, booked: bool) -> dict[str, Effect]:
    """Add an option for each effect that an input has, and for what was booked; return what each adds."""
    there = [effect for effect in Effect if effect in moved.values() or (booked and effect is Effect.OTHER)]
    settings: dict[str, Given] = {}
    steps: dict[str, Effect] = {}
    for effect in there:
        for name in (each for each, has in moved.items() if has is effect):
            for period, given in actuals.figures[name].items():
                key = name if period == ONE else cell_name(name, period)
                settings[key] = Figure.of(given).completed(Figure("", actuals.source))
        if effect is Effect.OTHER:
            settings[WHOSE] = Figure("booked", actuals.source)
        before = f"as in {list(steps)[-1]!r}" if steps else "as planned"
        option = ACTUAL if effect is there[-1] else f"actual {effect.value}"
        made.option(option, settings, description=f"{_SAID[effect]}, all else {before}.")
        steps[option] = effect
    return steps


def _book(made: Builder, name: str, actuals: Actuals, booked: Operand) -> None:
    """Add an input with the actual figures of a line, which the line takes where they count, as far as they go."""
    line, told = made[name], actuals.figures[name]
    assert isinstance(line, Line)
    own, label = f"{name}.booked", f"{line.label}, booked"
    figures = {period: Figure.of(given).completed(Figure("", actuals.source)) for period, given in told.items()}
    axis = made.time
    if not isinstance(line, AxisLine) or axis is None:
        take_booked(made, line, made.assume(own, figures[ONE], label), booked)
        return
    labels = axis.labels
    missing = [period for period in labels[: len(told)] if period not in told]
    if missing:
        raise ValueRefused(
            f"Actual {name!r}: no figure for {missing[0]}, but one for a later period. A line needs one in each "
            "period up to its last."
        )
    if len(told) < len(labels):
        figures[labels[len(told)]] = Figure(f"0 {line.unit.spelling}", "nothing booked yet")
    held = made.assume(own, figures, label, over=axis, total=line.total)
    source = actuals.source
    periods = made.constant(f"{own}_periods", f"{len(told)} ratio", f"{label}: number of periods", source=source)
    take_booked(made, line, held, all_of(booked, axis.index <= periods))


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
    """Return the lines that the actual figures reach, but for days; of those over time, what adds up or closes."""
    held = stated(entries)
    settings = {name for option in entries.options.values() for name in option.settings}
    moved = set(reached(entries, formulas(entries), settings))
    if held.so_far == (ONE,):
        return tuple(name for name, line in entries.lines.items() if name in moved and has_effects(line))
    over = [row for row in entries.rows.values() if isinstance(row, AxisLine) and row.axis == entries.time]
    adding = [row for row in over if row.total in {"sum", "closing"} and has_effects(row)]
    return tuple(row.name for row in adding if any(cell_name(row.name, label) in moved for label in row.axis.labels))


def has_effects(line: Line) -> bool:
    """Whether a line is a figure that effects add up to: a day, which may be never, is none."""
    return not line.unit.is_date


def bridge(entries: Entries, name: str, period: str | None, values: Callable[[str], Values]) -> Bridge:
    """Return the bridge of a line in a period, None for all that have actual figures; `values`: those of an option.

    Raises EmptyLedger for a ledger without actual figures, UnknownName for the line or the period, ValueRefused for a
    line whose periods come to nothing.
    """
    held = stated(entries)
    line = entries[name]
    if not isinstance(line, Line):
        raise UnknownName(f"{name!r} is no line; a bridge leads from the plan of a line to its actual figure.")
    if not has_effects(line):
        raise ValueRefused(f"{name!r} is a day, to which no effects add up. Compare its values in the options.")
    unit, figure = line.unit, _figure(line, period, held)
    figures = [figure(values(option)) for option in (PLAN, *held.steps)]
    moved = (0.0 if isclose(before, after, rel_tol=_DUST) else after - before for before, after in pairwise(figures))
    effects = {effect: quantity(by, unit) for effect, by in zip(held.steps.values(), moved, strict=True)}
    return Bridge(name, quantity(figures[0], unit), effects, quantity(figures[-1], unit))


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
