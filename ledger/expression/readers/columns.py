"""Reader: a lowered expression over some dozen cases at once, operation by operation, as the columns of a sheet are.

Every case has the value that plain numbers give, to the last bit: `array` is faster for many cases, but it meets plain
numbers first and leaves powers to numpy. What has no value is not a number.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from unitledger.errors import ExpressionError
from unitledger.expression.node import Apply, Area, Expression, Factor, Number, Reference, Text
from unitledger.expression.table import arithmetic, statistics
from unitledger.expression.table.function import Function

# What numpy rounds as plain numbers are rounded.
_ALIKE = frozenset(
    {
        *(arithmetic.ADD, arithmetic.SUBTRACT, arithmetic.MULTIPLY, arithmetic.DIVIDE, arithmetic.NEGATE),
        *(arithmetic.ABS, arithmetic.SQRT, arithmetic.SLN, arithmetic.IF, arithmetic.CHOOSE),
        *(arithmetic.AND, arithmetic.OR, arithmetic.NOT, statistics.SUM, statistics.MIN, statistics.MAX),
    }
)


def columns(node: Expression, known: Callable[[str], Any], np: Any) -> Any:
    """Return the values of a lowered expression; `known` gives the array behind a name, all of one length.

    Both branches of IF are worked out, and one of them is taken in each case. `np` is the numpy module.
    """
    match node:
        case Reference(name):
            return known(name)
        case Apply(function, arguments):
            operands = [columns(argument, known, np) for argument in arguments]
            if function in _ALIKE and function.array is not None:
                return function.array(np, *operands)
            return _one_by_one(function, operands, np)
        case Number(number):
            return number
        case Factor(step):
            return float(step.value)
        case Area(cells):
            return tuple(known(cell.name) for cell in cells)
        case Text():
            raise ExpressionError("A text has no value in columns of numbers.")


def _one_by_one(function: Function, operands: list[Any], np: Any) -> Any:
    """Apply a function to each case on plain numbers."""
    blocks = [np.broadcast_arrays(*operand) if isinstance(operand, tuple) else (operand,) for operand in operands]
    flat = np.broadcast_arrays(*(part for block in blocks for part in block))
    made = []
    for case in zip(*(part.tolist() for part in map(np.atleast_1d, flat)), strict=True):
        left = iter(case)
        parts = [
            tuple(next(left) for _ in block) if isinstance(operand, tuple) else next(left)
            for operand, block in zip(operands, blocks, strict=True)
        ]
        try:
            made.append(function.scalar(*parts))
        except (ArithmeticError, ValueError):
            made.append(math.nan)
    return np.array(made)
