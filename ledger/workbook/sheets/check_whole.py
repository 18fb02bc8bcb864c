"""Block of Checks about counts: whether the figures that are used are whole numbers."""

from __future__ import annotations

from unitledger.expression import Apply, Number, Operand, apply, equal, when
from unitledger.expression.table.arithmetic import DUST, ROUND
from unitledger.workbook import text
from unitledger.workbook.address import on
from unitledger.workbook.layout import CALC, FIRST_OPTION
from unitledger.workbook.printing import at, symbol
from unitledger.workbook.sheet import here
from unitledger.workbook.sheets.check_block import COUNT, Checking

# What lies beyond is left by the factor of another unit.
_DECIMALS = Number(float(DUST))

USED = symbol("count used")


def is_whole(figure: Operand) -> Apply:
    """True where a figure is a whole number, but for what converting units leaves."""
    return equal(apply(ROUND, figure, _DECIMALS), apply(ROUND, figure, 0))


NOT_WHOLE = when(is_whole(USED), 0, 1)


def counts_are_whole(checking: Checking) -> None:
    """For each count and option 1 where the figure used is not a whole number; as built none is."""
    rows = checking.rows.whole
    if not rows:
        return
    checking.title("whole", text.NOT_WHOLE)
    for name, row in rows.items():
        checking.row_head(row, checking.entries.inputs[name].label, text.ONE_IF_TRUE)
        addresses = {USED.name: on(CALC, here(checking.layout.used[name]))}
        cached = [0.0] * len(checking.layout.options)
        checking.sheet.row_of_formulas(row, FIRST_OPTION, NOT_WHOLE, at(addresses), cached, COUNT)
