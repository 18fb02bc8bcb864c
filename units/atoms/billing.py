"""The calendar that turns years, quarters and months into days."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs
from pint.facets.context.objects import Context

from unitledger.errors import ValueRefused

HOURS_PER_DAY: Final = 24


def _days(value: float | str | Fraction) -> Fraction:
    try:
        return value if isinstance(value, Fraction) else Fraction(str(value))
    except ValueError:
        raise ValueRefused(f"A calendar of {value!r:.60} days: expected a number, such as 360.") from None


@attrs.frozen(cache_hash=True)
class Calendar:
    """Days in a year and in a month; a month is a twelfth of the year unless it says otherwise.

    Raises ValueRefused for a length that is not a number above zero.
    """

    year_days: Fraction = attrs.field(default=Fraction(365), converter=_days)
    month_days: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(_days))

    def __attrs_post_init__(self) -> None:
        for what, days in (("year", self.year_days), ("month", self.month_days)):
            if days is not None and days <= 0:
                raise ValueRefused(f"A {what} of {days} days: a calendar needs a length above zero.")

    @property
    def days(self) -> dict[str, Fraction]:
        """Length of each unit that depends on the calendar [day]; a quarter is three months."""
        month = self.year_days / 12 if self.month_days is None else self.month_days
        return {"year": self.year_days, "quarter": 3 * month, "month": month}

    @property
    def label(self) -> str:
        """The convention in words: ``1 year = 365 days = 8,760 hours; 1 month = 730 hours``."""
        year, month = self.days["year"], self.days["month"]
        return (
            f"1 year = {_plain(year)} days = {_plain(year * HOURS_PER_DAY)} hours; "
            f"1 month = {_plain(month * HOURS_PER_DAY)} hours"
        )

    def context(self) -> Context:
        """The same lengths as a pint context, so that pint's own arithmetic can check ours."""
        context = Context()
        for name, days in self.days.items():
            context.redefine(f"{name} = {days.numerator} / {days.denominator} * day")
        return context


def _plain(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.10g}"


BILLING: Final = Calendar()
