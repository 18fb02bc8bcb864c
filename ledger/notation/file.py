"""What a file or a data frame changes about the inputs of a ledger, whatever the notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import attrs

from unitledger.errors import InputsFileError, brief
from unitledger.files.text import text_of
from unitledger.model import AxisInput, Choice, Entries, Figure, by_cell, check_option, own_settings, setting_of
from unitledger.model.axis.spread import without_range
from unitledger.notation import rows, toml
from unitledger.notation.entry import PROVENANCE, Entry, quantity_text
from unitledger.units import Unit

if TYPE_CHECKING:
    import pandas as pd

Source: TypeAlias = "str | Path | pd.DataFrame"
"""A .toml or .csv file, or a data frame with the columns of such a CSV file."""

_PARSED = {".toml": toml.parse, ".csv": rows.parse}
_WRITTEN = {".toml": toml.text, ".csv": rows.text}


def read(source: Source, ledger: Entries) -> dict[str, dict[str, Figure]]:
    """Return what a .toml or .csv file or a data frame sets differently from a ledger, by option and input.

    Raises InputsFileError naming file, line and field, or the row of the data frame.
    """
    if not isinstance(source, str | Path):
        if not hasattr(source, "itertuples"):
            raise InputsFileError(
                f"Inputs come from a .toml or .csv file or a data frame, not from {source!r:.60}. A mapping of options "
                "to figures goes into with_settings."
            )
        return settled(rows.of_frame(source, ledger), ledger, "data frame")
    path = Path(source)
    suffix = _suffix(path)
    return settled(parsed(text_of(path), str(path), suffix, ledger), ledger, f"inputs file {path.name}")


def parsed(content: str, file: str, suffix: str, ledger: Entries) -> Iterator[Entry]:
    """Yield what a text in the notation of files with a suffix says; `file` is for messages."""
    return _PARSED[suffix](content, file, ledger)


def settled(entries: Iterable[Entry], ledger: Entries, source: str) -> dict[str, dict[str, Figure]]:
    """Return what entries set differently from a ledger, by option and input; `source`: that of changed values.

    A field that is left out stays as it is. Of figures by period, what is named more closely holds. Raises
    InputsFileError naming place and field.
    """
    said: dict[tuple[str, str], tuple[int, Entry]] = {}
    for entry in entries:
        closely = ("@" in entry.name) + ("@" in entry.name and ":" not in entry.name)
        for name in entry.check("name", partial(by_cell, ledger, {entry.name: ""})):
            before, _ = said.get((name, entry.option), (-1, entry))
            if before == closely:
                raise InputsFileError(
                    f"{entry.place('name')}: {name!r} is there twice for {brief(entry.option)!r}. Leave one out."
                )
            if closely > before:
                said[name, entry.option] = closely, attrs.evolve(entry, name=name)
    changed: dict[str, dict[str, Figure]] = {}
    for _, entry in said.values():
        figure = _figure(entry, ledger, source)
        if figure is not None:
            changed.setdefault(entry.option, {})[entry.name] = figure
    return changed


def written(path: Path, template: str, ledger: Entries) -> str:
    """Return a ledger's inputs as the text of a file whose suffix says TOML or CSV. Raises InputsFileError."""
    return _WRITTEN[_suffix(path)](template, ledger)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _PARSED:
        raise InputsFileError(f"{path}: a file of inputs ends in .toml or .csv.")
    return suffix


def _figure(entry: Entry, ledger: Entries, source: str) -> Figure | None:
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
        figure = attrs.evolve(figure.unreviewed(), source=source, as_of=None)
    for field in PROVENANCE:
        if field in said:
            figure = entry.check(field, partial(attrs.evolve, figure, **{field: said[field]}))
    # An option that starts to set an input itself differs even where the value is the same.
    own = option in own_settings(ledger, entry.name)
    same = settled.value == now.value and attrs.evolve(settled, figure=figure).stated_like(now)
    return None if own and same else figure
