"""Comparing the figures by period of a workbook with those of its ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitledger.errors import LedgerError
from unitledger.model import Assumption, AxisInput
from unitledger.model.entry.timeline import cell_name
from unitledger.units import Unit
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Cell
from unitledger.workbook.layout import TIMELINE
from unitledger.workbook.returned.edits import Edit, Problem
from unitledger.workbook.returned.periods.places import Found, PeriodPlaces

Compare = Callable[[Assumption, str, tuple[Cell, str], Unit], Edit | None]
"""How a cell (with its address) differs from what an input is set to in an option."""


def read_inputs_by_period(places: PeriodPlaces, compare: Compare) -> Iterator[Edit | Problem]:
    """Yield changed figures, and problems, in the order of the ledger."""
    entries = places.entries
    inputs = {name: row for name, row in entries.rows.items() if isinstance(row, AxisInput)}
    found = next((each for each in places.sheets.values() if each.option is None), None)
    for name, row in inputs.items():
        if found is None or name not in found.rows:
            gone = f"its row is not on the sheet {TIMELINE}: it was deleted, or its label changed. Bring the row back."
            yield Problem(name, "", TIMELINE if found is None else found.head.sheet, gone)
            continue
        for option in entries.options:
            key = name if option == entries.base else (name, option)
            if key in found.rows:
                yield from _row(places, found, row, (option, found.rows[key]), compare)


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
        name = cell_name(row.name, label)
        try:
            target = places.entries.input(name)
            assert isinstance(target, Assumption)
            edit = compare(target, option, (cell, where), row.unit)
        except LedgerError as refused:
            yield Problem(name, option, where, str(refused).removeprefix(f"Input {name!r}: "))
            continue
        if edit is not None:
            yield edit
