"""Blocks of Checks about figures that a reader is to know of: outside their range, out of date, not plausible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
    when,
)
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF, SUMPRODUCT
from unitledger.model import Assumption, oldest_price, spare_option, stale_prices
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import HIGH, LOW, Own
from unitledger.workbook.look.formats import DATE, GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.checks.rows import OUTSIDE, STALE, Checks
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
    figures = checking.cells.figures.of(DIMENSIONLESS).across()
    alike: dict[Any, list[str]] = {}
    for name in checks.bounds.keys:
        own = tuple(key for key in checks.own.keys if key[0] == name)
        for _, option in own:
            put(checks.own, 1.0, ("constant", "0"), rows=[(name, option)], columns=[option])
        alike.setdefault((_bounded(checking, name), own, _converts(checking, name)), []).append(name)
    for (bounded, own, converts), names in alike.items():
        found = _outside(checking, figures, _shared(checking), bounded, without=own)
        if converts:
            found = found + _unit_alone(checks, checks.typed.across(), checks.inputs.across())
        put(checks.beside(checks.inputs, OUTSIDE), found, COUNT, rows=names)
    for key in checks.own.keys:
        name, option = key
        if checks.bounds.has(name):
            found = _own_outside(checking, name, option)
            if _converts(checking, name):
                now, then = (each[key].across((LOW, HIGH)) for each in (checks.own_typed, checks.own))
                found = found + _unit_alone(checks, now, then, name)
            put(checks.beside(checks.own, OUTSIDE), found, COUNT, rows=[key])


def _converts(checking: Checking, name: str) -> bool:
    """Whether another unit can be chosen for an input."""
    return _assumption(checking, name).unit.spelling in checking.cells.units


def _unit_alone(checks: Checks, now: Operand, then: Operand, name: str | None = None) -> Expression:
    """1 where a unit changed and some figure that is neither 0 nor empty did not; `name`: the input, else the row's."""
    units = [entry.unit if name is None else entry[name].unit for entry in (checks.typed, checks.inputs)]
    left = apply(SUMPRODUCT, equal(now, then) * different(now, 0))
    return when(all_of(different(*units), left > 0), 1, 0)


_Ends = tuple[Entry, Entry]
"""Cells of low and of high, as they are typed."""


def _shared(checking: Checking) -> _Ends:
    return checking.cells.low.of(DIMENSIONLESS), checking.cells.high.of(DIMENSIONLESS)


def _bounded(checking: Checking, name: str) -> tuple[bool, bool]:
    bounds = _assumption(checking, name).bounds
    return bounds.least is not None, bounds.most is not None


def _outside(
    checking: Checking,
    used: Operand,
    ends: _Ends,
    bounded: tuple[bool, bool],
    *,
    name: str | None = None,
    without: Sequence[Own] = (),
) -> Expression:
    """How many figures lie outside a range, or where an end is not stated beyond what they may be.

    `bounded`: whether there is a least, and a most, that they may be. `name`: the input, else that of the row.
    `without`: rows of options whose figures are not counted.
    """
    checks, factor = checking.checks, checking.cells.factor
    bounds = checks.bounds.of(DIMENSIONLESS)
    if name is not None:
        bounds, factor = bounds[name], factor[name]

    def beyond(limit: Operand, end: int) -> Expression:
        # The end itself, typed in another unit, is off by its last digits.
        dust = checking.cells.tolerance * absolute(limit)
        found: Operand = used < limit - dust if end == LOW else used > limit + dust
        found = checks.counting(found) if name is None else found
        if not without:
            return count_where(found)
        marks = checks.own.of(DIMENSIONLESS).block(without, checks.options)
        return count_where(found) - apply(SUMPRODUCT, marks * found)

    found: list[Expression] = []
    for end, stated in zip((LOW, HIGH), ends, strict=True):
        otherwise = beyond(bounds.only(end), end) if bounded[end == HIGH] else 0
        found.append(when(apply(ISNUMBER, stated), beyond(stated * factor, end), otherwise))
    return found[0] + found[1]


def _own_outside(checking: Checking, name: str, option: str) -> Expression:
    """1 where the own figure of an option lies outside the range beneath it, or that of the base if that is empty."""
    cells, bounded = checking.cells, _bounded(checking, name)
    used = cells.figures[name].of(DIMENSIONLESS).at(option)
    low, high = (each[name, option].of(DIMENSIONLESS) for each in (cells.own_low, cells.own_high))
    shared = [each[name] for each in _shared(checking)]
    empty = Text("")
    without = any_of(equal(cells.given[name].at(option), empty), all_of(equal(low, empty), equal(high, empty)))
    of_base = _outside(checking, used, (shared[0], shared[1]), bounded, name=name)
    return when(without, of_base, _outside(checking, used, (low, high), bounded, name=name))


def _assumption(checking: Checking, name: str) -> Assumption:
    target = checking.entries.inputs[name]
    assert isinstance(target, Assumption)
    return target


def stale(checking: Checking) -> None:
    """For each input in a currency and option 1 where its date is too old: by formula where it is that on Inputs."""
    checks, cells, put = checking.checks, checking.cells, checking.put
    for option in checks.options:
        settings = checking.entries.options[option].settings
        own = [name for name in checks.stale.keys if name in settings]
        old = stale_prices(checking.entries, option)
        for name in own:
            put(checks.stale, float(name in old), ("constant", "0"), rows=[name], columns=[option])
        inherited = [name for name in checks.stale.keys if name not in own]
        put(checks.stale, when(cells.as_of < checks.oldest, 1, 0), COUNT, rows=inherited, columns=[option])
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
        any_stale = checks.used(when(apply(COUNTIF, checks.stale.down(), 1) > 0, 1, 0))
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
