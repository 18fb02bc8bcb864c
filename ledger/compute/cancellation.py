"""Where sums cancel: how large the operands were from which a small value was left over.

Engines agree to a few units in the last digit of the largest operand of a sum, not of its result, so a comparison
of such a line needs the operand's size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from unitledger.expression import Along, Apply, Area, Expression, Factor, Number, Reference, Text
from unitledger.model import Entries, formulas, has_axes

TOLERANCE = 1e-9
"""How far two figures may lie apart, as a share of the larger, and still count as equal."""

# A value this much smaller than an operand of a sum in it has lost digits worth caring about.
LOST = 1e-3


def cancelled(entries: Entries, values: Mapping[str, Any]) -> dict[str, float]:
    """Return lines whose value is small beside what was added up for it, with the size of that, in the line's unit.

    `values`: stored magnitudes of inputs, constants and lines in one option.
    """
    found: dict[str, float] = {}
    sized = _by_axis if has_axes(entries) else _by_form
    for name, size in sized(entries, values, found):
        if abs(values[name]) < LOST * size and math.isfinite(size):
            # Lines that stand on it are measured by this.
            found.setdefault(name, size)
    return found


def _by_axis(entries: Entries, values: Mapping[str, Any], found: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield lines, also of one period, that may be small beside what was added up, with the size of that."""
    for name, formula in formulas(entries).items():
        # A column of a table is looked at as a whole, by what is made of it.
        if name not in entries.columns and _may_cancel(formula, values, found):
            yield name, _sized(formula, values, found)[1]


def _by_form(entries: Entries, values: Mapping[str, Any], found: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield the same of a ledger in which each line is one figure."""
    for name, line in entries.lines.items():
        operands = line.formed.over(values.__getitem__)
        lost = {hole: size for hole, size in line.formed.over(found.get).items() if size} if found else {}
        if lost or line.formed.form.subtracts or min(operands.values(), default=0.0) < 0:
            yield name, _sized(line.formed.form.tree, operands, lost)[1]


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
            return number, found[name] if name in found else abs(number)
        case Apply(function, arguments):
            if function.selects is not None:
                first, _ = _sized(arguments[0], values, found)
                return _sized(function.selected(first, arguments), values, found)
            parts = [_sized(argument, values, found) for argument in arguments]
            number = function.scalar(*[part for part, _ in parts])
            if isinstance(number, str):
                return number, 0.0
            for part, size in parts:
                if type(part) is tuple:
                    return number, max(abs(number), size)
            return number, max(abs(number), function.loss.size(number, parts))
        case Number(number):
            return number, abs(number)
        case Factor(step):
            number = float(step.value)
            return number, number
        case Area(cells):
            numbers = tuple(values[cell.name] for cell in cells)
            return numbers, max(found.get(cell.name, abs(values[cell.name])) for cell in cells)
        case Text(text):
            return text, 0.0
        case Along(Reference(name)):
            return tuple(values[name].tolist()), max(map(abs, _figures(values[name])), default=0.0)
        case Along():
            raise AssertionError("lines are numbers made of single figures")
