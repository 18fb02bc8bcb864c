"""What a file says about an input, whatever the notation, and how its figures are written there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

import attrs

from unitledger.errors import InputsFileError, LedgerError
from unitledger.model import Assumption, Choice, Input, Setting
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


def fields(target: Input, setting: Setting) -> dict[str, str]:
    """Return a setting as texts by field, without those that are empty; numbers are in the input's unit."""
    held = attrs.asdict(setting.figure, recurse=False) | {
        "value": setting.value,
        "unit": unit_text(target),
        "low": setting.low,
        "high": setting.high,
    }
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
