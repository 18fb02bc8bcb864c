"""What a catalog holds: entries, their fields, and one or several figures for a field, chosen by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from unitledger.errors import UnknownName, did_you_mean
from unitledger.model import Figure

ONLY = ""
"""Name of a figure that is the only one of its field."""


def _read_only(figures: Mapping[str, Mapping[str, Figure]]) -> Mapping[str, Mapping[str, Figure]]:
    return MappingProxyType({field: MappingProxyType(dict(given)) for field, given in figures.items()})


def _read_only_entries(contents: Mapping[str, Entry]) -> Mapping[str, Entry]:
    return MappingProxyType(dict(contents))


@attrs.frozen
class Entry:
    """One thing of a catalog and its figures, by field and then by variant."""

    name: str
    figures: Mapping[str, Mapping[str, Figure]] = attrs.field(converter=_read_only)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the sources give for this entry, in the order of the file."""
        return tuple(self.figures)

    def variants(self, field: str) -> tuple[str, ...]:
        """Return the names of the figures given for `field`; empty when its one figure has no name.

        Raises UnknownName when the sources do not give the field.
        """
        return tuple(variant for variant in self._given(field) if variant != ONLY)

    def __getitem__(self, key: str | tuple[str, str | None]) -> Figure:
        """Return the figure of a field, in the unit that its source states: `card["memory"]`, `card["price", "list"]`.

        Where the sources give several figures a variant has to be named. Raises UnknownName for a field or a variant
        that is not given, and when several figures are given and none is named.
        """
        field, variant = (key, None) if isinstance(key, str) else key
        given = self._given(field)
        if variant is None:
            if len(given) > 1:
                raise UnknownName(self._choose_one(field))
            return next(iter(given.values()))
        if variant == ONLY or variant not in given:
            raise UnknownName(self._no_variant(field, variant))
        return given[variant]

    def _given(self, field: str) -> Mapping[str, Figure]:
        if field not in self.figures:
            raise UnknownName(
                f"The sources give no {field} for {self.name}.{did_you_mean(field, self.figures)} "
                f"Given: {', '.join(self.figures)}. Pass a figure of your own together with its source."
            )
        return self.figures[field]

    def _choose_one(self, field: str) -> str:
        choices = ", ".join(f"'{name}' ({figure.quantity})" for name, figure in self.figures[field].items())
        first = next(iter(self.figures[field]))
        return (
            f"The sources give several figures for {self.name}.{field}: {choices}. "
            f"Choose one by name, for example ['{field}', '{first}']."
        )

    def _no_variant(self, field: str, variant: str) -> str:
        names = self.variants(field)
        if not names:
            return f"{self.name}.{field} is a single figure, there is no '{variant}' of it. Ask for ['{field}']."
        return (
            f"There is no '{variant}' of {self.name}.{field}.{did_you_mean(variant, names)} Given: {', '.join(names)}."
        )


@attrs.frozen
class Catalog:
    """The entries of one file; `kind` is what an entry is called in messages."""

    origin: str
    kind: str
    contents: Mapping[str, Entry] = attrs.field(converter=_read_only_entries)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, in the order of the file."""
        return tuple(self.contents)

    def entry(self, name: str) -> Entry:
        """Return the entry called `name`. Raises UnknownName, with the closest names, when there is none."""
        if name not in self.contents:
            family = [other for other in self.contents if other.startswith(f"{name}_")]
            hint = f" There is {', '.join(family)}." if family else did_you_mean(name, self.contents)
            raise UnknownName(f"Unknown {self.kind} '{name}'.{hint} {self.origin} has: {', '.join(self.contents)}.")
        return self.contents[name]
