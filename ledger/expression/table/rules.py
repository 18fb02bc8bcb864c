"""Dimension rules: for the kinds of the arguments, what each is converted to and what comes out.

A rule is a pure function of kinds, so its answers are remembered: a ledger of ten thousand lines asks the same few
questions again and again.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from unitledger.expression.kind import LOGICAL, TEXT, WORD, ZERO, Kind
from unitledger.expression.table.function import Disagreement, Rule, Signature
from unitledger.units import DIMENSIONLESS, Unit


def _number(kinds: tuple[Kind, ...], position: int) -> Unit:
    kind = kinds[position]
    if isinstance(kind, Unit):
        return kind
    if kind is ZERO:
        return DIMENSIONLESS
    raise Disagreement("needs a number", position)


def _aligned(kinds: tuple[Kind, ...], verb: str, start: int = 0) -> Kind:
    """Return the kind that arguments from `start` on share: the first that is not a bare zero."""
    common: Kind = ZERO
    leader = start
    for position in range(start, len(kinds)):
        kind = kinds[position]
        if kind is ZERO or kind == common:
            continue
        if common is ZERO:
            common, leader = kind, position
        elif not (isinstance(kind, Unit) and isinstance(common, Unit) and kind.dimension == common.dimension):
            raise Disagreement(verb, leader, position)
    return common


@cache
def product(kinds: tuple[Kind, ...]) -> Signature:
    """Units multiply; nothing is converted."""
    return Signature((None, None), _number(kinds, 0) * _number(kinds, 1))


@cache
def quotient(kinds: tuple[Kind, ...]) -> Signature:
    """Units divide; nothing is converted."""
    return Signature((None, None), _number(kinds, 0) / _number(kinds, 1))


def same(verb: str) -> Rule:
    """All arguments are converted to the unit of the first that has one, and so is the result."""

    @cache
    def rule(kinds: tuple[Kind, ...]) -> Signature:
        for position in range(len(kinds)):
            _number(kinds, position)
        common = _aligned(kinds, verb)
        return Signature((common,) * len(kinds), common, aligned=True)

    return rule


@cache
def first(kinds: tuple[Kind, ...]) -> Signature:
    """Keep the first argument's unit; the second is a plain number (digits, rank)."""
    return Signature((None, _plain(kinds, 1)), kinds[0])


@cache
def whole(kinds: tuple[Kind, ...]) -> Signature:
    """Rounding counts in a plain unit: B/(GB/gpu) is first brought to gpu."""
    unit = _number(kinds, 0).simplified()
    return Signature((unit,), unit)


def _plain(kinds: tuple[Kind, ...], position: int) -> Unit:
    if not _number(kinds, position).is_dimensionless:
        raise Disagreement("needs a plain number (ratio)", position)
    return DIMENSIONLESS


@cache
def plain(kinds: tuple[Kind, ...]) -> Signature:
    """Arguments and result are dimensionless."""
    return Signature(tuple(_plain(kinds, position) for position in range(len(kinds))), DIMENSIONLESS)


@cache
def root(kinds: tuple[Kind, ...]) -> Signature:
    """Halve every exponent of the unit."""
    return Signature((None,), _number(kinds, 0) ** Fraction(1, 2))


@cache
def comparison(kinds: tuple[Kind, ...]) -> Signature:
    """Both sides in one unit (or both texts); the result is true or false."""
    # Places in two lists may be equal where the words are not.
    if WORD in kinds:
        raise Disagreement("compares figures", kinds.index(WORD))
    common = _aligned(kinds, "compare")
    return Signature((common, common), LOGICAL)


def all_of(kind: Kind, reason: str) -> Rule:
    """Arguments and result are of one kind that is no unit."""

    @cache
    def rule(kinds: tuple[Kind, ...]) -> Signature:
        for position, found in enumerate(kinds):
            if found is not kind:
                raise Disagreement(reason, position)
        return Signature((None,) * len(kinds), kind)

    return rule


logical = all_of(LOGICAL, "needs true or false, such as a comparison")
"""Arguments and result are true or false."""
sentence = all_of(TEXT, "joins texts; write a number out with fixed(...) first")
"""Joining: texts make a text. A number must first be written out with FIXED."""


def _selection(kinds: tuple[Kind, ...]) -> Signature:
    common = _aligned(kinds, "choose between", start=1)
    return Signature((None, *(common,) * (len(kinds) - 1)), common, aligned=True)


@cache
def branch(kinds: tuple[Kind, ...]) -> Signature:
    """A condition and two values of one unit."""
    logical(kinds[:1])
    return _selection(kinds)


@cache
def choice(kinds: tuple[Kind, ...]) -> Signature:
    """The word of a choice, or a plain number, that selects one of several values of one unit."""
    if kinds[0] is not WORD:
        _plain(kinds, 0)
    return _selection(kinds)


@cache
def straight_line(kinds: tuple[Kind, ...]) -> Signature:
    """SLN: price and residual value in one unit, over a life."""
    for position in range(len(kinds)):
        _number(kinds, position)
    common = _aligned(kinds[:2], "subtract")
    price = common if isinstance(common, Unit) else DIMENSIONLESS
    return Signature((price, price, None), price / _number(kinds, 2))


@cache
def payment(kinds: tuple[Kind, ...]) -> Signature:
    """PMT: a nominal rate per period, a number of periods, and the amount that is paid off."""
    period = _number(kinds, 1)
    rate = DIMENSIONLESS / period
    if _number(kinds, 0).dimension != rate.dimension:
        raise Disagreement(f"needs a rate per period ({rate.spelling})", 0)
    return Signature((rate, None, None), _number(kinds, 2) / period)


@cache
def pairs(kinds: tuple[Kind, ...]) -> Signature:
    """SUMPRODUCT of blocks: units multiply."""
    result = DIMENSIONLESS
    for position in range(len(kinds)):
        result = result * (DIMENSIONLESS if kinds[position] is LOGICAL else _number(kinds, position))
    return Signature((None,) * len(kinds), result)


@cache
def position(kinds: tuple[Kind, ...]) -> Signature:
    """MATCH, COUNTIF: a value and a block of its unit; the result is a place, a plain number."""
    common = _aligned(kinds, "compare")
    return Signature((common, common), DIMENSIONLESS)


@cache
def conditional_sum(kinds: tuple[Kind, ...]) -> Signature:
    """SUMIFS: a block that is added up, a block that is looked at, and the value it must have."""
    common = _aligned(kinds, "compare", start=1)
    return Signature((None, common, common), kinds[0])


def about(result: Kind) -> Rule:
    """ROWS, ISNUMBER: anything; what comes out says something about it."""
    return lambda kinds: Signature((None,) * len(kinds), result)


@cache
def written(kinds: tuple[Kind, ...]) -> Signature:
    """FIXED: a number and its decimals make a text."""
    _number(kinds, 0)
    return Signature((None, DIMENSIONLESS), TEXT)
