"""What the cells of Inputs that can be edited accept, and what they say to whoever edits them.

Rows that accept the same share a rule: a sheet holds some 65,000 rules, and a program that opens it reads each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import attrs

from unitledger.expression import Text, all_of, any_of, apply, equal, excel
from unitledger.expression.arithmetic import ISNUMBER
from unitledger.model import Assumption, Choice, Entries
from unitledger.model.figure import FIRST_DAY
from unitledger.units import DIMENSIONLESS, quantity
from unitledger.workbook import text
from unitledger.workbook.check_rows import CheckRows
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

# Excel shows no longer message beside a cell.
_LONGEST_MESSAGE = 255
_LONGEST_NAME = 255
_LARGEST = 9.99e307
_EMPTY = Text("")
# Areas that one rule covers; Excel writes no longer lists of them.
_MOST_AREAS = 100

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
    formulas = _printed(layout)
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


@attrs.frozen
class _Printed:
    """Formulas over a row, printed once: of the ends of what figures may be, and of low and high.

    `bounds` by the end; `ends` by the place of the cell, and whether there are a least and a most.
    """

    bounds: dict[str, str]
    ends: dict[tuple[int, bool, bool], str]


def _printed(layout: Layout) -> _Printed:
    low, high = layout.beside(LOW), layout.beside(HIGH)
    addresses = {
        FACTOR_HERE.name: own(layout.beside(FACTOR)),
        LEAST.name: there(CHECKS, low),
        MOST.name: there(CHECKS, high),
        LOW_HERE.name: own(low),
        HIGH_HERE.name: own(high),
    }
    bounds = {
        end: excel(stated / FACTOR_HERE, at(addresses)) for end, stated in (("minimum", LEAST), ("maximum", MOST))
    }
    ends = {}
    for place, here, other in ((LOW, LOW_HERE, HIGH_HERE), (HIGH, HIGH_HERE, LOW_HERE)):
        for least, most in product((False, True), repeat=2):
            conditions = [apply(ISNUMBER, here), any_of(equal(other, _EMPTY), LOW_HERE <= HIGH_HERE)]
            conditions += [here * FACTOR_HERE >= LEAST] if least else []
            conditions += [here * FACTOR_HERE <= MOST] if most else []
            ends[place, least, most] = excel(all_of(*conditions), at(addresses))
    return _Printed(bounds, ends)


def _number(  # noqa: PLR0917 - what every sheet is made from, then the row
    sheet: Sheet, entries: Entries, layout: Layout, target: Assumption, formulas: _Printed, distance: int
) -> Iterator[_Accepted]:
    """Yield what the unit, the figures and the range of an assumption may be."""
    units = layout.units[target.unit.spelling]
    yield _accept((UNIT_COLUMN, UNIT_COLUMN), _one_of(sheet, units, UNIT_COLUMN), text.ASKED_UNIT)
    rule: dict[str, Any] = {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
    looks = 0
    for end, bound in (("minimum", target.minimum), ("maximum", target.maximum)):
        if bound is not None:
            converts = len(units) > 1 and bound
            rule[end] = formulas.bounds[end] if converts else bound
            looks = distance if converts else looks
    said = {"unit": text.UNIT_BESIDE if len(units) > 1 else target.unit.spelling, "range": _range(target)}
    yield from _figures(entries, layout, rule, text.ASKED_NUMBER.format_map(said), looks)
    stated = target.minimum is not None, target.maximum is not None
    looks = distance if any(stated) else 0
    for place, asked in ((LOW, text.ASKED_LOW), (HIGH, text.ASKED_HIGH)):
        held = {"validate": "custom", "value": formulas.ends[place, *stated]}
        column = layout.beside(place)
        yield _accept((column, column), held, asked.format_map(said), empty=True, distance=looks)


def _choice(sheet: Sheet, entries: Entries, layout: Layout, target: Choice) -> Iterator[_Accepted]:
    """Yield which words a choice may be."""
    first = layout.lists[target.name]
    words = _one_of(sheet, range(first, first + len(target.words)), CONSTANT_COLUMN)
    yield from _figures(entries, layout, words, text.ASKED_WORD.format(words=", ".join(target.words)))


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
    least, most = (None if end is None else str(quantity(end, target.unit)) for end in (target.minimum, target.maximum))
    if least is not None and most is not None:
        return text.RANGE_BETWEEN.format(least=least, most=most)
    if least is not None:
        return text.RANGE_LEAST.format(least=least)
    return "" if most is None else text.RANGE_MOST.format(most=most)


def _figures(
    entries: Entries, layout: Layout, rule: dict[str, Any], asked: str, distance: int = 0
) -> Iterator[_Accepted]:
    """Yield what a row's figures may be; only in other options than the base may a cell be empty."""
    yield _accept((FIRST_OPTION, FIRST_OPTION), rule, asked, distance=distance)
    if len(layout.options) > 1:
        may = asked + text.MAY_BE_EMPTY.format(base=entries.base)
        yield _accept((FIRST_OPTION + 1, layout.after_options - 1), rule, may, empty=True, distance=distance)


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
