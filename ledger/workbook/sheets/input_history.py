"""The right part of Inputs: the unit as built, the factor to the ledger's own, figures as built, what was changed."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger.expression import TEXT, Text, any_of, different, equal, when
from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.check_rows import INPUTS_DIFFER, check_rows
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    AS_BUILT,
    CHECKS,
    FACTOR,
    FIRST_OPTION,
    HEADING_ROW,
    INPUTS,
    UNIT_BUILT,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.printing import down, own, symbol, there
from unitledger.workbook.sheet import Highlight, Sheet, Style, cell
from unitledger.workbook.sheets import input_units

_FACTOR_WIDTH = 12
_COUNT_WIDTH = 9

BUILT = symbol("as built")
EMPTY = Text("")
LINK = when(equal(BUILT, EMPTY), EMPTY, BUILT)
COUNT = when(equal(BUILT, 0), EMPTY, BUILT)


def put_history(sheet: Sheet, entries: Entries, layout: Layout, styles: Mapping[str, Style]) -> None:
    """Put the columns after the note; `styles`: how each input's figures are shown.

    Figures as built are links to Checks, whose rows are known before it is built, and whose values are those here.
    """
    _headings(sheet, layout)
    rows = check_rows(entries, layout).inputs
    factors = input_units.factors(entries)
    for spelling, names in input_units.by_unit(entries, layout.inputs).items():
        addresses = input_units.listed(layout, spelling) | {input_units.UNIT.name: own(UNIT_COLUMN)}
        cells = ((layout.inputs[name], layout.inputs[name], factors[name], ("used", GENERAL)) for name in names)
        down(sheet, layout.beside(FACTOR), input_units.FACTOR, addresses, cells)
    for row in layout.inputs.values():
        unit = str(sheet.values[f"{INPUTS}!{a1(row, UNIT_COLUMN)}"])
        sheet.text(row, layout.beside(UNIT_BUILT), unit, frame.UNIT)
    if not layout.inputs:
        return
    for place, column in enumerate(layout.option_columns):
        built = (
            (row, rows[name], sheet.values[f"{INPUTS}!{a1(row, column)}"], styles[name])
            for name, row in layout.inputs.items()
        )
        down(sheet, layout.beside(AS_BUILT) + place, LINK, {BUILT.name: there(CHECKS, column, moves=True)}, built)
    counted = ((row, rows[name], "", ("used", "0")) for name, row in layout.inputs.items())
    count = {BUILT.name: there(CHECKS, layout.after_options + INPUTS_DIFFER)}
    down(sheet, layout.changed_now, COUNT, count, counted)
    _highlight(sheet, layout)


def _headings(sheet: Sheet, layout: Layout) -> None:
    """Put the columns' headings and widths."""
    sheet.text(HEADING_ROW, layout.beside(UNIT_BUILT), text.UNIT_BUILT, ("heading_in", GENERAL))
    titles = [text.FACTOR, *(text.AS_BUILT_IN.format(option=option) for option in layout.options), text.CHANGED_NOW]
    for column, title in enumerate(titles, start=layout.beside(FACTOR)):
        sheet.text(HEADING_ROW, column, title, ("heading_right", GENERAL))
    sheet.widths[layout.beside(UNIT_BUILT)] = sheet.widths[UNIT_COLUMN]
    sheet.widths[layout.beside(FACTOR)] = _FACTOR_WIDTH
    for place, column in enumerate(layout.option_columns):
        sheet.widths[layout.beside(AS_BUILT) + place] = sheet.widths[column]
    sheet.widths[layout.changed_now] = _COUNT_WIDTH


def _highlight(sheet: Sheet, layout: Layout) -> None:
    """Mark the cells that are not as they were built: figures, and units."""
    rows = min(layout.inputs.values()), max(layout.inputs.values())
    compared = (
        (FIRST_OPTION, layout.after_options - 1, layout.beside(AS_BUILT)),
        (UNIT_COLUMN, UNIT_COLUMN, layout.beside(UNIT_BUILT)),
    )
    for first, last, before in compared:
        now, built = (cell(INPUTS, rows[0], column, TEXT, moves=True) for column in (first, before))
        # An empty cell equals 0, so emptiness is compared as well.
        changed = any_of(different(now, built), different(equal(now, EMPTY), equal(built, EMPTY)))
        sheet.highlights.append(Highlight(rows, (first, last), changed, ("changed", GENERAL)))
