"""The right end of Inputs: the factor to the ledger's own unit, and what was changed since the workbook was built."""

from __future__ import annotations

from functools import reduce
from operator import add

import attrs

from unitledger.expression import Number, Operand, apply, different, equal, whole_part
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, formula_text
from unitledger.workbook.layout import HIGH, INPUTS, LOW, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Sheet
from unitledger.workbook.sheets.checks.edits import ends_edited, figures_edited, marks
from unitledger.workbook.sheets.checks.rows import UNIT, Checks
from unitledger.workbook.sheets.input_units import by_unit, factor
from unitledger.workbook.sheets.inputs.text import CHANGED_CELLS


def put_changed(sheet: Sheet, checks: Checks) -> None:
    """Put the last columns.

    What was built stands on As built, and rules of how cells look refer to no other sheet. So the last column counts
    the changed cells of its row, each with a mark behind the point, and the rules look for these. Past what one figure
    can mark, more columns follow for the other options.
    """
    layout, cells = checks.layout, checks.cells
    grid, given = cells.grids[INPUTS], cells.given
    if not given.keys:
        return
    rows = range(min(layout.inputs.values()), max((layout.inputs | layout.own).values()) + 1)
    with grid.mapped("factors", rows=rows):
        for spelling, names in by_unit(checks.entries, given.keys).items():
            listed = cells.units.get(spelling)
            held = 1.0 if listed is None else factor(listed, given.unit)
            grid.put(cells.factor, held, ("used", GENERAL), rows=names)
    # What shows nothing at all is empty where LibreOffice counts empty cells.
    style = "changes", f'"{CHANGED_CELLS}";;" "'
    changed = attrs.evolve(given, kind=DIMENSIONLESS, columns=checks.changed.columns)
    marked = marks(checks)
    for place, group in enumerate(checks.counted):
        options = [key for key in group if key in checks.options]
        parts: list[Operand] = []
        if UNIT in group:
            parts = [different(given.unit, checks.inputs.unit) * (1 + 1 / checks.mark_of_unit)]
            parts.append(_ends(checks, checks.typed, checks.inputs))
        if options:
            figures = figures_edited(checks, options) * (1 + 1 / checks.marks.across(options))
            parts.append(apply(SUMPRODUCT, figures))
        with grid.mapped("changed", rows=rows):
            grid.put(changed, reduce(add, parts), style, columns=[place])
        for key in group:
            column = UNIT_COLUMN if key == UNIT else checks.typed.place(given.keys[0], key)[1]
            # The mark is in the sum where halving leaves one.
            there, mark = changed.only(place), marked[key]
            whole, half = (whole_part(there * Number(part)) for part in (mark, mark / 2))
            condition = Condition(formula_text(there, equal(whole - half - half, 1), given.keys[0]))
            sheet.highlights.append(Highlight((rows[0], rows[-1]), (column, column), condition, ("changed", GENERAL)))
    with grid.mapped("changed", rows=rows):
        own = attrs.evolve(changed.only(0), rows=layout.own)
        grid.put(own, _ends(checks, checks.own_typed, checks.own), style)


def _ends(checks: Checks, there: Entry, here: Entry) -> Operand:
    """Return how many ends of the range of a row changed, with their marks."""
    return apply(SUMPRODUCT, ends_edited(there, here) * (1 + 1 / checks.marks.across((LOW, HIGH))))
