"""What cells accept that hold a figure: a kind of number between two ends, and what is asked for."""

from __future__ import annotations

from typing import Any

from unitledger.model import Assumption, AxisInput
from unitledger.units import FIRST_DAY, LAST_DAY, day_number, quantity
from unitledger.workbook import text
from unitledger.workbook.sheet import Validation

# Excel shows no longer message beside a cell.
_LONGEST_MESSAGE = 255
_LARGEST = 9.99e307
# Beyond, not every whole number is one to a spreadsheet.
_LARGEST_WHOLE = 10**15 - 1
_ASKED_NUMBER, _ASKED_WHOLE = "A number in {unit}{range}.", "A whole number, in {unit}{range}."
_ASKED_DAY = "A date, such as 2026-01-31{range}."
_RANGE_BETWEEN, _RANGE_LEAST, _RANGE_MOST = ", from {least} to {most}", ", {least} or more", ", {most} or less"
_RANGE_ABOVE_TO, _RANGE_ABOVE = ", more than {least}, {most} or less", ", more than {least}"


def plain(target: Assumption | AxisInput, least: object, most: object) -> dict[str, Any]:
    """Return the rule that a figure lies between two ends, or above one; None is no end."""
    kind, smallest, largest = "decimal", -_LARGEST, _LARGEST
    if target.unit.is_date:
        kind, smallest, largest = "date", day_number(FIRST_DAY), day_number(LAST_DAY)
    elif target.bounds.whole:
        kind, smallest, largest = "integer", -_LARGEST_WHOLE, _LARGEST_WHOLE
    if target.bounds.above and most is None:
        return {"validate": kind, "criteria": ">", "value": least}
    ends = {"minimum": smallest if least is None else least, "maximum": largest if most is None else most}
    return {"validate": kind, "criteria": "between", **ends}


def asked(target: Assumption | AxisInput, unit: str) -> str:
    """Return what a message asks for: a number or a day, its unit and its bounds."""
    wanted = _ASKED_WHOLE if target.bounds.whole else _ASKED_NUMBER
    return (_ASKED_DAY if target.unit.is_date else wanted).format(unit=unit, range=range_of(target))


def range_of(target: Assumption | AxisInput) -> str:
    """Return what a message says of bounds, ", more than 0 USD" for instance."""
    bounds = target.bounds
    least, most = (None if end is None else str(quantity(end, target.unit)) for end in (bounds.least, bounds.most))
    if least is not None and most is not None:
        return (_RANGE_ABOVE_TO if bounds.above else _RANGE_BETWEEN).format(least=least, most=most)
    if least is not None:
        return (_RANGE_ABOVE if bounds.above else _RANGE_LEAST).format(least=least)
    return "" if most is None else _RANGE_MOST.format(most=most)


def along(held: AxisInput, rows: tuple[int, int], columns: tuple[int, int]) -> Validation:
    """Return what the cells of an input with an axis accept, which can hold no other unit."""
    told = {"error_title": text.REFUSED_TITLE, "error_message": brief_message(asked(held, held.unit.spelling))}
    return Validation(rows, columns, {**plain(held, held.bounds.least, held.bounds.most), **told})


def brief_message(said: str) -> str:
    """Return a message as long as Excel shows one beside a cell."""
    return said if len(said) <= _LONGEST_MESSAGE else f"{said[: _LONGEST_MESSAGE - 1]}…"
