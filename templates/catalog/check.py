"""Whether the entries of somebody's own file are what the shipped catalogs call them: fields known, units alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import attrs

from unitledger.errors import LedgerError, brief, did_you_mean
from unitledger.model import Figure
from unitledger.templates.catalog.entry import ONLY, Entry
from unitledger.templates.catalog.shipped import opened
from unitledger.templates.catalog.toml_file import load
from unitledger.units import Q, Unit, magnitude

_BOOKS = ("accelerators", "shapes", "models", "apis")
"""The catalogs whose entries all have fields of one list; in the others each entry has its own."""


@attrs.frozen
class Fault:
    """A field that does not fit the catalog which its entry is like; `given`: its quantity, if the field is known."""

    place: str
    field: str
    book: str
    given: str = ""

    def __str__(self) -> str:
        known = _known(self.book)
        if self.given:
            return f"{self.place}: expected {' or '.join(known[self.field])}, got {self.given}."
        hint = did_you_mean(self.field, known)
        return f"{self.place}: no entry of {self.book} has this field.{hint} There are: {', '.join(known)}."


def faults(path: str | Path) -> tuple[Fault, ...]:
    """Return what is wrong with a file's entries beside the shipped ones; as text each names file, entry and field.

    A field has to be one that an entry of the same catalog has, in a unit that measures the same. Raises
    InputsFileError for a file that cannot be read, or whose figure lacks quantity, source or date.
    """
    found = load(path)
    return tuple(fault for entry in found.contents.values() for fault in _of_entry(found.origin, entry))


@cache
def _known(book: str) -> Mapping[str, Mapping[str, Unit]]:
    """Return the fields of a catalog, each with the units that its figures have."""
    units: dict[str, dict[str, Unit]] = {}
    for entry in opened(book).contents.values():
        for field, given in entry.figures.items():
            for figure in given.values():
                unit = Unit.of(Q(figure.quantity))
                units.setdefault(field, {})[unit.spelling] = unit
    return MappingProxyType(units)


def _of_entry(origin: str, entry: Entry) -> Iterator[Fault]:
    book = max(_BOOKS, key=lambda each: len(_known(each).keys() & entry.figures.keys()))
    known = _known(book)
    for field, given in entry.figures.items():
        place = f"{origin}: {brief(f'{entry.name}.{field}')}"
        if field not in known:
            yield Fault(place, field, book)
            continue
        for variant, figure in given.items():
            if not any(_converts(figure, unit) for unit in known[field].values()):
                named = place if variant == ONLY else f"{place}.{variant}"
                yield Fault(named, field, book, str(figure.quantity))


def _converts(figure: Figure, unit: Unit) -> bool:
    try:
        magnitude(Q(figure.quantity), unit)
    except LedgerError:
        return False
    return True
