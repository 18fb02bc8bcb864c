"""A sheet as named entries over cases: what each cell holds is said once, and everything else is read from that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from unitledger.errors import CircularLedger
from unitledger.expression import TEXT, Kind
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.address import a1, on
from unitledger.workbook.grid import frame
from unitledger.workbook.grid.entry import Entry
from unitledger.workbook.grid.place import Axis, Ground, Key, keys
from unitledger.workbook.grid.printed import printed
from unitledger.workbook.grid.put import Content, Link, Look, Names, Put
from unitledger.workbook.layout import LABEL_COLUMN, UNIT_COLUMN
from unitledger.workbook.sheet import Sheet

_AT_WORK: Any = object()
_UNKNOWN: Any = object()


class Grid(Ground):
    """The entries of a sheet, whose rows are taken one after the other from row `first`.

    `columns`: the cases of its rows. Values are worked out when somebody asks for them, so that entries may look up
    and down the sheet, and at other sheets. `write` puts all that was said on the sheet, which is left for
    `Sheet.finish`, when all sheets are said.
    """

    def __init__(self, sheet: Sheet, columns: Mapping[Key, int], first: int = 0) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.columns = columns
        self.next = first
        self._first = first
        self._puts: list[Put] = []
        self._kind = ""
        self._told: dict[str, tuple[range | None, range | None]] = {}
        self._mapped: list[tuple[str, Put]] = []
        self._held: dict[tuple[int, int], tuple[Put, int]] = {}
        sheet.left.append(self.write)

    def entry(self, name: str, kind: Kind | Mapping[Key, Kind], rows: Axis, columns: Axis | None = None) -> Entry:
        """Return cells at places that are settled elsewhere; over the grid's columns unless told."""
        return Entry(self, name, kind, rows, self.columns if columns is None else columns)

    def row(
        self, label: str, unit: str, kind: Kind = DIMENSIONLESS, *, column: int | None = None, there: bool = True
    ) -> Entry:
        """Take a row, and put its label and its unit, if they are not empty; with a `column` it has one cell, there.

        `there`: whether the sheet has the row at all; one that it does not have takes no place and holds nothing.
        """
        if not there:
            return self.entry(label, kind, {})
        row = self.take()
        self.head(row, label, unit)
        return self.entry(label, kind, row, column)

    def rows(self, heads: Mapping[Key, tuple[str, str, Kind]], *, column: int | None = None) -> Entry:
        """Take a row for each key, and put its label, its unit, as `row` does."""
        places = {}
        for key, (label, unit, _) in heads.items():
            places[key] = self.take()
            self.head(places[key], label, unit)
        return self.entry("", {key: kind for key, (_, _, kind) in heads.items()}, places, column)

    def head(self, row: int, label: str, unit: str) -> None:
        """Put label and unit of a row, if they are not empty."""
        for column, said, style in ((LABEL_COLUMN, label, frame.LABEL), (UNIT_COLUMN, unit, frame.UNIT)):
            if said:
                self.sheet.text(row, column, said, style)

    def take(self, rows: int = 1) -> int:
        """Take rows whose cells are said elsewhere; return the first of them."""
        self.next += rows
        return self.next - rows

    def section(self, title: str, columns: int) -> Entry:
        """Take a row for the title of a section, over so many columns, and before all but the first row an empty one.

        Return the cell of the title.
        """
        self.next += self.next > self._first
        row = self.take()
        frame.sections(self.sheet, {row: title}, columns)
        return self.entry(title, TEXT, row, LABEL_COLUMN)

    @contextmanager
    def mapped(self, kind: str, *, rows: range | None = None, columns: range | None = None) -> Iterator[None]:
        """Say of what kind the formulas are that are put meanwhile, as the formula map calls it.

        `rows`, `columns`: where they stand, if the map is to name more than the cells that hold them.
        """
        self._kind, before = kind, self._kind
        self._told[kind] = rows, columns
        yield
        self._kind = before

    def formulas(self) -> list[tuple[int, int]]:
        """Return row and column of each cell that a formula was put into."""
        return [place for put in self._puts if put.holds_formulas for place in put.places]

    def texts(self) -> Iterator[tuple[tuple[int, int], str, str]]:
        """Yield row and column of each cell that was given a text, the text and the name of its style."""
        for row, column, kind, content, _, (style, _) in self.sheet.cells:
            if kind == "text":
                yield (row, column), content, style
        for put in self._puts:
            if not put.holds_formulas:
                for place, key in zip(put.places, put.keys(), strict=True):
                    if isinstance(held := put.held(*key), str):
                        yield place, held, put.look(*key)[0]

    def blocks(self) -> dict[str, tuple[range, range]]:
        """Return the rows and columns of each kind of formulas, in the order in which they were first put."""
        found: dict[str, list[tuple[int, int]]] = {}
        for kind, put in self._mapped:
            found.setdefault(kind, []).extend(put.places)
        blocks = {}
        for kind, places in found.items():
            spans = (range(min(axis), max(axis) + 1) for axis in zip(*places, strict=True))
            rows, columns = (told or span for told, span in zip(self._told[kind], spans, strict=True))
            blocks[kind] = rows, columns
        return blocks

    def put(
        self,
        entry: Entry,
        content: Content,
        style: Look,
        *,
        rows: Iterable[Key] | None = None,
        columns: Iterable[Key] | None = None,
        values: Sequence[Any] | None = None,
        names: Names | None = None,
    ) -> Entry:
        """Say what stands in the cells of some cases of an entry, of all unless told, and how it looks; return it.

        A formula is one for all of them; of lines there is one for each row. `content` and `style` may be functions of
        the keys of row and column (None where the entry has one), for cells that hold no formula, or look different.
        `values`: what formulas of the ledger come to, row by row; the values of others are worked out from their trees.
        `names`: the cells that the ledger's names and factors stand for.
        Raises UnitMismatch where a formula does not give what the entry holds.
        """
        put = Put(entry, keys(entry.rows, rows), keys(entry.columns, columns), content, style, names)
        if not put.places:
            return entry
        self._puts.append(put)
        if self._kind and put.holds_formulas:
            self._mapped.append((self._kind, put))
        if values is None:
            self._held.update((place, (put, number)) for number, place in enumerate(put.places))
        else:
            self.sheet.values.update(zip(put.places, values, strict=True))
        return entry

    def value(self, row: int, column: int) -> Any:
        """Return what a cell shows, None for an empty one. Raises CircularLedger where it stands on itself."""
        place = row, column
        known = self.sheet.values.get(place, _UNKNOWN)
        if known is _UNKNOWN:
            return self._worked_out(place)
        if known is _AT_WORK:
            raise CircularLedger(f"The cell {on(self.name, a1(row, column))} stands on itself.")
        return known

    def _worked_out(self, place: tuple[int, int]) -> Any:
        held, values = self._held.get(place), self.sheet.values
        if held is None:
            return None
        put, number = held
        if not put.holds_formulas:
            found = values[place] = put.value(number)
            return found
        # A cell that stands on its neighbour is worked out after it, lest calls lie as deep as a row is long.
        first = number
        while first and put.places[first - 1] not in values:
            first -= 1
        for each in range(first, number + 1):
            here = put.places[each]
            values[here] = _AT_WORK
            values[here] = put.value(each)
        return values[place]

    def write(self) -> None:
        """Put every cell on the sheet, tell it of its blocks of formulas, and let go of what was said."""
        for put in self._puts:
            if put.holds_formulas:
                self._write_formulas(put)
            else:
                for place, key in zip(put.places, put.keys(), strict=True):
                    self._write(place, put.held(*key), put.look(*key))
        self.sheet.blocks |= self.blocks()
        # They refer to the grid, and the search for such circles would go through all of them.
        for said in (self._puts, self._mapped, self._held):
            said.clear()

    def _write_formulas(self, put: Put) -> None:
        cells = self.sheet.cells
        for (row, column), key, text in zip(put.places, put.keys(), printed(put), strict=True):
            cells.append((row, column, "formula", text, self.value(row, column), put.look(*key)))

    def _write(self, place: tuple[int, int], held: Any, look: tuple[str, str]) -> None:
        match held:
            case float():
                self.sheet.number(*place, held, look)
            case None:
                self.sheet.blank(*place, look)
            case str():
                self.sheet.text(*place, held, look)
            case date():
                self.sheet.date(*place, held, look)
            case Link(shown):
                self.sheet.link(*place, shown, held.address, look)
            case _:
                self.sheet.number(*place, held, look)
