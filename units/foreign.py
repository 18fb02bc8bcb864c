"""Quantities of another pint registry, taken over by the names of their units where these mean the same here."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any, Final

from unitledger.errors import QuantityError, UnknownUnit
from unitledger.units.algebra.unit import Unit
from unitledger.units.atoms.atom import Atom, collect
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.pint_registry import AnyQuantity, as_power
from unitledger.units.atoms.sizes import atom_dimension
from unitledger.units.atoms.spelling import plain_number

# Sizes there are floats, here fractions; the month of pint's own registry differs by 7e-4.
_ROUNDING: Final = 1e-12


def own_unit(given: AnyQuantity) -> Unit:
    """Return the unit here of a quantity of another registry.

    Raises QuantityError for what is not one number, UnknownUnit for a unit that has no counterpart here.
    """
    if isinstance(given.magnitude, bool) or not isinstance(given.magnitude, (Real, Decimal)):
        raise QuantityError(f"{_shown(given)}, and it is not one number with a unit.")
    return Unit(collect(*((_counterpart(given, name).name, as_power(power)) for name, power in given.unit_items())))


def _counterpart(given: AnyQuantity, name: str) -> Atom:
    """Return the unit here that has the name, or the symbol, of a unit there, and means the same."""
    one = type(given)(1, name)
    known = [NAMES.resolve(word) for word in (name, f"{one.units:~}") if NAMES.knows(word)]
    if not known:
        raise UnknownUnit(
            f"{_shown(given)}, and no unit here is called {name!r}. Convert it there first, or make the unit known "
            "here with define(...)."
        )
    root: Any = one.to_root_units()
    for atom in known:
        if _is_the_same(root, atom):
            return atom
    size = f"{plain_number(float(root.magnitude))} {root.units}"
    raise UnknownUnit(f"{_shown(given)}, where {name!r} is {size}; here it is not. Convert it there first.")


def _is_the_same(root: Any, atom: Atom) -> bool:
    """Whether a unit there, in base units, is a unit here."""
    size, powers = float(root.magnitude), list[tuple[str, Fraction]]()
    for name, power in root.unit_items():
        if not NAMES.knows(name):
            return False
        base = NAMES.resolve(name)
        size *= float(base.size) ** float(power)
        powers += [(dimension, inner * as_power(power)) for dimension, inner in base.dimension]
    return collect(*powers) == atom_dimension(atom.name) and math.isclose(size, atom.size, rel_tol=_ROUNDING)


def _shown(given: AnyQuantity) -> str:
    return f"{str(given)!r:.60} is a quantity of another pint registry"
