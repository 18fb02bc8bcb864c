"""Composite units taken apart: kWh is kW times h, GFLOPS is GFLOP per second."""

from __future__ import annotations

from functools import cache

from unitledger.units.atoms.atom import Powers, collect
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.sizes import is_time


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
        carriers = (part for part, power in parts.items() if power == 1 and not is_time(part))
        carrier = next((part for part in carriers if atom.prefix.name + part in NAMES.atoms), None)
        if carrier is None:
            return None
        parts[atom.prefix.name + carrier] = parts.pop(carrier)
    return collect(*parts.items())
