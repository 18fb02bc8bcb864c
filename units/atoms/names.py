"""The names that people write, and what each stands for: prefix rules, plurals, kinds, exact sizes.

The table is filled from definitions.txt and grows only by `unitledger.units.define`; nothing is replaced.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from fractions import Fraction
from itertools import count
from typing import Final

import attrs

from unitledger.errors import NameRefused, QuantityError, UnknownUnit, did_you_mean
from unitledger.units.atoms.atom import GROUPS, Atom, Kind, Powers, collect
from unitledger.units.atoms.definitions import Definition, Prefix, read_definitions
from unitledger.units.atoms.unknown import unknown

MONEY_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}

# Far beyond any bill, and small enough to be reckoned with exactly, whatever a definition says.
_LARGEST: Final = Fraction(10) ** 100
_HIGHEST_POWER: Final = 12


class Names:
    """All spellings of all units. One instance, `NAMES`, is shared by the package."""

    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.kinds: dict[str, Kind] = {}
        self.shipped: frozenset[str] = frozenset()
        self._prefixes: dict[str, Prefix] = {}
        self._spellings: dict[str, Atom] = {}
        self._lendings = count(1)

    def add_prefixes(self, prefixes: list[Prefix]) -> None:
        """Make the prefixes known; the groups say which units take them."""
        self._prefixes.update((prefix.name, prefix) for prefix in prefixes)

    def add(self, definitions: list[Definition], suffix: str = "") -> list[Atom]:
        """Add units, all or none, and return the new ones with their prefixed forms.

        A unit that is there already, by all its spellings and defined alike, is passed over. `suffix`: what the
        canonical names of the new ones end with. Raises NameRefused when a spelling or a dimension is taken,
        UnknownUnit when a definition refers to a unit that does not exist, QuantityError when its group does not, or
        when its size is beyond all use.
        """
        spellings: dict[str, Atom] = {}
        atoms: dict[str, Atom] = {}
        kinds: dict[str, Kind] = {}
        held = (atom.definition for atom in self.atoms.values())
        bases = {definition.reference[0][0]: definition.name for definition in held if definition.is_base}
        known = ChainMap(spellings, self._spellings)
        for written in definitions:
            if written.group not in GROUPS:
                raise QuantityError(f"Unit {written.name!r}: no group {written.group!r}; one of {', '.join(GROUPS)}.")
            definition = _resolved(written, known)
            forms = list(self._forms(definition, ChainMap(atoms, self.atoms)))
            if all(atom.means(known.get(spelling)) for spelling, atom in forms):
                continue
            own: dict[str, Atom] = {}
            for spelling, atom in forms:
                taken = known.get(spelling, own.setdefault(spelling, atom))
                if taken != atom:
                    meant = taken.definition.line if taken.definition.word == spelling else taken.name
                    raise NameRefused(
                        f"Unit {definition.name!r}: {spelling!r} already means {meant!r}. Choose another name."
                    )
            if definition.is_base:
                dimension = definition.reference[0][0]
                if dimension in bases:
                    raise NameRefused(
                        f"Unit {definition.name!r}: {dimension} is the dimension of {bases[dimension]!r}. Write "
                        f"'{definition.name} = 1 {bases[dimension]}', or '{definition.name} = [{definition.name}]'."
                    )
                bases[dimension] = definition.name
                kinds[dimension + suffix] = GROUPS[definition.group][0]
            if suffix:
                forms = list(self._forms(definition.called(suffix), ChainMap(atoms, self.atoms)))
            spellings |= forms
            atoms |= {atom.name: atom for _, atom in forms}
        self._spellings = self._spellings | spellings
        self.atoms = self.atoms | atoms
        self.kinds = self.kinds | kinds
        return list(atoms.values())

    @contextmanager
    def lent(self, definitions: list[Definition]) -> Iterator[None]:
        """Know more units within a block. Raises like `add`.

        Their canonical names are never used again, so that what is remembered by name stays true.
        """
        before = self._spellings, self.atoms, self.kinds
        try:
            self.add(definitions, f"@{next(self._lendings)}")
            yield
        finally:
            self._spellings, self.atoms, self.kinds = before

    def resolve(self, spelling: str) -> Atom:
        """Return the unit that a name stands for. Raises UnknownUnit with the likely spelling."""
        atom = self._spellings.get(spelling)
        if atom is None:
            prefixes = self._prefixes.values()
            raise UnknownUnit(unknown(spelling, self._spellings, prefixes, self.atoms, self._is_definable))
        return atom

    def knows(self, spelling: str) -> bool:
        """Whether the name stands for a unit."""
        return spelling in self._spellings

    def multiple(self, atom: Atom, factor: Fraction) -> Atom | None:
        """The unit with the prefix that stands for a factor; None where it is not written so."""
        names = (prefix.name for prefix in self._prefixes.values() if prefix.value == factor)
        return next((self.atoms[name + atom.name] for name in names if name + atom.name in self.atoms), None)

    def plural(self, definition: Definition) -> str:
        """The plural of a unit's full name: ``tokens``, ``queries``; a currency has none."""
        if definition.group == "currency":
            return definition.word
        if _takes_s(definition.word):
            return definition.word + "s"
        return definition.aliases[0] if definition.aliases else definition.word

    def _is_definable(self, name: str) -> bool:
        """Whether a unit that counts things can be added under a name; tried on a copy, as `add` replaces tables."""
        try:
            return bool(copy(self).add(read_definitions(f"{name} = [{name}]")[1]))
        except (NameRefused, QuantityError):
            return False

    def _forms(self, definition: Definition, atoms: Mapping[str, Atom]) -> Iterator[tuple[str, Atom]]:
        size, dimension = _meaning(definition, atoms)
        words = [definition.word, self.plural(definition)]
        for alias in definition.aliases:
            words += [alias, alias + "s"] if alias.islower() and len(alias) > 1 and _takes_s(alias) else [alias]
        if definition.group == "currency":
            words += [sign for sign, name in MONEY_SIGNS.items() if name == definition.name]
        short = [definition.symbol] if definition.symbol else words
        atom = Atom(definition.name, short[0], None, definition, size, dimension)
        yield from ((form, atom) for form in dict.fromkeys([*words, *short]))
        for prefix in map(self._prefixes.__getitem__, GROUPS[definition.group][1]):
            name, symbol = prefix.name + definition.name, prefix.symbol + short[0]
            atom = Atom(name, symbol, prefix, definition, prefix.value * size, dimension)
            forms = [prefix.name + word for word in words[:2]]
            forms += [mark + form for mark in (prefix.symbol, *prefix.aliases) for form in short]
            yield from ((form, atom) for form in dict.fromkeys(forms))


def _resolved(definition: Definition, known: Mapping[str, Atom]) -> Definition:
    """Return a definition with the units that it refers to by their canonical names."""
    powers: dict[str, int] = {}
    for part, power in definition.reference:
        atom = known.get(part)
        if atom is None and not part.startswith("["):
            raise UnknownUnit(
                f"Unit {definition.name!r} refers to {part!r}, which is not defined.{did_you_mean(part, known)}"
            )
        name = part if atom is None else atom.name
        powers[name] = powers.get(name, 0) + power
    return attrs.evolve(definition, reference=tuple((name, power) for name, power in powers.items() if power))


def _meaning(definition: Definition, atoms: Mapping[str, Atom]) -> tuple[Fraction, Powers]:
    """Return the size of a unit in base units, and its dimension. Raises QuantityError beyond all use."""
    size = definition.scale
    powers: list[tuple[str, Fraction | int]] = []
    for part, power in definition.reference:
        if not part.startswith("["):
            size *= atoms[part].size ** power
            powers += [(dimension, inner * power) for dimension, inner in atoms[part].dimension]
        elif part != "[]":
            powers.append((part, 1))
    dimension = collect(*powers)
    if not 1 / _LARGEST <= size <= _LARGEST or any(abs(power) > _HIGHEST_POWER for _, power in dimension):
        raise QuantityError(
            f"Unit {definition.name!r} is too large, too small or of too high a power: sizes run from 1e-100 to 1e100 "
            f"of base units, powers to {_HIGHEST_POWER}."
        )
    return size, dimension


def _takes_s(word: str) -> bool:
    """Whether the plural is the word with an s, as in tokens and days, unlike matrices, queries and feet."""
    return not re.search(r"(?:s|x|z|ch|sh|[^aeiou]y|foot)$", word, re.IGNORECASE)


NAMES: Final = Names()
