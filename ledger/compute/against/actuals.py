"""What came of a plan: figures of inputs and lines by period, from a file or from Python."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from unitledger.errors import InputsFileError, LedgerError, UnknownName, ValueRefused, brief, did_you_mean
from unitledger.files.text import Rows, rows_of, text_of
from unitledger.model import (
    Assumption,
    AxisInput,
    AxisLine,
    Choice,
    Constant,
    Entries,
    Figure,
    Given,
    Items,
    Line,
    cell_name,
    name_of,
    names,
    setting_of,
    stored,
)

ONE = ""
"""Stands for the period of what is one figure."""

Told: TypeAlias = Mapping[str, Given | Sequence[Given] | Mapping[str, Given]]
"""By the name of an input or a line: one figure, one for each of the first periods, or figures by period."""

_NAME, _UNIT, _ACTUAL = "name", "unit", "actual"
_BARE_NUMBER = re.compile(r"[+-]?[0-9.,]+([eE][+-]?[0-9]+)?")


@attrs.frozen
class Actuals:
    """Figures that came, by the name of an input or a line and by period; `source`: where they are from.

    What is one figure has it under the period "".
    """

    source: str
    figures: Mapping[str, Mapping[str, Given]]

    @classmethod
    def of(cls, entries: Entries, given: str | Path | Rows | Told, source: str = "") -> Actuals:
        """Return what came: from the path of a CSV file, from the rows of another, or from a mapping.

        Raises InputsFileError naming file, line and column; UnknownName, ValueRefused or UnitMismatch.
        """
        if isinstance(given, str | Path):
            path = Path(given)
            source, given = source or f"actuals {path.name}", rows_of(text_of(path), str(path))
        if isinstance(given, Rows):
            found = cls(source or "actuals", _read(given, entries))
        else:
            figures = {name: _by_period(entries, name_of(entries, name), told) for name, told in given.items()}
            found = cls(source or "actuals", figures)
        if not any(found.figures.values()):
            raise ValueRefused("There is no actual figure. Name an input or a line, and what it came to.")
        return found

    def so_far(self, entries: Entries) -> tuple[str, ...]:
        """Return the periods from the first to the last that has an actual figure; ("",) without a timeline.

        All of them where only inputs of one figure have one, which holds throughout.
        """
        if entries.time is None:
            return (ONE,)
        places = [entries.time.place(period) for told in self.figures.values() for period in told if period != ONE]
        return entries.time.labels[: max(places, default=len(entries.time)) + 1]


def _by_period(entries: Entries, name: str, told: Any) -> dict[str, Given]:
    """Return figures by period, as Python gives them."""
    entry = _known(entries, name)
    if not isinstance(entry, AxisInput | AxisLine):
        if isinstance(told, Mapping):
            raise ValueRefused(f"Actual {name!r}: it is one figure, without periods; got figures by period.")
        return {ONE: told}
    if isinstance(told, Mapping):
        return {entry.axis.labels[entry.axis.place(period)]: figure for period, figure in told.items()}
    listed: Any = told.tolist() if hasattr(told, "tolist") else told
    if isinstance(listed, str) or not isinstance(listed, Sequence):
        raise ValueRefused(f"Actual {name!r}: expected figures by period, such as {{{entry.axis.labels[0]!r}: ...}}.")
    if len(listed) > len(entry.axis):
        raise ValueRefused(f"Actual {name!r}: {len(listed)} figures for {len(entry.axis)} periods.")
    return dict(zip(entry.axis.labels, listed, strict=False))


def _known(entries: Entries, name: str) -> Any:
    """Return an input or a line. Raises UnknownName, also for what has no actual figure."""
    if name not in entries:
        raise UnknownName(
            f"{entries.title!r} has no line or input named {brief(name)!r}.{did_you_mean(name, names(entries))}"
        )
    entry = entries[name]
    row, _, period = name.partition("@")
    if row in entries.rows and period:
        raise UnknownName(f"{name!r} is {row!r} in one period. Give the actual figures of {row!r}, by period.")
    if isinstance(entry, Choice | Constant):
        raise UnknownName(
            f"{name!r} is a {type(entry).__name__.lower()}; actual figures are those of inputs and lines."
        )
    if isinstance(entry, AxisInput | AxisLine) and isinstance(entry.axis, Items):
        raise UnknownName(f"{name!r} has a figure for each item. Give the actual figures of a line over all items.")
    if entries.time is not None and isinstance(entry, Line) and not isinstance(entry, AxisLine):
        raise UnknownName(f"{name!r} is one figure of all periods. Give the actual figures of what it is made of.")
    return entry


def _read(rows: Rows, entries: Entries) -> dict[str, dict[str, Given]]:
    """Return the figures of a table with a row for each name: `name`, `unit`, and a column for each period.

    Without a timeline, and for what is one figure, the column is `actual`. An empty cell says nothing.
    """
    periods = () if entries.time is None else entries.time.labels
    last = f"{periods[0]} to {periods[-1]}" if periods else _ACTUAL
    found: dict[str, dict[str, Given]] = {}
    rows.check((_NAME, _UNIT, _ACTUAL, *periods), [_NAME], f"{_NAME}, {_UNIT}, {last}")
    for place, row in rows:
        cells = {heading: cell.strip() for heading, cell in row.items()}
        name, unit = cells.pop(_NAME), cells.pop(_UNIT, "")
        if name in found:
            raise InputsFileError(f"{place}: {brief(name)!r} is there twice. Leave one out.")
        found[name] = dict(_figures(entries, name, unit, cells, place))
    return found


def _figures(
    entries: Entries, name: str, unit: str, cells: Mapping[str, str], where: str
) -> Iterator[tuple[str, Given]]:
    """Yield what the cells of a row say, by period."""
    try:
        entry = _known(entries, name)
    except LedgerError as refused:
        raise InputsFileError(f"{where}, {_NAME}: {refused}") from None
    over = isinstance(entry, AxisInput | AxisLine)
    for heading, cell in cells.items():
        if not cell:
            continue
        if over == (heading == _ACTUAL):
            expected = f"the columns of the periods, such as {entry.axis.labels[0]}" if over else f"{_ACTUAL!r}"
            raise InputsFileError(f"{where}, {heading}: the figures of {name!r} stand in {expected}.")
        text = f"{cell} {unit or entry.unit.spelling}" if _BARE_NUMBER.fullmatch(cell) else cell
        period = ONE if heading == _ACTUAL else heading
        here = entries[cell_name(name, period) if over else name]
        try:
            if isinstance(here, Assumption):
                setting_of(here, Figure(text), entries.calendar)
            else:
                stored(text, entry.unit, f"Line {name!r}", entries.calendar)
            yield period, text
        except LedgerError as refused:
            raise InputsFileError(f"{where}, {heading}: {refused}") from None
