"""Blocks of Checks about the arithmetic: totals, everything worked out again, values and constants as built.

What a row looks at is named cell by cell, so that rows may be inserted anywhere, and columns anywhere but between
options.
"""

from __future__ import annotations

import attrs

from unitledger.compute.cancellation import cancelled
from unitledger.expression import (
    TEXT,
    Apply,
    Text,
    absolute,
    apply,
    different,
    maximum,
    minimum,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF
from unitledger.workbook import text
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.calc import put_used
from unitledger.workbook.sheets.checks.checking import COUNT, Checking, count_where, other_head
from unitledger.workbook.sheets.checks.rows import FACTOR_AGAIN


def totals(checking: Checking) -> None:
    """Three rows per total: the sum of its parts, the largest of them, and whether they do not add up."""
    checks, cells, put = checking.checks, checking.cells, checking.put
    for name in checks.sums.keys:
        # Of the lowered total, so that no conversion factor is needed that the total itself does not need.
        lowered = checking.entries.lines[name].lowered
        assert isinstance(lowered, Apply), "a total is a sum"
        parts, style = lowered.arguments, ("number", checking.pattern(name))
        put(checks.sums, total(*parts), style, rows=[name], names=cells.named)
        size = maximum(maximum(*parts), -minimum(*parts))
        put(checks.largest, size, style, rows=[name], names=cells.named)
    adds_up = absolute(cells.figures - checks.sums) <= cells.tolerance * checks.largest
    put(checks.unequal, when(adds_up, 0, 1), COUNT)
    put(checks.beside(checks.unequal), total(checks.unequal.across()), COUNT)


def worked_out_again(checking: Checking) -> None:
    """Each row of Calc once more, with label and unit; a formula that was typed over differs from this."""
    checks, cells, put, entries = checking.checks, checking.cells, checking.put, checking.entries
    factors = checks.beside(checks.inputs, FACTOR_AGAIN)
    put_used(checks.grid, entries, cells, checking.figures, (checks.again, factors))
    for name, line in entries.lines.items():
        values, style = checking.figures[name], ("number", checking.pattern(name))
        put(checks.again, line.lowered, style, rows=[name], values=values, names=cells.named, line=name)
    differing = count_where(different(cells.figures.across(), checks.again.across()))
    put(checks.beside(checks.again), other_head(cells.figures, checks.again) + differing, COUNT)


def values_when_built(checking: Checking) -> None:
    """The values that were worked out when the workbook was built, and how many of Calc lie further from them.

    Where sums cancel, the distance is measured by their largest operand.
    """
    checks, cells, put, results = checking.checks, checking.cells, checking.put, checking.results
    sizes = {option: cancelled(checking.entries, results[option]) for option in checks.options}
    lost = [name for name in checks.built.keys if any(name in found for found in sizes.values())]
    plain = [name for name in checks.built.keys if name not in lost]

    def style(name: str, _: str) -> tuple[str, str]:
        return "constant", checking.pattern(name)

    put(checks.built, lambda name, option: results[option][name], style)
    put(checks.sizes, lambda name, option: sizes[option].get(name, abs(results[option][name])), style, rows=lost)
    if lost:
        heads = attrs.evolve(checks.sizes, kind=TEXT, rows=checks.titles["built"])
        put(heads, lambda _, option: text.LARGEST_OPERAND.format(option=option), ("heading_right", GENERAL))
    there, here, allowed = cells.figures.across(), checks.built.across(), cells.tolerance
    # Below one end or above the other: exactly one comparison holds outside, none or both inside, whatever the sign.
    # Squares would be too large beyond 1e154, and 0 below 1e-162.
    apart = count_where(different(here * (1 - allowed) <= there, here * (1 + allowed) >= there))
    put(checks.beside(checks.built), apart, COUNT, rows=plain)
    size = checks.sizes.across()
    measured = count_where(different(here - allowed * size <= there, here + allowed * size >= there))
    put(checks.beside(checks.built), measured, COUNT, rows=lost)


def shown_on_summary(checking: Checking) -> None:
    """How many of the key figures on Summary are not those of Calc."""
    checks, cells = checking.checks, checking.cells
    shown = checking.elsewhere.shown
    for name in checks.shown.keys:
        differing = count_where(different(shown.across(), cells.figures[name].across()))
        checking.put(checks.beside(checks.shown), differing, COUNT, rows=[name])


def constants_when_built(checking: Checking) -> None:
    """What stands on Constants, as it was written, and how many cells of each row were changed."""
    checks, cells, put = checking.checks, checking.cells, checking.put
    there, here = checks.held, checks.constants

    def style(row: int, _: None) -> tuple[str, str]:
        return "constant_word" if isinstance(there.value(row), str) else "constant", GENERAL

    put(here, lambda row, _: there.value(row), style)
    lists = {row: cells.words[name] for name, row in checks.layout.lists.items()}
    changed = other_head(there, here) + different(there, here)
    put(checks.beside(here), changed, COUNT, rows=[row for row in here.keys if row not in lists])
    for row, words in lists.items():
        # A row inserted into a list would move the places of the words after it.
        put(checks.beside(here), changed + apply(COUNTIF, words.down(), Text("")), COUNT, rows=[row])
