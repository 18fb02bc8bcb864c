"""Reader: a lowered expression over numpy arrays, compiled once for chunk after chunk, or exactly and at once.

What does not vary is worked out while compiling, and of IF and CHOOSE only a branch that can still be taken is kept.
For many cases plain numbers of a product or a sum meet first and arrays that only the formula holds are written over:
the value is that of the formula to the last bit or two, at a fraction of the passes over memory. Where it is to be
exact, as the columns of a sheet are, it goes operation by operation, and what numpy rounds otherwise, case by case.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import repeat
from typing import Any

import attrs

from unitledger.errors import ExpressionError
from unitledger.expression.node import Apply, Area, Expression, Factor, Number, Reference, Text
from unitledger.expression.table.arithmetic import ADD, DIVIDE, MULTIPLY, PRODUCT_LEVEL, SUBTRACT, SUM_LEVEL
from unitledger.expression.table.function import Function
from unitledger.expression.table.statistics import SUM

# What leads a chain of one precedence, what undoes it, and what changes nothing.
_CHAINS = {SUM_LEVEL: (ADD, SUBTRACT, 0.0), PRODUCT_LEVEL: (MULTIPLY, DIVIDE, 1.0)}


@attrs.frozen
class Varied:
    """A compiled formula: `compute` takes the arrays behind `needs` (one length) and gives an array.

    `spare`: nothing else holds the array that comes out, so that it may be written over.
    """

    compute: Callable[[Mapping[str, Any]], Any]
    needs: frozenset[str]
    spare: bool = True


def array(node: Expression, fixed: Mapping[str, Any], np: Any) -> Any:
    """Return the value itself where all names are in `fixed`, otherwise a `Varied` over the names that are not.

    `np` is the numpy module. Raises ExpressionError for a function that has no numpy form, ArithmeticError or
    ValueError where plain numbers have no value.
    """
    return _Compiler(fixed, np, exact=False).of(node)


def columns(node: Expression, known: Mapping[str, Any], np: Any) -> Any:
    """Return the value over names that stand for plain numbers or for arrays of one length, an array if it varies.

    Every case has the value that plain numbers give, to the last bit, or is not a number. Raises ArithmeticError or
    ValueError where nothing varies and plain numbers have no value.
    """
    return _Compiler(known, np, exact=True).of(node)


@attrs.frozen
class _Compiler:
    fixed: Mapping[str, Any]
    np: Any
    exact: bool

    def of(self, node: Expression) -> Any:
        match node:
            case Reference(name):
                return self._named(name)
            case Apply(function, arguments) if self.exact:
                return self._applied(function, arguments)
            case Apply(function, _) if function.precedence in _CHAINS:
                return self._chain(node, function.precedence)
            case Apply(function, arguments) if function is SUM and not any(isinstance(a, Area) for a in arguments):
                return self._combined([(self.of(argument), ADD) for argument in arguments], SUM_LEVEL)
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

    def _named(self, name: str) -> Any:
        if name in self.fixed:
            return self.fixed[name]
        return Varied(lambda known: known[name], frozenset({name}), spare=False)

    def _applied(self, function: Function, arguments: tuple[Expression, ...]) -> Any:
        if function.selects is not None:
            selector = self.of(arguments[0])
            if not isinstance(selector, Varied | self.np.ndarray):
                return self.of(function.selected(selector, arguments))
            operands = [selector, *map(self._branch, arguments[1:])]
        else:
            operands = [self.of(argument) for argument in arguments]
        np, form = self.np, function.array
        parts = [part for operand in operands for part in (operand if isinstance(operand, tuple) else (operand,))]
        if any(isinstance(part, np.ndarray) for part in parts):
            return form.apply(np, *operands) if form is not None and form.exact else _one_by_one(function, operands, np)
        varied = [part for part in parts if isinstance(part, Varied)]
        if not varied:
            return function.scalar(*operands)
        if form is None:
            raise ExpressionError(f"{function.name} has no form for arrays; evaluate the line case by case.")

        def compute(known: Mapping[str, Any]) -> Any:
            return form.apply(np, *(_now(operand, known) for operand in operands))

        # The least of one operand is that operand itself, which others may hold.
        return Varied(compute, frozenset().union(*(part.needs for part in varied)), spare=len(operands) > 1)

    def _branch(self, argument: Expression) -> Any:
        """Compile what is taken in some cases only: without a value, it is not a number there."""
        try:
            return self.of(argument)
        except (ArithmeticError, ValueError):
            return math.nan

    def _chain(self, node: Expression, level: int) -> Any:
        """Compile a chain such as a*b/c or a+b-c, whose brackets are all on the left."""
        operands = []
        while isinstance(node, Apply) and node.function.precedence == level:
            operands.append((self.of(node.arguments[1]), node.function))
            node = node.arguments[0]
        operands.append((self.of(node), _CHAINS[level][0]))
        return self._combined(operands[::-1], level)

    def _combined(self, operands: list[tuple[Any, Function]], level: int) -> Any:
        _, backward, neutral = _CHAINS[level]
        plain = neutral
        for operand, function in operands:
            if not isinstance(operand, Varied):
                plain = function.scalar(plain, operand)
        varied = [(operand, function) for operand, function in operands if isinstance(operand, Varied)]
        if not varied:
            return plain
        # What is multiplied or added comes first, and of that what may be written over.
        varied.sort(key=lambda pair: (pair[1] is backward, not pair[0].spare))
        (first, leading), *rest = varied
        inverted = leading is backward
        untouched = plain == neutral and not inverted
        start = getattr(self.np, leading.ufunc)
        steps = [(operand, getattr(self.np, function.ufunc)) for operand, function in rest]

        def compute(known: Mapping[str, Any]) -> Any:
            result = first.compute(known)
            spare = first.spare
            if not untouched:
                target = result if spare else None
                result = start(plain, result, out=target) if inverted else start(result, plain, out=target)
                spare = True
            for operand, combine in steps:
                value = operand.compute(known)
                result = combine(result, value, out=result if spare else value if operand.spare else None)
                spare = True
            return result

        spare = first.spare or not untouched or bool(steps)
        return Varied(compute, frozenset().union(*(operand.needs for operand, _ in varied)), spare)


def _now(operand: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(operand, Varied):
        return operand.compute(known)
    if isinstance(operand, tuple):
        return tuple(_now(part, known) for part in operand)
    return operand


def _one_by_one(function: Function, operands: list[Any], np: Any) -> Any:
    """Apply a function to each case on plain numbers."""
    made = []
    for case in zip(*(_cases(operand, np) for operand in operands), strict=False):
        try:
            made.append(function.scalar(*case))
        except (ArithmeticError, ValueError):
            made.append(math.nan)
    return np.array(made)


def _cases(operand: Any, np: Any) -> Iterable[Any]:
    """Return what an operand is in each case; what does not vary, without end."""
    if isinstance(operand, tuple):
        return zip(*(_cases(part, np) for part in operand), strict=False)
    return operand.tolist() if isinstance(operand, np.ndarray) else repeat(operand)
