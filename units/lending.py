"""Units that somebody defined, on their way from one process to another: which a file needs, and while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import RLock

import attrs

from unitledger.errors import QuantityError
from unitledger.units.algebra.unit import Unit, unit_from_text
from unitledger.units.atoms.definitions import Definition, read_definitions
from unitledger.units.atoms.names import NAMES

_ONE_AT_A_TIME = RLock()


def own_definitions(units: Iterable[Unit]) -> tuple[Definition, ...]:
    """Return the definitions that do not come with unitledger of which units are made, each after those it needs."""
    wanted: set[str] = set()
    names = [name for unit in units for name, _ in unit.atoms]
    while names:
        definition = NAMES.atoms[names.pop()].definition
        if definition.name not in NAMES.shipped | wanted:
            wanted.add(definition.name)
            names += [part for part, _ in definition.reference if not part.startswith("[")]
    return tuple(atom.definition for atom in NAMES.atoms.values() if atom.name in wanted)


@contextmanager
def lent_units(lines: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Know the units of a file within a block, each given as its group and its definition.

    What this process calls by the same name has to mean the same. Raises like `define`.
    """
    definitions = []
    for group, line in lines:
        prefixes, found = read_definitions(line)
        if prefixes or len(found) != 1:
            raise QuantityError(f"{line!r:.60} is not the definition of one unit.")
        definitions.append(attrs.evolve(found[0], group=group))
    with _ONE_AT_A_TIME, NAMES.lent(definitions):
        try:
            yield
        finally:
            unit_from_text.cache_clear()
