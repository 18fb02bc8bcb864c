"""What varies in a formula that is compiled for chunk after chunk, and functions that take in one operand at a time.

Of a sum, of the largest, of a product, the plain numbers are taken in at once, and every chunk's result into itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from typing import Any, TypeAlias

import attrs

from unitledger.expression.table.arithmetic import DIVIDE, MULTIPLY
from unitledger.expression.table.function import Function

Compute: TypeAlias = Callable[[Mapping[str, Any]], Any]
_Steps: TypeAlias = tuple[tuple[Any, Compute], ...]


@attrs.frozen
class Varied:
    """A compiled formula: `compute` takes the arrays behind `needs` (one length) and gives an array."""

    compute: Compute
    needs: frozenset[str]


@attrs.frozen
class _Product(Varied):
    """A product of factors, each with the ufunc that takes it in, `times` a plain number and `over` another."""

    factors: _Steps
    times: float
    over: float


def now(operand: Any) -> Compute:
    """Return what gives an operand in a chunk of cases."""
    if isinstance(operand, Varied):
        return operand.compute
    if isinstance(operand, tuple):
        parts = [now(part) for part in operand]
        return lambda known: tuple(part(known) for part in parts)
    return lambda _: operand


def needs(operands: Sequence[Any]) -> frozenset[str]:
    """Return the names that operands need, of which some vary."""
    return frozenset().union(*(operand.needs for operand in operands if isinstance(operand, Varied)))


def chained(np: Any, function: Function, operands: Sequence[Any]) -> Varied:
    """Return a function that takes in one operand after the other; at least one of them varies."""
    if function in {MULTIPLY, DIVIDE} and (product := _product(np, function, *operands)):
        return product
    plain = [operand for operand in operands if isinstance(operand, float)]
    if function.nests and len(plain) > 1:
        rest = [operand for operand in operands if not isinstance(operand, float)]
        return chained(np, function, [*rest, float(function.scalar(*plain))])
    assert function.array is not None
    ufuncs = cycle(getattr(np, name) for name in function.array.chain)
    first, *others = map(now, operands)
    return Varied(_taken(first, list(zip(ufuncs, others, strict=False))), needs(operands))


def _product(np: Any, function: Function, left: Any, right: Any) -> _Product | None:
    """Return a product or a quotient; None where its plain numbers have no finite product."""
    one, other = _factors(np, left), _factors(np, right)
    factors, times, over = other.factors, other.times, other.over
    if function is DIVIDE:
        factors, times, over = _below(np, factors), over, times
    factors, times, over = one.factors + factors, one.times * times, one.over * over
    if not (times and over and math.isfinite(times) and math.isfinite(over) and math.isfinite(times / over)):
        return None
    return _Product(_multiplied(np, factors, times, over), one.needs | other.needs, factors, times, over)


def _factors(np: Any, operand: Any) -> _Product:
    if isinstance(operand, _Product):
        return operand
    if isinstance(operand, Varied | np.ndarray):
        return _Product(now(operand), needs([operand]), ((np.multiply, now(operand)),), 1.0, 1.0)
    return _Product(now(operand), frozenset(), (), float(operand), 1.0)


def _below(np: Any, factors: _Steps) -> _Steps:
    """Return what divides by a product."""
    if len(factors) > 1:
        return ((np.divide, _multiplied(np, factors, 1.0, 1.0)),)
    return tuple((np.multiply if ufunc is np.divide else np.divide, factor) for ufunc, factor in factors)


def _multiplied(np: Any, factors: _Steps, times: float, over: float) -> Compute:
    """Return what multiplies factors and plain numbers, which are one."""
    (ufunc, first), *others = factors
    if ufunc is np.divide:
        return _taken(now(times / over), factors)
    if times == 1 != over:
        return _taken(first, [*others, (np.divide, now(over))])
    return _taken(first, others if times == over else [*others, (np.multiply, now(times / over))])


def _taken(first: Compute, others: Sequence[tuple[Any, Compute]]) -> Compute:
    """Return what ufuncs make of operands, one after the other; an array that is made here takes in the next."""
    if not others:
        return first
    (begin, second), *rest = others

    def compute(known: Mapping[str, Any]) -> Any:
        found = begin(first(known), second(known))
        for ufunc, other in rest:
            operand = other(known)
            shape = getattr(operand, "shape", ())
            fits = found.dtype.char == "d" and (shape == found.shape if shape else found.ndim)
            found = ufunc(found, operand, out=found if fits else None)
        return found

    return compute
