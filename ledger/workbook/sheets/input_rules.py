"""What the cells of Inputs that can be edited accept, and what they say to whoever edits them."""

from __future__ import annotations

from typing import Any

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
    INPUTS,
    LOW,
    REVIEWED_BY,
    REVIEWED_ON,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.sheet import Sheet, Validation, block, cell

# Excel shows no longer message beside a cell.
_LONGEST_MESSAGE = 255
_LONGEST_NAME = 255
_LARGEST = 9.99e307
_EMPTY = Text("")


def number_rules(sheet: Sheet, entries: Entries, layout: Layout, checks: CheckRows, target: Assumption) -> None:
    """Say what the unit, the figures and the range of an assumption may be; bounds hold in whatever unit is chosen."""
    row = layout.inputs[target.name]
    units = layout.units[target.unit.spelling]
    _accept(sheet, (row, row), (UNIT_COLUMN, UNIT_COLUMN), _one_of(sheet, units, UNIT_COLUMN), text.ASKED_UNIT)
    factor = cell(INPUTS, row, layout.beside(FACTOR), DIMENSIONLESS)
    bounds = {
        place: cell(CHECKS, checks.ranges[target.name], layout.beside(place), target.unit)
        for place, bound in ((LOW, target.minimum), (HIGH, target.maximum))
        if bound is not None
    }
    rule: dict[str, Any] = {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
    for place, end, bound in ((LOW, "minimum", target.minimum), (HIGH, "maximum", target.maximum)):
        if bound is not None:
            converts = len(units) > 1 and bound
            rule[end] = excel(bounds[place] / factor, sheet.locate) if converts else bound
    said = {"unit": text.UNIT_BESIDE if len(units) > 1 else target.unit.spelling, "range": _range(target)}
    _figures(sheet, entries, layout, target.name, (rule, text.ASKED_NUMBER.format_map(said)))
    low, high = (cell(INPUTS, row, layout.beside(place), target.unit) for place in (LOW, HIGH))
    for place, own, other, asked in ((LOW, low, high, text.ASKED_LOW), (HIGH, high, low, text.ASKED_HIGH)):
        conditions = [apply(ISNUMBER, own), any_of(equal(other, _EMPTY), low <= high)]
        conditions += [own * factor >= bounds[LOW]] if LOW in bounds else []
        conditions += [own * factor <= bounds[HIGH]] if HIGH in bounds else []
        held = {"validate": "custom", "value": excel(all_of(*conditions), sheet.locate)}
        column = layout.beside(place)
        _accept(sheet, (row, row), (column, column), held, asked.format_map(said), empty=True)


def choice_rules(sheet: Sheet, entries: Entries, layout: Layout, target: Choice) -> None:
    """Say which words a choice may be."""
    first = layout.lists[target.name]
    words = _one_of(sheet, range(first, first + len(target.words)), CONSTANT_COLUMN)
    asked = text.ASKED_WORD.format(words=", ".join(target.words))
    _figures(sheet, entries, layout, target.name, (words, asked))


def review_rules(sheet: Sheet, layout: Layout) -> None:
    """Say what stands in the two cells of each review; neighbouring rows share a rule."""
    name = {"validate": "length", "criteria": "<=", "value": _LONGEST_NAME}
    day = {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
    rows = set(layout.inputs.values())
    firsts = sorted(row for row in rows if row - 1 not in rows)
    lasts = sorted(row for row in rows if row + 1 not in rows)
    for place, rule, asked in ((REVIEWED_BY, name, text.ASKED_REVIEWER), (REVIEWED_ON, day, text.ASKED_REVIEW_DAY)):
        column = layout.beside(place)
        for neighbours in zip(firsts, lasts, strict=True):
            _accept(sheet, neighbours, (column, column), rule, asked, empty=True)


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


def _figures(sheet: Sheet, entries: Entries, layout: Layout, name: str, told: tuple[dict[str, Any], str]) -> None:
    """Check what is typed into a row's figures; only in other options than the base may a cell be empty."""
    row, (rule, asked) = layout.inputs[name], told
    _accept(sheet, (row, row), (FIRST_OPTION, FIRST_OPTION), rule, asked)
    if len(layout.options) > 1:
        may = asked + text.MAY_BE_EMPTY.format(base=entries.base)
        _accept(sheet, (row, row), (FIRST_OPTION + 1, layout.after_options - 1), rule, may, empty=True)


def _accept(
    sheet: Sheet,
    rows: tuple[int, int],
    columns: tuple[int, int],
    rule: dict[str, Any],
    asked: str,
    *,
    empty: bool = False,
) -> None:
    shown = asked if len(asked) <= _LONGEST_MESSAGE else f"{asked[: _LONGEST_MESSAGE - 1]}…"
    told = {"input_message": shown, "error_message": shown, "error_title": text.REFUSED_TITLE}
    sheet.validations.append(Validation(rows, columns, {**rule, **told, "ignore_blank": empty}))
