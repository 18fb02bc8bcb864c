"""Whether the entries of somebody's own file are such as the shipped catalogs have: fields, units, signs and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
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
    """What does not fit the catalog which an entry is like, and where: file, entry and field."""

    place: str
    said: str

    def __str__(self) -> str:
        return f"{self.place}: {self.said}"


def faults(path: str | Path, today: date | None = None) -> tuple[Fault, ...]:
    """Return what is wrong with a file's entries beside the shipped ones; as text each names file, entry and field.

    A field has to be one that an entry of the same catalog has, in a unit that measures the same, not below 0 and not
    of a day after `today`, which is that of the machine unless given. A field that all entries of the catalog have may
    not be missing. Raises InputsFileError for a file that cannot be read, or whose figure lacks quantity, source or
    date.
    """
    found = load(path)
    if not found.contents:
        return (Fault(found.origin, "it has no entries."),)
    day = today or date.today()  # noqa: DTZ011 - the day where the reader is.
    return tuple(fault for entry in found.contents.values() for fault in _of_entry(found.origin, entry, day))


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


def _of_entry(origin: str, entry: Entry, today: date) -> Iterator[Fault]:
    book = max(_BOOKS, key=lambda each: len(_known(each).keys() & entry.figures.keys()))
    known = _known(book)
    for field, given in entry.figures.items():
        place = f"{origin}: {brief(f'{entry.name}.{field}')}"
        if field not in known:
            hint = did_you_mean(field, known)
            yield Fault(place, f"no entry of {book} has this field.{hint} There are: {', '.join(known)}.")
            continue
        for variant, figure in given.items():
            named = place if variant == ONLY else f"{place}.{variant}"
            if not any(_converts(figure, unit) for unit in known[field].values()):
                yield Fault(named, f"expected {' or '.join(known[field])}, got {figure.quantity}.")
            elif Q(figure.quantity).magnitude < 0:
                yield Fault(named, f"{figure.quantity} is below 0.")
            if figure.as_of is not None and figure.as_of > today:
                yield Fault(named, f"as_of {figure.as_of} is after {today}.")
    held = [each.figures.keys() for each in opened(book).contents.values()]
    if missing := [field for field in known if field not in entry.figures and all(field in each for each in held)]:
        yield Fault(
            f"{origin}: {brief(entry.name)}", f"missing: {', '.join(missing)}, which every entry of {book} has."
        )


def _converts(figure: Figure, unit: Unit) -> bool:
    try:
        magnitude(Q(figure.quantity), unit)
    except LedgerError:
        return False
    return True
