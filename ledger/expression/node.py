"""The nodes of an expression, and the Python operators that build them.

A node knows its parts and nothing else; what it means in units, numbers, Excel or words is the business of one
reader each.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cached_property
from numbers import Real
from typing import Any, NoReturn, Self, cast
from uuid import uuid4

import attrs

from unitledger.errors import ExpressionError
from unitledger.expression.instead import A_NUMBER, AN_ARRAY, ONE_BY_ONE, out_of_place, refused, refused_by_numpy
from unitledger.expression.kind import Kind
from unitledger.expression.table import FUNCTIONS, statistics
from unitledger.expression.table import arithmetic as table
from unitledger.expression.table.function import Function
from unitledger.units import DATE, Step

# Whole powers that are written as products; others need dimensionless parts.
_EXPONENTS = (2, 3, 4)
PERIODLESS = "A formula that looks at other periods has a value only in a period: read the line's figures instead."

MOST_ARGUMENTS = 255
"""So many arguments Excel takes in one call; sums of more are printed in groups."""
_OPERATORS_OF_NUMPY = {row.ufunc: row for row in FUNCTIONS.values() if row.ufunc}


_Operation = Callable[["Operand", object], "Apply"]


def _operator(function: Function) -> _Operation:
    return lambda operand, other: Apply(function, (operand.expression, expression_of(other)))


def _reflected(function: Function) -> _Operation:
    return lambda operand, other: Apply(function, (expression_of(other), operand.expression))


class Operand:
    """Anything that can stand in a formula: operators on it build expressions and compute nothing."""

    __slots__ = ()

    @property
    def expression(self) -> Expression:
        """The node that stands for this operand in a formula."""
        raise NotImplementedError

    __add__, __radd__ = _operator(table.ADD), _reflected(table.ADD)
    __sub__, __rsub__ = _operator(table.SUBTRACT), _reflected(table.SUBTRACT)
    __mul__, __rmul__ = _operator(table.MULTIPLY), _reflected(table.MULTIPLY)
    __truediv__, __rtruediv__ = _operator(table.DIVIDE), _reflected(table.DIVIDE)
    __lt__ = _operator(table.LESS)
    __le__ = _operator(table.AT_MOST)
    __gt__ = _operator(table.MORE)
    __ge__ = _operator(table.AT_LEAST)

    def sum(self) -> Apply:
        """Sum over all periods, or items of a table."""
        return apply(statistics.SUM, Along(self.expression, Span.WHOLE))

    def least(self) -> Apply:
        """Smallest figure of all periods or items."""
        return apply(statistics.MIN, Along(self.expression, Span.WHOLE))

    def largest(self) -> Apply:
        """Largest figure of all periods or items."""
        return apply(statistics.MAX, Along(self.expression, Span.WHOLE))

    def mean(self) -> Apply:
        """Mean of all periods or items."""
        return apply(statistics.AVERAGE, Along(self.expression, Span.WHOLE))

    def count(self) -> Apply:
        """In how many periods, or for how many items, a condition holds."""
        return apply(table.IF, self, 1, 0).sum()

    def sum_by(self, words: Operand, word: Operand | str) -> Apply:
        """Sum over the items of a table that have a word in its column `words`.

        `word`: one word, or the keys of another table, for a sum for each of its items.
        """
        wanted = Text(word) if isinstance(word, str) else word
        return apply(statistics.SUMIFS, Along(self.expression, Span.WHOLE), Along(words.expression, Span.WHOLE), wanted)

    def first(self) -> Apply:
        """First day of the first period in which a condition holds; 0, shown as never, where it holds in none."""
        starts = Along(Reference("timeline.start", DATE), Span.WHOLE)
        holding = Along(apply(table.IF, self, 1, 0), Span.WHOLE)
        found = apply(statistics.INDEX, starts, apply(statistics.MATCH, 1, holding))
        return apply(table.IF, self.count() > 0, found, 0)

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

    def __bool__(self) -> NoReturn:
        raise ExpressionError(
            "An expression is not true or false while it is being written. Use when(condition, a, b) to choose "
            "between two values, maximum(a, b) or minimum(a, b) for max and min, all_of(...) or any_of(...) to join "
            "conditions."
        )

    __abs__ = refused("abs(x)")
    __round__ = refused("round(x)")
    __ceil__ = refused("math.ceil(x)")
    __floor__ = refused("math.floor(x)")
    __trunc__ = refused("math.trunc(x)")
    __floordiv__ = __rfloordiv__ = refused("a // b")
    __mod__ = __rmod__ = refused("a % b")
    __divmod__ = __rdivmod__ = refused("divmod(a, b)")
    __and__ = __rand__ = refused("a & b")
    __or__ = __ror__ = refused("a | b")
    __invert__ = refused("~a")
    __float__ = __int__ = __complex__ = refused(A_NUMBER)
    __iter__ = __contains__ = refused(ONE_BY_ONE)
    __array__ = refused(AN_ARRAY)
    # Tables of pandas leave an operation to what stands higher.
    __pandas_priority__ = 5000

    def __array_ufunc__(self, ufunc: Any, method: str, *operands: Any, **_: object) -> Apply:
        """Apply an operator that numpy was asked for, as in np.float64(2) * x; its other functions are refused."""
        if method == "__call__" and ufunc.__name__ in _OPERATORS_OF_NUMPY:
            # A number that it compares, numpy hands over as an array without axes.
            plain = (each.item() if getattr(each, "shape", None) == () else each for each in operands)
            return apply(_OPERATORS_OF_NUMPY[ufunc.__name__], *plain)
        raise refused_by_numpy(ufunc.__name__)


class Node(Operand):
    """A node stands for itself."""

    __slots__ = ()

    def __deepcopy__(self, _: object) -> Self:
        """Return this node: nothing in it changes, and a deep formula would take many levels."""
        return self

    @property
    def expression(self) -> Expression:
        """This node."""
        return cast("Expression", self)


@attrs.frozen(order=False)
class Number(Node):
    """A number written in a formula. Python operators admit only 0 and 1; others come from a parsed workbook."""

    value: float


@attrs.frozen(order=False)
class Text(Node):
    """A piece of a sentence."""

    text: str


@attrs.frozen
class Home:
    """The ledger in which an entry was made; what is copied, pickled or sent to another process keeps it.

    Two ledgers may each have an entry of one name and unit, and they must be told apart.
    """

    title: str = attrs.field(eq=False)
    serial: str = attrs.field(factory=lambda: uuid4().hex, repr=False)


@attrs.frozen(order=False)
class Reference(Node):
    """An input, constant or line by its name (or, on a sheet, a cell by its address), with the kind it holds.

    `home`: the ledger in which the entry was made, None where no entry stands behind the name.
    """

    name: str
    kind: Kind
    home: Home | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen(order=False)
class Factor(Node):
    """A named exact conversion factor; it appears in lowered trees only."""

    step: Step


@attrs.frozen(order=False)
class Area(Node):
    """A block of neighbouring cells, in order."""

    cells: tuple[Reference, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the cells."""
        return tuple([cell.name for cell in self.cells])


class Span(Enum):
    """Which periods of a line over time, or items of a table, a formula looks at; {} stands for the line."""

    BEFORE = "{} in the period before"
    SO_FAR = "{} so far"
    EARLIER = "{} in earlier periods"
    WHOLE = "{} in all periods"
    ITEMS = "{} of all items"

    @property
    def is_block(self) -> bool:
        """Whether it is several periods at once, which only functions of blocks take."""
        return self is not Span.BEFORE


@attrs.frozen(order=False)
class Along(Node):
    """Other periods or items of a line than the formula's own; once a line is held, `inner` is a reference."""

    inner: Expression
    span: Span


@attrs.frozen(order=False)
class Apply(Node):
    """A function of the table applied to its arguments."""

    function: Function
    arguments: tuple[Expression, ...]


Expression = Number | Text | Reference | Factor | Area | Along | Apply


def expression_of(part: object) -> Expression:
    """Return the node of an operand, or of a plain 0 or 1. Raises ExpressionError for anything else."""
    if isinstance(part, Operand):
        return part.expression
    if not isinstance(part, bool) and isinstance(part, Real | Decimal) and part in (0, 1):
        return Number(float(part))
    raise ExpressionError(out_of_place(part))


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
    return Apply(function, tuple(map(expression_of, parts)))
