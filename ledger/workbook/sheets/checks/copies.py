"""Blocks of As built about figures that are to be those of other cells: key figures of Summary, constants as built.

What a row looks at is named cell by cell, so that rows may be inserted anywhere, and columns anywhere but between
options.
"""

from __future__ import annotations

from unitledger.expression import TEXT, Expression, Text, apply, different
from unitledger.expression.table.statistics import COUNTIF
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.second.again import count_where, other_head


def shown_on_summary(checking: Checking) -> None:
    """How many of the key figures on Summary are not those of Calc."""
    checks, cells = checking.checks, checking.cells
    shown = checking.shown
    for name in checks.shown.keys:
        differing = count_where(different(shown.across(), cells.figures[name].across()))
        checking.put(checks.beside(checks.shown), differing, COUNT, rows=[name])


def constants_when_built(checking: Checking) -> None:
    """What stands on Constants, as it was written, and how many cells of each row or list were changed."""
    checks, put = checking.checks, checking.put
    there, here = checks.held, checks.constants

    def style(row: int, _: None) -> tuple[str, str]:
        return "constant_word" if isinstance(there.value(row), str) else "constant", GENERAL

    put(here, lambda row, _: there.value(row), style)
    plain = [row for row in here.keys if not any(row in rows for rows in checks.lists)]
    put(checks.beside(here), other_head(there, here) + different(there, here), COUNT, rows=plain)
    for rows in checks.lists:
        # A row inserted into a list would move the places of what comes after it.
        pairs = ((there.of(TEXT), here.of(TEXT)), (there.label, here.label), (there.unit, here.unit))
        first, *others = (count_where(different(now.down(rows), then.down(rows))) for now, then in pairs)
        changed: Expression = first
        for each in others:
            changed = changed + each
        put(checks.beside(here), changed + apply(COUNTIF, there.down(rows), Text("")), COUNT, rows=rows[:1])
