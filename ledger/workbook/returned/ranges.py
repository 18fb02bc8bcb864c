"""Comparing low and high of inputs with those of the ledger, in the unit beside the figures."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger.errors import LedgerError
from unitledger.expression.digits import canonical
from unitledger.model import Choice, setting_of, stored
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.layout import Own
from unitledger.workbook.returned.edits import Edit, End, Problem, ranged
from unitledger.workbook.returned.inputs import held_in, inherits
from unitledger.workbook.returned.places import Places
from unitledger.workbook.returned.rows import RowRefused
from unitledger.workbook.stated.given import range_given

_LOST = "no column right of the options is headed {lost}. Write the heading back, in the row of the others."
_TITLES: dict[End, str] = {"low": text.LOW, "high": text.HIGH}


def read_ranges(places: Places) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """Compare low and high of every input, and those of options' own figures, in the order of the ledger."""
    columns = places.inputs.beside
    changes: list[Edit] = []
    problems = [
        Problem("options", "", places.inputs.figures.place(places.inputs.columns[-1]), _LOST.format(lost=title))
        for title in _TITLES.values()
        if title not in columns
    ]
    for own, row in places.stated.items():
        try:
            changes += _row(places, own, row, columns)
        except RowRefused as refused:
            problems.append(Problem(*own, refused.cell, str(refused).removeprefix(f"Input {own[0]!r}: ")))
    return tuple(changes), tuple(problems)


def _row(places: Places, own: Own, row: int, columns: Mapping[str, int]) -> list[Edit]:
    """Return how low and high in a row differ from the ledger. Raises RowRefused for what they cannot be."""
    entries, book, (name, option) = places.entries, places.book, own
    sheet = places.inputs.sheet
    options, target, setting = tuple(entries.options), entries.input(name), places.setting(own)
    try:
        block, unit = places.found.cells(name), places.found.unit(name)
    except RowRefused:
        return []  # that is reported already
    places_of = {end: columns[title] for end, title in _TITLES.items() if title in columns}
    cells = {end: (book.cell(sheet, row, at), on(sheet, a1(row, at))) for end, at in places_of.items()}
    if isinstance(target, Choice) or unit is None:
        for cell, where in cells.values():
            if cell.held != "blank":
                raise RowRefused(where, "a choice has no range. Empty the cell.")
        return []
    edits = []
    before = dict(zip(_TITLES, range_given(target, setting), strict=True))
    for end, (cell, where) in cells.items():
        was = setting.low if end == "low" else setting.high
        try:
            new = None if cell.held == "blank" else held_in(target, cell, unit)
            now = None if new is None else canonical(stored(new, target.unit, name, entries.calendar))
        except LedgerError as refused:
            raise RowRefused(where, str(refused)) from None
        if now != (None if was is None else canonical(was)):
            edits.append(Edit(name, option, before[end], new, where, end=end))
    if edits:
        figure = book.cell(block.sheet, block.first_row, block.columns[options.index(option)])
        if option != entries.base and inherits(figure, block):
            said = f"{option} has no figure of its own now; it has the range of {entries.base}."
            raise RowRefused(edits[0].cell, said)
        try:
            setting_of(target, ranged(setting.figure, edits), entries.calendar)
        except LedgerError as refused:
            raise RowRefused(edits[0].cell, str(refused)) from None
    return edits
