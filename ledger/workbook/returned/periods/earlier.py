"""Figures by period of an earlier workbook, whose timeline, inputs and options may have been others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from unitledger.errors import LedgerError
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, AxisInput, Entries, stored
from unitledger.model.entry.timeline import RULER, cell_name
from unitledger.units import Quantity, Unit
from unitledger.views.figures import one_line
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Book, Cell
from unitledger.workbook.cells.rows import Head, Row, find_head, rows_below
from unitledger.workbook.layout import HEAD_OF_TIMELINE
from unitledger.workbook.returned.periods.places import TO_PERIODS
from unitledger.workbook.sheets.months import said

_RULER = {label for _, label in RULER.values()}
_LONGEST = 200

Held = Callable[[Assumption, Cell, Unit], Quantity | str]
"""What a cell that is not blank holds of an input."""


class EarlierPeriods:
    """What stood on Timeline: `columns` by period, and rows of figures by label and option (empty: the base option)."""

    def __init__(self, entries: Entries, book: Book, options: tuple[str, ...], held: Held) -> None:
        self._entries, self._book, self._options, self._held = entries, book, options, held
        self._rows: dict[tuple[str, str], Row] = {}
        self.columns: Mapping[str, int] = {}
        if HEAD_OF_TIMELINE in book.names:
            head = find_head(book, HEAD_OF_TIMELINE)
            self.columns = dict(_periods(book, head))
            self._rows = dict(_rows(book, head, {said.IN_OPTION.format(option=option): option for option in options}))

    def figures(self) -> Iterator[tuple[tuple[str, str], float | str]]:
        """Yield what an input was by name of the figure and option: a stored magnitude, or why there is none."""
        for name, row in self._entries.rows.items():
            base = self._rows.get((row.label, ""))
            if not isinstance(row, AxisInput) or base is None:
                continue
            for option in self._options:
                own = self._rows.get((row.label, option), base)
                for label in row.axis.labels:
                    if label in self.columns:
                        yield (cell_name(name, label), option), self._figure(row, own, base, self.columns[label])

    def _figure(self, target: Assumption, own: Row, base: Row, column: int) -> float | str:
        """Return what stood in a cell, or where it took the base option's, in that of the base option."""
        sheet, cell = own.head.sheet, own.cell(column)
        inherited = Block(sheet, base.number, column, base.number, column)
        if cell == BLANK or (cell.held == "formula" and Block.written(cell.content[1:], sheet) == inherited):
            cell = base.cell(column)
        try:
            if own.unit.content != target.unit.spelling:
                return f"{on(sheet, a1(own.number, column))}: its unit is not {target.unit.spelling}."[:_LONGEST]
            given = self._held(target, cell, target.unit)
            return canonical(stored(given, target.unit, target.name, self._entries.calendar))
        except LedgerError as refused:
            return one_line(str(refused))[:_LONGEST]

    def gone(self) -> Iterator[Row]:
        """Yield rows of the base option of which the ledger has no input over time."""
        known = {row.label for row in self._entries.rows.values()}
        for (label, option), row in self._rows.items():
            if not option and label not in known:
                yield row


def _periods(book: Book, head: Head) -> Iterator[tuple[str, int]]:
    for column in head.columns[TO_PERIODS:]:
        cell = book.cell(head.sheet, head.figures.first_row, column)
        if cell.held == "text":
            yield str(cell.content), column


def _rows(book: Book, head: Head, options: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], Row]]:
    """Yield rows with a unit; one of an option stands beneath that of its input."""
    current = ""
    for row in rows_below(book, head).values():
        label = str(row.label.content or "")
        if row.unit == BLANK or label in _RULER:
            continue
        if label in options:
            yield (current, options[label]), row
        else:
            current = label
            yield (label, ""), row
