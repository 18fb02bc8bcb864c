"""Inputs in a file: what a ledger's inputs are, and what a file changes about them, whatever the notation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import attrs

from unitledger.cli.settings import quantity_text
from unitledger.errors import InputsFileError, LedgerError
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Choice, Figure, Setting
from unitledger.model.settle import setting_of
from unitledger.units import Unit, quantity

_PROVENANCE = ("source", "as_of", "note", "owner", "reviewed_by", "reviewed_on")
FIELDS = ("value", "unit", "source", "as_of", "low", "high", "note", "owner", "reviewed_by", "reviewed_on")
SUFFIXES = (".toml", ".csv")

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


def read(path: Path, ledger: Ledger) -> dict[str, dict[str, Figure]]:
    """Return what a .toml or .csv file sets differently from a ledger, by option and input.

    A field that a file leaves out stays as it is; the source of a changed value is then the file. Raises
    InputsFileError naming file, line and field.
    """
    check_suffix(path)
    try:
        content = path.read_bytes()
    except OSError as failed:
        raise InputsFileError(f"{path}: cannot be read ({failed.strerror}). Check the path.") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = content.count(b"\n", 0, failed.start) + 1
        raise InputsFileError(f"{path}, line {line}: not UTF-8 text. Save the file as UTF-8.") from None
    if path.suffix.lower() == ".toml":
        from unitledger.cli.toml_inputs import parse
    else:
        from unitledger.cli.csv_inputs import parse
    changed: dict[str, dict[str, Figure]] = {}
    seen: set[tuple[str, str]] = set()
    for entry in parse(text, str(path), ledger):
        if (entry.name, entry.option) in seen:
            raise InputsFileError(
                f"{entry.place('name')}: {entry.name!r} is there twice for {entry.option!r}. Leave one out."
            )
        seen.add((entry.name, entry.option))
        figure = _figure(entry, ledger, path.name)
        if figure is not None:
            changed.setdefault(entry.option, {})[entry.name] = figure
    return changed


def written(path: Path, template: str, ledger: Ledger) -> str:
    """Return a ledger's inputs as the text of a file whose suffix says TOML or CSV. Raises InputsFileError."""
    check_suffix(path)
    if path.suffix.lower() == ".toml":
        from unitledger.cli.toml_inputs import text
    else:
        from unitledger.cli.csv_inputs import text
    return text(template, ledger)


def check_suffix(path: Path) -> None:
    """Raise InputsFileError for a file that is neither .toml nor .csv."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputsFileError(f"{path}: a file of inputs ends in .toml or .csv.")


def settings(ledger: Ledger, name: str) -> Iterator[tuple[str, Setting]]:
    """Yield the base option and each option that sets an input itself, with the setting."""
    yield ledger.base, ledger.input(name).setting
    for option in ledger.options.values():
        if name in option.settings:
            yield option.name, option.settings[name]


def fields(target: Assumption | Choice, setting: Setting) -> dict[str, str]:
    """Return a setting as texts by field, without those that are empty; numbers are in the input's unit."""
    figure = setting.figure
    found = {
        "value": _text(target, setting.value),
        "unit": "" if isinstance(target, Choice) else target.unit.spelling,
        "source": figure.source,
        "as_of": "" if figure.as_of is None else figure.as_of.isoformat(),
        "low": "" if setting.low is None else _text(target, setting.low),
        "high": "" if setting.high is None else _text(target, setting.high),
        "note": figure.note,
        "owner": figure.owner,
        "reviewed_by": figure.reviewed_by,
        "reviewed_on": "" if figure.reviewed_on is None else figure.reviewed_on.isoformat(),
    }
    return {field: text for field, text in found.items() if text}


def _text(target: Assumption | Choice, value: float | str) -> str:
    if isinstance(target, Choice):
        return str(value)
    return f"{quantity(float(value), target.unit).magnitude:.15g}"


def _figure(entry: Entry, ledger: Ledger, file: str) -> Figure | None:
    """Return the figure that an entry gives, or None when it says what holds already."""
    target = entry.check("name", partial(ledger.input, entry.name))
    option = entry.check("option", partial(ledger.check_option, entry.option))
    said = {field: text for field, text in entry.fields.items() if text.strip()}
    if "value" not in said:
        raise InputsFileError(f"{entry.place('value')}: the value is missing.")
    unit = said.get("unit", "")
    if unit:
        if isinstance(target, Choice):
            raise InputsFileError(f"{entry.place('unit')}: {entry.name!r} is a choice of words and has no unit.")
        entry.check("unit", partial(Unit.parse, unit))
    now = ledger.setting(entry.name, option)
    figure = attrs.evolve(now.figure, quantity=quantity_text(target, said["value"], unit), low=None, high=None)
    changed = entry.check("value", partial(setting_of, target, figure, ledger.calendar)).value != now.value
    for bound in ("low", "high"):
        if bound in said:
            figure = attrs.evolve(figure, **{bound: quantity_text(target, said[bound], unit)})
        else:
            figure = attrs.evolve(figure, **{bound: getattr(now.figure, bound)})
        settled = entry.check(bound, partial(setting_of, target, figure, ledger.calendar))
    if changed:
        figure = attrs.evolve(figure.unreviewed(), source=f"inputs file {file}", as_of=None)
    for field in _PROVENANCE:
        if field in said:
            figure = entry.check(field, partial(attrs.evolve, figure, **{field: said[field]}))
    # An option that starts to set an input itself differs even where the value is the same.
    own = option == ledger.base or entry.name in ledger.options[option].settings
    return None if own and _alike(settled, figure, now) else figure


def _alike(settled: Setting, figure: Figure, now: Setting) -> bool:
    return (settled.value, settled.low, settled.high) == (now.value, now.low, now.high) and all(
        getattr(figure, field) == getattr(now.figure, field) for field in _PROVENANCE
    )
