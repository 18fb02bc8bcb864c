"""Number formats: one per row, so that options align; by the unit and the size of the row's figures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache

from unitledger.units import Unit

DATE = "yyyy-mm-dd"
DAY = "d mmm"
"""Of a date beneath the name of its month and year."""
DATE_IF_ANY = 'yyyy-mm-dd;;"never"'
"""Of a date that is worked out: 0 where it never comes."""
GENERAL = ""
AS_TEXT = "@"
"""What is chosen in such a cell stays a text, also where it looks like a number, a date or a formula."""

SCIENTIFIC = "0.000E+00"
CHANGE = "+0.0%;-0.0%;0.0%"
"""Of a distance as a share, with its sign."""

# Significant digits that the smallest figure of a worked-out row keeps.
_DIGITS = 3
# Places that a plain figure may take before it is written with an exponent.
_LONGEST = 15
_MOST_DECIMALS = 8
# A figure in a sentence cannot have an exponent; it keeps its digits within what can be read.
_MOST_IN_WORDS = 15
_PLAIN_MONEY = 100_000
_CENTS = 2


def number_format(unit: Unit, figures: Iterable[float], *, exact: bool = False, money: int | None = None) -> str:
    """Return the format of a row of stored figures in `unit`.

    Shares show as percent. Worked-out figures keep three digits of the smallest, shares three of the largest and one of
    the smallest; with `exact` (inputs, constants) every digit that was written is shown, eight behind the point at
    most. Money has cents unless its figures are large, or as many decimals as `money`.
    """
    is_date, is_share, is_price = _nature(unit)
    if is_date:
        return DATE if exact else DATE_IF_ANY
    sizes = [abs(figure) for figure in figures if figure]
    if is_share:
        shares = [100 * size for size in sizes]
        decimals = _exact(shares) if exact else max(_worked(shares, 1), _worked([max(shares, default=0)]))
        return f"{_fixed(min(max(decimals, 1), _MOST_DECIMALS))}%"
    if money is not None and is_price:
        return _fixed(money)
    if not sizes:
        return _fixed(0)
    decimals = _exact(sizes) if exact else _worked(sizes)
    if is_price and max(sizes) < _PLAIN_MONEY:
        decimals = max(decimals, _CENTS) if decimals or not exact else 0
    whole = max(int(math.log10(max(sizes))) + 1, 1)
    most = min(_MOST_DECIMALS, _LONGEST - whole)
    if exact and most > 0 and min(sizes) * 10**most >= 10**_DIGITS:
        # Of an input with more digits than can be read, the first; the cell holds them all.
        decimals = min(decimals, most)
    if decimals > _MOST_DECIMALS or whole + decimals > _LONGEST:
        return SCIENTIFIC
    return _fixed(decimals)


def dashed(pattern: str) -> str:
    """Return a number format that shows a dash for zero, unless it says itself what zero is."""
    return pattern if ";" in pattern else f"{pattern};-{pattern};–"


def axis_format(unit: Unit, figures: Iterable[float]) -> str:
    """Return the format of the numbers along an axis: as few digits as tell its marks apart."""
    largest = max((abs(figure) for figure in figures), default=0.0) * (100 if _nature(unit)[1] else 1)
    decimals = max(1 - math.floor(math.log10(largest)), 0) if largest else 0
    if decimals > _MOST_DECIMALS or largest >= 10**_LONGEST:
        return SCIENTIFIC
    return _fixed(decimals) + "%" * _nature(unit)[1]


def shown_width(figures: Iterable[float], pattern: str) -> int:
    """Return how many characters the widest figure takes in a format made here."""
    if pattern == DAY:
        return len("31 Mar")
    if pattern in (DATE, DATE_IF_ANY):
        return _digits_wide("2026-01-31")
    if pattern == SCIENTIFIC:
        return len("-0.000E+000")
    pattern = pattern.partition(";")[0]
    decimals = len(pattern.rstrip("%").partition(".")[2])
    percent = pattern.endswith("%")
    texts = (f"{100 * figure if percent else figure:,.{decimals}f}" for figure in figures)
    return max(map(_digits_wide, texts), default=1) + percent


def _digits_wide(shown: str) -> int:
    """Return how many digits a figure is as wide as: what stands between them is half as wide."""
    return math.ceil(len(shown) - sum(map(shown.count, ",.-")) / 2)


def decimals_in_words(pattern: str, figures: Iterable[float]) -> int:
    """Return the decimals that a figure of a row has in a sentence: those of the row, whose format was made here."""
    if pattern != SCIENTIFIC:
        return len(pattern.rstrip("%").partition(".")[2])
    smallest = min((abs(figure) for figure in figures if figure), default=1.0)
    return min(max(_DIGITS - 1 - math.floor(math.log10(smallest)), 0), _MOST_IN_WORDS)


def _fixed(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


@cache
def _nature(unit: Unit) -> tuple[bool, bool, bool]:
    """Whether it is a date, a share, and a price: money is what it counts, as of USD/h, not of kWh/USD or CNY/USD."""
    is_price = len(unit.currencies) == 1 and dict(unit.dimension).get(f"[{min(unit.currencies)}]") == 1
    return unit.is_date, unit.written == Fraction(1, 100), is_price


def _exact(sizes: Iterable[float]) -> int:
    """Decimals that show every digit of the figures as written."""
    exponents = (Decimal(f"{size:.15g}").normalize().as_tuple().exponent for size in sizes)
    return max((-int(exponent) for exponent in exponents if int(exponent) < 0), default=0)


def _worked(sizes: Iterable[float], digits: int = _DIGITS) -> int:
    """Decimals that keep some digits of the smallest figure; none where all figures are whole."""
    known = list(sizes)
    if not known or all(size == int(size) for size in known):
        return 0
    return max(digits - 1 - math.floor(math.log10(min(known))), 0)
