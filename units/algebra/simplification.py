"""Units as a bill shows them: ``kW·USD/kWh/machine`` cancels to ``USD/machine/h``."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from unitledger.units.algebra.composites import factors, height
from unitledger.units.atoms.atom import Powers, collect
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.sizes import PERCENT, is_time, same_dimension


@cache
def simplified_atoms(atoms: Powers) -> Powers:
    """Cancel units of the same dimension, taking composites apart only where that lets something cancel."""
    powers = _cancelled(dict(atoms))
    while (name := next((name for name in _composites(powers) if _helps(name, powers)), None)) is not None:
        power = powers.pop(name)
        parts = factors(name) or ()
        powers = _cancelled(dict(collect(*powers.items(), *((part, inner * power) for part, inner in parts))))
    share = powers.pop(PERCENT, Fraction(0))
    if share > 0 and not powers:
        return ((PERCENT, Fraction(1)),)  # a share of a share is a share
    return collect(*powers.items())


def _composites(powers: dict[str, Fraction]) -> list[str]:
    return sorted((name for name in powers if factors(name)), key=lambda name: (-height(name), name))


def _helps(name: str, powers: dict[str, Fraction]) -> bool:
    """Whether a part finds its counterpart; but kW·h is not read in kJ, nor J/kg in m^2/s^2."""
    unit = NAMES.atoms[name].definition.name
    return unit != "joule" and any(
        _has_partner(part, power, name, powers) and not (unit == "watt" and is_time(part))
        for part, power in factors(name) or ()
    )


def _has_partner(part: str, inner: Fraction, name: str, powers: dict[str, Fraction]) -> bool:
    sign = inner * powers[name]
    return any(other != name and power * sign < 0 and same_dimension(part, other) for other, power in powers.items())


def _cancelled(powers: dict[str, Fraction]) -> dict[str, Fraction]:
    """Cancel the atoms of a dimension against each other until only one side is left."""
    for above in sorted(name for name, power in powers.items() if power > 0):
        for below in sorted(name for name, power in powers.items() if power < 0):
            if above in powers and below in powers and same_dimension(above, below):
                shared = min(powers[above], -powers[below])
                powers[above] -= shared
                powers[below] += shared
                powers = {name: power for name, power in powers.items() if power}
    return powers
