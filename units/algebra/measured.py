"""What a unit measures, in words."""

from __future__ import annotations

from fractions import Fraction

from unitledger.units.algebra.unit import Unit

_MECHANICS = ("[mass]", "[length]", "[time]")


def measured(unit: Unit) -> str:
    """Spell a dimension out: 'USD per machine · time', with power and energy under their names."""
    powers = dict(unit.dimension)
    mass, length, time = (powers.get(base, Fraction(0)) for base in _MECHANICS)
    if mass and length == 2 * mass:
        powers = {base: power for base, power in powers.items() if base not in _MECHANICS}
        if time == -3 * mass:
            powers["[power]"] = mass
        else:
            powers |= {"[energy]": mass, "[time]": time + 2 * mass}
    over = [_power(base, power) for base, power in powers.items() if power > 0]
    under = [_power(base, -power) for base, power in powers.items() if power < 0]
    top = " · ".join(over) or "1"
    return f"{top} per {' · '.join(under)}" if under else ("a plain number" if not over else top)


def _power(base: str, power: Fraction) -> str:
    name = base.strip("[]")
    return name if power == 1 else f"{name}^{power}"
