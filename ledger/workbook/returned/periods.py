"""What came back of the sheets of a timeline: where rows lie, found by names and labels; figures set differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from unitledger.errors import WorkbookRefused, brief
from unitledger.expression import Along, Expression, Reference, Span, Text, equal, when
from unitledger.model import Assumption, AxisInput, AxisLine, Entries, in_period
from unitledger.model.entry.axis import Timeline, cell_name
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import BLANK, Block, Book, Cell, Place
from unitledger.workbook.cells.rows import Head, find_head, heading, labelled
from unitledger.workbook.grid.place import named
from unitledger.workbook.layout import HEAD_OF_INPUTS, HEAD_OF_MONTHS, HEAD_OF_TIMELINE, TIMELINE, layout
from unitledger.workbook.ledger_cells import ledger_cells
from unitledger.workbook.returned.edits import Edit, Problem
from unitledger.workbook.returned.rows import as_in_ledger
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import TO_PERIODS, Months, label_of, months, opening_of, owns, total_of

Key = Any
"""A row as `Rows.figures` names it: by the name of the ledger, or by that and the option, flow or opening."""


@attrs.frozen
class Found:
    """A sheet of periods: its headings, and the option that it is of (None: Timeline).

    `written`: the keys of its rows as the ledger writes them; `rows`: where they are now, as far as they stand in that
    order; `keys`: of which key a row is; `astray`: rows with a label of the ledger in another place. `periods`: the
    headings of periods, the empty one beside the last included.
    """

    head: Head
    option: str | None
    written: tuple[Key, ...]
    rows: Mapping[Key, int]
    keys: Mapping[int, Key]
    astray: tuple[int, ...]
    periods: tuple[str, ...]

    def unlike(self, axis: Timeline) -> str:
        """Return the headings of periods where they are not those of the ledger, "" where they are."""
        return "" if self.periods == (*axis.labels, "") else brief(", ".join(self.periods).removesuffix(", "))

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
        unnamed = Reference(on(sheet, a1(row, column)), DIMENSIONLESS)
        if key is None or not -TO_PERIODS <= place < len(axis):
            return unnamed
        if place < 0:
            return self.beside(key).get(place, unnamed)
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

    @property
    def timeline(self) -> Found | None:
        """The sheet of inputs by period, None where it is gone."""
        return next((each for each in self.sheets.values() if each.option is None), None)

    def cell_of(self, name: str, option: str) -> Place:
        """Return the cell on Timeline of a figure of one period. Raises WorkbookRefused where it has none."""
        row, _, period = name.partition("@")
        found = self.timeline
        key = row if option == self.entries.base else (row, option)
        if found is not None and found.astray:
            raise WorkbookRefused(
                f"{self.book.path.name}: rows of the sheet {TIMELINE} are in another order, so that of {row!r} cannot "
                "be told. Put them back."
            )
        if found is None or key not in found.rows:
            raise WorkbookRefused(
                f"{self.book.path.name}: the sheet {TIMELINE} has no row of {row!r} in option {option!r}. Set it in "
                "Python, and build the workbook anew."
            )
        held, number, axis = self.entries.rows[row], found.rows[key], self.entries.time
        assert axis is not None
        stated = self.book.cell(found.head.sheet, number, found.head.unit)
        if stated != Cell("text", held.unit.spelling) or found.unlike(axis):
            raise WorkbookRefused(
                f"{self.book.path.name}: on the sheet {TIMELINE} the unit of {row!r}, or a heading of a period, was "
                "changed. Put it back."
            )
        return found.head.sheet, number, found.column(axis.place(period))

    def expected(self, key: Key, place: int, option: str) -> Expression:
        """Return what a row of an option must compute in a period, over figures of the ledger."""
        rows = self.entries.rows
        if isinstance(key, str):
            row = rows[key]
            if isinstance(row, AxisLine):
                return in_period(row.lowered, rows, place)
            return self._fetched(key, place, option)
        name, of = key
        if of == said.OPENING_ROW:
            return in_period(Along(Reference(name, rows[name].unit), Span.BEFORE), rows, place)
        return self._own(of, place)

    def beside(self, key: Key) -> dict[int, Expression]:
        """Return what the cells of a row before its periods must compute, by how far they lie from the first."""
        total, opening = total_of(self.entries, key), opening_of(self.entries, key)
        found = {} if total is None else {-TO_PERIODS: in_period(total, self.entries.rows, None)}
        return found if opening is None else found | {-1: opening}

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
        name, _ = named(key)
        row = self.entries.rows[name]
        return Reference(cell_name(name, row.axis.labels[place]), row.unit)


def period_places(entries: Entries, book: Book) -> PeriodPlaces:
    """Find the sheets of periods by the names of their headings, their rows by label in the order of the ledger."""
    placed = months(entries, ledger_cells(entries, layout(entries), {}))
    if placed is None:
        return PeriodPlaces(entries, book, {})
    return PeriodPlaces(entries, book, {found.head.sheet: found for found in _found(entries, book, placed)})


def _found(entries: Entries, book: Book, placed: Months) -> Iterator[Found]:
    inputs = heading(book, HEAD_OF_INPUTS)
    options = {f"{HEAD_OF_MONTHS}{number}": option for number, option in enumerate(entries.options, start=1)}
    for name, option in {HEAD_OF_TIMELINE: None, **options}.items():
        block = book.names.get(name)
        if block is None or block.sheet not in book.cells:
            continue
        written = placed.timeline if option is None else placed.options[option]
        head = find_head(book, name)
        keys = written.figures.keys
        labels: dict[str, list[int]] = {}
        for bearing in labelled(book, head).values():
            cell = book.cell(head.sheet, bearing[0], head.label)
            called = as_in_ledger(book, inputs, tuple(entries.options), head.sheet, cell)
            labels.setdefault(called, []).extend(bearing)
        rows, astray = _in_order({key: label_of(entries, key) for key in keys}, labels)
        first = head.columns.start + TO_PERIODS
        last = first + len(placed.axis)
        periods = tuple(
            str(book.cell(head.sheet, head.figures.first_row, at).content or "") for at in range(first, last + 1)
        )
        yield Found(head, option, keys, rows, {row: key for key, row in rows.items()}, astray, periods)


def _in_order(
    written: Mapping[Key, str], labels: Mapping[str, Sequence[int]]
) -> tuple[dict[Key, int], tuple[int, ...]]:
    """Return the row of each key by its label, from top to bottom, and rows whose label comes too early or too late.

    Rows of options are labelled alike, so only the row above tells of what they are.
    """
    order = {key: place for place, key in enumerate(written)}
    bearing: dict[str, list[Key]] = {}
    for key, label in written.items():
        bearing.setdefault(label, []).append(key)
    rows: dict[Key, int] = {}
    astray = []
    place = -1
    found = {row: keys for label, keys in bearing.items() for row in labels.get(label, ())}
    for row in sorted(found):
        key = next((key for key in found[row] if order[key] > place), None)
        if key is None:
            astray.append(row)
        else:
            rows[key], place = row, order[key]
    return rows, tuple(astray)


_LOST = (
    f"its row is not in its place on the sheet {TIMELINE}: it was moved or deleted, or its label changed. Put it back."
)

Compare = Callable[[Assumption, str, tuple[Cell, str], Unit], Iterator[Edit | Problem]]
"""How a cell (with its address) differs from what an input is set to in an option, or why it cannot be taken over."""


def read_inputs_by_period(places: PeriodPlaces, compare: Compare) -> Iterator[Edit | Problem]:
    """Yield changed figures, and problems, in the order of the ledger."""
    entries = places.entries
    inputs = {name: row for name, row in entries.rows.items() if isinstance(row, AxisInput)}
    found = places.timeline
    if found is not None and entries.time is not None:
        yield from _moved(places, found, entries.time)
        if found.unlike(entries.time):
            return
    for name, row in inputs.items():
        if found is None or name not in found.rows:
            yield Problem(name, "", TIMELINE if found is None else found.head.sheet, _LOST)
            continue
        for option in entries.options:
            key = name if option == entries.base else (name, option)
            if key in found.written and key not in found.rows:
                yield Problem(name, option, found.head.sheet, _LOST)
            elif key in found.rows:
                yield from _row(places, found, row, (option, found.rows[key]), compare)


def _moved(places: PeriodPlaces, found: Found, axis: Timeline) -> Iterator[Problem]:
    """Yield headings of periods that are not those of the ledger, and rows that stand where others should."""
    book, sheet = places.book, found.head.sheet
    if now := found.unlike(axis):
        heads = on(sheet, a1(found.head.figures.first_row, found.column(0)))
        said = f"the periods are headed {now}, not {brief(', '.join(axis.labels))}. Put the headings back as they were."
        yield Problem("timeline", "", heads, said)
    for row in found.astray:
        label = brief(book.cell(sheet, row, found.head.label).shown, 60)
        said = f"the row of {label!r} is not in its place, or there twice. Put the rows back in their order."
        yield Problem("timeline", "", on(sheet, a1(row, found.head.label)), said)
    for key, row in found.rows.items():
        if book.cell(sheet, row, beside := found.column(len(axis))).held != "blank":
            said = "it is beside the last period, and nothing computes with it. Move it away."
            yield Problem(named(key)[0], "", on(sheet, a1(row, beside)), said)


def _row(
    places: PeriodPlaces, found: Found, row: AxisInput, of: tuple[str, int], compare: Compare
) -> Iterator[Edit | Problem]:
    (option, number), book, sheet = of, places.book, found.head.sheet
    unit = found.head.unit
    if book.cell(sheet, number, unit) != Cell("text", row.unit.spelling):
        said = f"its unit is not {row.unit.spelling} any more. Type figures by period in {row.unit.spelling}."
        yield Problem(row.name, option, on(sheet, a1(number, unit)), said)
        return
    for place, label in enumerate(row.axis.labels):
        column = found.column(place)
        cell, where = book.cell(sheet, number, column), on(sheet, a1(number, column))
        base = found.rows[row.name]
        inherited = Block(sheet, base, column, base, column)
        if number != base and cell.held == "formula" and Block.written(cell.content[1:], sheet) == inherited:
            cell = BLANK
        target = places.entries.input(cell_name(row.name, label))
        assert isinstance(target, Assumption)
        yield from compare(target, option, (cell, where), row.unit)
