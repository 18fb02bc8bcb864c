"""Bounds that an input is to keep because of what it is given for: terms of cost lines, durations, rates of growth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import attrs

from unitledger.expression import Apply, Expression, Formed, Reference
from unitledger.expression.periods import ONE_MONTH, ONE_YEAR, STEP
from unitledger.expression.table.arithmetic import DIVIDE, MULTIPLY
from unitledger.expression.table.finance import DDB, PMT, SLN
from unitledger.model.entry.figure import Bounds, Setting
from unitledger.model.entry.inputs import Assumption
from unitledger.model.entry.over import AxisInput
from unitledger.model.entry.settle import Limits
from unitledger.model.held.entries import Entries, find
from unitledger.units import Unit, quantity

_PERIODS = frozenset((ONE_MONTH.name, ONE_YEAR.name))
_ASKING = _PERIODS | {STEP.name}

_LIVES = {SLN: 2, DDB: 2, PMT: 1}
"""By the place of the life over which an amount is spread."""

Narrowed: TypeAlias = tuple[Assumption, Bounds]
"""An input, and bounds that it is to keep beside its own."""


def narrowed(entries: Entries, given: Expression, bounds_in: Callable[[Unit], Bounds], what: str) -> Narrowed | None:
    """Return an input that is given and the bounds it is to keep; None for anything else, and where it keeps them.

    `bounds_in`: the bounds in the unit of the input. Raises ValueRefused, beginning with `what`, where a figure of it,
    in any option, lies outside.
    """
    held = find(entries, given.name) if isinstance(given, Reference) and "@" not in given.name else None
    if not isinstance(held, Assumption):
        return None
    bounds = bounds_in(held.unit)
    both, what = held.bounds.within(bounds), f"{what}, input {held.name!r}"
    if both == held.bounds:
        return None
    both.check(held.unit, what)
    for setting in _settings(entries, held):
        for figure in (setting.value, setting.low, setting.high):
            if figure is not None:
                both.settled(float(figure), held.unit, what)
    return held, bounds


def narrow(entries: Entries, found: Iterable[Narrowed | None]) -> None:
    """Hold inputs within these bounds from now on, also where they are defined again."""
    for held, bounds in filter(None, found):
        table: dict[str, Any] = next(
            each for each in (entries._inputs, entries._rows, entries._columns) if held.name in each
        )
        table[held.name] = attrs.evolve(table[held.name], bounds=table[held.name].bounds.within(bounds))
        entries._narrowed[held.name] = bounds.within(entries._narrowed.get(held.name, Bounds()))


def asked(entries: Entries, formula: Formed, what: str) -> list[Narrowed | None]:
    """Return what a formula asks of inputs.

    No duration is below zero, no growth and no discount leads to nothing or below, and no life is nothing or less.
    """
    refers = not _ASKING.isdisjoint([leaf.name for leaf in formula.operands])
    is_spread = not formula.form.functions.isdisjoint(_LIVES)
    return list(_asked(entries, formula.node, what)) if refers or is_spread else []


def _asked(entries: Entries, tree: Expression, what: str) -> Iterator[Narrowed | None]:
    match tree:
        case Apply(function, (rate, Reference(name, Unit() as one))) if function is MULTIPLY and name in _PERIODS:
            least = Limits(above=quantity(-1.0, one**-1))
            yield narrowed(entries, rate, lambda unit: least.settled(unit, what, entries.calendar), what)
        case Apply(function, (time, Reference(STEP.name))) if function is DIVIDE:
            yield narrowed(entries, time, lambda _: Bounds(0.0), what)
        case Apply(function, arguments):
            if function in _LIVES:
                yield narrowed(entries, arguments[_LIVES[function]], lambda _: Bounds(0.0, above=True), what)
            for argument in arguments:
                yield from _asked(entries, argument, what)


def _settings(entries: Entries, held: Assumption) -> Iterator[Setting]:
    """Yield every figure of an input: of each option that has its own, and of each period or item."""
    yield from held.settings if isinstance(held, AxisInput) else (held.setting,)
    for option in entries.options.values():
        yield from (each for name, each in option.settings.items() if name.partition("@")[0] == held.name)
