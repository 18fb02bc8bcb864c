"""How a ledger grows: a new entry is held once its name and label are its own, and several come together or not.

Of the same definition again, as when a cell of a notebook is run twice, nothing is added, and nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

import attrs

from unitledger.errors import NameRefused
from unitledger.expression import Apply, Expression, Reference, words
from unitledger.expression.periods import ONE_MONTH, ONE_YEAR, STEP
from unitledger.expression.table.arithmetic import DIVIDE, MULTIPLY
from unitledger.model.entry.axis import Items
from unitledger.model.entry.figure import Bounds, Figure, Setting
from unitledger.model.entry.inputs import Assumption, Constant, Words
from unitledger.model.entry.line import AnyEntry, Line, Notice, Option
from unitledger.model.entry.names import folded, told_apart, unique
from unitledger.model.entry.over import AxisInput, AxisLine, Balance, Ruler
from unitledger.model.entry.settle import Limits
from unitledger.model.held.entries import Entries, find
from unitledger.units import Unit, quantity

_E = TypeVar("_E", bound=AnyEntry)
_D = TypeVar("_D", bound=AnyEntry | Option)
_N = TypeVar("_N", bound=Notice)

# What a message calls what a definition says; where an entry stands is no part of its definition.
_CALLED = {"written": "formula"}
_UNTOLD = frozenset({"section", "lowered", "magnitude"})


def take(entries: Entries, made: _E) -> _E:
    """Hold a new entry and return it, or the one that is here already under the name if both say the same.

    Raises NameRefused for another definition of the name, and for a name or a label that could be mistaken.
    """
    over: dict[str, Any] = entries._columns if isinstance(getattr(made, "axis", None), Items) else entries._rows
    tables: dict[type, tuple[str, dict[str, Any]]] = {
        Line: ("line", entries._lines),
        Constant: ("constant", entries._constants),
        Ruler: ("constant", entries._rows),
        AxisInput: ("input", over),
        AxisLine: ("line", over),
        Balance: ("line", entries._rows),
        Words: ("input", entries._columns),
    }
    what, table = tables.get(type(made), ("input", entries._inputs))
    if isinstance(made, Assumption) and made.name in entries._narrowed:
        made = attrs.evolve(made, bounds=made.bounds.within(entries._narrowed[made.name]))
    known = find(entries, made.name)
    if isinstance(known, type(made)):
        return same(known, made, f"{what.capitalize()} {made.name!r}")
    unique(made.name, entries._names, what)
    key = f"{'line' if what == 'line' else 'input'} {told_apart(made.label)}"
    if key in entries._labels:
        raise NameRefused(
            f"The label {made.label!r} of {made.name!r} is that of {entries._labels[key]!r} already; a reader could "
            "not tell them apart."
        )
    entries._names[folded(made.name)] = made.name
    entries._labels[key] = made.name
    table[made.name] = made
    return made


@contextmanager
def together(entries: Entries) -> Iterator[None]:
    """Make several entries or none: when one of them is refused, those made before it go as well."""
    tables: tuple[dict[Any, Any], ...] = (entries._inputs, entries._constants, entries._lines)
    held = (*tables, entries._rows, entries._columns, entries._typed, entries._names, entries._labels)
    sizes = [len(kept) for kept in held]
    plain = {name: vars(entries)[name] for name in ("alerts", "advice", "exclusions", "plots", "time", "_section")}
    try:
        yield
    except BaseException:
        for kept, size in zip(held, sizes, strict=True):
            while len(kept) > size:
                kept.popitem()
        vars(entries).update(plain)
        raise


def same(known: _D, made: _D, what: str) -> _D:
    """Return the entry or option that is there already, where another of its name says the same.

    `what` begins the message. Raises NameRefused, with the first difference, for one that says something else.
    """
    was, now = dict(_said(known)), dict(_said(made))
    for each in dict.fromkeys((*was, *now)):
        if was.get(each) != now.get(each):
            raise NameRefused(
                f"{what} is defined already, with {each} {_shown(was.get(each))}, not {_shown(now.get(each))}. Give "
                "this one another name, or make a new Ledger to start over."
            )
    return known


def told(known: tuple[_N, ...], made: _N) -> tuple[tuple[_N, ...], _N]:
    """Return alerts or advice with a new one, and that; or as they are, and the one of the same condition and text."""
    for each in known:
        if attrs.evolve(made, name=each.name) == each:
            return known, each
    return (*known, made), made


def _said(definition: Any) -> Iterator[tuple[str, object]]:
    """Yield what a definition says, by what it says it of."""
    for field in attrs.fields(type(definition)):
        value = getattr(definition, field.name)
        if isinstance(value, Setting):
            yield from _said(value.figure)
        elif isinstance(value, Figure):
            yield from _said(value)
        elif isinstance(value, Bounds):
            yield from _said(Limits.of(value, definition.unit))
        elif isinstance(value, Mapping):
            for name, setting in value.items():
                for each, said in _said(setting.figure):
                    yield name if each == "quantity" else f"{each} of {name}", said
        elif field.eq and field.name not in _UNTOLD:
            # Units are equal however they are spelled.
            said = value.spelling if isinstance(value, Unit) else value
            yield _CALLED.get(field.name, field.name), said


def _shown(said: object) -> str:
    if isinstance(said, Expression):
        return words(said)
    if isinstance(said, tuple):
        return ", ".join(map(_shown, said)) or "none"
    return "none" if said is None or said == "" else f"{said}"


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


def asked(entries: Entries, tree: Expression, what: str) -> Iterator[Narrowed | None]:
    """Yield what a formula asks of inputs: no duration below zero, no growth and no discount to nothing or below."""
    match tree:
        case Apply(function, (rate, Reference(name, Unit() as one))) if function is MULTIPLY and name in (
            ONE_MONTH.name,
            ONE_YEAR.name,
        ):
            least = Limits(above=quantity(-1.0, one**-1))
            yield narrowed(entries, rate, lambda unit: least.settled(unit, what, entries.calendar), what)
        case Apply(function, (time, Reference(STEP.name))) if function is DIVIDE:
            yield narrowed(entries, time, lambda _: Bounds(0.0), what)
        case Apply(_, arguments):
            for argument in arguments:
                yield from asked(entries, argument, what)


def _settings(entries: Entries, held: Assumption) -> Iterator[Setting]:
    """Yield every figure of an input: of each option that has its own, and of each period or item."""
    yield from held.settings if isinstance(held, AxisInput) else (held.setting,)
    for option in entries.options.values():
        yield from (each for name, each in option.settings.items() if name.partition("@")[0] == held.name)
