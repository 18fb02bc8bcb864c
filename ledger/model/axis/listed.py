"""A list of items as somebody gives it: rows, columns, a data frame or a file in CSV, under headings with units."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from unitledger.errors import ValueRefused
from unitledger.files.rows import fault_of, rows_of
from unitledger.files.text import text_of

Source: TypeAlias = str | Path | Sequence[Mapping[str, Any]] | Mapping[str, Sequence[Any]] | Any
"""A path of a CSV file; rows, each by column; columns, each a list; or a data frame of pandas."""

_HEADING = re.compile(r"\s*(.*?)\s*(?:\[([^\]]*)\])?\s*")
_MOST_BYTES = 50_000_000


@attrs.frozen
class Listed:
    """Cells by column, the unit that a heading states for its column, and what messages call a place.

    `place`: that of a row, counted from 0; `head`: that of the headings.
    """

    columns: Mapping[str, Sequence[Any]]
    units: Mapping[str, str]
    place: Callable[[int], str]
    head: str

    def checked(self, wanted: Sequence[str], needed: Sequence[str]) -> None:
        """Raise ValueRefused for a column that is not wanted, or for one that is needed and not there."""
        fault = fault_of(self.columns, wanted, needed)
        if fault:
            raise ValueRefused(f"{self.head}: {fault}")


def listed(source: Any, table: str) -> Listed:
    """Return what is given for a table.

    Raises ValueRefused for what is no list, and InputsFileError for a file that is none, naming table or file and row.
    """
    if isinstance(source, str | Path):
        return _file(Path(source))
    what = f"Table {table!r}"
    if hasattr(source, "reset_index"):
        named = source if source.index.name is None else source.reset_index()
        return _columns({str(name): named[name].tolist() for name in named.columns}, what)
    if isinstance(source, Mapping):
        return _columns(source, what)
    if not isinstance(source, Sequence) or not all(isinstance(row, Mapping) for row in source):
        raise ValueRefused(f"{what} takes rows as a list of dicts, columns as a dict, a data frame or a CSV file.")
    headings = list(source[0]) if source else []
    for number, row in enumerate(source, start=1):
        if row.keys() != set(headings):
            other = next(iter(row.keys() ^ set(headings)))
            raise ValueRefused(f"{what}, row {number}: its columns are not those of row 1; {other!r} is in one alone.")
    return _columns({name: [row[name] for row in source] for name in headings}, what)


def _columns(given: Mapping[str, Sequence[Any]], what: str) -> Listed:
    lengths = {name: len(cells) for name, cells in given.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueRefused(f"{what}: its columns must have one length: {shown}.")
    return _headed(list(given), list(given.values()), lambda row: f"{what}, row {row + 1}", what)


def _file(path: Path) -> Listed:
    rows = rows_of(text_of(path, _MOST_BYTES), str(path))
    cells = list(zip(*rows.cells, strict=True)) or [()] * len(rows.headings)
    return _headed(rows.headings, cells, lambda row: rows.places[row], rows.head)


def _headed(headings: Sequence[str], cells: Sequence[Sequence[Any]], place: Callable[[int], str], head: str) -> Listed:
    columns: dict[str, Sequence[Any]] = {}
    units: dict[str, str] = {}
    for heading, held in zip(headings, cells, strict=True):
        found = _HEADING.fullmatch(heading)
        name = found[1] if found else heading
        if not name:
            raise ValueRefused(f"{head}: a column has no heading.")
        if name in columns:
            raise ValueRefused(f"{head}: the column {name!r} is there twice.")
        columns[name] = held
        if found and found[2] is not None:
            units[name] = found[2]
    return Listed(columns, units, place, head)
