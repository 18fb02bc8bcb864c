"""Reader: the value of a lowered expression where names may stand for numpy arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from unitledger.errors import ExpressionError
from unitledger.expression.node import Apply, Area, Expression, Factor, Number, Reference, Text


def array(node: Expression, known: Callable[[str], Any], np: Any) -> Any:
    """Return a float where everything below is a float, otherwise an array; `np` is the numpy module.

    Raises ExpressionError for a function that has no numpy form.
    """
    match node:
        case Reference(name):
            return known(name)
        case Apply(function, arguments):
            if function.selects is not None:
                first = array(arguments[0], known, np)
                if not isinstance(first, np.ndarray):
                    return array(arguments[function.selects(first)], known, np)
            operands = [array(argument, known, np) for argument in arguments]
            if not any(_varies(operand, np) for operand in operands):
                return function.scalar(*operands)
            if function.array is None:
                raise ExpressionError(f"{function.name} has no form for arrays; evaluate the line case by case.")
            return function.array(np, *operands)
        case Number(number):
            return number
        case Factor(step):
            return float(step.value)
        case Text(text):
            return text
        case Area(cells):
            return tuple(known(cell.name) for cell in cells)


def _varies(operand: Any, np: Any) -> bool:
    if isinstance(operand, tuple):
        return any(isinstance(item, np.ndarray) for item in operand)
    return isinstance(operand, np.ndarray)
