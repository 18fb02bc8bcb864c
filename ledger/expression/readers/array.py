"""Reader: a lowered expression over numpy arrays: compiled once for chunk after chunk, or exactly and at once.

What does not vary is worked out while compiling, and of IF and CHOOSE only a branch that can still be taken is kept.
Over arrays that are there already, as the columns of a sheet are, what numpy rounds otherwise goes case by case.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle, repeat
from operator import itemgetter
from typing import Any, TypeAlias

import attrs

from unitledger.errors import ExpressionError
from unitledger.expression.node import PERIODLESS, Along, Apply, Area, Expression, Factor, Number, Reference, Span, Text
from unitledger.expression.table.arithmetic import DIVIDE, MULTIPLY
from unitledger.expression.table.function import Function, flat

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


def array(node: Expression, known: Mapping[str, Any], np: Any) -> Any:
    """Return the value over names that stand for plain numbers or for arrays of cases; `np` is the numpy module.

    What has items is an array by item, or, where there are cases, by item and case.

    Where arrays are known, every case has the value that plain numbers give, to the last bit, or is not a number.
    Where a name is not known, a `Varied` over such names. Raises ExpressionError for a function that has no numpy
    form, ArithmeticError or ValueError where nothing varies and plain numbers have no value.
    """
    return _Compiler(known, np).of(node)


@attrs.frozen
class _Compiler:
    known: Mapping[str, Any]
    np: Any

    def of(self, node: Expression) -> Any:
        match node:
            case Reference(name):
                return self._named(name)
            case Apply(function, arguments):
                return self._applied(function, arguments)
            case Number(number):
                return number
            case Factor(step):
                return float(step.value)
            case Text(text):
                return text
            case Area(cells):
                return tuple(self._named(cell.name) for cell in cells)
            case Along(Reference(name), Span.ITEMS):
                return self._whole(self._named(name))
            case Along():
                raise ExpressionError(PERIODLESS)

    def _whole(self, column: Any) -> Any:
        """Return what a column is for every item, one beside the other."""
        if isinstance(column, Varied):
            return Varied(lambda known: self._whole(column.compute(known)), column.needs)
        return tuple(column.ravel().tolist()) if column.size == len(column) else tuple(column)

    def _named(self, name: str) -> Any:
        return self.known[name] if name in self.known else Varied(itemgetter(name), frozenset({name}))

    def _applied(self, function: Function, arguments: tuple[Expression, ...]) -> Any:
        if function.selects is not None:
            selector = self.of(arguments[0])
            if not isinstance(selector, Varied | self.np.ndarray):
                return self.of(function.selected(selector, arguments))
            operands = [selector, *map(self._branch, arguments[1:])]
        else:
            operands = [self.of(argument) for argument in arguments]
        np, parts = self.np, list(flat(operands))
        varied = [part for part in parts if isinstance(part, Varied)]
        if not varied and any(isinstance(part, np.ndarray) for part in parts):
            # Words are looked at one by one.
            if any(getattr(getattr(part, "dtype", None), "kind", "") == "O" for part in parts):
                return _one_by_one(function, operands, np)
            return _applied(function, operands, np, exactly=True)
        if not varied:
            return function.scalar(*operands)

        chains = function.array is not None and function.array.chain
        if chains and not any(isinstance(each, Along | str) for each in (*arguments, *parts)):
            return chained(np, function, parts)
        return Varied(_computing(function, operands, np), needs(varied))

    def _branch(self, argument: Expression) -> Any:
        """Compile what is taken in some cases only: without a value, it is not a number there."""
        try:
            return self.of(argument)
        except (ArithmeticError, ValueError):
            return math.nan


def _computing(function: Function, operands: list[Any], np: Any) -> Callable[[Mapping[str, Any]], Any]:
    """Return what applies a function to operands of which some vary; what can be settled before the first chunk is."""
    in_chunk = [now(operand) for operand in operands]
    apply, some = None if function.array is None else function.array.apply, np.ndarray

    def compute(known: Mapping[str, Any]) -> Any:
        given = [operand(known) for operand in in_chunk]
        if apply is None or not (isinstance(given[0], some) or isinstance(given[-1], some)):
            return _applied(function, given, np)
        found = apply(np, *given)
        return _one_by_one(function, given, np) if found is NotImplemented else found

    return compute


def _applied(function: Function, operands: list[Any], np: Any, *, exactly: bool = False) -> Any:
    """Apply a function to all cases at once where numpy has a form of it that takes these operands."""
    if not any(isinstance(part, np.ndarray | np.generic) for part in flat(operands)):
        return _alone(function, operands)
    form = function.array
    if form is None or (exactly and not form.exact):
        return _one_by_one(function, operands, np)
    found = form.apply(np, *operands)
    return _one_by_one(function, operands, np) if found is NotImplemented else found


def _one_by_one(function: Function, operands: list[Any], np: Any) -> Any:
    """Apply a function to each case on plain numbers."""
    shape = np.broadcast_shapes(*(part.shape for part in flat(operands) if isinstance(part, np.ndarray)))
    cases = zip(*(_cases(operand, shape, np) for operand in operands), strict=False)
    return np.array([_alone(function, case) for case in cases]).reshape(shape)


def _alone(function: Function, operands: Iterable[Any]) -> Any:
    """Apply a function to plain numbers: what has no value is not a number."""
    try:
        return function.scalar(*operands)
    except (ArithmeticError, ValueError):
        return math.nan


def _cases(operand: Any, shape: tuple[int, ...], np: Any) -> Iterable[Any]:
    """Return what an operand is in each case; what does not vary, without end."""
    if isinstance(operand, tuple) and any(isinstance(part, np.ndarray) for part in operand):
        return zip(*(_cases(part, shape, np) for part in operand), strict=False)
    return np.broadcast_to(operand, shape).ravel().tolist() if isinstance(operand, np.ndarray) else repeat(operand)
