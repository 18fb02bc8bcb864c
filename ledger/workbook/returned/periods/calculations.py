"""Comparing the sheets of periods with the ledger: each row whose formulas are not its own any more, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from unitledger.errors import FormulaError, brief
from unitledger.expression import Expression, words
from unitledger.expression.digits import canonical
from unitledger.model.entry.over import Ruler
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import Block, Cell, Place
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.periods.places import Found, Key, PeriodPlaces
from unitledger.workbook.sheets.months.places import FIRST_PERIOD, OPENING_COLUMN, TOTAL_COLUMN, label_of, unit_of

_GONE = "its row is not there: it was deleted, or its label changed"
_EMPTY = "nothing: the cell is empty"
_ALSO = "and so in {count} more of its cells"

Leaf = Callable[[Block | None, str, int], Expression]
"""What a block, as written, stands for in a formula of an option, by its number."""


@attrs.frozen
class Compared:
    """How formulas are compared: see `Leaf`; how a cell without one is told; a tree without what no sheet shows."""

    leaf: Leaf
    typed: Callable[[Cell], str]
    alike: Callable[[Expression], Expression]


def read_periods(places: PeriodPlaces, compared: Compared) -> Iterator[Calculation]:
    """Yield what differs on the sheets of options; what is equal in meaning is not reported."""
    options = list(places.entries.options)
    for found in places.sheets.values():
        if found.option is None:
            yield from _rulers(places, found)
            continue
        if places.entries.time is not None and (now := found.unlike(places.entries.time)):
            heads = on(found.head.sheet, a1(found.head.figures.first_row, found.column(0)))
            was = brief(", ".join(places.entries.time.labels))
            yield Calculation("timeline", (found.option,), heads, was, now)
        reader = _Reader(places, found, options.index(found.option), compared)
        for key in found.written:
            yield from reader.row(key)


def _rulers(places: PeriodPlaces, found: Found) -> Iterator[Calculation]:
    """Yield what is said of periods on Timeline and is not as the ledger says it."""
    for key in found.written:
        held = places.entries.rows[key] if isinstance(key, str) else None
        if not isinstance(held, Ruler):
            continue
        number, sheet = found.rows.get(held.name), found.head.sheet
        if number is None:
            yield Calculation(held.name, (), sheet, f"label {held.label}", _GONE)
            continue
        for place, wanted in enumerate(held.magnitudes):
            at = on(sheet, a1(number, column := found.column(place)))
            shown = places.book.cell(sheet, number, column).shown
            if not isinstance(shown, int | float) or canonical(shown) != canonical(wanted):
                yield Calculation(held.name, (), at, f"{wanted:.15g}", _EMPTY if shown is None else brief(shown))
                break


@attrs.frozen
class _Reader:
    """The sheet of an option, by its number."""

    places: PeriodPlaces
    found: Found
    option: int
    compared: Compared

    def row(self, key: Key) -> Iterator[Calculation]:
        """Yield what is different in a row: its unit, and where its formulas are not what they must be."""
        entries, found = self.places.entries, self.found
        name = key if isinstance(key, str) else key[0]
        options, sheet = (str(found.option),), found.head.sheet
        number = found.rows.get(key)
        if number is None:
            yield Calculation(name, options, sheet, f"label {label_of(entries, key)}", _GONE)
            return
        unit, place = unit_of(entries, key).spelling, found.head.unit
        stated = self.places.book.cell(sheet, number, place)
        if stated != Cell("text", unit):
            now = f"unit {stated.content or 'empty'}"
            yield Calculation(name, options, on(sheet, a1(number, place)), f"unit {unit}", now)
        expected = self._expected(key)
        wrong = {
            column: told
            for column, tree in expected.items()
            if (told := self._difference((sheet, number, column), tree)) is not None
        }
        if wrong:
            column, told = next(iter(wrong.items()))
            note = _ALSO.format(count=len(wrong) - 1) if len(wrong) > 1 else ""
            where, was = on(sheet, a1(number, column)), self._said(expected[column])
            yield Calculation(name, options, where, was, told, note)

    def _expected(self, key: Key) -> dict[int, Expression]:
        """Return what the cells of a row must compute, by column."""
        axis = self.places.entries.time
        assert axis is not None
        expected = {
            self.found.column(place): self.places.expected(key, place, str(self.found.option))
            for place in range(len(axis))
        }
        beside = (TOTAL_COLUMN, self.places.total(key)), (OPENING_COLUMN, self.places.opening(key))
        held = {self.found.column(column - FIRST_PERIOD): tree for column, tree in beside if tree is not None}
        return expected | held

    def _difference(self, place: Place, expected: Expression) -> str | None:
        """Return what a cell computes now, in words; None where it is what is expected."""
        cell = self.places.book.cell(*place)
        if cell.held != "formula":
            return self.compared.typed(cell)
        try:
            tree = Formula.read(cell.content, place[0], self.places.book.names).tree(self._stands_for)
        except FormulaError as broken:
            return brief(broken)
        return None if self.compared.alike(tree) == self.compared.alike(expected) else self._said(tree)

    def _stands_for(self, block: Block | None, written: str) -> Expression:
        return self.compared.leaf(block, written, self.option)

    def _said(self, tree: Expression) -> str:
        entries = self.places.entries
        return words(tree, lambda name: entries[name].label if name in entries else name)
