"""How a computed unit is written: ``kW·USD/kWh``, ``USD/machine/h``, ``1/step``, ``ratio``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from unitledger.units.atoms.atom import Kind, Powers
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.sizes import PERCENT, atom_kind, is_time

_SMALLEST_PLAIN: Final = 1e-6
_SIX_DIGITS: Final = 1e6
_LARGEST_PLAIN: Final = 1e15


def spell(atoms: Powers, *, money_first: bool = False) -> str:
    """Write a unit with preferred symbols: physical units, money, counts, time; or money first of all."""
    ordered = sorted(atoms, key=lambda atom: (_rank(atom[0], money_first=money_first), atom[0]))
    return product([(_power(name, abs(exponent)), exponent) for name, exponent in ordered]) if ordered else "ratio"


def product(factors: Sequence[tuple[str, Fraction]]) -> str:
    """Write factors, each with the exponent that says on which side it stands: ``a·b/c``, ``1/c``."""
    above = "·".join(factor for factor, exponent in factors if exponent > 0)
    return (above or "1") + "".join(f"/{factor}" for factor, exponent in factors if exponent < 0)


def _rank(name: str, *, money_first: bool) -> int:
    if name == PERCENT:
        return 5
    if is_time(name):
        return 4
    return {Kind.CURRENCY: 0 if money_first else 2, Kind.PHYSICAL: 1, Kind.COUNT: 3}[atom_kind(name)]


def _power(name: str, exponent: Fraction) -> str:
    symbol = NAMES.atoms[name].symbol
    if exponent == 1:
        return symbol
    return f"{symbol}^{exponent}" if exponent.denominator == 1 else f"{symbol}^({exponent})"


def plain_number(number: float) -> str:
    """A number as people write it: six digits or all whole ones, powers of ten only for extremes."""
    size = abs(number)
    if not (_SMALLEST_PLAIN <= size < _LARGEST_PLAIN or number == 0):
        return f"{number:.6g}"
    return f"{number:.0f}" if size >= _SIX_DIGITS else format(Decimal(f"{number:.6g}"), "f")


def grouped_number(number: float) -> str:
    """A number for people: like `plain_number`, with thousands commas."""
    text = plain_number(number)
    return text if "e" in text else f"{Decimal(text):,}"
