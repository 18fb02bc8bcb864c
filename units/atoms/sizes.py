"""Exact size and dimension of a unit's atoms, worked out from the definitions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from unitledger.errors import UnitMismatch
from unitledger.units.atoms.atom import Kind, Powers
from unitledger.units.atoms.billing import Calendar
from unitledger.units.atoms.names import NAMES

# Shares are stored as 0.30 and only written "30 %": to the stored number, percent is no factor.
PERCENT = "percent"

_TIME: Final = (("[time]", Fraction(1)),)


@cache
def atom_size(name: str, calendar: Calendar) -> Fraction:
    """Size of one stored atom in root units (second, gram, meter, bit ...); exact."""
    atom = NAMES.atoms[name]
    if atom.prefix is not None:
        return atom.prefix.value * atom_size(atom.definition.name, calendar)
    if name == PERCENT:
        return Fraction(1)
    days = calendar.days.get(name)
    if days is not None:
        return days * atom_size("day", calendar)
    size = atom.definition.scale
    for part, exponent in atom.definition.reference:
        if not part.startswith("["):
            size *= atom_size(part, calendar) ** exponent
    return size


@cache
def atom_dimension(name: str) -> Powers:
    """Dimension of an atom, such as ``(("[information]", 1), ("[time]", -1))`` for Gbps."""
    return NAMES.atoms[name].dimension


@cache
def atom_kind(name: str) -> Kind:
    """Money or a count when the atom is nothing else, physical otherwise."""
    kinds = {NAMES.kinds[dimension] for dimension, _ in atom_dimension(name)}
    return kinds.pop() if len(kinds) == 1 else Kind.PHYSICAL


def is_time(name: str) -> bool:
    """Whether the atom is a length of time."""
    return atom_dimension(name) == _TIME


def same_dimension(left: str, right: str) -> bool:
    """Whether two atoms measure the same thing, as MWh and kWh do; plain numbers measure nothing."""
    return bool(atom_dimension(left)) and atom_dimension(left) == atom_dimension(right)


def exact_power(base: Fraction, exponent: Fraction) -> Fraction:
    """A fraction to a fractional power. Raises UnitMismatch when the result is not a fraction."""
    power = base**exponent.numerator
    degree = exponent.denominator
    root = Fraction(_root(power.numerator, degree), _root(power.denominator, degree))
    if root**degree != power:
        raise UnitMismatch(
            f"The conversion factor {base}^({exponent}) is not exact. Convert the unit before taking the root."
        )
    return root


def _root(number: int, degree: int) -> int:
    """The largest whole number whose power of `degree` is at most `number`."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low
