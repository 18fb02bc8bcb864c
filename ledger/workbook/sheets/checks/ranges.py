"""Blocks of Checks about figures that a reader is to know of: outside their range, out of date, not plausible."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add

from unitledger.compute import applies
from unitledger.expression import (
    TEXT,
    Expression,
    Number,
    Operand,
    Text,
    absolute,
    all_of,
    any_of,
    apply,
    different,
    equal,
    total,
    when,
)
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF, SUMPRODUCT
from unitledger.model import Assumption, oldest_price, spare_option, stale_prices
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import HIGH, LOW
from unitledger.workbook.look.formats import DATE, GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.checks.rows import DATED, OUTSIDE, STALE
from unitledger.workbook.sheets.second.again import count_where

APPLIES = '"applies";"applies";"–"'
"""How 1 is shown where a condition holds, and 0 where it does not."""


UNUSED = '"unused";"unused";"–"'
"""How 1 is shown for a spare option that is not used."""


def ranges(checking: Checking) -> None:
    """For each input how many figures used lie below its low or above its high, or outside what they may be at all.

    Low and high are those on Inputs, and the option's own where it has its own figure and a range stands beneath that.
    """
    checks, put = checking.checks, checking.put
    for name in checks.bounds.keys:
        bounds = _assumption(checking, name).bounds
        for end, bound in ((LOW, bounds.least), (HIGH, bounds.most)):
            style: Style = ("constant_word", GENERAL) if bound is None else ("constant", checking.pattern(name))
            put(checks.bounds, text.NO_LIMIT if bound is None else bound, style, rows=[name], columns=[end])
    found: dict[Key, Expression] = {}
    for key in checks.built_inputs.keys:
        if isinstance(key, str) and checks.bounds.has(key):
            found[key] = _of_options(checking, key)
        elif isinstance(key, tuple) and checks.bounds.has(key[0]):
            put(checks.own, 1.0, ("constant", "0"), rows=[key], columns=[key[1]])
            found[key] = _own_outside(checking, *key)
    checking.put_counts(checks.beside(checks.built_inputs, OUTSIDE), found)


def _of_options(checking: Checking, name: str) -> Expression:
    """How many figures of a row lie outside its range; 1 more for a unit that was changed alone."""
    checks, cells = checking.checks, checking.cells
    own = [key for key in checks.own.keys if key[0] == name]

    def counted(found: Operand) -> Expression:
        found = checks.counting(found)
        if not own:
            return count_where(found)
        marks = checks.own.of(DIMENSIONLESS).block(own, checks.options)
        return count_where(found) - apply(SUMPRODUCT, marks * found)

    used = cells.figures[name].of(DIMENSIONLESS).across()
    found = _outside(checking, name, used, (cells.low[name], cells.high[name]), counted)
    return found + _unit_alone(checking, name, checks.typed[name].across(), checks.inputs[name].across())


def _unit_alone(checking: Checking, name: str, now: Operand, then: Operand) -> Expression:
    """1 where the unit of an input changed and some figure that is neither 0 nor empty did not."""
    if _assumption(checking, name).unit.spelling not in checking.cells.units:
        return Number(0.0)
    checks = checking.checks
    left = apply(SUMPRODUCT, equal(now, then) * different(now, 0))
    return when(all_of(different(checks.typed[name].unit, checks.inputs[name].unit), left > 0), 1, 0)


_Ends = tuple[Entry, Entry]
"""Cells of low and of high, as they are typed."""


def _outside(
    checking: Checking, name: str, used: Operand, ends: _Ends, counted: Callable[[Operand], Expression]
) -> Expression:
    """How many figures lie outside a range, or where an end is not stated beyond what they may be at all."""
    checks, factor, bounds = checking.checks, checking.cells.factor[name], _assumption(checking, name).bounds

    def beyond(limit: Operand, end: int) -> Expression:
        # The end itself, typed in another unit, is off by its last digits.
        dust = checking.cells.tolerance * absolute(limit)
        return counted(used < limit - dust if end == LOW else used > limit + dust)

    found: list[Expression] = []
    for end, stated, most in zip((LOW, HIGH), ends, (bounds.least, bounds.most), strict=True):
        limit = checks.bounds[name].of(DIMENSIONLESS).at(end)
        otherwise = 0 if most is None else beyond(limit, end)
        there = stated.of(DIMENSIONLESS)
        found.append(when(apply(ISNUMBER, there), beyond(there * factor, end), otherwise))
    return found[0] + found[1]


def _own_outside(checking: Checking, name: str, option: str) -> Expression:
    """1 where the own figure of an option lies outside the range beneath it, or that of the base if that is empty."""
    checks, cells, empty = checking.checks, checking.cells, Text("")
    used = cells.figures[name].of(DIMENSIONLESS).at(option)
    own, shared = (cells.own_low[name, option], cells.own_high[name, option]), (cells.low[name], cells.high[name])
    no_range = all_of(*(equal(each, empty) for each in own))
    without = any_of(equal(cells.given[name].at(option), empty), no_range)
    inside, of_base = (_outside(checking, name, used, ends, count_where) for ends in (own, shared))
    now, then = (each[name, option].across((LOW, HIGH)) for each in (checks.own_typed, checks.own))
    return when(without, of_base, inside) + _unit_alone(checking, name, now, then)


def _assumption(checking: Checking, name: str) -> Assumption:
    target = checking.entries.inputs[name]
    assert isinstance(target, Assumption)
    return target


def stale(checking: Checking) -> None:
    """Put which own prices of options were too old, and how many others are by the dates on Inputs."""
    checks, cells, put = checking.checks, checking.cells, checking.put
    for option in checks.options:
        settings, old = checking.entries.options[option].settings, stale_prices(checking.entries, option)
        own = [name for name in checks.stale.keys if name in settings]
        put(checks.stale, lambda name, _, old=old: float(name in old), ("constant", "0"), rows=own, columns=[option])
    for first in checks.dated.keys:
        places = checks.stale.keys.index(first)
        names = checks.stale.keys[places : places + DATED]
        found = ((cells.as_of[name] < checks.oldest) * equal(checks.stale[name], Text("")) for name in names)
        put(checks.dated, reduce(add, found), COUNT, rows=[first])
    put(checks.oldest, oldest_price(checking.entries), ("constant", DATE))


def warnings(checking: Checking) -> None:
    """For each warning of the ledger and option 1 where its condition holds; before them, for a spare option."""
    checks, cells, put = checking.checks, checking.cells, checking.checks.grid.put
    if checks.unused is not None:
        _unused(checking, checks.unused)
    spare = spare_option(checking.entries)
    for alert in checking.entries.alerts:
        held = [float(applies(alert, option, known)) for option, known in checking.results.items()]
        held = [0.0 if option == spare else each for option, each in zip(checks.options, held, strict=True)]
        tree = checks.used(when(alert.condition, Number(1.0), Number(0.0)))
        put(checks.warnings, tree, ("mark", APPLIES), rows=[alert.name], values=held, names=cells.named)
    if checks.stale.keys:
        any_stale = checks.used(when(apply(COUNTIF, checks.stale.down(), 1) + total(checks.dated.down()) > 0, 1, 0))
        put(checks.warnings, any_stale, ("mark", APPLIES), rows=[STALE])


def _unused(checking: Checking, unused: Entry) -> None:
    """1 for a spare option whose figures are all those of the base option, or none, and whose name is as it was."""
    checks, cells, spare = checking.checks, checking.cells, spare_option(checking.entries)
    given, put = cells.given.of(TEXT), checks.grid.put
    own, base = (given.only(option).down() for option in (spare, checking.entries.base))
    none = equal(count_where(different(own, base) * different(own, Text(""))), 0)
    called = equal(cells.options.at(spare), checks.built_options.at(spare))
    style: Style = ("mark", UNUSED)
    put(unused, when(all_of(none, called), 1, 0), style, columns=[spare])
    others = [option for option in checks.options if option != spare]
    put(unused, 0.0, style, columns=others)
