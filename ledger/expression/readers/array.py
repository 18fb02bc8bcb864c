"""Reader: a lowered expression as a function of numpy arrays, compiled once and called for chunk after chunk.

What does not vary is worked out while compiling: plain numbers of a product or a sum meet first, and of IF and CHOOSE
only a branch that can still be taken is kept. Arrays that only the formula holds are written over. The value is that
of the formula to the last bit or two, at a fraction of the passes over memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from unitledger.errors import ExpressionError
from unitledger.expression.node import Apply, Area, Expression, Factor, Number, Reference, Text
from unitledger.expression.table.arithmetic import ADD, DIVIDE, MULTIPLY, SUBTRACT
from unitledger.expression.table.function import Function
from unitledger.expression.table.statistics import SUM

_UFUNCS = {MULTIPLY: "multiply", DIVIDE: "divide", ADD: "add", SUBTRACT: "subtract"}


@attrs.frozen
class Varied:
    """A compiled formula: call it with the arrays behind `needs` (one length) to get an array.

    `spare`: nothing else holds the array that comes out, so that it may be written over.
    """

    compute: Callable[[Mapping[str, Any]], Any]
    needs: frozenset[str]
    spare: bool = True

    def __call__(self, known: Mapping[str, Any]) -> Any:
        """Return the value for one chunk of cases."""
        return self.compute(known)


def array(node: Expression, fixed: Mapping[str, Any], np: Any) -> Any:
    """Return the value itself where all names are in `fixed`, otherwise a `Varied` over the names that are not.

    `np` is the numpy module. Raises ExpressionError for a function that has no numpy form, ArithmeticError or
    ValueError where plain numbers have no value.
    """
    return _Compiler(fixed, np).of(node)


@attrs.frozen
class _Compiler:
    fixed: Mapping[str, Any]
    np: Any

    def of(self, node: Expression) -> Any:
        match node:
            case Reference(name):
                return self._named(name)
            case Apply(function, _) if function in _UFUNCS:
                forward, backward = (MULTIPLY, DIVIDE) if function in {MULTIPLY, DIVIDE} else (ADD, SUBTRACT)
                return self._chain(node, forward, backward)
            case Apply(function, arguments) if function is SUM and not any(isinstance(a, Area) for a in arguments):
                return self._combined([(self.of(argument), ADD) for argument in arguments], ADD, SUBTRACT)
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
            if not isinstance(selector, Varied):
                return self.of(arguments[function.selects(selector)])
        operands = [self.of(argument) for argument in arguments]
        varied = [part for operand in operands for part in _parts(operand) if isinstance(part, Varied)]
        if not varied:
            return function.scalar(*operands)
        if (vectorised := function.array) is None:
            raise ExpressionError(f"{function.name} has no form for arrays; evaluate the line case by case.")
        np = self.np

        def compute(known: Mapping[str, Any]) -> Any:
            return vectorised(np, *(_now(operand, known) for operand in operands))

        return Varied(compute, frozenset().union(*(part.needs for part in varied)))

    def _chain(self, node: Expression, forward: Function, backward: Function) -> Any:
        """Compile a chain such as a*b/c or a+b-c, whose brackets are all on the left."""
        operands = []
        while isinstance(node, Apply) and node.function in (forward, backward):
            operands.append((self.of(node.arguments[1]), node.function))
            node = node.arguments[0]
        operands.append((self.of(node), forward))
        return self._combined(operands[::-1], forward, backward)

    def _combined(self, operands: list[tuple[Any, Function]], forward: Function, backward: Function) -> Any:
        neutral = 1.0 if forward is MULTIPLY else 0.0
        plain = neutral
        for operand, function in operands:
            if not isinstance(operand, Varied):
                plain = function.scalar(plain, operand)
        varied = [(operand, function) for operand, function in operands if isinstance(operand, Varied)]
        if not varied:
            return plain
        # What is multiplied or added comes first, and of that what may be written over.
        varied.sort(key=lambda pair: (pair[1] is backward, not pair[0].spare))
        (first, leading), *rest = [(operand, function) for operand, function in varied]
        inverted = leading is backward
        untouched = plain == neutral and not inverted
        start = getattr(self.np, _UFUNCS[leading])
        steps = [(operand, getattr(self.np, _UFUNCS[function])) for operand, function in rest]

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


def _parts(operand: Any) -> tuple[Any, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def _now(operand: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(operand, Varied):
        return operand.compute(known)
    if isinstance(operand, tuple):
        return tuple(_now(part, known) for part in operand)
    return operand
