"""Blocks of As built about figures that are to be those of other cells: key figures of Summary, constants as built.

What a row looks at is named cell by cell, so that rows may be inserted anywhere, and columns anywhere but between
options.
"""

from __future__ import annotations

from functools import reduce
from operator import add

from unitledger.expression import TEXT, Expression, Text, apply, different
from unitledger.expression.table.statistics import COUNTIF
from unitledger.workbook.grid import frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.second.again import count_where, other_head


def parts_on_calc(checking: Checking) -> None:
    """How many labels and units of the parts of the answer are not those that Calc was given."""
    checks, parts, rest = checking.checks, checking.cells.parts, checking.cells.rest
    checking.put(checks.parts.label, lambda place, _: parts.label.value(place), frame.LABEL, rows=parts.keys)
    heads = [other_head(each[key], checks.parts[key]) for each in (parts, rest) for key in each.keys]
    checking.put(checks.beside(checks.parts), reduce(add, heads), COUNT, rows=rest.keys)


def shown_on_summary(checking: Checking) -> None:
    """How many of the key figures on Summary, of their labels, units and headings, are not those of Calc."""
    checks, cells = checking.checks, checking.cells
    shown = checking.shown
    found: dict[Key, Expression] = {}
    for name in checks.shown.keys:
        there = cells.figures[name]
        found[name] = other_head(shown[name], there) + count_where(
            checks.counting(different(shown[name].across(), there.across()))
        )
    for name in checks.shown.keys[:1]:
        found[name] = found[name] + count_where(different(checking.heading.across(), cells.options.across()))
    checking.put_counts(checks.beside(checks.shown), found)


def constants_when_built(checking: Checking) -> None:
    """What stands on Constants, as it was written, and how many cells of each section or list were changed."""
    checks, put = checking.checks, checking.put
    there, here = checks.held, checks.constants

    def style(row: int, _: None) -> tuple[str, str]:
        return "constant_word" if isinstance(there.value(row), str) else "constant", GENERAL

    put(here, lambda row, _: there.value(row), style)
    found = {
        row: other_head(there[row], here[row]) + different(there[row], here[row])
        for row in here.keys
        if row not in checks.listed
    }
    for rows in checks.lists:
        # A row inserted into a list would move the places of what comes after it.
        pairs = ((there.of(TEXT), here.of(TEXT)), (there.label, here.label), (there.unit, here.unit))
        first, *others = (count_where(different(now.down(rows), then.down(rows))) for now, then in pairs)
        found[rows[0]] = reduce(add, others, first) + apply(COUNTIF, there.down(rows), Text(""))
    checking.put_counts(checks.beside(here), found)
