"""Comparing the computed columns of tables with the ledger: each whose formulas are not its own any more, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import attrs

from unitledger.errors import FormulaError, brief
from unitledger.expression import TEXT, Along, Expression, Reference, Span, Text, apply, equal, when, words
from unitledger.model import AxisInput, AxisLine, Words
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import Block, Cell
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.periods.calculations import Compared
from unitledger.workbook.returned.tables.places import Found, TablePlaces
from unitledger.workbook.sheets.tables.places import HEAD_ROW, TOTAL_ROW, UNIT_ROW, added_by

_GONE = "its column is not there: it was deleted, or its heading changed"
_ALSO = "and so in {count} more of its cells"


def read_columns(places: TablePlaces, compared: Compared) -> Iterator[Calculation]:
    """Yield what differs in the computed columns of tables; what is equal in meaning is not reported."""
    for placed in places.tables.placed.values():
        found = places.of(placed)
        for key in placed.columns:
            line = places.entries.columns[key if isinstance(key, str) else key[0]]
            option = places.entries.base if isinstance(key, str) else key[1]
            if found is not None and key in found.columns:
                yield from _Column(places, found, compared, line, option, found.columns[key]).differences()
            elif isinstance(line, AxisLine):
                yield Calculation(line.name, (option,), placed.grid.name, f"heading {placed.headings[key]}", _GONE)


@attrs.frozen
class _Column:
    """A column of an option, by where it stands."""

    places: TablePlaces
    found: Found
    compared: Compared
    held: AxisInput | AxisLine | Words
    option: str
    column: int

    def differences(self) -> Iterator[Calculation]:
        """Yield what is different: what it comes to; its unit, and where its formulas are not what they must be."""
        found, line = self.found, self.held
        above = found.head.first_row - HEAD_ROW
        if not isinstance(line, Words) and (added := added_by(line)) is not None:
            total = apply(added, Along(Reference(line.name, line.unit), Span.ITEMS)).expression
            yield from self._unlike([above + TOTAL_ROW], self.compared.alike(total), total)
        if isinstance(line, AxisLine):
            yield from self._computed(line, above + UNIT_ROW)

    def _computed(self, line: AxisLine, above: int) -> Iterator[Calculation]:
        """Yield what is different in a column that is worked out, given the row of its unit."""
        found = self.found
        stated = found.book.cell(found.sheet, above, self.column)
        if stated != Cell("text", line.unit.spelling):
            was, now = f"unit {line.unit.spelling}", f"unit {brief(stated.content or 'empty')}"
            yield Calculation(line.name, (self.option,), on(found.sheet, a1(above, self.column)), was, now)
        expected = self.compared.alike(when(equal(Reference(found.key, TEXT), Text("")), Text(""), line.lowered))
        yield from self._unlike(found.rows, expected, line.lowered)

    def _unlike(self, rows: Iterable[int], expected: Expression, was: Expression) -> Iterator[Calculation]:
        """Yield the first of the cells that do not compute what is expected, which is said as what it `was`."""
        wrong = {row: told for row in rows if (told := self._difference(row, expected)) is not None}
        if wrong:
            row, told = next(iter(wrong.items()))
            note = _ALSO.format(count=len(wrong) - 1) if len(wrong) > 1 else ""
            where = on(self.found.sheet, a1(row, self.column))
            yield Calculation(self.held.name, (self.option,), where, self._said(was), told, note)

    def _difference(self, row: int, expected: Expression) -> str | None:
        """Return what a cell computes now, in words; None where it is what is expected."""
        book, sheet = self.found.book, self.found.sheet
        cell = book.cell(sheet, row, self.column)
        if cell.held != "formula":
            return self.compared.typed(cell)
        try:
            tree = Formula.read(str(cell.content), sheet, book.names).tree(partial(self._leaf, row))
        except FormulaError as broken:
            return str(broken)
        return None if self.compared.alike(tree) == expected else self._said(tree)

    def _leaf(self, row: int, block: Block | None, written: str) -> Expression:
        """Return what a block stands for in a formula of a row: a cell of that row, or anything else as on Calc."""
        found, options = self.found, list(self.places.entries.options)
        if block is not None and block.sheet == found.sheet and block.size == 1 and block.first_row == row:
            key = next((key for key, column in found.columns.items() if column == block.first_column), None)
            if key is not None:
                return self.places.own(found, key, self.option)
        return self.compared.leaf(block, written, options.index(self.option))

    def _said(self, tree: Expression) -> str:
        entries = self.places.entries
        return words(tree, lambda name: entries[name].label if name in entries else name)
