"""What COUNTIF and SUMIFS look for: a number, a text, nothing, or numbers on one side of a limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from unitledger.expression.digits import canonical
from unitledger.expression.table import rules
from unitledger.expression.table.arithmetic import AT_LEAST, AT_MOST, EQUAL, JOIN, LESS, MORE
from unitledger.expression.table.function import KEPT, Form, Function, Takes

_LIMIT = re.compile(r"(>=|<=|>|<|=)(-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)")
_SIDES = {row.symbol: row for row in (EQUAL, LESS, AT_MOST, MORE, AT_LEAST)}
# Signs that stand for others in a text that is searched for, and those that also compare where cells are counted.
WILD = frozenset("*?~")
_MEANINGFUL = WILD | frozenset("<>=")
# Numbers, shares, sums of money, dates and times in the ways that some program reads.
_NUMBER_LIKE = re.compile(
    r"(?:[-+\d\s.,:/%$€£¥()'’]|(?<=[\d\s.])(?:e|[ap]m?)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)*",
    re.IGNORECASE,
)


def _limit(compared: Function) -> Function:
    sign = compared.symbol

    def written(number: float) -> str:
        return f"{sign}{canonical(number):.15g}".upper()

    def arrays(np: Any, numbers: Any) -> Any:
        listed, which = np.unique(numbers, return_inverse=True)
        return np.array([written(number) for number in listed.tolist()])[which]

    return Function(
        f'"{sign}"&',
        rules.limit,
        written,
        Form(arrays, exact=True),
        f"{compared.words} ",
        takes=Takes.FIGURES,
        loss=KEPT,
        example=(7.25,),
        symbol=f'"{sign}"&',
        precedence=JOIN,
        sought=True,
    )


BELOW, UP_TO, ABOVE, FROM = map(_limit, (LESS, AT_MOST, MORE, AT_LEAST))
"""Figures on one side of a number, as what SUMIFS and COUNTIF look for."""


def criterion(wanted: Any) -> Callable[[Any], bool]:
    """Return whether a cell's content (None: it is empty) is what is looked for.

    Raises ValueError or TypeError, now or for a content, where programs disagree.
    """
    if wanted == "":
        return lambda held: held is None or held == ""
    limit = _LIMIT.fullmatch(wanted) if isinstance(wanted, str) else None
    if limit is not None:
        return _numbers(_SIDES[limit[1]].scalar, float(limit[2]))
    if isinstance(wanted, float):
        return _numbers(EQUAL.scalar, wanted)
    if not isinstance(wanted, str) or _MEANINGFUL & set(wanted) or _like_a_value(wanted):
        raise ValueError(f"{wanted!r} has a meaning of its own in a search")
    folded = wanted.casefold()
    return lambda held: isinstance(held, str) and held.casefold() == folded


def _numbers(holds: Callable[[float, float], bool], limit: float) -> Callable[[Any], bool]:
    def found(held: Any) -> bool:
        if isinstance(held, bool) or (isinstance(held, str) and _like_a_value(held)):
            raise TypeError(f"{held!r} is a number to some programs")
        if isinstance(held, float) and held != limit and canonical(held) == canonical(limit):
            raise ValueError(f"{held!r} is {limit!r} to some programs")
        return isinstance(held, float) and holds(held, limit)

    return found


def _like_a_value(text: str) -> bool:
    """Whether some program takes a text for a number, a date or a truth value."""
    return text.casefold() in {"true", "false"} or (
        any(sign.isdigit() for sign in text) and _NUMBER_LIKE.fullmatch(text) is not None
    )
