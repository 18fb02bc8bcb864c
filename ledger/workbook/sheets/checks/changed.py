"""Cells of Inputs that are not as they were built: how many, and how they stand out there."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from unitledger.expression import LOGICAL, TEXT, Expression, Number, Text, all_of, any_of, apply, different, equal
from unitledger.expression.table.arithmetic import ISFORMULA, NOT
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import HIGH, INPUTS, LOW
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.checks.checking import Checking
from unitledger.workbook.sheets.checks.rows import CHANGED, Checks
from unitledger.workbook.sheets.checks.typed import Place, areas, stand_out
from unitledger.workbook.sheets.second.again import count_where

_EMPTY = Text("")
_ENDS = LOW, HIGH


def changed(checking: Checking) -> None:
    """Count edited cells of figures, units, lows and highs, and let them stand out; what was built has been put."""
    checks = checking.checks
    found: dict[Key, Expression] = {}
    for key in checks.built_inputs.keys:
        if checks.inputs.has(key):
            now, then = checks.typed[key], checks.inputs[key]
            found[key] = reduce(add, (different(now.unit, then.unit), _figures(checks, now, then), _ends(now, then)))
        else:
            found[key] = _ends(checks.own_typed[key], checks.own[key])
    checking.put_counts(checks.beside(checks.built_inputs, CHANGED), found)
    _stand_out(checks)


def _figures(checks: Checks, there: Entry, here: Entry) -> Expression:
    """How many figures of a row are not as built; one of an option without its own is the base's, or nothing."""
    now, then = there.across(checks.options), here.across(checks.options)
    # An empty cell equals 0, so emptiness is compared as well.
    other = different(now, then) + equal(now, _EMPTY) > 0
    if len(checks.options) == 1:
        return count_where(other)
    base = there.at(checks.layout.options[0])
    own = different(now, base) + _known(checks) * (1 - 1 * apply(ISFORMULA, now)) > 0
    inherited = equal(then, _EMPTY) * own * different(now, _EMPTY)
    return apply(SUMPRODUCT, different(then, _EMPTY) * other + inherited)


def _known(checks: Checks) -> Expression:
    """1 in a program that knows formulas from other cells: headings of Calc are formulas."""
    return 1 * apply(ISFORMULA, checks.cells.options.of(LOGICAL).at(checks.layout.options[0]))


def _ends(there: Entry, here: Entry) -> Expression:
    """How many of low and high of a row are not as built."""
    now, then = there.across(_ENDS), here.across(_ENDS)
    return count_where(different(now, then) + different(equal(now, _EMPTY), equal(then, _EMPTY)) > 0)


def _stand_out(checks: Checks) -> None:
    """Let cells stand out that are not as built; a rule says what was, since rows of another sheet may be elsewhere."""
    alike: dict[tuple[Any, bool], list[Place]] = {}
    for there, here in ((checks.typed, checks.inputs), (checks.own_typed, checks.own)):
        for key in here.keys:
            for column in (*checks.options, *_ENDS) if there is checks.typed else _ENDS:
                held = here.value(key, column)
                inherits = held is None and column in checks.options
                alike.setdefault((held, inherits), []).append(there.place(key, column))
    for name in checks.inputs.keys:
        alike.setdefault((checks.inputs.unit.value(name), False), []).append(checks.typed.unit.place(name))
    grid, base = checks.cells.grids[INPUTS], checks.options[checks.layout.options[0]]
    for (held, inherits), places in alike.items():

        def is_other(here: Entry, held: Any = held, inherits: bool = inherits) -> Expression:
            """Whether a cell is not as it was."""
            now = here.of(TEXT if isinstance(held, str) else DIMENSIONLESS)
            if inherits:
                above = grid.entry("", DIMENSIONLESS, here.rows, base)
                # The base option's own figure typed over the formula is the option's own as well.
                return all_of(any_of(different(now, above), apply(NOT, apply(ISFORMULA, here))), different(now, _EMPTY))
            if held is None:
                return different(now, _EMPTY)
            then = Text(held) if isinstance(held, str) else Number(held)
            return any_of(different(now, then), equal(now, _EMPTY))

        stand_out(grid, areas(places), is_other, ("changed", GENERAL))
