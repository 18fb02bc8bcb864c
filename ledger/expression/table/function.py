"""The shape of one row of the function table: what every reader needs to know about a function.

Also how it loses digits, which is by what size the error of its value is to be measured: what is left of a sum is as
inexact as the largest of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import cycle
from typing import Any, TypeVar

import attrs

from unitledger.expression.kind import Kind
from unitledger.units import Unit

_Parts = Sequence[tuple[float, float]]


@attrs.frozen
class Loss:
    """What becomes of sizes.

    `size` takes the value of a function, and of each argument its value and its size, and gives the size of the value.
    `adds`: the value is the sum of the arguments, each with either sign. `subtracts`: it may be a difference of
    positive numbers, or a negative one.
    """

    size: Callable[[float, _Parts], float]
    adds: bool = False
    subtracts: bool = False


def _largest(_: float, parts: _Parts) -> float:
    return max(size for _, size in parts)


def _in_proportion(value: float, parts: _Parts) -> float:
    return abs(value) * max((size / abs(part) for part, size in parts if part), default=1.0)


def _product(_: float, parts: _Parts) -> float:
    (left, left_size), (right, right_size) = parts
    return max(left_size * abs(right), abs(left) * right_size)


def _quotient(value: float, parts: _Parts) -> float:
    (_, above_size), (below, below_size) = parts
    return max(above_size, abs(value) * below_size) / abs(below)


def _straight_line(_: float, parts: _Parts) -> float:
    (_, price_size), (_, residual_size), (life, _), *_rest = parts
    return max(price_size, residual_size) / abs(life)


ADDED = Loss(_largest, adds=True)
SUBTRACTED = Loss(_largest, adds=True, subtracts=True)
MULTIPLIED = Loss(_product)
DIVIDED = Loss(_quotient)
DEPRECIATED = Loss(_straight_line, subtracts=True)
DISCOUNTED = Loss(lambda value, parts: _largest(value, parts[1:]))
"""Of a sum of all arguments but the first, each made smaller."""
REMAINING = Loss(_largest, subtracts=True)
"""Of what is left of the first argument."""
CHOSEN = Loss(_largest)
"""Of a function that gives one of its arguments as it is."""
KEPT = Loss(_in_proportion)
"""Of a function that loses no digits: its error is to the value what that of an argument is to it."""
TURNED = Loss(_in_proportion, subtracts=True)
"""The same of a function that gives negative numbers of positive ones."""


Value = float | bool | str
_Part = TypeVar("_Part")


class Disagreement(Exception):
    """Arguments whose kinds do not fit; the reader that knows the line turns it into a message."""

    def __init__(self, reason: str, first: int = 0, second: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.first = first
        self.second = second


@attrs.frozen
class Signature:
    """What a rule settles: the kind that each argument is converted to (None: as it stands), and the result's.

    `aligned`: targets and result are one unit only because some common unit is needed; any of its dimension will do.
    """

    targets: tuple[Kind | None, ...]
    result: Kind
    aligned: bool = False

    def towards(self, wanted: Kind | None) -> Signature:
        """Return the signature with the wanted unit as the common one, where that is possible."""
        if not self.aligned or not isinstance(wanted, Unit) or not isinstance(self.result, Unit):
            return self
        if wanted == self.result or wanted.dimension != self.result.dimension:
            return self
        return Signature(tuple(None if target is None else wanted for target in self.targets), wanted, aligned=True)


class Takes(Enum):
    """What a function takes from cells, which may be empty, hold a text or a truth value, or form a block."""

    FIGURES = "one number each"
    NUMBERS = "the numbers among the cells of blocks"
    BLOCKS = "every cell of blocks"
    CRITERION = "blocks, and what is looked for in them"
    TRUTHS = "true or false"
    ALIKE = "two values of one sort"
    TEXTS = "texts"
    ANYTHING = "whatever is there"


Rule = Callable[[tuple[Kind, ...]], Signature]


@attrs.frozen
class Form:
    """How numpy works a function out: `apply`, given the module and the operands; NotImplemented for some it leaves.

    `exact`: it rounds as plain numbers are rounded, so that both give the same to the last bit. `chain`: it is these
    ufuncs, each of which takes the next operand into what there is; one alone takes in all.
    """

    apply: Callable[..., Any]
    exact: bool = attrs.field(kw_only=True)
    chain: tuple[str, ...] = ()

    @classmethod
    def named(cls, ufunc: str, *, exact: bool) -> Form:
        """Return a function of numpy."""
        return cls(lambda np, *operands: getattr(np, ufunc)(*operands), exact=exact)

    @classmethod
    def chained(cls, *ufuncs: str) -> Form:
        """Return what ufuncs of numpy make of operands, one after the other."""

        def apply(np: Any, *operands: Any) -> Any:
            found, *others = flat(operands)
            for ufunc, operand in zip(cycle(ufuncs), others, strict=False):
                found = getattr(np, ufunc)(found, operand)
            return found

        return cls(apply, exact=True, chain=ufuncs)


@attrs.frozen(eq=False)
class Function:
    """One operation, written once for all readers.

    Every row says: `rule`, its dimension rule; `scalar`, which works on floats, truth values and texts; `array`, its
    form for arrays (None: it has none); `words`, how the formula map says it, with {} for each setting; `takes`, what
    it takes from cells; `loss`, how it loses digits; `example`, as many arguments as it takes, to show what it does.

    Few need the rest: `any_from`, the least number of arguments of one that takes any number; `symbol` and `precedence`
    make it an operator, otherwise `name` is called; `typed` is an operator that is read as a call of it; `ufunc` what
    numpy calls the operator; `hidden` are arguments that Excel wants and no reader should think about; `literals` the
    positions of arguments that are settings, not figures (the decimals of FIXED); `selects` names the one argument that
    counts, given the first; `dust`: the decimals that count of the operand, which lowering rounds to them, because a
    quotient that is whole can be off by its last digits after a conversion; `nests`: applied to groups of its operands
    and then to what comes out, it gives the same; `single`: the position of the one argument that is no block; `called`
    is what Excel calls it, if not its name; `sought`: it says what is looked for, in the unit of its operand.
    """

    name: str
    rule: Rule
    scalar: Callable[..., Any]
    array: Form | None
    words: str
    takes: Takes = attrs.field(kw_only=True)
    loss: Loss = attrs.field(kw_only=True)
    example: tuple[Any, ...] = attrs.field(kw_only=True)
    any_from: int | None = None
    symbol: str = ""
    precedence: int = 9
    typed: str = ""
    ufunc: str = ""
    hidden: tuple[str, ...] = ()
    literals: frozenset[int] = frozenset()
    selects: Callable[[Any], int] | None = None
    dust: int | None = None
    nests: bool = False
    single: int | None = None
    called: str = ""
    sought: bool = False

    def __attrs_post_init__(self) -> None:
        if FUNCTIONS.setdefault(self.name, self) is not self:
            raise ValueError(f"The function table has a row {self.name!r} already.")

    @cached_property
    def least(self) -> int:
        """The least number of arguments."""
        return len(self.example) if self.any_from is None else self.any_from

    @cached_property
    def most(self) -> int | None:
        """The largest number of arguments; None where there is none."""
        return len(self.example) if self.any_from is None else None

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Callable[[str], Function], tuple[str]]:
        # Readers ask which function it is by identity, so a copy or an unpickled one must be the row of the table.
        return function_named, (self.name,)

    def selected(self, first: Any, arguments: Sequence[_Part]) -> _Part:
        """Return the one argument that counts, given the value of the first. Raises ValueError where there is none."""
        assert self.selects is not None
        place = self.selects(first)
        if not 0 < place < len(arguments):
            raise ValueError(f"{self.name} has no case {place}")
        return arguments[place]


def flat(operands: Iterable[Any]) -> Iterator[Any]:
    """Yield operands, of blocks their cells."""
    for operand in operands:
        if isinstance(operand, tuple):
            yield from operand
        else:
            yield operand


FUNCTIONS: dict[str, Function] = {}
"""The table: every row by its name, put in when the row is made."""


def function_named(name: str) -> Function:
    """Return the function of the table that bears a name, also to another process."""
    return FUNCTIONS[name]
