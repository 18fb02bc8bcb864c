"""The right end of Inputs: the factor to the ledger's own unit, and what was changed since the workbook was built."""

from __future__ import annotations

import attrs

from unitledger.expression import Number, Operand, apply, different, equal, whole_part
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, formula_text
from unitledger.workbook.grid.place import keys
from unitledger.workbook.layout import CHANGED, HIGH, INPUTS, LOW, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Sheet
from unitledger.workbook.sheets.checks.edits import ends_edited, figures_edited, weight
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.input_units import by_unit, factor
from unitledger.workbook.sheets.inputs.text import CHANGED_CELLS

# Beyond, a sum of weights is no longer a whole number to a spreadsheet.
_MOST_WEIGHT = 2.0**48


def put_changed(sheet: Sheet, checks: Checks) -> None:
    """Put the last two columns.

    What was built stands on Checks, and rules of how cells look refer to no other sheet. So a changed cell counts in
    its row what its column weighs on Checks, and the rules take the sum apart; the unit weighs 1.
    """
    layout, cells = checks.layout, checks.cells
    grid, given = cells.grids[INPUTS], cells.given
    if not given.keys:
        return
    rows = range(min(layout.inputs.values()), max((layout.inputs | layout.own).values()) + 1)
    with grid.mapped("factors", rows=rows):
        for spelling, names in by_unit(checks.entries, given.keys).items():
            grid.put(cells.factor, factor(cells.units[spelling], given.unit), ("used", GENERAL), rows=names)
    style = "changes", f'"{CHANGED_CELLS}";;'
    changed = attrs.evolve(given, kind=DIMENSIONLESS, columns=layout.beside(CHANGED))
    own = attrs.evolve(changed, rows=layout.own)
    figures = apply(SUMPRODUCT, figures_edited(checks) * checks.weights.across(checks.options))
    with grid.mapped("changed", rows=rows):
        ends = _ends(checks, checks.typed, checks.inputs)
        grid.put(changed, different(given.unit, checks.inputs.unit) + figures + ends, style)
        grid.put(own, _ends(checks, checks.own_typed, checks.own), style)
    weighed = [(weight(checks, key), checks.typed.place(given.keys[0], key)[1]) for key in keys(checks.typed.columns)]
    for each, column in ((1.0, UNIT_COLUMN), *weighed):
        if each <= _MOST_WEIGHT:
            # The weight is in the sum where halving leaves one.
            whole, half = (whole_part(changed / Number(part)) for part in (each, 2 * each))
            condition = Condition(formula_text(changed, equal(whole - half - half, 1), given.keys[0]))
            sheet.highlights.append(Highlight((rows[0], rows[-1]), (column, column), condition, ("changed", GENERAL)))


def _ends(checks: Checks, there: Entry, here: Entry) -> Operand:
    """Return what changed ends of the range of a row weigh."""
    return apply(SUMPRODUCT, ends_edited(there, here) * checks.weights.across((LOW, HIGH)))
