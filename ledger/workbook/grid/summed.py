"""Counts added up: as many in one formula as it can name the cells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import add

from unitledger.expression import Apply, Expression, Text, nodes
from unitledger.workbook.grid.place import Cell, Key

# Characters, fewer than Excel takes. What is counted are the most that a node takes.
_LONGEST = 8000
_CORNER, _BRACKETS, _NUMBER = 9, 2, 12


def summed(found: Mapping[Key, Expression]) -> Iterator[tuple[Key, Expression]]:
    """Yield counts of rows added up, as many as fit into a formula, with the key of the first row of each."""
    held: list[Key] = []
    length = 0
    for key, count in found.items():
        more = sum(map(_length, nodes(count)))
        if held and length + more > _LONGEST:
            yield held[0], reduce(add, map(found.__getitem__, held))
            held, length = [], 0
        held.append(key)
        length += more
    if held:
        yield held[0], reduce(add, map(found.__getitem__, held))


def _length(node: Expression) -> int:
    match node:
        case Cell():
            corners = 1 + any(pick.many for pick in node.picks)
            return len(node.called) or len(node.ground.name) + _CORNER * corners
        case Text(said):
            return len(said) + _BRACKETS
        case Apply(function, arguments):
            return len(function.symbol or function.name) + len(arguments) + _BRACKETS
    return _NUMBER
