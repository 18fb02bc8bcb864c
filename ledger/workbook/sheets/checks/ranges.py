"""Blocks of Checks about figures that a reader is to know of: outside their range, out of date, not plausible."""

from __future__ import annotations

from unitledger.compute import applies
from unitledger.expression import Expression, Number, Operand, Text, absolute, all_of, any_of, apply, equal, total, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF
from unitledger.model import Assumption, oldest_price, stale_prices
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import HIGH, LOW
from unitledger.workbook.look.formats import DATE, GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.checks.rows import OUTSIDE, STALE
from unitledger.workbook.sheets.second.again import count_where

APPLIES = '"applies";"applies";"–"'
"""How 1 is shown where a condition holds, and 0 where it does not."""


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
    alike: dict[tuple[tuple[bool, bool], tuple[tuple[str, ...], ...]], list[str]] = {}
    for name in checks.bounds.keys:
        alike.setdefault((_bounded(checking, name), _sharing(checking, name)), []).append(name)
    figures = checking.cells.figures.of(DIMENSIONLESS)
    for (bounded, sharing), names in alike.items():
        found = [_outside(checking, figures.across(options), _shared(checking), bounded) for options in sharing]
        put(checks.beside(checks.inputs, OUTSIDE), total(*found) if found else 0.0, COUNT, rows=names)
    for name, option in checks.own.keys:
        if checks.bounds.has(name):
            put(checks.beside(checks.own, OUTSIDE), _own_outside(checking, name, option), COUNT, rows=[(name, option)])


_Ends = tuple[Entry, Entry]
"""Cells of low and of high, as they are typed."""


def _shared(checking: Checking) -> _Ends:
    return checking.cells.low.of(DIMENSIONLESS), checking.cells.high.of(DIMENSIONLESS)


def _sharing(checking: Checking, name: str) -> tuple[tuple[str, ...], ...]:
    """Options that have the range of the base option, neighbours together."""
    own = checking.checks.own
    runs: list[list[str]] = [[]]
    for option in checking.checks.options:
        if own.has((name, option)):
            runs.append([])
        else:
            runs[-1].append(option)
    return tuple(tuple(run) for run in runs if run)


def _bounded(checking: Checking, name: str) -> tuple[bool, bool]:
    bounds = _assumption(checking, name).bounds
    return bounds.least is not None, bounds.most is not None


def _outside(
    checking: Checking, used: Operand, ends: _Ends, bounded: tuple[bool, bool], name: str | None = None
) -> Expression:
    """How many figures lie outside a range, or where an end is not stated beyond what they may be.

    `bounded`: whether there is a least, and a most, that they may be. `name`: the input, else that of the row.
    """
    checks, factor = checking.checks, checking.cells.factor
    bounds = checks.bounds.of(DIMENSIONLESS)
    if name is not None:
        bounds, factor = bounds[name], factor[name]
    found: list[Expression] = []
    for end, stated in zip((LOW, HIGH), ends, strict=True):
        otherwise = _beyond(checking, used, bounds.only(end), end) if bounded[end == HIGH] else 0
        found.append(when(apply(ISNUMBER, stated), _beyond(checking, used, stated * factor, end), otherwise))
    return found[0] + found[1]


def _beyond(checking: Checking, used: Operand, limit: Operand, end: int) -> Expression:
    # The end itself, typed in another unit, is off by its last digits.
    dust = checking.cells.tolerance * absolute(limit)
    return count_where(used < limit - dust if end == LOW else used > limit + dust)


def _own_outside(checking: Checking, name: str, option: str) -> Expression:
    """1 where the own figure of an option lies outside the range beneath it, or that of the base if that is empty."""
    cells, bounded = checking.cells, _bounded(checking, name)
    used = cells.figures[name].of(DIMENSIONLESS).at(option)
    low, high = (each[name, option].of(DIMENSIONLESS) for each in (cells.own_low, cells.own_high))
    shared = [each[name] for each in _shared(checking)]
    empty = Text("")
    without = any_of(equal(cells.given[name].at(option), empty), all_of(equal(low, empty), equal(high, empty)))
    of_base = _outside(checking, used, (shared[0], shared[1]), bounded, name)
    return when(without, of_base, _outside(checking, used, (low, high), bounded, name))


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
    """For each warning of the ledger and option 1 where its condition holds."""
    checks, cells, put = checking.checks, checking.cells, checking.checks.grid.put
    for alert in checking.entries.alerts:
        held = [float(applies(alert, option, known)) for option, known in checking.results.items()]
        tree = when(alert.condition, Number(1.0), Number(0.0))
        put(checks.warnings, tree, ("mark", APPLIES), rows=[alert.name], values=held, names=cells.named)
    if checks.stale.keys:
        any_stale = when(apply(COUNTIF, checks.stale.down(), 1) > 0, 1, 0)
        put(checks.warnings, any_stale, ("mark", APPLIES), rows=[STALE])
