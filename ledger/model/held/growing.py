"""How a ledger grows: a new entry is held once its name and label are its own, and several come together or not.

Of the same definition again, as when a cell of a notebook is run twice, nothing is added, and nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, TypeVar

import attrs

from unitledger.errors import NameRefused
from unitledger.expression import Expression, words
from unitledger.model.entry.axis import Items
from unitledger.model.entry.figure import Bounds, Figure, Setting
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Words
from unitledger.model.entry.line import AnyEntry, Line, Notice, Option
from unitledger.model.entry.names import folded, told_apart, unique
from unitledger.model.entry.over import AxisInput, AxisLine, Balance, Ruler
from unitledger.model.entry.settle import Limits
from unitledger.model.held.entries import Entries, find
from unitledger.units import Unit

_E = TypeVar("_E", bound=AnyEntry)
_D = TypeVar("_D", bound=AnyEntry | Option)
_N = TypeVar("_N", bound=Notice)

# What a message calls what a definition says; where an entry stands is no part of its definition.
_CALLED = {"written": "formula"}
_UNTOLD = frozenset({"section", "magnitude"})


# What an entry is called in messages, and the table of the ledger that it is in, unless it has items.
_HELD = {
    Assumption: ("input", "_inputs"),
    Choice: ("input", "_inputs"),
    Line: ("line", "_lines"),
    Constant: ("constant", "_constants"),
    Ruler: ("constant", "_rows"),
    AxisInput: ("input", "_rows"),
    AxisLine: ("line", "_rows"),
    Balance: ("line", "_rows"),
    Words: ("input", "_columns"),
}

# Of the state of a ledger: what grows in place, and what each addition replaces.
_REPLACED = "alerts", "advice", "exclusions", "plots", "time", "_section"
_TABLES: Callable[[dict[str, Any]], tuple[dict[Any, Any], ...]] = itemgetter(
    *("_inputs", "_constants", "_lines", "_rows", "_columns", "_typed", "_names", "_labels")
)
_PLAIN = itemgetter(*_REPLACED)


def take(entries: Entries, made: _E) -> _E:
    """Hold a new entry and return it, or the one that is here already under the name if both say the same.

    Raises NameRefused for another definition of the name, and for a name or a label that could be mistaken.
    """
    what, held = _HELD[type(made)]
    if isinstance(made, AxisInput | AxisLine) and isinstance(made.axis, Items):
        held = "_columns"
    table = vars(entries)[held]
    if isinstance(made, Assumption) and made.name in entries._narrowed:
        made = attrs.evolve(made, bounds=made.bounds.within(entries._narrowed[made.name]))
    known = find(entries, made.name) if folded(made.name) in entries._names else None
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


@attrs.frozen
class _Together:
    """The state of a ledger, and what it held."""

    state: dict[str, Any]
    tables: tuple[dict[Any, Any], ...]
    sizes: tuple[int, ...]
    plain: tuple[Any, ...]

    def __enter__(self) -> None:
        """Nothing is to be done yet."""

    def __exit__(self, refused: type[BaseException] | None, *_: object) -> None:
        if refused is not None:
            for kept, size in zip(self.tables, self.sizes, strict=True):
                while len(kept) > size:
                    kept.popitem()
            self.state.update(zip(_REPLACED, self.plain, strict=True))


def together(entries: Entries) -> _Together:
    """Make several entries or none: when one of them is refused, those made before it go as well."""
    state = vars(entries)
    tables = _TABLES(state)
    return _Together(state, tables, tuple(map(len, tables)), _PLAIN(state))


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
