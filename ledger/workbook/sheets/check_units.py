"""Columns of Checks about the units that figures are typed in: known or not, their factor, changed alone."""

from __future__ import annotations

from unitledger.expression import all_of, apply, different, equal, when
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Choice
from unitledger.workbook.check_rows import FACTOR_AGAIN, NAMED_WRONG, UNIT_ALONE
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import FIRST_OPTION, HIGH, INPUTS, UNIT_COLUMN
from unitledger.workbook.printing import down, own, symbol, there
from unitledger.workbook.sheets import input_units
from unitledger.workbook.sheets.check_arithmetic import IDENTITY, LABEL_HERE, LABEL_THERE, count_where, identity
from unitledger.workbook.sheets.check_block import COUNT, Checking
from unitledger.workbook.sheets.input_units import FACTOR, LISTED, UNIT, by_unit, listed

TYPED = symbol("figures now")
BUILT = symbol("figures when built")
UNIT_BUILT = symbol("unit when built")

UNLISTED = different(LABEL_THERE, LABEL_HERE) + when(equal(count_where(equal(LISTED, UNIT)), 1), 0, 1)
STILL_AS_BUILT = apply(SUMPRODUCT, equal(TYPED, BUILT) * different(TYPED, 0))
ALONE = when(all_of(different(UNIT, UNIT_BUILT), STILL_AS_BUILT > 0), 1, 0)


def units_when_built(checking: Checking) -> None:
    """For each input whether its label is another or its unit not listed, its factor, whether its unit alone changed.

    A unit is changed alone where some figure of its row that is neither 0 nor empty is still as it was built.
    """
    layout, rows = checking.layout, checking.rows.inputs
    sheet, first = checking.sheet, layout.after_options
    unit = {UNIT.name: there(INPUTS, UNIT_COLUMN)}
    factors = input_units.factors(checking.entries)
    for spelling, names in by_unit(checking.entries, layout.inputs).items():
        addresses = unit | listed(layout, spelling)
        places = [(rows[name], layout.inputs[name]) for name in names]
        again = ((rows[name], layout.inputs[name], factors[name], ("number", GENERAL)) for name in names)
        down(sheet, first + FACTOR_AGAIN, FACTOR, addresses, again)
        named = identity(INPUTS) | addresses
        down(sheet, first + NAMED_WRONG, UNLISTED, named, ((*each, 0.0, COUNT) for each in places))
    numbers = [name for name in layout.inputs if not isinstance(checking.entries.inputs[name], Choice)]
    words = [name for name in layout.inputs if name not in numbers]
    if words:
        flags = ((rows[name], layout.inputs[name], 0.0, COUNT) for name in words)
        down(sheet, first + NAMED_WRONG, IDENTITY, identity(INPUTS), flags)
    if numbers:
        last = layout.beside(HIGH)
        addresses = unit | {
            UNIT_BUILT.name: own(UNIT_COLUMN),
            TYPED.name: there(INPUTS, FIRST_OPTION, last),
            BUILT.name: own(FIRST_OPTION, last),
        }
        down(sheet, first + UNIT_ALONE, ALONE, addresses, ((rows[n], layout.inputs[n], 0.0, COUNT) for n in numbers))
