"""Dimension rules: for the kinds of the arguments, what each is converted to and what comes out.

A rule is a pure function of kinds, so its answers are remembered: a ledger of ten thousand lines asks the same few
questions again and again.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from unitledger.expression.kind import LOGICAL, TEXT, WORD, ZERO, Kind
from unitledger.expression.table.function import Disagreement, Rule, Signature
from unitledger.units import DATE, DIMENSIONLESS, Unit

COMPARE = "compare"
_DAY, _MONTH = Unit.parse("day"), Unit.parse("month")


def _number(kinds: tuple[Kind, ...], position: int) -> Unit:
    kind = kinds[position]
    if kind == DATE:
        raise Disagreement("needs a number", position)
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
        if verb != COMPARE or DATE not in kinds:
            for position in range(len(kinds)):
                _number(kinds, position)
        common = _aligned(kinds, verb)
        return Signature((common,) * len(kinds), common, aligned=True)

    return rule


def moved(verb: str) -> Rule:
    """Adding and subtracting: like `same`; a time makes another date of a date, and two dates are a time apart."""
    plain = same(verb)

    @cache
    def rule(kinds: tuple[Kind, ...]) -> Signature:
        if DATE not in kinds:
            return plain(kinds)
        both = kinds == (DATE, DATE)
        others = [kind for kind in kinds if kind not in (DATE, ZERO)]
        are_times = all(isinstance(kind, Unit) and kind.dimension == _DAY.dimension for kind in others)
        if not are_times or (both if verb == "add" else kinds[0] != DATE):
            raise Disagreement(verb, 0, 1)
        return Signature(tuple(_DAY if kind in others else None for kind in kinds), _DAY if both else DATE)

    return rule


@cache
def months_later(kinds: tuple[Kind, ...]) -> Signature:
    """EDATE, EOMONTH: a date and a time in months; the result is a date."""
    _date(kinds)
    if kinds[1] is not ZERO and _number(kinds, 1).dimension != _MONTH.dimension:
        raise Disagreement("needs a time, such as 3 month", 1)
    return Signature((None, _MONTH), DATE)


@cache
def part_of_date(kinds: tuple[Kind, ...]) -> Signature:
    """YEAR, MONTH: of a date a plain number."""
    _date(kinds)
    return Signature((None,), DIMENSIONLESS)


def _date(kinds: tuple[Kind, ...]) -> None:
    if kinds[0] != DATE:
        raise Disagreement("needs a date", 0)


@cache
def first(kinds: tuple[Kind, ...]) -> Signature:
    """Keep the first argument's unit; the second is a plain number (place, rank)."""
    return Signature((None, _plain(kinds, 1)), kinds[0])


@cache
def decimals(kinds: tuple[Kind, ...]) -> Signature:
    """Rounding to decimals, a plain number, of the unit that is wanted, or else of the first argument's."""
    _plain(kinds, 1)
    return Signature((kinds[0], None), kinds[0], aligned=True)


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
    common = _aligned(kinds, COMPARE)
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


def _nominal(kinds: tuple[Kind, ...], periods: int) -> Unit:
    """Return the unit of a rate per period, given the position of the number of periods; the rate comes first."""
    rate = DIMENSIONLESS / _number(kinds, periods)
    if _number(kinds, 0).dimension != rate.dimension:
        raise Disagreement(f"needs a rate per period ({rate.spelling})", 0)
    return rate


@cache
def payment(kinds: tuple[Kind, ...]) -> Signature:
    """PMT: a nominal rate per period, a number of periods, and the amount that is paid off."""
    rate = _nominal(kinds, 1)
    return Signature((rate, None, None), _number(kinds, 2) * rate)


@cache
def interest(kinds: tuple[Kind, ...]) -> Signature:
    """IPMT: like PMT, with the period that is asked for before the number of all."""
    rate = _nominal(kinds, 2)
    _aligned(kinds[:3], COMPARE, start=1)
    return Signature((rate, kinds[2], None, None), _number(kinds, 3) * rate)


@cache
def declining(kinds: tuple[Kind, ...]) -> Signature:
    """DDB: price and residual value in one unit, a life and a period of it, and a plain factor."""
    found = straight_line(kinds[:3])
    _aligned(kinds[:4], COMPARE, start=2)
    return Signature((*found.targets, kinds[2], _plain(kinds, 4)), found.result)


@cache
def discounted(kinds: tuple[Kind, ...]) -> Signature:
    """NPV: a plain rate per period, and flows of one unit."""
    rate = _plain(kinds, 0)
    for position in range(1, len(kinds)):
        _number(kinds, position)
    common = _aligned(kinds, "add", start=1)
    return Signature((rate, *(common,) * (len(kinds) - 1)), common)


@cache
def internal_rate(kinds: tuple[Kind, ...]) -> Signature:
    """IRR: flows of one unit, and a plain rate per period to begin with; so is the result."""
    _number(kinds, 0)
    return Signature((None, _plain(kinds, 1)), DIMENSIONLESS)


@cache
def pairs(kinds: tuple[Kind, ...]) -> Signature:
    """SUMPRODUCT of blocks: units multiply."""
    result = DIMENSIONLESS
    for position in range(len(kinds)):
        result = result * (DIMENSIONLESS if kinds[position] is LOGICAL else _number(kinds, position))
    return Signature((None,) * len(kinds), result)


@cache
def position(kinds: tuple[Kind, ...]) -> Signature:
    """MATCH: a value that is converted to the unit of a block; the result is a place, a plain number."""
    common = _aligned(kinds[::-1], COMPARE)
    return Signature((common, common), DIMENSIONLESS)


@cache
def counted(kinds: tuple[Kind, ...]) -> Signature:
    """COUNTIF: a block and a value that is converted to its unit; the result is a plain number."""
    common = _aligned(kinds, COMPARE)
    return Signature((common, common), DIMENSIONLESS)


@cache
def conditional_sum(kinds: tuple[Kind, ...]) -> Signature:
    """SUMIFS: a block that is added up; then, as often as wanted, one that is looked at and what it must be."""
    if len(kinds) % 2 == 0:
        raise Disagreement("needs what each block must be", len(kinds) - 1)
    sought = [_aligned(kinds[: place + 2], COMPARE, start=place) for place in range(1, len(kinds), 2)]
    return Signature((None, *(kind for common in sought for kind in (common, common))), kinds[0])


@cache
def limit(kinds: tuple[Kind, ...]) -> Signature:
    """A sign of comparison before a number: it is compared with figures of the number's unit."""
    return Signature((None,), kinds[0] if kinds[0] == DATE else _number(kinds, 0))


def about(result: Kind) -> Rule:
    """ROWS, ISNUMBER: anything; what comes out says something about it."""
    return lambda kinds: Signature((None,) * len(kinds), result)


@cache
def written(kinds: tuple[Kind, ...]) -> Signature:
    """FIXED: a number and its decimals make a text."""
    _number(kinds, 0)
    return Signature((None, DIMENSIONLESS), TEXT)


@cache
def digits(kinds: tuple[Kind, ...]) -> Signature:
    """TEXT: a number and a format make a text."""
    _number(kinds, 0)
    return Signature((None, None), TEXT)
