"""Dates as numbers of days, the way spreadsheets keep them: 2026-09-01 is 46266."""

from __future__ import annotations

import math
from datetime import MAXYEAR, date, timedelta
from typing import Any, Final

NAME: Final = "date"
"""The unit of a date, which is a unit by itself only."""

# Spreadsheets disagree on the day numbers before this one.
FIRST_DAY: Final = date(1900, 3, 1)
LAST_DAY: Final = date(MAXYEAR, 12, 31)
NEVER: Final = "never"
"""How 0 is read where a date is expected: what is asked for comes on no day."""
DAY_ZERO: Final = date(1899, 12, 30)


def day_number(day: date) -> float:
    """Return the number of a day."""
    return float((day - DAY_ZERO).days)


def is_day(number: Any) -> Any:
    """Whether a number, or each of an array, is one of a day, whatever the hour."""
    return (number >= day_number(FIRST_DAY)) & (number < day_number(LAST_DAY) + 1)


def date_of(number: float) -> date:
    """Return the day of a number, whatever the hour. Raises ValueError for a number that is no day of spreadsheets."""
    if not is_day(number):
        raise ValueError(f"{number:.15g} is no day from {FIRST_DAY} to {LAST_DAY}")
    return DAY_ZERO + timedelta(math.floor(number))


def date_text(number: float) -> str:
    """Return a day as people read it, "never" for 0, or what its number is where it is none."""
    if number == 0:
        return NEVER
    try:
        return date_of(number).isoformat()
    except ValueError:
        return f"day number {number:.15g}"
