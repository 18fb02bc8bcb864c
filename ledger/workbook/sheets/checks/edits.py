"""The block of Checks about the inputs as built: which were edited, and which hold nothing that can be used."""

from __future__ import annotations

from unitledger.expression import (
    Apply,
    Expression,
    Number,
    Operand,
    Text,
    all_of,
    apply,
    different,
    equal,
    total,
    when,
)
from unitledger.expression.table.arithmetic import DUST, ROUND
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Assumption
from unitledger.workbook.grid.place import keys
from unitledger.workbook.layout import LOW
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking, count_where, other_head
from unitledger.workbook.sheets.checks.rows import DIFFERS, FACTOR_AGAIN, NAMED_WRONG, UNIT_ALONE, UNUSABLE
from unitledger.workbook.sheets.input_units import by_unit, factor

_EMPTY = Text("")
# What lies beyond is left by the factor of another unit.
_DECIMALS = Number(float(DUST))


def inputs_when_built(checking: Checking) -> None:
    """What every input held: unit, figures (empty where an option took the base option's), low and high.

    Beside them stands how many cells of a row differ, unit and figures; whether its unit is one of its list, and the
    factor of that; how many cells hold nothing that can be used; whether its unit was changed alone.
    """
    checks, cells, put = checking.checks, checking.cells, checking.put
    built, typed = checks.inputs, checks.typed

    def style(name: str, _: str) -> Style:
        return ("constant_word", GENERAL) if name in cells.words else ("constant", checking.pattern(name))

    for name in built.keys:
        held = [column for column in keys(built.columns) if typed.value(name, column) not in {None, ""}]
        put(built, typed.value, style, rows=[name], columns=held)
    now, then = cells.given.across(), built.across(checks.options)
    # An empty cell equals 0, so emptiness is compared as well. The unit apart: a column may come in between.
    emptied = different(equal(now, _EMPTY), equal(then, _EMPTY))
    edited = different(typed.unit, built.unit) + count_where(different(now, then) + emptied > 0)
    put(checks.beside(built, DIFFERS), edited, COUNT)
    _units(checking)
    _usable(checking)


def _units(checking: Checking) -> None:
    """For each input whether its label is another or its unit not listed, its factor, whether its unit alone changed.

    A unit is changed alone where some figure of its row that is neither 0 nor empty is still as it was built.
    """
    checks, cells, put = checking.checks, checking.cells, checking.put
    built, typed = checks.inputs, checks.typed
    for spelling, names in by_unit(checking.entries, built.keys).items():
        listed = cells.units[spelling]
        put(checks.beside(built, FACTOR_AGAIN), factor(listed, typed.unit), ("number", GENERAL), rows=names)
        is_listed = equal(count_where(equal(listed.unit.down(), typed.unit)), 1)
        unlisted = different(typed.label, built.label) + when(is_listed, 0, 1)
        put(checks.beside(built, NAMED_WRONG), unlisted, COUNT, rows=names)
    put(checks.beside(built, NAMED_WRONG), other_head(typed, built), COUNT, rows=cells.words)
    same = apply(SUMPRODUCT, equal(typed.across(), built.across()) * different(typed.across(), 0))
    alone = when(all_of(different(typed.unit, built.unit), same > 0), 1, 0)
    numbers = [name for name in built.keys if name not in cells.words]
    put(checks.beside(built, UNIT_ALONE), alone, COUNT, rows=numbers)


def _usable(checking: Checking) -> None:
    """For each input, how many cells hold no number, or no word of the list; empty may be only those of options."""
    checks, cells = checking.checks, checking.cells
    unusable = checks.beside(checks.inputs, UNUSABLE)
    missing = equal(cells.given.only(checks.layout.options[0]), _EMPTY)
    # Every text but the empty one comes after every number and after "".
    no_number = count_where(cells.given.across() > _EMPTY) + missing
    typed = cells.given.across()
    bounded = []
    for target in checking.entries.inputs.values():
        if not isinstance(target, Assumption):
            # Words are compared and not looked up with MATCH, to which * is any word.
            listed = count_where(equal(typed, cells.words[target.name].down()))
            not_listed = count_where(different(typed, _EMPTY)) - listed + missing
            checking.put(unusable, not_listed, COUNT, rows=[target.name])
        elif target.bounds.above or target.bounds.whole:
            checking.put(unusable, no_number + _impossible(checking, target), COUNT, rows=[target.name])
        else:
            bounded.append(target.name)
    checking.put(unusable, no_number, COUNT, rows=bounded)


def _impossible(checking: Checking, target: Assumption) -> Expression:
    """How many cells hold what an assumption cannot be above or as a count."""
    checks, cells = checking.checks, checking.cells
    found: list[Expression] = []
    if target.bounds.above:
        typed, least = cells.given.across(), checks.bounds[target.name].at(LOW) if target.bounds.least else 0
        found.append(count_where(different(typed, _EMPTY) * (typed * cells.factor <= least)))
    if target.bounds.whole:
        found.append(total(checks.whole[target.name].across()))
    return found[0] if len(found) == 1 else found[0] + found[1]


def counts_are_whole(checking: Checking) -> None:
    """For each count and option 1 where the figure used is not a whole number; as built none is."""
    checking.put(checking.checks.whole, when(is_whole(checking.cells.figures), 0, 1), COUNT)


def is_whole(figure: Operand) -> Apply:
    """True where a figure is a whole number, but for what converting units leaves."""
    return equal(apply(ROUND, figure, _DECIMALS), apply(ROUND, figure, 0))
