"""Comparing the calculations of a workbook with those of its ledger: formulas, units, constants."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs

from unitledger.errors import brief
from unitledger.expression import TEXT, Along, Expression, Reference, Span, Text, apply, equal, spelled, when
from unitledger.expression.digits import canonical
from unitledger.model import AxisInput, AxisLine, Choice, Words, formulas
from unitledger.model.entry.over import Ruler
from unitledger.units import compatible_units
from unitledger.workbook.cells.book import Block, Cell, Place
from unitledger.workbook.grid.place import named
from unitledger.workbook.layout import CONSTANTS
from unitledger.workbook.ledger_cells import LedgerCells, ledger_cells
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.formulas import EMPTY, ROW_GONE, Compared, address, alike, number, typed
from unitledger.workbook.returned.periods import Found
from unitledger.workbook.returned.periods import Key as KeyOfRow
from unitledger.workbook.returned.places import Key, Places
from unitledger.workbook.returned.tables import Found as FoundTable
from unitledger.workbook.sheets.calc import fetched
from unitledger.workbook.sheets.input_units import factor
from unitledger.workbook.sheets.months.places import label_of, unit_of
from unitledger.workbook.sheets.tables.places import HEAD_ROW, TOTAL_ROW, UNIT_ROW, added_by


def read_calculations(places: Places) -> Iterator[Calculation]:
    """Compare every row of Calc and every figure of Constants; what is equal in meaning is not reported.

    Where a sheet has more or fewer options than the ledger, Calc is not compared row by row.
    """
    compared = Compared(places)
    reader = _Reader(places, compared, ledger_cells(places.entries, places.layout, {}))
    if len(places.inputs.columns) == len(places.calc.columns) == len(places.entries.options):
        for key in places.written:
            yield from reader.row(key) if key[0] in {"used", "line"} else ()
        yield from read_periods(compared)
        yield from read_columns(compared)
    for key, written in places.written.items():
        if written.sheet == CONSTANTS:
            yield from reader.constant(key, written.content)


@attrs.frozen
class _Reader:
    places: Places
    compared: Compared
    cells: LedgerCells

    def row(self, key: Key) -> Iterator[Calculation]:
        """Compare the unit and the formulas of a row of Calc; options that share a change share an entry."""
        places, (kind, name) = self.places, key
        if kind == "used" and ("input", name) not in places.rows:
            return  # the input itself is reported already
        if kind == "used":
            yield from self._factor(name)
        options, calc = tuple(places.entries.options), places.calc
        row = places.rows.get(key)
        if row is None:
            yield Calculation(name, options, calc.sheet, self.compared.said(self._expected(key, 0)), ROW_GONE)
            return
        leaf = places.written[key].leaf
        assert isinstance(leaf, Reference), "a row of Calc is an entry"
        yield from self.compared.unit(name, options, (calc.sheet, row, calc.unit), spelled(leaf.kind))
        changed: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for option, column in enumerate(calc.columns):
            place, expected = (calc.sheet, row, column), alike(self._expected(key, option))
            line = name if kind == "line" else ""
            found = self.compared.difference(place, expected, partial(places.leaf, option=option), line)
            if found is not None:
                changed.setdefault(found, []).append((options[option], address(place)))
        for (new, note), where in changed.items():
            was = self.compared.said(self._expected(key, 0))
            yield Calculation(name, tuple(option for option, _ in where), where[0][1], was, new, note)

    def constant(self, key: Key, wanted: float | str) -> Iterator[Calculation]:
        """Compare a row of Constants: a named constant, a conversion factor, the tolerance, a word, a unit."""
        head, row = self.places.constants, self.places.rows.get(key)
        if row is None:
            yield Calculation(key[1], (), head.sheet, number(wanted), ROW_GONE)
            return
        place = head.sheet, row, head.columns.start
        cell = self.places.book.cell(*place)
        held = canonical(float(cell.content)) if cell.held == "number" else cell.content
        if held != (canonical(wanted) if isinstance(wanted, float) else wanted):
            shown = number(held) if cell.held in ("number", "text") else cell.content or EMPTY
            yield Calculation(key[1], (), address(place), number(wanted), brief(shown))

    def _factor(self, name: str) -> Iterator[Calculation]:
        """Compare the factor on Inputs of an input's unit with the formula that looks it up on Constants."""
        places, target = self.places, self.places.entries.input(name)
        if isinstance(target, Choice) or places.factors is None:
            return  # without the factors every formula that uses them is reported
        own, options = target.unit.spelling, tuple(places.entries.options)
        place = places.inputs.sheet, places.rows["input", name], places.factors
        if own not in self.cells.units:
            if places.book.cell(*place) != Cell("number", 1.0):
                yield Calculation(name, options, address(place), "1", typed(places.book.cell(*place)))
            return
        others = compatible_units(target.unit, places.entries.calendar)
        if any(("unit", f"1 {other} in {own}") not in places.rows for other, _ in others):
            return  # that a row of the list is gone is reported already
        expected = places.now(factor(self.cells.units[own], self.cells.given.unit), name, 0)
        found = self.compared.difference(place, alike(expected), partial(places.leaf, option=0))
        if found is not None:
            now = ": ".join(filter(None, found))
            yield Calculation(name, options, address(place), self.compared.said(expected), now)

    def _expected(self, key: Key, option: int) -> Expression:
        """Return what a row must compute in the column of an option, over leaves such as `Places.cell` gives."""
        entries, (kind, name) = self.places.entries, key
        if kind == "line":
            return formulas(entries)[name]
        return self.places.now(fetched(entries, self.cells, name, self.cells.factor), name, option)


def read_periods(compared: Compared) -> Iterator[Calculation]:
    """Yield what differs on the sheets of options; what is equal in meaning is not reported."""
    places, axis = compared.places, compared.places.entries.time
    for found in places.periods.sheets.values():
        if found.option is None:
            yield from _rulers(places, found)
            continue
        if axis is not None and (now := found.unlike(axis)):
            heads = found.head.sheet, found.head.figures.first_row, found.column(0)
            yield Calculation("timeline", (found.option,), address(heads), brief(", ".join(axis.labels)), now)
        for key in found.written:
            yield from _row(compared, found, found.option, key)


def _rulers(places: Places, found: Found) -> Iterator[Calculation]:
    """Yield what is said of periods on Timeline and is not as the ledger says it."""
    for key in found.written:
        held = places.entries.rows[key] if isinstance(key, str) else None
        if not isinstance(held, Ruler):
            continue
        number, sheet = found.rows.get(held.name), found.head.sheet
        if number is None:
            yield Calculation(held.name, (), sheet, f"label {held.label}", ROW_GONE)
            continue
        for place, wanted in enumerate(held.magnitudes):
            at = sheet, number, found.column(place)
            shown = places.book.cell(*at).shown
            if not isinstance(shown, int | float) or canonical(shown) != canonical(wanted):
                now = EMPTY if shown is None else brief(shown)
                yield Calculation(held.name, (), address(at), f"{wanted:.15g}", now)
                break


def _row(compared: Compared, found: Found, option: str, key: KeyOfRow) -> Iterator[Calculation]:
    """Yield what is different in a row of an option: its unit, and where its formulas are not what they must be."""
    places, entries = compared.places.periods, compared.places.entries
    (name, _), sheet = named(key), found.head.sheet
    number, axis = found.rows.get(key), entries.time
    assert axis is not None
    if number is None:
        yield Calculation(name, (option,), sheet, f"label {label_of(entries, key)}", ROW_GONE)
        return
    yield from compared.unit(name, (option,), (sheet, number, found.head.unit), unit_of(entries, key).spelling)
    expected = {place: places.expected(key, place, option) for place in range(len(axis))}
    expected |= places.beside(key)
    cells = {(sheet, number, found.column(place)): tree for place, tree in expected.items()}
    of_option = partial(compared.places.leaf, option=list(entries.options).index(option))
    yield from compared.unlike(name, option, cells, lambda _, block, written: of_option(block, written))


def read_columns(compared: Compared) -> Iterator[Calculation]:
    """Yield what differs in the computed columns of tables; what is equal in meaning is not reported."""
    places = compared.places.tables
    for placed in places.tables.placed.values():
        found = places.of(placed)
        for key in placed.columns:
            name, option = named(key, places.entries.base)
            line = places.entries.columns[name]
            if found is not None and key in found.columns:
                yield from _Column(compared, found, line, option, found.columns[key]).differences()
            elif isinstance(line, AxisLine):
                gone = "its column is not there: it was deleted, or its heading changed"
                was = f"heading {placed.headings[key]}"
                yield Calculation(line.name, (option,), placed.grid.name, was, gone)


@attrs.frozen
class _Column:
    """A column of an option, by where it stands."""

    compared: Compared
    found: FoundTable
    held: AxisInput | AxisLine | Words
    option: str
    column: int

    def differences(self) -> Iterator[Calculation]:
        """Yield what is different: what it comes to; its unit, and where its formulas are not what they must be."""
        found, line, compared = self.found, self.held, self.compared
        above = found.head.first_row - HEAD_ROW
        if not isinstance(line, Words) and (added := added_by(line)) is not None:
            total = apply(added, Along(Reference(line.name, line.unit), Span.ITEMS)).expression
            yield from compared.unlike(line.name, self.option, {self._at(above + TOTAL_ROW): total}, self._leaf)
        if isinstance(line, AxisLine):
            yield from compared.unit(line.name, (self.option,), self._at(above + UNIT_ROW), line.unit.spelling)
            expected = when(equal(Reference(found.key, TEXT), Text("")), Text(""), line.lowered)
            cells = dict.fromkeys(map(self._at, found.rows), expected)
            yield from compared.unlike(line.name, self.option, cells, self._leaf, line.lowered)

    def _at(self, row: int) -> Place:
        return self.found.sheet, row, self.column

    def _leaf(self, place: Place, block: Block | None, written: str) -> Expression:
        """Return what a block stands for in a formula of a row: a cell of that row, or anything else as on Calc."""
        found, places = self.found, self.compared.places
        if block is not None and block.sheet == found.sheet and block.size == 1 and block.first_row == place[1]:
            key = next((key for key, column in found.columns.items() if column == block.first_column), None)
            if key is not None:
                return places.tables.own(found, key, self.option)
        return places.leaf(block, written, list(places.entries.options).index(self.option))
