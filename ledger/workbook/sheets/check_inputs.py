"""Blocks of Checks about what a reader may edit: inputs as built, their ranges, and the warnings of the ledger.

Each function puts its block and returns how many cells it counts.
"""

from __future__ import annotations

from unitledger.compute import applies, is_outside
from unitledger.expression import Expression, Number, absolute, all_of, any_of, apply, different, equal, total, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF
from unitledger.model import Assumption, Choice, oldest_price, stale_prices, stale_rule
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, letters, on
from unitledger.workbook.check_rows import INPUTS_DIFFER, STALE, UNUSABLE
from unitledger.workbook.formats import DATE, GENERAL
from unitledger.workbook.layout import (
    AS_OF,
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FACTOR,
    FIRST_OPTION,
    HIGH,
    INPUTS,
    LABEL_COLUMN,
    LOW,
    UNIT_COLUMN,
)
from unitledger.workbook.printing import at, down, own, span, symbol, there
from unitledger.workbook.sheet import Style, here
from unitledger.workbook.sheets.check_arithmetic import (
    ALLOWED,
    EMPTY,
    HERE,
    THERE,
    UNIT_HERE,
    UNIT_THERE,
    WORDS,
    count_where,
    identity,
)
from unitledger.workbook.sheets.check_block import COUNT, Checking
from unitledger.workbook.sheets.check_units import units_when_built

USED = symbol("value used")
LEAST = symbol("lowest value")
MOST = symbol("highest value")
GIVEN = symbol("end of the range")
POSSIBLE = symbol("hard bound")
UNIT_FACTOR = symbol("factor of the unit typed")
COLUMN = symbol("the rows above")
BASE = symbol("base option")
TYPED = symbol("cells of the input")

# An empty cell equals 0, so emptiness is compared as well. The unit apart: a column may come in between.
EDITED = different(UNIT_THERE, UNIT_HERE) + count_where(
    different(THERE, HERE) + different(equal(THERE, EMPTY), equal(HERE, EMPTY)) > 0
)
# Every text but the empty one comes after every number and after "".
NO_NUMBER = count_where(TYPED > EMPTY) + equal(BASE, EMPTY)
# Words are compared and not looked up with MATCH, to which * is any word.
NOT_LISTED = count_where(different(TYPED, EMPTY)) - count_where(equal(TYPED, WORDS)) + equal(BASE, EMPTY)
LIMIT = when(equal(GIVEN, EMPTY), POSSIBLE, GIVEN * UNIT_FACTOR)
# The end itself, typed in another unit, is off by its last digits.
DUST = ALLOWED * absolute(USED)
BELOW = all_of(apply(ISNUMBER, LEAST), USED + DUST < LEAST)
ABOVE = all_of(apply(ISNUMBER, MOST), USED - DUST > MOST)
OUTSIDE = when(any_of(BELOW, ABOVE), 1, 0)
# An error in the row says nothing about the range; Integrity tells it.
COUNTED = apply(COUNTIF, COLUMN, 1)
HELD = symbol("date of the price")
OLDEST = symbol("earliest date")
TOO_OLD = when(HELD < OLDEST, 1, 0)
ANY = when(COUNTED > 0, 1, 0)


def inputs_when_built(checking: Checking) -> float:
    """What every input held: unit, figures (empty where an option took the base option's), low and high.

    Beside them stands how many cells of a row differ, unit and figures, and what `units_when_built` finds.
    """
    layout, sheet, rows = checking.layout, checking.sheet, checking.rows.inputs
    if not rows:
        return 0.0
    more = [text.LOW, text.HIGH, text.DIFFERING_CELLS, text.FACTOR_AGAIN, text.LABEL_AND_UNIT, text.WITHOUT_FIGURE]
    checking.title("inputs", text.INPUTS_BUILT, [*more, text.UNIT_ALONE])
    checking.bands(INPUTS, layout.inputs, rows)
    looked_at = []
    known = sheet.values
    for name, place in layout.inputs.items():
        row = rows[name]
        checking.row_head(
            row, known[f"{INPUTS}!{a1(place, LABEL_COLUMN)}"], known[f"{INPUTS}!{a1(place, UNIT_COLUMN)}"]
        )
        for column in range(FIRST_OPTION, layout.beside(HIGH) + 1):
            held = known.get(f"{INPUTS}!{a1(place, column)}")
            if isinstance(held, float):
                sheet.number(row, column, held, ("constant", checking.patterns[name]))
            elif held:
                sheet.text(row, column, held, ("constant_word", GENERAL))
        looked_at.append((row, place, 0.0, COUNT))
    addresses = identity(INPUTS) | {
        THERE.name: there(INPUTS, FIRST_OPTION, checking.last_option),
        HERE.name: checking.across,
    }
    down(sheet, layout.after_options + INPUTS_DIFFER, EDITED, addresses, looked_at)
    units_when_built(checking)
    _usable(checking)
    return 0.0


def _usable(checking: Checking) -> None:
    """For each input, how many cells hold no number, or no word of the list; empty may be only those of options."""
    layout = checking.layout
    column = layout.after_options + UNUSABLE
    addresses = {
        BASE.name: there(INPUTS, FIRST_OPTION),
        TYPED.name: there(INPUTS, FIRST_OPTION, checking.last_option),
    }
    numbers = []
    for name, row in checking.rows.inputs.items():
        looked_at = (row, layout.inputs[name], 0.0, COUNT)
        target = checking.entries.input(name)
        if isinstance(target, Choice):
            first = layout.lists[name]
            words = span((first, first + len(target.words) - 1), (CONSTANT_COLUMN, CONSTANT_COLUMN))
            addresses[WORDS.name] = on(CONSTANTS, words)
            down(checking.sheet, column, NOT_LISTED, addresses, [looked_at])
        elif target.bounds.above or target.bounds.whole:
            tree, more = _impossible(checking, target)
            down(checking.sheet, column, NO_NUMBER + tree, addresses | more, [looked_at])
        else:
            numbers.append(looked_at)
    if numbers:
        down(checking.sheet, column, NO_NUMBER, addresses, numbers)


def _impossible(checking: Checking, target: Assumption) -> tuple[Expression, dict[str, str]]:
    """How many cells hold what an assumption cannot be above or as a count, and the addresses that this needs."""
    layout, bounds = checking.layout, target.bounds
    found: list[Expression] = []
    addresses: dict[str, str] = {}
    if bounds.above:
        used = TYPED * UNIT_FACTOR
        found.append(count_where(different(TYPED, EMPTY) * (used <= (POSSIBLE if bounds.least else 0))))
        addresses[UNIT_FACTOR.name] = there(INPUTS, layout.beside(FACTOR))
        addresses[POSSIBLE.name] = fixed(checking.rows.ranges[target.name], layout.after_options)
    if bounds.whole:
        row = checking.rows.whole[target.name]
        found.append(total(COLUMN))
        addresses[COLUMN.name] = span((row, row), (FIRST_OPTION, checking.last_option))
    return (found[0] if len(found) == 1 else found[0] + found[1]), addresses


def ranges(checking: Checking) -> float:
    """For each input and option 1 where the value used lies outside low and high, or outside the hard bounds.

    Low and high are those on Inputs, and the option's own where its figure was built with a range of its own.
    """
    rows = checking.rows.ranges
    if not rows:
        return 0.0
    layout, sheet = checking.layout, checking.sheet
    more = [text.LEAST, text.MOST]
    more += [heading.format(option=option) for heading in (text.LOW_OF, text.HIGH_OF) for option in layout.options]
    checking.title("ranges", text.RANGES, more)
    for name, row in rows.items():
        target = checking.entries.inputs[name]
        assert isinstance(target, Assumption)
        checking.row_head(row, target.label, target.unit.spelling)
        for column, bound in enumerate((target.bounds.least, target.bounds.most), start=layout.after_options):
            _limit(checking, row, column, bound, name)
    first_low = layout.after_options + 2
    first_high = first_low + len(layout.options)
    found = 0.0
    for place, option in enumerate(layout.options):
        lows = _limits(checking, option, first_low + place, high=False)
        highs = _limits(checking, option, first_high + place, high=True)
        used = checking.results[option]
        flags = [
            (row, layout.used[name], float(is_outside(lows[name], used[name], highs[name])), COUNT)
            for name, row in rows.items()
        ]
        column = FIRST_OPTION + place
        addresses = {
            USED.name: there(CALC, column, moves=True),
            LEAST.name: own(first_low + place, moves=True),
            MOST.name: own(first_high + place, moves=True),
            ALLOWED.name: checking.tolerance,
        }
        down(sheet, column, OUTSIDE, addresses, flags)
        found += _sum(checking, column, sum(flag for _, _, flag, _ in flags))
    checking.row_head(checking.rows.outside, text.OUTSIDE, text.CELLS)
    return found


def _limits(checking: Checking, option: str, column: int, *, high: bool) -> dict[str, float | None]:
    """Put one end of the ranges that hold in an option; return what it is, or None where there is none."""
    entries, layout = checking.entries, checking.layout
    settings = entries.options[option].settings
    found: dict[str, float | None] = {}
    inherited = []
    for name, row in checking.rows.ranges.items():
        target = entries.inputs[name]
        assert isinstance(target, Assumption)
        setting = entries.setting(name, option)
        end, bound = (setting.high, target.bounds.most) if high else (setting.low, target.bounds.least)
        found[name] = bound if end is None else end
        if name in settings and settings[name].figure.has_range:
            _limit(checking, row, column, found[name], name)
        else:
            cached = text.NO_LIMIT if found[name] is None else found[name]
            inherited.append((row, layout.inputs[name], cached, _style(checking, name)))
    place = layout.beside(HIGH if high else LOW)
    factor = there(INPUTS, layout.beside(FACTOR))
    addresses = {GIVEN.name: there(INPUTS, place), POSSIBLE.name: own(place), UNIT_FACTOR.name: factor}
    if inherited:
        down(checking.sheet, column, LIMIT, addresses, inherited)
    return found


def _limit(checking: Checking, row: int, column: int, limit: float | None, name: str) -> None:
    if limit is None:
        checking.sheet.text(row, column, text.NO_LIMIT, ("constant_word", GENERAL))
    else:
        checking.sheet.number(row, column, limit, ("constant", checking.patterns[name]))


def _style(checking: Checking, name: str) -> Style:
    return ("limit", checking.patterns[name])


def _sum(checking: Checking, column: int, found: float) -> float:
    rows = checking.rows.ranges.values()
    letter = letters(column)
    addresses = {COLUMN.name: f"{letter}{min(rows) + 1}:{letter}{max(rows) + 1}"}
    checking.sheet.row_of_formulas(checking.rows.outside, column, COUNTED, at(addresses), (found,), ("total", "0"))
    return found


def stale(checking: Checking) -> None:
    """For each input in a currency and option 1 where its date is too old: by formula where it is that on Inputs."""
    entries, layout, sheet, rows = checking.entries, checking.layout, checking.sheet, checking.rows
    if not rows.stale:
        return
    checking.title("stale", text.STALE_PRICES)
    addresses = {OLDEST.name: fixed(rows.oldest, FIRST_OPTION), HELD.name: there(INPUTS, layout.beside(AS_OF))}
    for column, option in enumerate(layout.options, start=FIRST_OPTION):
        old = stale_prices(entries, option)
        inherited = []
        for name, row in rows.stale.items():
            if name in entries.options[option].settings:
                sheet.number(row, column, float(name in old), ("constant", "0"))
            else:
                inherited.append((row, layout.inputs[name], float(name in old), COUNT))
        if inherited:
            down(sheet, column, TOO_OLD, addresses, inherited)
    for name, row in rows.stale.items():
        checking.row_head(row, entries.inputs[name].label, text.ONE_IF_TRUE)
    checking.row_head(rows.oldest, text.OLDEST_PRICE, text.DATE)
    sheet.date(rows.oldest, FIRST_OPTION, oldest_price(entries), ("constant", DATE))


def warnings(checking: Checking) -> float:
    """For each warning of the ledger and option 1 where its condition holds."""
    rows = checking.rows.alerts
    if not rows:
        return 0.0
    layout = checking.layout
    checking.title("alerts", text.WARNINGS)
    found = 0.0
    for alert in checking.entries.alerts:
        row = rows[alert.name]
        flags = [float(applies(alert, option, checking.results[option])) for option in layout.options]
        checking.row_head(row, alert.text, text.ONE_IF_TRUE)
        tree = when(alert.condition, Number(1.0), Number(0.0))
        checking.sheet.row_of_formulas(row, FIRST_OPTION, tree, checking.locate, flags, COUNT)
        found += sum(flags)
    if STALE in rows:
        flags = [float(bool(stale_prices(checking.entries, option))) for option in layout.options]
        prices = checking.rows.stale.values()
        checking.row_head(rows[STALE], stale_rule(checking.entries), text.ONE_IF_TRUE)
        addresses = {COLUMN.name: f"{here(min(prices))}:{here(max(prices))}"}
        checking.sheet.row_of_formulas(rows[STALE], FIRST_OPTION, ANY, at(addresses), flags, COUNT)
        found += sum(flags)
    return found
