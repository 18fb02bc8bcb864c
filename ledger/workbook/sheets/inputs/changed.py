"""The right end of Inputs: the factor to the ledger's own unit, and what was changed since the workbook was built."""

from __future__ import annotations

import attrs

from unitledger.expression import Number, Operand, apply, different, equal, whole_part
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, formula_text
from unitledger.workbook.layout import CHANGED, HIGH, INPUTS, LOW, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Sheet
from unitledger.workbook.sheets.checks.edits import NO_MARK, UNIT, ends_edited, figures_edited, marks
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.input_units import by_unit, factor
from unitledger.workbook.sheets.inputs.text import CHANGED_CELLS


def put_changed(sheet: Sheet, checks: Checks) -> None:
    """Put the last two columns.

    What was built stands on As built, and rules of how cells look refer to no other sheet. So the last column counts
    the changed cells of its row, each with a mark behind the point, and the rules look for these.
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
    changed = attrs.evolve(given, kind=DIMENSIONLESS, columns=layout.beside(CHANGED))
    own = attrs.evolve(changed, rows=layout.own)
    figures = apply(SUMPRODUCT, figures_edited(checks) * (1 + 1 / checks.marks.across(checks.options)))
    with grid.mapped("changed", rows=rows):
        ends = _ends(checks, checks.typed, checks.inputs)
        unit = different(given.unit, checks.inputs.unit) * (1 + 1 / checks.mark_of_unit)
        grid.put(changed, unit + figures + ends, style)
        grid.put(own, _ends(checks, checks.own_typed, checks.own), style)
    for key, mark in marks(checks).items():
        if mark < NO_MARK:
            column = UNIT_COLUMN if key == UNIT else checks.typed.place(given.keys[0], key)[1]
            # The mark is in the sum where halving leaves one.
            whole, half = (whole_part(changed * Number(part)) for part in (mark, mark / 2))
            condition = Condition(formula_text(changed, equal(whole - half - half, 1), given.keys[0]))
            sheet.highlights.append(Highlight((rows[0], rows[-1]), (column, column), condition, ("changed", GENERAL)))


def _ends(checks: Checks, there: Entry, here: Entry) -> Operand:
    """Return how many ends of the range of a row changed, with their marks."""
    return apply(SUMPRODUCT, ends_edited(there, here) * (1 + 1 / checks.marks.across((LOW, HIGH))))
