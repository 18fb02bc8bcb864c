"""A list as somebody gives it, of items or of figures by period: cells by column, units of headings, places of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from unitledger.errors import QuantityError, ValueRefused, brief
from unitledger.files.text import fault_of, rows_of, text_of
from unitledger.model.entry.settle import as_given
from unitledger.units import Quantity, Unit

Source: TypeAlias = str | Path | Sequence[Mapping[str, Any]] | Mapping[str, Sequence[Any]] | Any
"""A path of a CSV file; rows, each by column; columns, each a list; or a data frame of pandas."""

_HEADING = re.compile(r"\s*(.*?)\s*(?:\[([^\]]*)\])?\s*")
_NUMBER = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
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

    def unit(self, column: str, spelling: str) -> Unit:
        """Return the unit of a spelling; messages name the column. Raises QuantityError."""
        try:
            return Unit.parse(spelling)
        except QuantityError as broken:
            raise type(broken)(f"{self.head}, {column}: {broken}") from None


def listed(source: Any, what: str) -> Listed:
    """Return what is given as a list; `what` begins the messages about one that is in no file.

    Raises ValueRefused for what is no list, and InputsFileError for a file that is none, naming file and row.
    """
    if isinstance(source, str | Path):
        return _file(Path(source))
    if hasattr(source, "reset_index"):
        named = source if source.index.name is None else source.reset_index()
        cells = [named.iloc[:, place].tolist() for place in range(named.shape[1])]
        return _headed([*map(str, named.columns)], cells, _row_of(what), what)
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
    return _headed(list(given), list(given.values()), _row_of(what), what)


def _row_of(what: str) -> Callable[[int], str]:
    return lambda row: f"{what}, row {row + 1}"


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
            raise ValueRefused(f"{head}: the column {brief(name)!r} is there twice.")
        columns[name] = held
        if found and found[2] is not None:
            units[name] = found[2]
    return Listed(columns, units, place, head)


def number(cell: Any, unit: Unit, what: str) -> Any:
    """Return a cell as a float if it is a number or the text of one. Raises ValueRefused for an empty one."""
    given = cell.strip() if isinstance(cell, str) else cell
    if given is None or given == "" or given != given:  # noqa: PLR0124 - a missing value of pandas is not itself
        raise ValueRefused(f"{what}: it is empty, where a number of {unit.spelling} is expected.")
    if isinstance(given, str) and not unit.is_date and any(map(str.isdigit, given)) and _NUMBER.fullmatch(given):
        return float(given.replace(",", ""))
    return float(given) if type(given) is int else given


def quantity_of(given: Any, unit: Unit, what: str) -> Quantity:
    """Return what a cell gives as a quantity, a bare number in `unit`; `what` begins the messages.

    Raises ValueRefused for what is none, UnitMismatch for one of something else.
    """
    try:
        return as_given(given, unit, what)
    except QuantityError as broken:
        said = str(broken) if unit.is_date else f"{what}: {given!r:.60} is not a number of {unit.spelling}."
        raise ValueRefused(said) from None
