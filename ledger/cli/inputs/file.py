"""Inputs in a file: what a ledger's inputs are, and what a file changes about them, whatever the notation."""

import sys
from functools import partial
from pathlib import Path

import attrs

from unitledger.cli.inputs import csv_notation, toml_notation
from unitledger.cli.inputs.entry import PROVENANCE, Entry, quantity_text
from unitledger.cli.output import STANDARD
from unitledger.errors import InputsFileError, brief
from unitledger.files.text import LARGEST, decoded, text_of
from unitledger.ledger import Ledger
from unitledger.model import AxisInput, Choice, Figure, by_cell, check_option, own_settings, setting_of
from unitledger.model.axis.spread import without_range
from unitledger.units import Unit

_READ = {".toml": toml_notation.parse, ".csv": csv_notation.parse}
_WRITTEN = {".toml": toml_notation.text, ".csv": csv_notation.text}


def read(path: Path, ledger: Ledger) -> dict[str, dict[str, Figure]]:
    """Return what a .toml or .csv file sets differently from a ledger, by option and input; "-" is standard input.

    A field that a file leaves out stays as it is; the source of a changed value is then the file. Of figures by period,
    what is named more closely holds. Raises InputsFileError naming file, line and field.
    """
    if str(path) == STANDARD:
        content, file, suffix = _given()
    else:
        suffix = _suffix(path)
        content, file = text_of(path), str(path)
    said: dict[tuple[str, str], tuple[int, Entry]] = {}
    for entry in _READ[suffix](content, file, ledger):
        closely = ("@" in entry.name) + ("@" in entry.name and ":" not in entry.name)
        for name in entry.check("name", partial(by_cell, ledger, {entry.name: ""})):
            before, _ = said.get((name, entry.option), (-1, entry))
            if before == closely:
                raise InputsFileError(
                    f"{entry.place('name')}: {name!r} is there twice for {entry.option!r}. Leave one out."
                )
            if closely > before:
                said[name, entry.option] = closely, attrs.evolve(entry, name=name)
    changed: dict[str, dict[str, Figure]] = {}
    for _, entry in said.values():
        figure = _figure(entry, ledger, file if str(path) == STANDARD else path.name)
        if figure is not None:
            changed.setdefault(entry.option, {})[entry.name] = figure
    return changed


def written(path: Path, template: str, ledger: Ledger) -> str:
    """Return a ledger's inputs as the text of a file whose suffix says TOML or CSV; of "-" it is TOML.

    Raises InputsFileError.
    """
    return _WRITTEN[".toml" if str(path) == STANDARD else _suffix(path)](template, ledger)


def _given() -> tuple[str, str, str]:
    """Return what comes in by standard input, how messages call it, and its notation: CSV begins with headings."""
    file = "standard input"
    content = decoded(sys.stdin.buffer.read(LARGEST + 1), file)
    first = next(filter(None, map(str.strip, content.splitlines())), "")
    return content, file, ".csv" if "name" in first.split(",") else ".toml"


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _READ:
        raise InputsFileError(f"{path}: a file of inputs ends in .toml or .csv.")
    return suffix


def _figure(entry: Entry, ledger: Ledger, file: str) -> Figure | None:
    """Return the figure that an entry gives, or None when it says what holds already."""
    target = entry.check("name", partial(ledger.input, brief(entry.name)))
    option = entry.check("option", partial(check_option, ledger, brief(entry.option)))
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
        given = quantity_text(target, said[bound], unit) if bound in said else getattr(now.figure, bound)
        figure = attrs.evolve(figure, **{bound: given})
        row, _, _ = entry.name.partition("@")
        if isinstance(many := ledger.along(row), AxisInput):
            entry.check(bound, partial(without_range, figure, row, many.axis))
        settled = entry.check(bound, partial(setting_of, target, figure, ledger.calendar))
    if changed:
        figure = attrs.evolve(figure.unreviewed(), source=f"inputs file {file}", as_of=None)
    for field in PROVENANCE:
        if field in said:
            figure = entry.check(field, partial(attrs.evolve, figure, **{field: said[field]}))
    # An option that starts to set an input itself differs even where the value is the same.
    own = option in own_settings(ledger, entry.name)
    same = settled.value == now.value and attrs.evolve(settled, figure=figure).stated_like(now)
    return None if own and same else figure
