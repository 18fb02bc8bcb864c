"""What the cells of Inputs that can be edited accept, and what they say to whoever edits them.

Rows that accept the same share a rule: a sheet holds some 65,000 rules, and a program that opens it reads each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from unitledger.expression import TEXT, Expression, Operand, Text, all_of, any_of, apply, equal
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.model import Assumption, Bounds, Choice
from unitledger.units import DIMENSIONLESS, FIRST_DAY
from unitledger.workbook import text as shared
from unitledger.workbook.grid import Entry, formula_text
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import (
    FIRST_OPTION,
    HEADING_ROW,
    HIGH,
    LOW,
    REVIEWED_BY,
    REVIEWED_ON,
    UNIT_COLUMN,
    Layout,
    Own,
)
from unitledger.workbook.look.accepted import asked, brief_message, plain, range_of
from unitledger.workbook.sheet import Sheet, Validation
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.inputs import text
from unitledger.workbook.sheets.second.again import count_where, is_whole

_LONGEST_NAME = 255
_EMPTY = Text("")
# Areas that one rule covers; Excel writes no longer lists of them.
_MOST_AREAS = 100


@attrs.frozen(eq=False)
class _Formula:
    """A formula of a rule, as cells of `entry` in a `column` hold it; rows that share it accept the same."""

    entry: Entry
    tree: Expression
    column: Key = None


@attrs.frozen
class _Accepted:
    """What cells of a row accept."""

    columns: tuple[int, int]
    rule: tuple[tuple[str, Any], ...]
    asked: str
    empty: bool


def input_rules(sheet: Sheet, checks: Checks) -> None:
    """Say what every cell of Inputs that can be edited may be; bounds hold in whatever unit is chosen."""
    layout = checks.layout
    found: dict[_Accepted, list[int]] = {}
    alike: dict[Key, _Possible] = {}
    units = {spelling: _one_of(checks, listed.unit) for spelling, listed in checks.cells.units.items()}
    for name, row in layout.inputs.items():
        target = checks.entries.input(name)
        if isinstance(target, Choice):
            accepted = _choice(checks, target)
        else:
            bounds = target.bounds
            ends = bounds.least is not None, bounds.most is not None
            # The ends stand on Checks, and a formula that is one for several rows looks as far beneath each of them.
            distance = checks.bounds.place(name, LOW)[0] - row if any(ends) else 0
            key = ends, bounds.above, bounds.whole, distance
            possible = alike.setdefault(key, _Possible(checks, bounds))
            accepted = _number(checks, target, possible, units)
        for each in (*accepted, *_review(layout)):
            found.setdefault(each, []).append(row)
    for own, row in layout.own.items():
        for each in (*_own_range(checks, own), *_review(layout)):
            found.setdefault(each, []).append(row)
    found[_heading(checks)] = [HEADING_ROW]
    names: dict[int, Key] = {row: key for key, row in (layout.inputs | layout.own).items()}
    names[HEADING_ROW] = None
    for each, rows in found.items():
        sheet.validations.extend(_validations(each, rows, names))


@attrs.frozen(slots=False, eq=False)
class _Possible:
    """What figures may be, by formulas that are the same for all inputs with the same kind of `bounds`."""

    checks: Checks
    bounds: Bounds

    @cached_property
    def ends(self) -> Mapping[int, _Formula]:
        """Both ends of what figures may be, in the unit that is chosen."""
        cells = self.checks.cells
        return {end: _Formula(cells.given, self.checks.bounds.only(end) / cells.factor) for end in (LOW, HIGH)}

    @cached_property
    def figures(self) -> Sequence[_Formula]:
        """Whether a figure is possible: one in the base option, and one in the others."""
        given = self.checks.cells.given
        possible = all_of(apply(ISNUMBER, given), *self._within(given))
        return [_Formula(given.of(DIMENSIONLESS), possible, option) for option in self.checks.layout.options[:2]]

    @cached_property
    def limits(self) -> Mapping[int, _Formula]:
        """Whether a low or a high is possible, and not beyond the other if there is one."""
        return self.limited((self.checks.cells.low, self.checks.cells.high))

    def limited(self, ends: tuple[Entry, Entry], name: str | None = None) -> Mapping[int, _Formula]:
        """Like `limits`, of any low and high; `name`: the input, if they do not stand in its row."""
        low, high = ends
        found = {}
        for place, end, other in ((LOW, low, high), (HIGH, high, low)):
            ordered = any_of(equal(other, _EMPTY), low <= high)
            possible = all_of(apply(ISNUMBER, end), ordered, *self._within(end, name))
            found[place] = _Formula(end.of(DIMENSIONLESS), possible)
        return found

    def _within(self, typed: Operand, name: str | None = None) -> Iterator[Expression]:
        """Yield what a number must be, in the ledger's own unit; `name`: the input, if it is that of another row."""
        factor, limits = self.checks.cells.factor, self.checks.bounds
        if name is not None:
            factor, limits = factor[name], limits[name]
        bounds, used = self.bounds, typed * factor
        least, most = (limits.only(end) for end in (LOW, HIGH))
        if bounds.least is not None:
            yield used > least if bounds.above else used >= least
        if bounds.most is not None:
            yield used <= most
        if bounds.whole:
            yield is_whole(used)


def _heading(checks: Checks) -> _Accepted:
    """Return what the name of an option may be: not empty, and not that of another."""
    layout, headings = checks.layout, checks.cells.headings
    alone = equal(count_where(equal(headings.across(), headings)), 1)
    held = {"validate": "custom", "value": _Formula(headings.of(DIMENSIONLESS), alone, layout.options[0])}
    return _accept((FIRST_OPTION, layout.after_options - 1), held, text.ASKED_HEADING)


def _number(
    checks: Checks, target: Assumption, possible: _Possible, units: Mapping[str, dict[str, Any]]
) -> Iterator[_Accepted]:
    """Yield what the unit, the figures and the range of an assumption may be; `units`: rules of units by spelling."""
    if _converts(checks, target):
        yield _accept((UNIT_COLUMN, UNIT_COLUMN), units[target.unit.spelling], text.ASKED_UNIT)
    bounds, converts, said = target.bounds, _converts(checks, target), _said(checks, target)
    if (bounds.whole and converts) or (bounds.above and bounds.most is not None):
        rules = [{"validate": "custom", "value": figure} for figure in possible.figures]
    else:
        least, most = (
            possible.ends[end] if converts and bound else bound
            for end, bound in ((LOW, bounds.least), (HIGH, bounds.most))
        )
        rules = [plain(target, least, most)] * 2
    yield from _figures(checks, rules, asked(target, said["unit"]))
    yield from _ends(checks, possible.limits, said)


def _own_range(checks: Checks, own: Own) -> Iterator[_Accepted]:
    """Yield what the range of an option's own figure may be; that of a choice has none."""
    target = checks.entries.inputs[own[0]]
    if isinstance(target, Assumption):
        ends = checks.cells.own_low, checks.cells.own_high
        limits = _Possible(checks, target.bounds).limited(ends, target.name)
        yield from _ends(checks, limits, _said(checks, target), text.IN_OPTION)


def _ends(
    checks: Checks, limits: Mapping[int, _Formula], said: Mapping[str, str], more: str = ""
) -> Iterator[_Accepted]:
    for place, wanted in ((LOW, text.ASKED_LOW), (HIGH, text.ASKED_HIGH)):
        held = {"validate": "custom", "value": limits[place]}
        column = checks.layout.beside(place)
        yield _accept((column, column), held, wanted.format_map(said) + more, empty=True)


def _converts(checks: Checks, target: Assumption) -> bool:
    """Whether another unit can be chosen."""
    return target.unit.spelling in checks.layout.units


def _said(checks: Checks, target: Assumption) -> dict[str, str]:
    """Return how messages call the unit of a row, and what they say of its bounds."""
    unit = text.UNIT_BESIDE if _converts(checks, target) else target.unit.spelling
    return {"unit": unit, "range": range_of(target)}


def _choice(checks: Checks, target: Choice) -> Iterator[_Accepted]:
    """Yield which words a choice may be."""
    words = _one_of(checks, checks.cells.words[target.name])
    yield from _figures(checks, [words] * 2, text.ASKED_WORD.format(words=", ".join(target.words)))


def _review(layout: Layout) -> Iterator[_Accepted]:
    """Yield what stands in the two cells of a review."""
    name = {"validate": "length", "criteria": "<=", "value": _LONGEST_NAME}
    day = {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
    for place, rule, wanted in ((REVIEWED_BY, name, text.ASKED_REVIEWER), (REVIEWED_ON, day, text.ASKED_REVIEW_DAY)):
        column = layout.beside(place)
        yield _accept((column, column), rule, wanted, empty=True)


def _one_of(checks: Checks, listed: Entry) -> dict[str, Any]:
    """Return the rule that a cell holds one of the entries of a list on Constants."""
    return {"validate": "list", "source": formula_text(checks.cells.given.of(TEXT), listed.down())}


def _figures(checks: Checks, rules: Sequence[dict[str, Any]], asked: str) -> Iterator[_Accepted]:
    """Yield what a row's figures may be: in the base option, and in others, in which a cell may be empty."""
    yield _accept((FIRST_OPTION, FIRST_OPTION), rules[0], asked)
    if len(checks.layout.options) > 1:
        may = asked + text.MAY_BE_EMPTY
        yield _accept((FIRST_OPTION + 1, checks.layout.after_options - 1), rules[1], may, empty=True)


def _accept(columns: tuple[int, int], rule: dict[str, Any], asked: str, *, empty: bool = False) -> _Accepted:
    return _Accepted(columns, tuple(rule.items()), brief_message(asked), empty)


def _validations(accepted: _Accepted, rows: Iterable[int], names: Mapping[int, Key]) -> Iterator[Validation]:
    """Yield the rules for rows in ascending order, of inputs by `names`; formulas are as the first row sees them."""
    told = {"input_message": accepted.asked, "error_message": accepted.asked, "error_title": shared.REFUSED_TITLE}
    every = list(_areas(rows))
    for start in range(0, len(every), _MOST_AREAS):
        areas = every[start : start + _MOST_AREAS]
        first = names[areas[0][0]]
        rule = {
            key: formula_text(held.entry, held.tree, first, held.column) if isinstance(held, _Formula) else held
            for key, held in accepted.rule
        }
        others = tuple((area, accepted.columns) for area in areas[1:])
        yield Validation(areas[0], accepted.columns, {**rule, **told, "ignore_blank": accepted.empty}, others)


def _areas(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of neighbouring rows."""
    first = last = -1
    for row in rows:
        if row != last + 1 and last >= 0:
            yield first, last
        first = row if row != last + 1 or first < 0 else first
        last = row
    if last >= 0:
        yield first, last
