"""The names that people write, and what each stands for: prefix rules, plurals, kinds, exact sizes.

The table is filled from definitions.txt and grows only by `unitledger.units.define`; nothing is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from enum import Enum
from typing import Final

import attrs

from unitledger.errors import NameRefused, QuantityError, UnknownUnit, did_you_mean
from unitledger.units.definitions import Definition, Prefix


class Kind(Enum):
    """What a dimension is to a ledger."""

    PHYSICAL = "physical"
    CURRENCY = "currency"
    COUNT = "count"


MONEY_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}

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
    "currency": (Kind.CURRENCY, _MULTIPLES[:4]),
    "bulk": (Kind.COUNT, _MULTIPLES[:4]),
    "count": (Kind.COUNT, ()),
}


@attrs.frozen
class Atom:
    """A unit with or without a prefix, as pint names it: ``megatoken`` with the symbol ``Mtoken``."""

    name: str
    symbol: str
    prefix: Prefix | None
    definition: Definition


class Names:
    """All spellings of all units. One instance, `NAMES`, is shared by the package."""

    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.kinds: dict[str, Kind] = {}
        self._prefixes: dict[str, Prefix] = {}
        self._spellings: dict[str, Atom] = {}

    def add_prefixes(self, prefixes: list[Prefix]) -> None:
        """Make the prefixes known; the groups say which units take them."""
        self._prefixes.update((prefix.name, prefix) for prefix in prefixes)

    def add(self, definitions: list[Definition]) -> list[Atom]:
        """Add units, all or none, and return them with their prefixed forms.

        Raises NameRefused when a spelling is taken, UnknownUnit when a definition refers to a unit that
        does not exist, QuantityError when its group does not.
        """
        spellings: dict[str, Atom] = {}
        atoms: dict[str, Atom] = {}
        for definition in definitions:
            if definition.group not in GROUPS:
                raise QuantityError(
                    f"Unit {definition.name!r}: no group {definition.group!r}; one of {', '.join(GROUPS)}."
                )
            for spelling, atom in self._forms(definition):
                taken = spellings.get(spelling) or self._spellings.get(spelling)
                if taken is not None and (taken != atom or spelling in self._spellings):
                    raise NameRefused(
                        f"Unit {definition.name!r}: {spelling!r} already means {taken.name!r}. Choose another name."
                    )
                spellings[spelling] = atom
                atoms[atom.name] = atom
            for part, _ in definition.reference:
                if not part.startswith("[") and part not in atoms and part not in self.atoms:
                    raise UnknownUnit(
                        f"Unit {definition.name!r} refers to {part!r}, which is not defined."
                        f"{did_you_mean(part, [*self.atoms, *atoms])}"
                    )
        self._spellings |= spellings
        self.atoms |= atoms
        for definition in definitions:
            if definition.is_base:
                self.kinds.setdefault(definition.reference[0][0], GROUPS[definition.group][0])
        return list(atoms.values())

    def resolve(self, spelling: str) -> Atom:
        """Return the unit that a name stands for. Raises UnknownUnit with the likely spelling."""
        atom = self._spellings.get(spelling)
        if atom is None:
            raise UnknownUnit(self._unknown(spelling))
        return atom

    def knows(self, spelling: str) -> bool:
        """Whether the name stands for a unit."""
        return spelling in self._spellings

    def plural(self, definition: Definition) -> str:
        """The plural of a unit's full name: ``tokens``, ``queries``; a currency has none."""
        if definition.group == "currency":
            return definition.name
        if _takes_s(definition.name):
            return definition.name + "s"
        return definition.aliases[0] if definition.aliases else definition.name

    def _forms(self, definition: Definition) -> Iterator[tuple[str, Atom]]:
        words = [definition.name, self.plural(definition)]
        for alias in definition.aliases:
            words += [alias, alias + "s"] if alias.islower() and len(alias) > 1 and _takes_s(alias) else [alias]
        if definition.group == "currency":
            words += [sign for sign, name in MONEY_SIGNS.items() if name == definition.name]
        short = [definition.symbol] if definition.symbol else words
        atom = Atom(definition.name, short[0], None, definition)
        yield from ((form, atom) for form in dict.fromkeys([*words, *short]))
        for name in GROUPS[definition.group][1]:
            prefix = self._prefixes[name]
            atom = Atom(prefix.name + definition.name, prefix.symbol + short[0], prefix, definition)
            forms = [prefix.name + word for word in words[:2]]
            forms += [mark + form for mark in (prefix.symbol, *prefix.aliases) for form in short]
            yield from ((form, atom) for form in dict.fromkeys(forms))

    def _unknown(self, name: str) -> str:
        bits = re.fullmatch(r"([kKMGTP]i?)b", name)
        if bits:
            mark = bits[1].replace("K", "k") if len(bits[1]) == 1 else bits[1].replace("k", "K")
            return f"{name!r} could mean bits or bytes; write '{mark}bit' or '{mark}B'"
        if name == "KB":
            return "'KB' could mean 1000 or 1024 bytes; write 'kB' or 'KiB'"
        if name in {"k", "K", "M", "G", "T"}:
            return f"{name!r} is no unit; a scale k, M, B or T is glued to the number, as in '40k USD'"
        if name == "per":
            return "'per' is written '/'"
        same = [known for known in self._spellings if known.casefold() == name.casefold()]
        # A prefix before a word, as in kiloquery, is legal but seldom what was meant.
        usual = [s for s, atom in self._spellings.items() if atom.prefix is None or atom.definition.symbol]
        hint = did_you_mean(name, same or get_close_matches(name, usual, cutoff=0.75))
        for prefix in self._prefixes.values():
            for mark in (prefix.name, prefix.symbol, *prefix.aliases):
                rest = name.removeprefix(mark)
                if rest != name and self.knows(rest) and self._spellings[rest].prefix is None:
                    return f"{rest!r} is not written with the prefix {mark!r}.{hint}"
        return f"unknown unit {name!r}.{hint or _how_to_define(name)}"


def _how_to_define(name: str) -> str:
    return f" A new one is made by define('{name} = [{name}]')."


def _takes_s(word: str) -> bool:
    """Whether the plural is the word with an s, as in tokens and days, unlike matrices and queries."""
    return not re.search(r"(?:s|x|z|ch|sh|[^aeiou]y)$", word, re.IGNORECASE)


NAMES: Final = Names()
