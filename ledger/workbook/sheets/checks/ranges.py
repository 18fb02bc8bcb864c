"""Blocks of Checks about figures that a reader is to know of: outside their range, out of date, not plausible."""

from __future__ import annotations

from unitledger.compute import applies
from unitledger.expression import Number, Text, absolute, all_of, any_of, apply, equal, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF
from unitledger.model import Assumption, oldest_price, stale_prices
from unitledger.workbook import text
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import HIGH, LOW
from unitledger.workbook.look.formats import DATE, GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.checks.rows import STALE

_EMPTY = Text("")


def ranges(checking: Checking) -> None:
    """For each input and option 1 where the value used lies outside low and high, or outside the hard bounds.

    Low and high are those on Inputs, and the option's own where it has its own figure and a range stands beneath that.
    """
    checks, cells, put = checking.checks, checking.cells, checking.put
    for name in checks.ranges.keys:
        bounds = _assumption(checking, name).bounds
        for end, bound in ((LOW, bounds.least), (HIGH, bounds.most)):
            _put_limit(checking, checks.bounds, name, end, bound)
    for option in checks.options:
        _put_ends(checking, option)
    used, least, most = cells.figures, checks.lows, checks.highs
    # The end itself, typed in another unit, is off by its last digits.
    dust = cells.tolerance * absolute(used)
    below = all_of(apply(ISNUMBER, least), used + dust < least)
    above = all_of(apply(ISNUMBER, most), used - dust > most)
    put(checks.ranges, when(any_of(below, above), 1, 0), COUNT)
    # An error in a row says nothing about the range; Integrity tells it.
    put(checks.outside, apply(COUNTIF, checks.ranges.down(), 1), ("total", "0"))


def _put_ends(checking: Checking, option: str) -> None:
    """Put both ends of the ranges that hold in an option."""
    checks, cells = checking.checks, checking.cells
    own = [name for name in checks.ranges.keys if cells.own_low.has((name, option))]
    inherited = [name for name in checks.ranges.keys if name not in own]

    def style(name: str, _: str) -> Style:
        return "limit", checking.pattern(name)

    for entry, end, shared, stated in (
        (checks.lows, LOW, cells.low, cells.own_low),
        (checks.highs, HIGH, cells.high, cells.own_high),
    ):
        bound = checks.bounds.only(end)
        limit = when(equal(shared, _EMPTY), bound, shared * cells.factor)
        checking.put(entry, limit, style, rows=inherited, columns=[option])
        for name in own:
            low, high, here = (each[name, option] for each in (cells.own_low, cells.own_high, stated))
            without = any_of(equal(cells.given, _EMPTY), all_of(equal(low, _EMPTY), equal(high, _EMPTY)))
            limited = when(without, limit, when(equal(here, _EMPTY), bound, here * cells.factor))
            checking.put(entry, limited, style, rows=[name], columns=[option])


def _put_limit(checking: Checking, entry: Entry, name: str, column: str | int, limit: float | None) -> None:
    style: Style = ("constant_word", GENERAL) if limit is None else ("constant", checking.pattern(name))
    checking.put(entry, text.NO_LIMIT if limit is None else limit, style, rows=[name], columns=[column])


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
    checks, cells, put = checking.checks, checking.cells, checking.put
    for alert in checking.entries.alerts:
        held = [float(applies(alert, option, known)) for option, known in checking.results.items()]
        tree = when(alert.condition, Number(1.0), Number(0.0))
        put(checks.warnings, tree, COUNT, rows=[alert.name], values=held, names=cells.named)
    if checks.stale.keys:
        any_stale = when(apply(COUNTIF, checks.stale.down(), 1) > 0, 1, 0)
        put(checks.warnings, any_stale, COUNT, rows=[STALE])
