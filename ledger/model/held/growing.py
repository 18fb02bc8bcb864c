"""How a ledger grows: a new entry is held once its name and label are its own, and several come together or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from unitledger.errors import NameRefused
from unitledger.model.entry.inputs import Constant
from unitledger.model.entry.line import AnyEntry, Line
from unitledger.model.entry.names import folded, told_apart, unique
from unitledger.model.held.again import same
from unitledger.model.held.entries import Entries, find

_E = TypeVar("_E", bound=AnyEntry)


def take(entries: Entries, made: _E) -> _E:
    """Hold a new entry and return it, or the one that is here already under the name if both say the same.

    Raises NameRefused for another definition of the name, and for a name or a label that could be mistaken.
    """
    tables: dict[type, tuple[str, dict[str, Any]]] = {
        Line: ("line", entries._lines),
        Constant: ("constant", entries._constants),
    }
    what, table = tables.get(type(made), ("input", entries._inputs))
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
    held = (*tables, entries._typed, entries._names, entries._labels)
    sizes = [len(kept) for kept in held]
    plain = (entries.alerts, entries.advice, entries.exclusions, entries._section)
    try:
        yield
    except BaseException:
        for kept, size in zip(held, sizes, strict=True):
            while len(kept) > size:
                kept.popitem()
        entries.alerts, entries.advice, entries.exclusions, entries._section = plain
        raise
