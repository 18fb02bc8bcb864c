"""Rows of the function table: months later, and the parts of a date. Dates are numbers of days."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date
from functools import partial
from typing import Any

from unitledger.expression.digits import canonical, canonical_array
from unitledger.expression.table import rules
from unitledger.expression.table.function import KEPT, Form, Function, Takes
from unitledger.units import FIRST_DAY, LAST_DAY, date_of, day_number, is_day

_MONTHS = 12
_of_date = partial(Function, takes=Takes.FIGURES, loss=KEPT)


def _later(number: float, months: float, *, last: bool) -> float:
    """Return the day so many whole months later: the same of its month if there is one, or the last."""
    day = date_of(number)
    year, month = divmod(day.year * _MONTHS + day.month - 1 + math.trunc(canonical(months)), _MONTHS)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise ValueError(f"{months:.15g} months from {day} is no day of spreadsheets")
    longest = monthrange(year, month + 1)[1]
    found = day_number(date(year, month + 1, longest if last else min(day.day, longest)))
    date_of(found)
    return found


def _all_later(np: Any, numbers: Any, months: Any, *, last: bool) -> Any:
    known, days = _days(np, numbers)
    own = days.astype("datetime64[M]")
    whole = np.trunc(canonical_array(np, months))
    known = known & (abs(whole) < day_number(LAST_DAY))
    month = own + np.where(known, whole, 0).astype("timedelta64[M]")
    first, end = (each.astype("datetime64[D]") for each in (month, month + 1))
    found = end - 1 if last else np.minimum(first + (days - own.astype("datetime64[D]")), end - 1)
    number = (found - _day_zero(np)).astype(float)
    return np.where(known & is_day(number), number, np.nan)


def _day_zero(np: Any) -> Any:
    return np.datetime64(date_of(day_number(FIRST_DAY)), "D") - int(day_number(FIRST_DAY))


def _days(np: Any, numbers: Any) -> tuple[Any, Any]:
    """Return whether numbers are days, and the days that they are."""
    known = is_day(numbers)
    return known, _day_zero(np) + np.floor(np.where(known, numbers, day_number(FIRST_DAY))).astype("timedelta64[D]")


def _part(name: str, words: str, since: str, first: int) -> Function:
    """Return the row of a part of a date, counted from `first` since the beginning of what it is a part of."""

    def parts(np: Any, numbers: Any) -> Any:
        known, days = _days(np, numbers)
        begun = days.astype(f"datetime64[{since}]") if since else np.datetime64(0, "Y")
        return np.where(known, (days.astype(f"datetime64[{name[0]}]") - begun).astype(float) + first, np.nan)

    def scalar(number: float) -> float:
        return float(getattr(date_of(number), name.lower()))

    return _of_date(name, rules.part_of_date, scalar, Form(parts, exact=True), words, example=(46266.0,))


def _months(name: str, words: str, *, last: bool) -> Function:
    scalar, form = partial(_later, last=last), Form(partial(_all_later, last=last), exact=True)
    return _of_date(name, rules.months_later, scalar, form, words, example=(46053.0, 1.0))


EDATE = _months("EDATE", "months later:", last=False)
EOMONTH = _months("EOMONTH", "end of the month, months later:", last=True)
YEAR = _part("YEAR", "year of", "", 1970)
MONTH = _part("MONTH", "month of", "Y", 1)
DAY = _part("DAY", "day of the month of", "M", 1)
