"""The units that there are, as a list to look something up in."""

from __future__ import annotations

import attrs

from unitledger.units.atoms.names import NAMES


@attrs.frozen
class KnownUnit:
    """A unit without a prefix.

    `also`: other spellings; `group`: which prefixes it takes; `means`: its size in other units, "" for one that is the
    measure of a dimension of its own; `alike`: the units that it converts to.
    """

    name: str
    also: tuple[str, ...]
    group: str
    means: str
    alike: tuple[str, ...]


def known_units() -> tuple[KnownUnit, ...]:
    """Return the units that come with the package, in the order of their definitions."""
    plain = [atom for name, atom in NAMES.atoms.items() if name in NAMES.shipped and atom.prefix is None]
    found = []
    for atom in plain:
        definition = atom.definition
        also = dict.fromkeys(filter(None, [NAMES.plural(definition), atom.symbol, *definition.aliases]))
        also.pop(definition.name, None)
        relation = definition.line.split("=")[1].strip()
        means = "" if definition.is_base and atom.dimension else relation.replace("[]", "1")
        alike = tuple(each.name for each in plain if each.dimension == atom.dimension and each is not atom)
        found.append(KnownUnit(definition.name, tuple(also), definition.group, means, alike))
    return tuple(found)
