"""The same definition again, as when a cell of a notebook is run twice: nothing is added, and nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs

from unitledger.errors import NameRefused
from unitledger.expression import Expression, words
from unitledger.model.entry.bounds import Bounds
from unitledger.model.entry.figure import Figure, Setting
from unitledger.model.entry.line import AnyEntry, Notice, Option
from unitledger.model.entry.settle import Limits
from unitledger.units import Unit

_E = TypeVar("_E", bound=AnyEntry | Option)
_N = TypeVar("_N", bound=Notice)

# What a message calls what a definition says; where an entry stands is no part of its definition.
_CALLED = {"written": "formula"}
_UNTOLD = frozenset({"section", "lowered", "magnitude"})


def same(known: _E, made: _E, what: str) -> _E:
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
