"""The one pint registry, its quantity class, and `define`, through which users add units.

The registry holds the units of definitions.txt and nothing else: pint's own file would bring `link`
and `point` as lengths.
"""

from __future__ import annotations

import os
from fractions import Fraction
from html import escape
from importlib.resources import files
from numbers import Real
from pathlib import Path
from typing import Any, Self, TypeAlias

import pint
from pint.facets.plain import ScaleConverter, UnitDefinition
from pint.registry import GenericUnitRegistry
from pint.util import UnitsContainer

from unitledger.errors import QuantityError
from unitledger.units.atoms import dates
from unitledger.units.atoms.atom import Atom, Powers, collect
from unitledger.units.atoms.definitions import read_definitions
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.spelling import plain_number, spell


class Quantity(pint.Quantity[Any]):
    """A number with a unit that remembers how its author wrote the unit; results of arithmetic do not."""

    # The spelling belongs to the unit it was given with: pint changes units in place (ito, *=).
    _spelled: tuple[str, UnitsContainer] | None = None

    @property
    def spelling(self) -> str | None:
        """The unit as its author wrote it, such as ``USD/(PFLOP/s h)``; None for a computed quantity."""
        return self._spelled[0] if self._spelled is not None and self._spelled[1] == self._units else None

    @property
    def atoms(self) -> Powers:
        """The unit as canonical pint names with exponents, sorted; `ratio` vanishes."""
        return collect(*((name, as_power(power)) for name, power in self._units.items() if name != "ratio"))

    def __str__(self) -> str:
        return format(self, "")

    def __repr__(self) -> str:
        return f"Q({self.magnitude!r}, {self._unit_text()!r})"

    def __format__(self, spec: str) -> str:
        """Number and unit; `spec` is a number's (``,.2f``) or one of pint's (``~P``)."""
        if not isinstance(self.magnitude, Real):
            return super().__format__(spec) if spec else f"{self.magnitude} {self._unit_text()}"
        if dict(self._units) == {dates.NAME: 1}:
            return dates.date_text(float(self.magnitude))
        if not spec:
            return f"{plain_number(float(self.magnitude))} {self._unit_text()}"
        try:
            number = format(float(self.magnitude), spec)
        except ValueError:
            return super().__format__(spec)
        return f"{number} {self._unit_text()}"

    # What a notebook shows is what print shows; pint would spell the unit out, as a fraction in LaTeX.
    _repr_latex_ = None  # type: ignore[assignment]

    def _repr_html_(self) -> str:
        return escape(str(self))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - IPython passes it
        printer.text(str(self))

    def __copy__(self) -> Self:
        return self._with_spelling(super().__copy__())

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self._with_spelling(super().__deepcopy__(memo))

    def __reduce__(self) -> tuple[Any, ...]:
        # pint would unpickle into the application's registry, which does not know our units.
        return make_quantity, (self.magnitude, dict(self._units.items()), self.spelling)

    def _with_spelling(self, other: Any) -> Self:
        copied: Self = other
        copied._spelled = self._spelled
        return copied

    def _unit_text(self) -> str:
        return self.spelling or spell(self.atoms)


AnyQuantity: TypeAlias = pint.Quantity[Any]
"""A quantity of ours, or of another pint registry."""


class LedgerRegistry(GenericUnitRegistry[Quantity, pint.Unit]):
    """pint's registry with our quantity class."""

    Quantity = Quantity
    Unit = pint.Unit

    def context(self, *names: Any, **values: Any) -> Any:
        """Let contexts hold within a block: their names or, what pint's annotation omits, themselves."""
        return super().context(*names, **values)


def as_power(power: Any) -> Fraction:
    """An exponent of pint's as a fraction."""
    return Fraction(str(power)).limit_denominator(60)


def make_quantity(number: Any, powers: dict[str, Any], spelling: str | None = None) -> Quantity:
    """A quantity of our registry from a number and canonical unit names with exponents."""
    container = UnitsContainer({name: _plain(power) for name, power in powers.items()})
    made: Quantity = registry.Quantity(number, container)
    made._spelled = None if spelling is None else (spelling, container)  # noqa: SLF001 - our own class
    return made


def define(source: str | Path) -> None:
    """Add units: a definition such as ``"pallet = [pallet]"``, several lines of them, or the path of a file.

    A unit outside a group counts things and takes no prefix; ``@group currency`` ... ``@end`` around the
    lines says otherwise. Nothing is added unless all can be. Raises NameRefused when a name is taken,
    UnknownUnit when a definition refers to an unknown unit, QuantityError when a line cannot be read.
    """
    is_text = isinstance(source, str) and "=" in source
    # Unlike Path.is_file, this takes any text, also one that is too long for a name.
    if not is_text and not os.path.isfile(source):  # noqa: PTH113
        raise QuantityError(f"{str(source)!r:.80} is neither a definition such as 'pallet = [pallet]' nor a file.")
    prefixes, definitions = read_definitions(str(source) if is_text else Path(source).read_text("utf-8"))
    if prefixes:
        raise QuantityError(f"The prefix {prefixes[0].name!r} cannot be added; define the unit in full instead.")
    _register(NAMES.add(definitions))


def _load() -> None:
    text = files("unitledger.units").joinpath("definitions.txt").read_text("utf-8")
    prefixes, definitions = read_definitions(text)
    NAMES.add_prefixes(prefixes)
    _register(NAMES.add(definitions))
    NAMES.shipped = frozenset(NAMES.atoms)


def _register(atoms: list[Atom]) -> None:
    for atom in atoms:
        definition = atom.definition
        if atom.prefix is None:
            scale, reference = definition.scale, dict(definition.reference)
        else:
            scale, reference = atom.prefix.value, {definition.name: 1}
        symbol = atom.symbol if atom.symbol != atom.name else None
        made: Any = UnitDefinition(atom.name, symbol, (), ScaleConverter(float(scale)), UnitsContainer(reference))
        registry.define(made)


def _plain(power: Any) -> Any:
    return power.numerator if isinstance(power, Fraction) and power.denominator == 1 else power


registry = LedgerRegistry(filename=None, on_redefinition="raise")
# The unit of a quantity prints with symbols, as the quantity does.
registry.formatter.default_format = "~P"
_load()
