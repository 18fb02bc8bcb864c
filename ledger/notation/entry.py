"""What a file says about an input, whatever the notation, and how its figures are written there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import TypeVar

import attrs

from unitledger.errors import InputsFileError, LedgerError
from unitledger.model import Assumption, AxisInput, Choice, Entries, Input, Items, Setting, cell_name, own_settings
from unitledger.units import quantity
from unitledger.views import unit_text

PROVENANCE = ("source", "as_of", "note", "owner", "reviewed_by", "reviewed_on")
FIELDS = ("value", "unit", "source", "as_of", "low", "high", "note", "owner", "reviewed_by", "reviewed_on")

_BARE_NUMBER = re.compile(r"\s*[+-]?[0-9.,]+([eE][+-]?[0-9]+)?\s*")
_T = TypeVar("_T")


@attrs.frozen
class Entry:
    """What a file says about one input in one option: texts by field, and how a message names the place of a field."""

    name: str
    option: str
    fields: Mapping[str, str]
    place: Callable[[str], str]

    def check(self, field: str, made: Callable[[], _T]) -> _T:
        """Return what `made` makes of a field. Raises InputsFileError, with the place, when it is refused."""
        try:
            return made()
        except LedgerError as refused:
            raise InputsFileError(f"{self.place(field)}: {refused}") from None


def held(ledger: Entries) -> Iterator[tuple[str, dict[str, Setting]]]:
    """Yield inputs by name with what they are set to, by the options that set them themselves.

    Of an input over time each run of periods in which all these are the same is one: `people@2026-05:2026-07`. Of a
    column of a table each item is, unless all are the same.
    """
    for name in ledger.inputs:
        yield name, own_settings(ledger, name)
    for name, row in (*ledger.rows.items(), *ledger.columns.items()):
        if isinstance(row, AxisInput):
            cells = [(label, own_settings(ledger, cell_name(name, label))) for label in row.axis.labels]
            runs = [([label for label, _ in run], settings) for settings, run in groupby(cells, lambda each: each[1])]
            for labels, settings in runs:
                if len(runs) == 1:
                    yield name, settings
                elif isinstance(row.axis, Items):
                    yield from ((cell_name(name, label), settings) for label in labels)
                else:
                    several = f"{labels[0]}:{labels[-1]}" if len(labels) > 1 else labels[0]
                    yield cell_name(name, several), settings


def target_of(ledger: Entries, name: str) -> Input:
    """Return the input that a name stands for; of several periods or items the first."""
    row, _, label = name.partition("@")
    held = ledger.along(row)
    if isinstance(held, AxisInput):
        first = label if label in held.axis else label.partition(":")[0] or held.axis.labels[0]
        return ledger.input(cell_name(row, first))
    return ledger.input(name)


def fields(target: Input, setting: Setting) -> dict[str, str]:
    """Return a setting as texts by field, without those that are empty; numbers are in the input's unit."""
    stored = {"value": setting.value, "unit": unit_text(target), "low": setting.low, "high": setting.high}
    held = attrs.asdict(setting.figure, recurse=False) | stored
    texts = {field: _text(target, held[field]) for field in FIELDS}
    return {field: text for field, text in texts.items() if text}


def _text(target: Input, held: float | str | date | None) -> str:
    if held is None or isinstance(held, str | date):
        return str(held or "")
    assert isinstance(target, Assumption)
    found = quantity(held, target.unit)
    return str(found) if target.unit.is_date else f"{found.magnitude:.15g}"


def quantity_text(target: Input, text: str, unit: str = "") -> str:
    """Return what a figure of an input says: a bare number gets `unit` or the input's own; a word stays."""
    if isinstance(target, Choice) or not _BARE_NUMBER.fullmatch(text):
        return text
    return f"{text.strip()} {unit or target.unit.spelling}"
