"""Which lines a line stands on, and which of them an input reaches."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import references
from unitledger.model import Entries


def beneath(entries: Entries, outputs: Iterable[str]) -> list[str]:
    """Return the lines that `outputs` stand on, themselves included, in the order of the ledger."""
    wanted = {entries[name].name for name in outputs}
    for name in reversed(tuple(entries.lines)):
        if name in wanted:
            wanted.update(references(entries.lines[name].lowered))
    return [name for name in entries.lines if name in wanted]


def reached(entries: Entries, lines: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return those of `lines`, given in the order of the ledger, that inputs reach directly or through one another."""
    found = set(names)
    moved = []
    for line in lines:
        if not found.isdisjoint(references(entries.lines[line].lowered)):
            found.add(line)
            moved.append(line)
    return moved
