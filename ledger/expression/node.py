"""The nodes of an expression, and the Python operators that build them.

A node knows its parts and nothing else; what it means in units, numbers, Excel or words is the business of one
reader each.
"""

from __future__ import annotations

import math
from typing import NoReturn

import attrs

from unitledger.errors import ExpressionError
from unitledger.expression import arithmetic as table
from unitledger.expression.function import Function
from unitledger.expression.kind import Kind
from unitledger.units import Quantity, Step

# Whole powers that are written as products; others need dimensionless parts.
_EXPONENTS = (2, 3, 4)
MOST_ARGUMENTS = 255
"""So many arguments Excel takes in one call; sums of more are printed in groups."""


class Operand:
    """Anything that can stand in a formula: operators on it build expressions and compute nothing."""

    __slots__ = ()

    @property
    def expression(self) -> Expression:
        """The node that stands for this operand in a formula."""
        raise NotImplementedError

    def __add__(self, other: object) -> Apply:
        return apply(table.ADD, self, other)

    def __radd__(self, other: object) -> Apply:
        return apply(table.ADD, other, self)

    def __sub__(self, other: object) -> Apply:
        return apply(table.SUBTRACT, self, other)

    def __rsub__(self, other: object) -> Apply:
        return apply(table.SUBTRACT, other, self)

    def __mul__(self, other: object) -> Apply:
        return apply(table.MULTIPLY, self, other)

    def __rmul__(self, other: object) -> Apply:
        return apply(table.MULTIPLY, other, self)

    def __truediv__(self, other: object) -> Apply:
        return apply(table.DIVIDE, self, other)

    def __rtruediv__(self, other: object) -> Apply:
        return apply(table.DIVIDE, other, self)

    def __neg__(self) -> Apply:
        return apply(table.NEGATE, self)

    def __pow__(self, exponent: object) -> Apply:
        if type(exponent) is int and exponent in _EXPONENTS:
            result = self * self
            for _ in range(exponent - 2):
                result = result * self
            return result
        raise ExpressionError(
            f"An operand can be raised to 2, 3 or 4, not to {exponent!r:.60}. Use power(base, exponent) with a "
            "dimensionless base and exponent, or square_root(x)."
        )

    def __rpow__(self, base: object) -> NoReturn:
        raise ExpressionError(
            f"{base!r:.60} cannot be raised to an operand. Use power(base, exponent) with a dimensionless base, named "
            "as an assumption or a constant, and exponent."
        )

    def __lt__(self, other: object) -> Apply:
        return apply(table.LESS, self, other)

    def __le__(self, other: object) -> Apply:
        return apply(table.AT_MOST, self, other)

    def __gt__(self, other: object) -> Apply:
        return apply(table.MORE, self, other)

    def __ge__(self, other: object) -> Apply:
        return apply(table.AT_LEAST, self, other)

    def __bool__(self) -> NoReturn:
        raise ExpressionError(
            "An expression is not true or false while it is being written. Use when(condition, a, b) to choose "
            "between two values, all_of(...) or any_of(...) to join conditions."
        )


class Node(Operand):
    """A node stands for itself."""

    __slots__ = ()

    @property
    def expression(self) -> Expression:
        """This node."""
        assert isinstance(self, Number | Text | Reference | Factor | Area | Apply)
        return self


@attrs.frozen(order=False)
class Number(Node):
    """A number written in a formula. Python operators admit only 0 and 1; others come from a parsed workbook."""

    value: float


@attrs.frozen(order=False)
class Text(Node):
    """A piece of a sentence."""

    text: str


@attrs.frozen(order=False)
class Reference(Node):
    """An input, constant or line by its name (or, on a sheet, a cell by its address), with the kind it holds."""

    name: str
    kind: Kind


@attrs.frozen(order=False)
class Factor(Node):
    """A named exact conversion factor; it appears in lowered trees only."""

    step: Step


@attrs.frozen(order=False)
class Area(Node):
    """A block of neighbouring cells, in order."""

    cells: tuple[Reference, ...]


@attrs.frozen(order=False)
class Apply(Node):
    """A function of the table applied to its arguments."""

    function: Function
    arguments: tuple[Expression, ...]


Expression = Number | Text | Reference | Factor | Area | Apply


def expression_of(part: object) -> Expression:
    """Return the node of an operand, or of a plain 0 or 1. Raises ExpressionError for anything else."""
    if isinstance(part, Operand):
        return part.expression
    if isinstance(part, bool):
        raise ExpressionError(
            f"{part!r} cannot stand in a formula. To compare values write equal(a, b) or different(a, b): == and != "
            "compare the formulas themselves, and give True or False at once."
        )
    if isinstance(part, int | float):
        if part in (0, 1):
            return Number(float(part))
        if not math.isfinite(part):
            raise ExpressionError(f"A bare {part!r} cannot stand in a formula: it is not a finite number.")
        raise ExpressionError(
            f"A bare {part!r} in a formula has no unit and no source. Name it: assume('name', '{part!r} ratio', "
            f"source=...) or constant('name', '{part!r} ratio', source=...)."
        )
    shown = f"{part!r:.60}"
    said = f"{shown} ({type(part).__name__}) cannot stand in a formula."
    if isinstance(part, str | Quantity):
        raise ExpressionError(f"{said} Name it first: assume('name', {shown}, source=...).")
    raise ExpressionError(f"{said} A formula is made of assumptions, choices, constants and lines, and of 0 and 1.")


def apply(function: Function, *parts: object) -> Apply:
    """Apply a function to operands (or plain 0 and 1). Raises ExpressionError on a wrong number of arguments."""
    if len(parts) > MOST_ARGUMENTS and not function.nests:
        raise ExpressionError(
            f"{function.name} takes {MOST_ARGUMENTS} arguments at most, as in Excel, not {len(parts)}. "
            "Make lines of groups of them, and apply it to these."
        )
    if len(parts) < function.least or (function.most is not None and len(parts) > function.most):
        most = "or more" if function.most is None else f"to {function.most}"
        raise ExpressionError(f"{function.name} takes {function.least} {most} arguments, not {len(parts)}.")
    return Apply(function, tuple(expression_of(part) for part in parts))
