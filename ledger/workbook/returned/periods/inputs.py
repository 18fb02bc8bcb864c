"""Comparing the figures by period of a workbook with those of its ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitledger.errors import brief
from unitledger.model import Assumption, AxisInput
from unitledger.model.entry.axis import Timeline, cell_name
from unitledger.units import Unit
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Cell
from unitledger.workbook.grid.place import named
from unitledger.workbook.layout import TIMELINE
from unitledger.workbook.returned.edits import Edit, Problem
from unitledger.workbook.returned.periods.places import Found, PeriodPlaces

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
        label = brief(book.cell(sheet, row, found.head.label).content, 60)
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
