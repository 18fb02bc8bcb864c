"""The shape of one row of the function table: what every reader needs to know about a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from unitledger.expression.kind import Kind
from unitledger.units import Unit

Value = float | bool | str


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


Rule = Callable[[tuple[Kind, ...]], Signature]


@attrs.frozen(eq=False)
class Function:
    """One operation, written once for all readers.

    `rule` is its dimension rule; `scalar` works on floats, truth values and texts; `array` takes the numpy module and
    its operands; `symbol` and `precedence` make it an operator, otherwise `name` is called; `hidden` are arguments that
    Excel wants and no reader should think about; `literals` the positions of arguments that are settings, not
    figures (the decimals of FIXED); `selects` names the one argument that counts, given the first; `words` how the
    formula map says it, with {} for each setting; `dust`: the decimals that count of the operand, which lowering rounds
    to them, because a quotient that is whole can be off by its last digits after a conversion; `nests`: applied to
    groups of its operands and then to what comes out, it gives the same.
    """

    name: str
    least: int
    most: int | None
    rule: Rule
    scalar: Callable[..., Any]
    array: Callable[..., Any] | None
    words: str
    symbol: str = ""
    precedence: int = 9
    hidden: tuple[str, ...] = ()
    literals: frozenset[int] = frozenset()
    selects: Callable[[Any], int] | None = None
    dust: int | None = None
    nests: bool = False

    def __attrs_post_init__(self) -> None:
        if FUNCTIONS.setdefault(self.name, self) is not self:
            raise ValueError(f"The function table has a row {self.name!r} already.")

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Callable[[str], Function], tuple[str]]:
        # Readers ask which function it is by identity, so a copy or an unpickled one must be the row of the table.
        return function_named, (self.name,)


FUNCTIONS: dict[str, Function] = {}
"""The table: every row by its name, put in when the row is made."""


def function_named(name: str) -> Function:
    """Return the function of the table that bears a name, also to another process."""
    return FUNCTIONS[name]
