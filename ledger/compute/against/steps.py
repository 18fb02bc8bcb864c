"""A plan against what came of it: a ledger whose options take the actual figures step by step.

The order is that of cost accounting: volumes at the plan's efficiency and prices, then efficiency at the plan's prices,
then prices; what was booked beyond these comes last. What each step does is an effect, and all of them add up to the
whole difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar

from unitledger.compute.against.actuals import ONE, Actuals
from unitledger.errors import UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Operand, all_of
from unitledger.model import (
    ACTUAL,
    PLAN,
    Assumption,
    AxisLine,
    Builder,
    Effect,
    Figure,
    Given,
    Line,
    Outcome,
    cell_name,
    check_option,
    renamed,
    take_booked,
)

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
