"""Where sums cancel: how large the operands were from which a small value was left over.

Engines agree to a few units in the last digit of the largest operand of a sum, not of its result, so a comparison
of such a line needs the operand's size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from unitledger.expression import Along, Apply, Area, Expression, Factor, Form, Number, Reference, Text
from unitledger.expression.table.function import Function
from unitledger.model import Entries, formulas, has_axes

TOLERANCE = 1e-9
"""How far two figures may lie apart, as a share of the larger, and still count as equal."""

# A value this much smaller than an operand of a sum in it has lost digits worth caring about.
LOST = 1e-3

_Sizing = Callable[[Mapping[str, Any], Mapping[str, float]], tuple[Any, float]]


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
            yield name, _sizing(formula)(values, found)[1]


def _by_form(entries: Entries, values: Mapping[str, Any], found: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield the same of a ledger in which each line is one figure."""
    sizings: dict[Form, _Sizing] = {}
    for name, line in entries.lines.items():
        form, operands = line.formed.form, line.formed.over(values.__getitem__)
        lost = {hole: size for hole, size in line.formed.over(found.get).items() if size} if found else {}
        if lost or form.subtracts or min(operands.values(), default=0.0) < 0:
            sizing = sizings.get(form) or sizings.setdefault(form, _sizing(form.tree))
            yield name, sizing(operands, lost)[1]


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


def _sizing(node: Expression) -> _Sizing:
    """Return what gives the value of a tree, and the size in it that its error is to be measured by."""
    match node:
        case Reference(name):
            return lambda values, found: (values[name], found[name] if name in found else abs(values[name]))
        case Apply(function, arguments):
            return _of_function(function, [_sizing(argument) for argument in arguments])
        case Number(number):
            return lambda *_: (number, abs(number))
        case Factor(step):
            factor = float(step.value)
            return lambda *_: (factor, factor)
        case Area() as block:
            return lambda values, found: (
                tuple(values[name] for name in block.names),
                max(found[name] if name in found else abs(values[name]) for name in block.names),
            )
        case Text(text):
            return lambda *_: (text, 0.0)
        case Along(Reference(name)):
            return lambda values, _: (
                tuple(values[name].tolist()),
                max(map(abs, _figures(values[name])), default=0.0),
            )
        case Along():
            raise AssertionError("lines are numbers made of single figures")


def _of_function(function: Function, arguments: Sequence[_Sizing]) -> _Sizing:
    scalar, size_of = function.scalar, function.loss.size

    def selected(values: Mapping[str, Any], found: Mapping[str, float]) -> tuple[Any, float]:
        first, _ = arguments[0](values, found)
        return function.selected(first, arguments)(values, found)

    def applied(values: Mapping[str, Any], found: Mapping[str, float]) -> tuple[Any, float]:
        parts = [argument(values, found) for argument in arguments]
        number = scalar(*[part for part, _ in parts])
        if isinstance(number, str):
            return number, 0.0
        for part, size in parts:
            if type(part) is tuple:
                return number, max(abs(number), size)
        return number, max(abs(number), size_of(number, parts))

    return applied if function.selects is None else selected
