"""The function table as a whole: each function is known by its name, also to another process."""

from __future__ import annotations

from unitledger.expression.arithmetic import ROWS_OF_ARITHMETIC
from unitledger.expression.function import Function
from unitledger.expression.statistics import ROWS_OF_STATISTICS

FUNCTIONS = {row.name: row for row in (*ROWS_OF_ARITHMETIC, *ROWS_OF_STATISTICS)}


def function_named(name: str) -> Function:
    """Return the function of the table that bears a name."""
    return FUNCTIONS[name]
