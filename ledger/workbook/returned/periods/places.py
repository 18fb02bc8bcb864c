"""Where the rows of a timeline lie in a workbook that people have worked on: found by names and labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from unitledger.errors import WorkbookRefused
from unitledger.expression import Along, Expression, Reference, Span, Text, equal, when
from unitledger.model import AxisInput, AxisLine, Entries, in_period
from unitledger.model.entry.timeline import cell_name
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import Book, Place
from unitledger.workbook.cells.rows import Head, find_head, labelled
from unitledger.workbook.layout import HEAD_OF_MONTHS, HEAD_OF_TIMELINE, TIMELINE, layout
from unitledger.workbook.ledger_cells import ledger_cells
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import FIRST_PERIOD, TOTAL_COLUMN, Months, label_of, months, owns

Key = Any
"""A row as `Rows.figures` names it: by the name of the ledger, or by that and the option, flow or opening."""

TO_PERIODS = FIRST_PERIOD - TOTAL_COLUMN
"""So far to the right of the first heading that has a name the periods begin."""


@attrs.frozen
class Found:
    """A sheet of periods: its headings, and the option that it is of (None: Timeline).

    `written`: the keys of its rows as the ledger writes them; `rows`: where they are now, as far as found; `keys`: of
    which key a row is.
    """

    head: Head
    option: str | None
    written: tuple[Key, ...]
    rows: Mapping[Key, int]
    keys: Mapping[int, Key]

    def column(self, place: int) -> int:
        """Return the column of a period."""
        return self.head.columns.start + TO_PERIODS + place


@attrs.frozen
class PeriodPlaces:
    """Sheets of periods by their name in the workbook; empty for a ledger without a timeline."""

    entries: Entries
    book: Book
    sheets: Mapping[str, Found]

    def stands_for(self, sheet: str, row: int, column: int, option: str) -> Expression | None:
        """Return what a cell stands for in a formula of an option; None for one that is on another sheet."""
        found = self.sheets.get(sheet)
        if found is None:
            return None
        key, axis = found.keys.get(row), self.entries.time
        place = column - found.column(0)
        assert axis is not None
        if key is None or place >= len(axis) or place < -TO_PERIODS:
            return Reference(on(sheet, a1(row, column)), DIMENSIONLESS)
        if place < 0:
            beside = self.opening(key) if place == -1 else self.total(key)
            return Reference(on(sheet, a1(row, column)), DIMENSIONLESS) if beside is None else beside
        if found.option not in (None, option):
            return Reference(f"{label_of(self.entries, key)}, {axis.labels[place]}, of {found.option}", DIMENSIONLESS)
        if found.option is None and not isinstance(key, str) and key[1] != option:
            return Reference(f"{label_of(self.entries, key[0])}, {axis.labels[place]}, {key[1]}", DIMENSIONLESS)
        own = self._own(key, place)
        if found.option is None and isinstance(key, str) and self._has_own_row(key, option):
            return Reference(self._of_base(key, place), own.kind)
        if isinstance(key, str) or found.option is None:
            return own
        return self.expected(key, place, option)

    def cell_of(self, name: str, option: str) -> Place:
        """Return the cell on Timeline of a figure of one period. Raises WorkbookRefused where it has none."""
        row, _, period = name.partition("@")
        found = next((each for each in self.sheets.values() if each.option is None), None)
        key = row if option == self.entries.base else (row, option)
        if found is None or key not in found.rows:
            raise WorkbookRefused(
                f"{self.book.path.name}: the sheet {TIMELINE} has no row of {row!r} in option {option!r}. Set it in "
                "Python, and build the workbook anew."
            )
        return found.head.sheet, found.rows[key], found.column(self.entries.rows[row].axis.place(period))

    def expected(self, key: Key, place: int, option: str) -> Expression:
        """Return what a row of an option must compute in a period, over figures of the ledger."""
        rows = self.entries.rows
        if isinstance(key, str):
            row = rows[key]
            return (
                in_period(row.lowered, rows, place) if isinstance(row, AxisLine) else self._fetched(key, place, option)
            )
        name, of = key
        if of == said.OPENING:
            return in_period(Along(Reference(name, rows[name].unit), Span.BEFORE), rows, place)
        return self._own(of, place)

    def total(self, key: Key) -> Expression | None:
        """Return what the cell of a row that comes to all its periods must compute; None where it holds nothing."""
        row = self.entries.rows[key] if isinstance(key, str) else None
        if not isinstance(row, AxisLine | AxisInput):
            return None
        return total(row, self.entries)

    def opening(self, key: Key) -> Expression | None:
        """Return what the cell of a row that says its opening must compute; None where it holds nothing."""
        row = self.entries.rows[key] if isinstance(key, str) else None
        return row.initial if isinstance(row, AxisLine) else None

    def _fetched(self, name: str, place: int, option: str) -> Expression:
        """Return what fetches a figure from Timeline: the option's own, or the base option's where it is empty."""
        own = self._own(name, place)
        if not self._has_own_row(name, option):
            return own
        base = Reference(self._of_base(name, place), own.kind)
        return when(equal(own, Text("")), base, own)

    def _has_own_row(self, name: str, option: str) -> bool:
        return option != self.entries.base and owns(self.entries, name, option)

    def _of_base(self, name: str, place: int) -> str:
        axis = self.entries.rows[name].axis
        return f"{label_of(self.entries, name)}, {axis.labels[place]}, of {self.entries.base}"

    def _own(self, key: Key, place: int) -> Reference:
        name = key if isinstance(key, str) else key[0]
        row = self.entries.rows[name]
        return Reference(cell_name(name, row.axis.labels[place]), row.unit)


def total(row: AxisLine | AxisInput, entries: Entries) -> Expression | None:
    """Return what all periods of a row come to, None where they come to nothing."""
    reference = Reference(row.name, row.unit)
    if row.total == "sum":
        return in_period(reference.sum(), entries.rows, None)
    if row.total == "closing":
        return Reference(cell_name(row.name, row.axis.labels[-1]), row.unit)
    return None


def period_places(entries: Entries, book: Book) -> PeriodPlaces:
    """Find the sheets of periods by the names of their headings, their rows by label in the order of the ledger."""
    placed = months(entries, ledger_cells(entries, layout(entries), {}), {})
    if placed is None:
        return PeriodPlaces(entries, book, {})
    return PeriodPlaces(entries, book, {found.head.sheet: found for found in _found(entries, book, placed)})


def _found(entries: Entries, book: Book, placed: Months) -> Iterator[Found]:
    options = {f"{HEAD_OF_MONTHS}{number}": option for number, option in enumerate(entries.options, start=1)}
    for name, option in {HEAD_OF_TIMELINE: None, **options}.items():
        block = book.names.get(name)
        if block is None or block.sheet not in book.cells:
            continue
        written = placed.timeline if option is None else placed.options[option]
        head = find_head(book, name)
        labels = labelled(book, head)
        rows: dict[Key, int] = {}
        for key in written.figures.keys:
            there = labels.get(label_of(entries, key))
            if there:
                rows[key] = there.pop(0)
        yield Found(head, option, written.figures.keys, rows, {row: key for key, row in rows.items()})
