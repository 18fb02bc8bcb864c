"""Where sums cancel: how large the operands were from which a small value was left over.

Engines agree to a few units in the last digit of the largest operand of a sum, not of its result, so a comparison
of such a line needs the operand's size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from unitledger.expression import Along, Apply, Area, Expression, Factor, Number, Reference, Text
from unitledger.model import Entries, formulas

TOLERANCE = 1e-9
"""How far two figures may lie apart, as a share of the larger, and still count as equal."""

# A value this much smaller than an operand of a sum in it has lost digits worth caring about.
LOST = 1e-3


def cancelled(entries: Entries, values: Mapping[str, Any]) -> dict[str, float]:
    """Return lines whose value is small beside what was added up for it, with the size of that, in the line's unit.

    `values`: stored magnitudes of inputs, constants and lines in one option.
    """
    found: dict[str, float] = {}
    for name, formula in formulas(entries).items():
        # A column of a table is looked at as a whole, by what is made of it.
        if name in entries.columns or not _may_cancel(formula, values, found):
            continue
        _, size = _sized(formula, values, found)
        if abs(values[name]) < LOST * size and math.isfinite(size):
            found[name] = size
    return found


def _may_cancel(node: Expression, values: Mapping[str, Any], found: Mapping[str, float]) -> bool:
    match node:
        case Reference(name):
            return values[name] < 0 or name in found
        case Apply(function, arguments):
            return function.loss.subtracts or any(_may_cancel(argument, values, found) for argument in arguments)
        case Area() as block:
            return min(map(values.__getitem__, block.names)) < 0 or not found.keys().isdisjoint(block.names)
        case Along(Reference(name)):
            return any(figure < 0 for figure in _figures(values[name]))
        case Number() | Factor() | Text() | Along():
            return False


def _figures(column: Any) -> list[float]:
    """Return the figures of a column of a table; words are none."""
    return [figure for figure in column.tolist() if not isinstance(figure, str)]


def _sized(node: Expression, values: Mapping[str, Any], found: Mapping[str, float]) -> tuple[Any, float]:
    """Return the value of a tree and the size in it that its error is to be measured by."""
    match node:
        case Reference(name):
            number = values[name]
            return number, found.get(name, abs(number))
        case Number(number):
            return number, abs(number)
        case Factor(step):
            number = float(step.value)
            return number, number
        case Apply(function, arguments):
            if function.selects is not None:
                first, _ = _sized(arguments[0], values, found)
                return _sized(function.selected(first, arguments), values, found)
            parts = [_sized(argument, values, found) for argument in arguments]
            number = function.scalar(*(part for part, _ in parts))
            if isinstance(number, str):
                return number, 0.0
            blocks = [size for part, size in parts if isinstance(part, tuple)]
            if blocks:
                return number, max(abs(number), blocks[0])
            return number, max(abs(number), function.loss.size(number, parts))
        case Area(cells):
            numbers = tuple(values[cell.name] for cell in cells)
            return numbers, max(found.get(cell.name, abs(values[cell.name])) for cell in cells)
        case Text(text):
            return text, 0.0
        case Along(Reference(name)):
            return tuple(values[name].tolist()), max(map(abs, _figures(values[name])), default=0.0)
        case Along():
            raise AssertionError("lines are numbers made of single figures")
