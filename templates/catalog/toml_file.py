"""A TOML file of figures, read into a Catalog; a fault is reported with file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import attrs

from unitledger.errors import InputsFileError, LedgerError, brief, did_you_mean
from unitledger.files.text import KeyPath, key_lines, line_of, tables, text_of
from unitledger.model import Figure, day
from unitledger.templates.catalog.entry import ONLY, Catalog, Entry
from unitledger.units import Q, Quantity, Unit, magnitude

_TEXTS = ("source", "note", "owner", "reviewed_by")
_DATES = ("as_of", "reviewed_on")
_KEYS = ("quantity", "low", "high", *_TEXTS, *_DATES)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def load(path: str | Path) -> Catalog:
    """Read a catalog file of the same shape as those that are shipped.

    A figure is a table ``[entry.field]``, or ``[entry.field.variant]`` where there are several. It has
    ``quantity``, ``source`` and ``as_of``, and may have ``low``, ``high``, ``note`` and ``owner``. A field may be its
    quantity alone, ``memory = "80 GB/gpu"``; what an entry says of source and date holds for all its figures.
    Raises InputsFileError.
    """
    return read(Path(path), origin=str(path), kind="entry")


def read(path: Path, *, origin: str, kind: str) -> Catalog:
    """Read a catalog file; `origin` and `kind` are for messages. Raises InputsFileError."""
    text = text_of(path)
    found = tables(text, origin)
    return _Reader(origin, key_lines(text)).catalog(found, kind)


@attrs.frozen
class _Reader:
    """Turns the parsed tables of one file into a Catalog, knowing the lines to complain about."""

    origin: str
    lines: Mapping[KeyPath, int]

    def catalog(self, tables: Mapping[str, object], kind: str) -> Catalog:
        return Catalog(self.origin, kind, {name: self._entry(name, table) for name, table in tables.items()})

    def _entry(self, name: str, table: object) -> Entry:
        shared: dict[str, object] = {}
        if isinstance(table, dict):
            shared = {key: table[key] for key in (*_TEXTS, *_DATES) if not isinstance(table.get(key, {}), dict)}
            table = {field: found for field, found in table.items() if field not in shared}
        fields = self._tables((name,), table, "an entry holds a quantity in quotes or a table per field")
        return Entry(name, {field: self._field((name, field), found, shared) for field, found in fields})

    def _field(self, path: KeyPath, table: Mapping[str, object], shared: Mapping[str, object]) -> Mapping[str, Figure]:
        if not table or not all(isinstance(value, dict) for value in table.values()):
            return {ONLY: self._figure(path, table, shared)}
        variants = self._tables(path, table, "a field holds a figure or one table per variant")
        return {name: self._figure((*path, name), found, shared) for name, found in variants}

    def _tables(self, path: KeyPath, table: object, rule: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        self._check_name(path)
        if not isinstance(table, dict):
            raise self._fault(path, f"expected a table, got {table!r:.60}: {rule}.")
        if not table:
            raise self._fault(path, f"is empty: {rule}.")
        for name, given in table.items():
            self._check_name((*path, name))
            found = {"quantity": given} if isinstance(given, str) else given
            if not isinstance(found, dict):
                raise self._fault((*path, name), f"expected a table, got {found!r:.60}: {rule}.")
            yield name, found

    def _figure(self, path: KeyPath, table: Mapping[str, object], shared: Mapping[str, object]) -> Figure:
        for key in table:
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS)
                known = ", ".join(_KEYS)
                raise self._fault((*path, key), f"unknown key {key!r:.60}.{hint} A figure may have: {known}.")
        table = {**shared, **table}
        for key in ("quantity", "source", "as_of"):
            if key not in table:
                raise self._fault(path, f"{key} is missing. Every figure has a quantity, a source and an as_of.")
        quantity = self._quantity(path, "quantity", table)
        low, high = (self._bound(path, key, table, quantity) for key in ("low", "high"))
        source, note, owner, reviewer = (self._text(path, key, table) for key in _TEXTS)
        as_of, reviewed = (self._date(path, key, table) for key in _DATES)
        return Figure(quantity, source, as_of, low, high, owner, note, reviewer, reviewed)

    def _text(self, path: KeyPath, key: str, table: Mapping[str, object]) -> str:
        if key not in table:
            return ""
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            raise self._fault((*path, key), f"{key} must be text that is not blank, got {value!r:.60}.")
        return value

    def _quantity(self, path: KeyPath, key: str, table: Mapping[str, object]) -> Quantity:
        value = table[key]
        if not isinstance(value, str):
            raise self._fault((*path, key), f'{key} must be text with a unit, such as "80 GB/gpu", got {value!r:.60}.')
        try:
            return Q(value)
        except LedgerError as error:
            raise self._fault((*path, key), f"{key}: {error}") from error

    def _bound(self, path: KeyPath, key: str, table: Mapping[str, object], base: Quantity) -> Quantity | None:
        if key not in table:
            return None
        bound = self._quantity(path, key, table)
        unit = Unit.of(base)
        try:
            beyond = magnitude(bound, unit) - magnitude(base, unit)
        except LedgerError as error:
            raise self._fault((*path, key), f"{key}: {error}") from error
        if beyond > 0 if key == "low" else beyond < 0:
            side = "above" if key == "low" else "below"
            raise self._fault((*path, key), f"{key} {table[key]!r} lies {side} the quantity {table['quantity']!r}.")
        return bound

    def _date(self, path: KeyPath, key: str, table: Mapping[str, object]) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            said = f"{key} must be a date without quotes, such as 2023-10-01, got {value!r:.60}."
            raise self._fault((*path, key), said)
        try:
            return day(value)
        except LedgerError as error:  # it lies too far back for Excel
            raise self._fault((*path, key), f"{key}: {error}") from error

    def _check_name(self, path: KeyPath) -> None:
        if not _NAME.fullmatch(path[-1]):
            said = f"the name {path[-1]!r:.60} must be lower-case letters, digits and _, a letter first."
            raise self._fault(path, said)

    def _fault(self, path: KeyPath, message: str) -> InputsFileError:
        return InputsFileError(f"{self.origin}, line {line_of(path, self.lines)}: {brief('.'.join(path))}: {message}")
