"""Composite units taken apart: kWh is kW times h, GFLOPS is GFLOP per second."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from unitledger.units.names import NAMES
from unitledger.units.sizes import Powers, atom_dimension, collect

_TIME = (("[time]", Fraction(1)),)


@cache
def height(name: str) -> int:
    """Steps of definition down to base units; the highest is taken apart first."""
    parts = [part for part, _ in NAMES.atoms[name].definition.reference if not part.startswith("[")]
    return 1 + max(height(part) for part in parts) if parts else 0


@cache
def factors(name: str) -> Powers | None:
    """The units that an atom is exactly the product of, if there are any.

    A prefix goes to the first factor that takes it and is not a time: kW is kJ/s. None for a base unit, a
    multiple of another unit, or a prefix that no factor takes.
    """
    atom = NAMES.atoms[name]
    definition = atom.definition
    if definition.scale != 1 or definition.is_base:
        return None
    parts = dict(definition.reference)
    if atom.prefix is not None:
        carriers = [
            part
            for part, power in parts.items()
            if power == 1 and atom_dimension(part) != _TIME and atom.prefix.name + part in NAMES.atoms
        ]
        if not carriers:
            return None
        del parts[carriers[0]]
        parts[atom.prefix.name + carriers[0]] = 1
    return collect(*((part, Fraction(power)) for part, power in parts.items()))


def same_dimension(left: str, right: str) -> bool:
    """Whether two atoms measure the same thing, as MWh and kWh do; plain numbers measure nothing."""
    return bool(atom_dimension(left)) and atom_dimension(left) == atom_dimension(right)


def is_time(name: str) -> bool:
    """Whether the atom is a length of time."""
    return atom_dimension(name) == _TIME
