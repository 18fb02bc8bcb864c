"""A unit: canonical atoms with exponents, the author's spelling, and a cached algebra."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property, lru_cache
from math import prod
from typing import Any, Final

import attrs
import pint

from unitledger.errors import QuantityError, UnknownUnit
from unitledger.units.algebra.simplification import simplified_atoms
from unitledger.units.atoms import dates
from unitledger.units.atoms.atom import Kind, Powers, collect
from unitledger.units.atoms.billing import BILLING, Calendar
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.pint_registry import Quantity
from unitledger.units.atoms.sizes import PERCENT, atom_dimension, atom_size, exact_power
from unitledger.units.atoms.spelling import spell
from unitledger.units.grammar import read_unit, with_prefixes

Dimension = Powers

_ATOMS: Final[dict[Powers, Powers]] = {}


def _interned(atoms: Powers) -> Powers:
    return _ATOMS.setdefault(atoms, atoms)


@attrs.frozen(cache_hash=True, repr=False)
class Unit:
    """A unit such as ``USD/(PFLOP/s h)``. Equality looks at the atoms, not at the spelling.

    `atoms` are pint's canonical names with exponents, sorted; `Unit.parse` and the algebra make them.
    """

    # One object per set of atoms: comparing two units then compares identities first, not fractions.
    atoms: Powers = attrs.field(default=(), converter=_interned)
    spelling: str = attrs.field(eq=False, default=attrs.Factory(lambda self: spell(self.atoms), takes_self=True))

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read a unit as people write it, keeping the spelling. Raises UnknownUnit and QuantityError."""
        if not isinstance(text, str):
            raise QuantityError(f"A unit is written as text, such as 'USD/h'; {text!r} is none.")
        try:
            return unit_from_text(text)
        except QuantityError as reason:
            raise type(reason)(f"Cannot read the unit {shown(text)}: {sentence(reason)}") from None

    @classmethod
    def of(cls, quantity: pint.Quantity[Any]) -> Unit:
        """The unit of one of our quantities, with its spelling if it has one."""
        if not isinstance(quantity, Quantity):
            raise QuantityError(f"{quantity!r} is no quantity of unitledger's registry; make it with Q(...).")
        return cls(quantity.atoms) if quantity.spelling is None else cls(quantity.atoms, quantity.spelling)

    def __str__(self) -> str:
        return self.spelling

    def __repr__(self) -> str:
        return f"Unit({self.spelling!r})"

    def __reduce__(self) -> tuple[Callable[[Powers, str], Unit], tuple[Powers, str]]:
        return _known, (self.atoms, self.spelling)

    def __mul__(self, other: object) -> Unit:
        return _product(self, other) if isinstance(other, Unit) else NotImplemented

    def __truediv__(self, other: object) -> Unit:
        return _quotient(self, other) if isinstance(other, Unit) else NotImplemented

    def __pow__(self, exponent: Fraction | int) -> Unit:
        if isinstance(exponent, bool) or not isinstance(exponent, (int, Fraction)):
            return NotImplemented
        return _power(self, Fraction(exponent))

    @property
    def is_dimensionless(self) -> bool:
        """Whether nothing but a number is left, as in ``%`` or ``token/Mtoken``."""
        return not self.dimension

    @property
    def is_date(self) -> bool:
        """Whether it is that of days of the calendar."""
        return self == DATE

    @cached_property
    def dimension(self) -> Dimension:
        """Such as ``(("[USD]", 1), ("[machine]", -1), ("[time]", -1))``; empty for a plain number."""
        return collect(
            *((part, power * exponent) for name, exponent in self.atoms for part, power in atom_dimension(name))
        )

    @cached_property
    def physical(self) -> Dimension:
        """The dimension without counts and with every currency as ``[currency]``."""
        return collect(
            *(
                ("[currency]" if NAMES.kinds[part] is Kind.CURRENCY else part, power)
                for part, power in self.dimension
                if NAMES.kinds[part] is not Kind.COUNT
            )
        )

    @cached_property
    def counting(self) -> Unit:
        """The part that counts things: of ``USD/machine/h`` it is ``1/machine``."""
        return Unit(collect(*(part for name, power in self.atoms for part in _counting_atoms(name, power))))

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The currencies in the unit: both for an exchange rate."""
        parts = {part for name, _ in self.atoms for part, _ in atom_dimension(name)}
        return frozenset(part.strip("[]") for part in parts if NAMES.kinds[part] is Kind.CURRENCY)

    @property
    def written(self) -> Fraction:
        """What one written unit is when stored: 1/100 for ``%``, because 30 % is stored as 0.30, else 1."""
        exponent = dict(self.atoms).get(PERCENT)
        return Fraction(1) if exponent is None else exact_power(Fraction(1, 100), exponent)

    def size(self, calendar: Calendar = BILLING) -> Fraction:
        """Exact size of one stored unit in root units. Raises UnitMismatch for the root of an uneven unit."""
        return prod((exact_power(atom_size(name, calendar), power) for name, power in self.atoms), start=Fraction(1))

    def simplified(self) -> Unit:
        """The unit with composites expanded and cancelled: ``kW·USD/kWh/machine`` is ``USD/machine/h``."""
        return self._simplified

    @cached_property
    def _simplified(self) -> Unit:
        atoms = simplified_atoms(self.atoms)
        return self if atoms == self.atoms else Unit(atoms, spell(atoms, money_first=True))


DIMENSIONLESS: Final = Unit()
DATE: Final = Unit(((dates.NAME, Fraction(1)),), dates.NAME)
"""Of a day of the calendar, stored as the number that spreadsheets give it."""


def _known(atoms: Powers, spelling: str) -> Unit:
    """Return an unpickled unit. Raises UnknownUnit for one that this process knows nothing of."""
    for name, _ in atoms:
        if name not in NAMES.atoms:
            raise UnknownUnit(f"The unit {spelling!r} was pickled where {name!r} was defined; define it here as well.")
    return Unit(atoms, spelling)


@lru_cache(maxsize=4096)
def unit_from_text(text: str) -> Unit:
    """Read a unit; the reasons that it raises do not name the text."""
    text = with_prefixes(text)
    unit = Unit(collect(*(factor for factor in read_unit(text) if factor[0] != "ratio")), text)
    if unit != DATE and any(name == dates.NAME for name, _ in unit.atoms):
        raise QuantityError("a date is a unit by itself; a length of time is in 'day'")
    return unit


def shown(text: str) -> str:
    """A text in quotation marks, cut when it is long."""
    longest = 60
    return repr(text if len(text) <= longest else text[:longest] + "…")


def sentence(reason: QuantityError) -> str:
    """A reason as the end of a message."""
    text = str(reason)
    return text if text.endswith((".", "?")) else text + "."


def _counting_atoms(name: str, power: Fraction) -> list[tuple[str, Fraction]]:
    kinds = {NAMES.kinds[part] for part, _ in atom_dimension(name)}
    if Kind.COUNT not in kinds:
        return []
    if kinds == {Kind.COUNT}:
        return [(name, power)]
    parts = NAMES.atoms[name].definition.reference
    return [found for part, inner in parts for found in _counting_atoms(part, power * inner)]


@lru_cache(maxsize=65536)
def _product(left: Unit, right: Unit) -> Unit:
    return Unit(collect(*left.atoms, *right.atoms))


@lru_cache(maxsize=65536)
def _quotient(left: Unit, right: Unit) -> Unit:
    return Unit(collect(*left.atoms, *((name, -power) for name, power in right.atoms)))


@lru_cache(maxsize=4096)
def _power(unit: Unit, exponent: Fraction) -> Unit:
    return Unit(collect(*((name, power * exponent) for name, power in unit.atoms)))
