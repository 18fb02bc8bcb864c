"""What the cells of Inputs that can be edited accept, and what they say to whoever edits them.

Rows that accept the same share a rule: a sheet holds some 65,000 rules, and a program that opens it reads each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from unitledger.expression import Expression, Reference, Text, all_of, any_of, apply, equal, excel
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.model import FIRST_DAY, Assumption, Bounds, Choice, Entries
from unitledger.units import DIMENSIONLESS, quantity
from unitledger.workbook import text
from unitledger.workbook.layout import (
    CHECKS,
    CONSTANT_COLUMN,
    CONSTANTS,
    FACTOR,
    FIRST_OPTION,
    HIGH,
    LOW,
    REVIEWED_BY,
    REVIEWED_ON,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.printing import at, in_rows, own, symbol, there
from unitledger.workbook.sheet import Sheet, Validation, block
from unitledger.workbook.sheets.check_rows import CheckRows
from unitledger.workbook.sheets.checks.edits import is_whole

# Excel shows no longer message beside a cell.
_LONGEST_MESSAGE = 255
_LONGEST_NAME = 255
_LARGEST = 9.99e307
# Beyond, not every whole number is one to a spreadsheet.
_LARGEST_WHOLE = 10**15 - 1
_EMPTY = Text("")
# Areas that one rule covers; Excel writes no longer lists of them.
_MOST_AREAS = 100

FIGURE_HERE = symbol("figure typed")
FACTOR_HERE = symbol("factor of the unit typed")
LEAST, MOST = symbol("least possible"), symbol("most possible")
LOW_HERE, HIGH_HERE = symbol("low"), symbol("high")


@attrs.frozen
class _Accepted:
    """What cells accept: `rule` with marks in its formulas for rows, where they differ from row to row.

    `distance`: how far beneath its own row a formula looks on Checks.
    """

    columns: tuple[int, int]
    rule: tuple[tuple[str, Any], ...]
    asked: str
    empty: bool
    distance: int = 0


def input_rules(sheet: Sheet, entries: Entries, layout: Layout, checks: CheckRows) -> None:
    """Say what every cell of Inputs that can be edited may be; bounds hold in whatever unit is chosen."""
    found: dict[_Accepted, list[int]] = {}
    formulas = _Printed(layout)
    for name, row in sorted(layout.inputs.items(), key=lambda placed: placed[1]):
        target = entries.input(name)
        if isinstance(target, Choice):
            accepted = _choice(sheet, entries, layout, target)
        else:
            distance = checks.ranges[name] - row
            accepted = _number(sheet, entries, layout, target, formulas, distance)
        for each in (*accepted, *_review(layout)):
            found.setdefault(each, []).append(row)
    for each, rows in found.items():
        sheet.validations.extend(_validations(each, rows))


def _within(used: Expression, bounds: Bounds) -> Iterator[Expression]:
    """Yield what a number must be, in the ledger's own unit."""
    if bounds.least is not None:
        yield used > LEAST if bounds.above else used >= LEAST
    if bounds.most is not None:
        yield used <= MOST
    if bounds.whole:
        yield is_whole(used)


@attrs.frozen(slots=False)
class _Printed:
    """Formulas over a row, each printed once for all inputs that are bounded alike."""

    layout: Layout

    def end(self, end: Reference) -> str:
        """An end of what figures may be, in the unit that is chosen."""
        return excel(end / FACTOR_HERE, at(self._addresses()))

    def figure(self, bounds: Bounds, column: int) -> str:
        """Whether a figure is possible, as the first of the columns that share the formula sees it."""
        figure = {FIGURE_HERE.name: own(column, moves=True)}
        possible = all_of(apply(ISNUMBER, FIGURE_HERE), *_within(FIGURE_HERE * FACTOR_HERE, bounds))
        return excel(possible, at(self._addresses() | figure))

    def range_end(self, bounds: Bounds, place: int) -> str:
        """Whether a low or a high is possible, and not beyond the other if there is one."""
        end, other = (LOW_HERE, HIGH_HERE) if place == LOW else (HIGH_HERE, LOW_HERE)
        ordered = any_of(equal(other, _EMPTY), LOW_HERE <= HIGH_HERE)
        possible = all_of(apply(ISNUMBER, end), ordered, *_within(end * FACTOR_HERE, bounds))
        return excel(possible, at(self._addresses()))

    def _addresses(self) -> dict[str, str]:
        low, high = self.layout.beside(LOW), self.layout.beside(HIGH)
        return {
            FACTOR_HERE.name: own(self.layout.beside(FACTOR)),
            LEAST.name: there(CHECKS, low),
            MOST.name: there(CHECKS, high),
            LOW_HERE.name: own(low),
            HIGH_HERE.name: own(high),
        }


def _number(  # noqa: PLR0917 - what every sheet is made from, then the row
    sheet: Sheet, entries: Entries, layout: Layout, target: Assumption, formulas: _Printed, distance: int
) -> Iterator[_Accepted]:
    """Yield what the unit, the figures and the range of an assumption may be."""
    units = layout.units[target.unit.spelling]
    yield _accept((UNIT_COLUMN, UNIT_COLUMN), _one_of(sheet, units, UNIT_COLUMN), text.ASKED_UNIT)
    bounds, converts = target.bounds, len(units) > 1
    said = {"unit": text.UNIT_BESIDE if converts else target.unit.spelling, "range": _range(target)}
    asked = (text.ASKED_WHOLE if bounds.whole else text.ASKED_NUMBER).format_map(said)
    if (bounds.whole and converts) or (bounds.above and bounds.most is not None):
        rules = [{"validate": "custom", "value": formulas.figure(bounds, FIRST_OPTION + place)} for place in (0, 1)]
        looks = True
    else:
        least, most = (
            formulas.end(stated) if converts and end else end
            for end, stated in ((bounds.least, LEAST), (bounds.most, MOST))
        )
        rules = [_simple(bounds, least, most)] * 2
        looks = isinstance(least, str) or isinstance(most, str)
    yield from _figures(entries, layout, rules, asked, distance if looks else 0)
    looks = (bounds.least, bounds.most) != (None, None)
    for place, wanted in ((LOW, text.ASKED_LOW), (HIGH, text.ASKED_HIGH)):
        held = {"validate": "custom", "value": formulas.range_end(bounds, place)}
        column = layout.beside(place)
        yield _accept((column, column), held, wanted.format_map(said), empty=True, distance=distance if looks else 0)


def _simple(bounds: Bounds, least: float | str | None, most: float | str | None) -> dict[str, Any]:
    """Return the rule that a figure lies between two ends, or above one."""
    kind, largest = ("integer", _LARGEST_WHOLE) if bounds.whole else ("decimal", _LARGEST)
    if bounds.above:
        return {"validate": kind, "criteria": ">", "value": least}
    ends = {"minimum": -largest if least is None else least, "maximum": largest if most is None else most}
    return {"validate": kind, "criteria": "between", **ends}


def _choice(sheet: Sheet, entries: Entries, layout: Layout, target: Choice) -> Iterator[_Accepted]:
    """Yield which words a choice may be."""
    first = layout.lists[target.name]
    words = _one_of(sheet, range(first, first + len(target.words)), CONSTANT_COLUMN)
    yield from _figures(entries, layout, [words] * 2, text.ASKED_WORD.format(words=", ".join(target.words)))


def _review(layout: Layout) -> Iterator[_Accepted]:
    """Yield what stands in the two cells of a review."""
    name = {"validate": "length", "criteria": "<=", "value": _LONGEST_NAME}
    day = {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
    for place, rule, asked in ((REVIEWED_BY, name, text.ASKED_REVIEWER), (REVIEWED_ON, day, text.ASKED_REVIEW_DAY)):
        column = layout.beside(place)
        yield _accept((column, column), rule, asked, empty=True)


def _one_of(sheet: Sheet, rows: range, column: int) -> dict[str, Any]:
    """Return the rule that a cell holds one of the entries of a list on Constants."""
    return {"validate": "list", "source": excel(block(CONSTANTS, rows, [column], DIMENSIONLESS), sheet.locate)}


def _range(target: Assumption) -> str:
    bounds = target.bounds
    least, most = (None if end is None else str(quantity(end, target.unit)) for end in (bounds.least, bounds.most))
    if least is not None and most is not None:
        return (text.RANGE_ABOVE_TO if bounds.above else text.RANGE_BETWEEN).format(least=least, most=most)
    if least is not None:
        return (text.RANGE_ABOVE if bounds.above else text.RANGE_LEAST).format(least=least)
    return "" if most is None else text.RANGE_MOST.format(most=most)


def _figures(
    entries: Entries, layout: Layout, rules: Sequence[dict[str, Any]], asked: str, distance: int = 0
) -> Iterator[_Accepted]:
    """Yield what a row's figures may be: in the base option, and in others, in which a cell may be empty."""
    yield _accept((FIRST_OPTION, FIRST_OPTION), rules[0], asked, distance=distance)
    if len(layout.options) > 1:
        may = asked + text.MAY_BE_EMPTY.format(base=entries.base)
        yield _accept((FIRST_OPTION + 1, layout.after_options - 1), rules[1], may, empty=True, distance=distance)


def _accept(
    columns: tuple[int, int], rule: dict[str, Any], asked: str, *, empty: bool = False, distance: int = 0
) -> _Accepted:
    shown = asked if len(asked) <= _LONGEST_MESSAGE else f"{asked[: _LONGEST_MESSAGE - 1]}…"
    return _Accepted(columns, tuple(rule.items()), shown, empty, distance)


def _validations(accepted: _Accepted, rows: Iterable[int]) -> Iterator[Validation]:
    """Yield the rules for rows in ascending order; formulas are as the first row of a rule sees them."""
    told = {"input_message": accepted.asked, "error_message": accepted.asked, "error_title": text.REFUSED_TITLE}
    every = list(_areas(rows))
    for start in range(0, len(every), _MOST_AREAS):
        areas = every[start : start + _MOST_AREAS]
        first = areas[0][0]
        rule = {
            key: in_rows(held, first, first + accepted.distance) if isinstance(held, str) else held
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
