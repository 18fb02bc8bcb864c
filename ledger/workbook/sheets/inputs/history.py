"""The right part of Inputs: the unit as built, the factor to the ledger's own, figures as built, what was changed."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.expression import TEXT, Text, any_of, different, equal, when
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, formula_text, frame
from unitledger.workbook.grid.place import keys
from unitledger.workbook.layout import (
    AS_BUILT,
    FACTOR,
    HEADING_ROW,
    INPUTS,
    UNIT_BUILT,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Sheet, Style
from unitledger.workbook.sheets.checks.rows import DIFFERS, Checks
from unitledger.workbook.sheets.input_units import by_unit, factor

_FACTOR_WIDTH = 12
_COUNT_WIDTH = 9

EMPTY = Text("")


def put_history(sheet: Sheet, checks: Checks, styles: Mapping[str, Style]) -> None:
    """Put the columns after the note; `styles`: how each input's figures are shown.

    Figures as built are links to Checks.
    """
    layout, cells = checks.layout, checks.cells
    _headings(sheet, layout)
    grid, given, factors = cells.grids[INPUTS], cells.given, cells.factor
    if not given.keys:
        return
    rows = range(min(layout.inputs.values()), max(layout.inputs.values()) + 1)
    with grid.mapped("factors", rows=rows):
        for spelling, names in by_unit(checks.entries, given.keys).items():
            grid.put(factors, factor(cells.units[spelling], given.unit), ("used", GENERAL), rows=names)
    unit_built = attrs.evolve(given, kind=TEXT, columns=layout.beside(UNIT_BUILT))
    grid.put(unit_built, lambda name, _: given.unit.value(name), frame.UNIT)
    first = layout.beside(AS_BUILT)
    built = attrs.evolve(given, columns={option: first + place for place, option in enumerate(layout.options)})
    link = when(equal(checks.inputs, EMPTY), EMPTY, checks.inputs)
    across = range(layout.beside(AS_BUILT), layout.changed_now + 1)
    with grid.mapped("history", rows=rows, columns=across):
        grid.put(built, link, lambda name, _: styles[name])
    differs = checks.beside(checks.inputs, DIFFERS)
    count = attrs.evolve(given, kind=DIMENSIONLESS, columns=layout.changed_now)
    grid.put(count, when(equal(differs, 0), EMPTY, differs), ("used", "0"))
    _highlight(sheet, given, built, unit_built)


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


def _highlight(sheet: Sheet, given: Entry, built: Entry, unit_built: Entry) -> None:
    """Mark the cells that are not as they were built: figures, and units."""
    units = (attrs.evolve(unit, columns={None: unit.place(given.keys[0])[1]}) for unit in (given.unit, unit_built))
    for now, then in ((given, built), tuple(units)):
        # An empty cell equals 0, so emptiness is compared as well.
        changed = any_of(different(now, then), different(equal(now, EMPTY), equal(then, EMPTY)))
        cells, first = now.area(), keys(now.columns)[0]
        condition = Condition(formula_text(now.of(DIMENSIONLESS), changed, given.keys[0], first))
        sheet.highlights.append(Highlight(cells.rows, cells.columns, condition, ("changed", GENERAL)))
