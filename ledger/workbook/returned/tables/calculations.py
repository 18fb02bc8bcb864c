"""Comparing the computed columns of tables with the ledger: each whose formulas are not its own any more, once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs

from unitledger.errors import FormulaError, brief
from unitledger.expression import TEXT, Expression, Reference, Text, equal, when, words
from unitledger.model import AxisLine
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import Block, Cell
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.periods.calculations import Compared
from unitledger.workbook.returned.tables.places import Found, TablePlaces

_GONE = "its column is not there: it was deleted, or its heading changed"
_ALSO = "and so in {count} more of its cells"


def read_columns(places: TablePlaces, compared: Compared) -> Iterator[Calculation]:
    """Yield what differs in the computed columns of tables; what is equal in meaning is not reported."""
    for placed in places.tables.placed.values():
        found = places.of(placed)
        for key in placed.columns:
            line = places.entries.columns[key if isinstance(key, str) else key[0]]
            option = places.entries.base if isinstance(key, str) else key[1]
            if not isinstance(line, AxisLine):
                continue
            if found is None or key not in found.columns:
                yield Calculation(line.name, (option,), placed.grid.name, f"heading {placed.headings[key]}", _GONE)
            else:
                yield from _Column(places, found, compared, line, option, found.columns[key]).differences()


@attrs.frozen
class _Column:
    """A computed column of an option, by where it stands."""

    places: TablePlaces
    found: Found
    compared: Compared
    line: AxisLine
    option: str
    column: int

    def differences(self) -> Iterator[Calculation]:
        """Yield what is different: its unit, and where its formulas are not what they must be."""
        found, line, above = self.found, self.line, self.found.head.first_row - 1
        stated = found.book.cell(found.sheet, above, self.column)
        if stated != Cell("text", line.unit.spelling):
            was, now = f"unit {line.unit.spelling}", f"unit {brief(stated.content or 'empty')}"
            yield Calculation(line.name, (self.option,), on(found.sheet, a1(above, self.column)), was, now)
        expected = self.compared.alike(when(equal(Reference(found.key, TEXT), Text("")), Text(""), line.lowered))
        wrong = {row: told for row in found.rows if (told := self._difference(row, expected)) is not None}
        if wrong:
            row, told = next(iter(wrong.items()))
            note = _ALSO.format(count=len(wrong) - 1) if len(wrong) > 1 else ""
            where, was = on(found.sheet, a1(row, self.column)), self._said(line.lowered)
            yield Calculation(line.name, (self.option,), where, was, told, note)

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
