"""What a unit is to a ledger: its kind, the prefixes that its group takes, its exact size and dimension."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Final

import attrs

from unitledger.units.atoms.definitions import Definition, Prefix

Powers = tuple[tuple[str, Fraction], ...]
"""Names with exponents, sorted, none of them zero."""


class Kind(Enum):
    """What a dimension is to a ledger."""

    PHYSICAL = "physical"
    CURRENCY = "currency"
    COUNT = "count"


_FRACTIONS: Final = ("nano", "micro", "milli")
_MULTIPLES: Final = ("kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta")
_BINARY: Final = ("kibi", "mebi", "gibi", "tebi", "pebi")

# What the units of a group are, and the prefixes that people write before them.
GROUPS: Final[dict[str, tuple[Kind, tuple[str, ...]]]] = {
    "time": (Kind.PHYSICAL, _FRACTIONS),
    "calendar": (Kind.PHYSICAL, ()),
    "length": (Kind.PHYSICAL, (*_FRACTIONS, "centi", "kilo")),
    "physical": (Kind.PHYSICAL, (*_FRACTIONS, *_MULTIPLES)),
    "large": (Kind.PHYSICAL, _MULTIPLES),
    "information": (Kind.PHYSICAL, (*_MULTIPLES, *_BINARY)),
    "fixed": (Kind.PHYSICAL, ()),
    "emission": (Kind.PHYSICAL, ("milli", *_MULTIPLES[:3])),
    "currency": (Kind.CURRENCY, _MULTIPLES[:4]),
    "bulk": (Kind.COUNT, _MULTIPLES[:4]),
    "count": (Kind.COUNT, ()),
}


@attrs.frozen
class Atom:
    """A unit with or without a prefix, as pint names it: ``megatoken`` with the symbol ``Mtoken``.

    `size`: in base units, by the billing calendar; `dimension`: the powers of its dimensions, sorted.
    """

    name: str
    symbol: str
    prefix: Prefix | None
    definition: Definition
    size: Fraction
    dimension: Powers

    def means(self, other: Atom | None) -> bool:
        """Whether another unit is defined alike, whatever else it is called."""
        if other is None or self.prefix != other.prefix:
            return False
        own, its = self.definition, other.definition
        return (own.scale, own.reference) == (its.scale, its.reference)


def collect(*factors: tuple[str, Fraction | int]) -> Powers:
    """Add up the exponents of equal names; sorted by name, zeros dropped."""
    total: dict[str, Fraction] = {}
    for name, exponent in factors:
        total[name] = total.get(name, Fraction(0)) + exponent
    return tuple(sorted((name, exponent) for name, exponent in total.items() if exponent))
