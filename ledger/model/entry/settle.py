"""From what a caller gives to what a ledger stores: figures become settings in the input's unit, inside its bounds."""

from __future__ import annotations

import math
import re
import sys
from datetime import date
from decimal import Decimal
from numbers import Real
from typing import Any

import attrs

from unitledger.errors import QuantityError, UnitMismatch, ValueRefused
from unitledger.expression.kind import A_DATE, correction
from unitledger.model.entry.figure import UNBOUNDED, Bounds, Figure, Setting
from unitledger.model.entry.inputs import Choice, Input
from unitledger.units import AnyQuantity, Calendar, Q, Quantity, Unit, is_day, magnitude, quantity, told_apart

Stated = AnyQuantity | str | date | float
"""A figure as somebody gives it: a quantity, its text, a day, or a bare number in the unit as written (30 for 30 %)."""

Given = Stated | Figure
"""A figure with or without its provenance."""

_DAY = Unit.parse("day")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@attrs.frozen
class Limits:
    """Hard bounds as somebody gives them; `above`: what figures must be more than, `whole`: whether they are counts."""

    minimum: Stated | None = None
    maximum: Stated | None = None
    above: Stated | None = None
    whole: bool = False

    def settled(self, unit: Unit, what: str, calendar: Calendar) -> Bounds:
        """Return the bounds as stored in a unit. Raises UnitMismatch, QuantityError or ValueRefused."""
        if self == UNLIMITED:
            return UNBOUNDED
        self.check(what)
        if self.whole and unit.written != 1:
            raise ValueRefused(f"{what}: whole=True is for counts; {unit} is a share.")
        minimum, above, most = (
            None if end is None else stored(end, unit, f"{what}, {said}", calendar)
            for said, end in (("minimum", self.minimum), ("above", self.above), ("maximum", self.maximum))
        )
        made = Bounds(minimum if above is None else above, most, above is not None, self.whole)
        made.check(unit, what)
        return made

    def check(self, what: str) -> None:
        """Raise ValueRefused, beginning with `what`, for two lower ends."""
        if self.minimum is not None and self.above is not None:
            raise ValueRefused(f"{what}: give minimum, which a figure may be, or above, which it may not; not both.")

    def within(self, outer: Limits) -> Limits:
        """Return these limits, with the ends of `outer` where they have none; minimum and above are one end."""
        lower = outer if self.minimum is None and self.above is None else self
        return Limits(lower.minimum, outer.maximum if self.maximum is None else self.maximum, lower.above, self.whole)

    @classmethod
    def of(cls, bounds: Bounds, unit: Unit) -> Limits:
        """Return bounds as quantities in the unit that they are stored in."""
        least, most = (None if end is None else quantity(end, unit) for end in (bounds.least, bounds.most))
        return cls(None if bounds.above else least, most, least if bounds.above else None, bounds.whole)


UNLIMITED = Limits()
"""No bounds."""


@attrs.frozen
class Section:
    """A title, and what the inputs and constants under it say unless they say something else.

    `figure`: source, date and owner, without a quantity. `limits`: hard bounds of assumptions.
    """

    title: str
    figure: Figure
    limits: Limits = UNLIMITED

    def within(self, outer: Section) -> Section:
        """Return the section with the defaults of what is around it where it says nothing."""
        return Section(self.title, self.figure.completed(outer.figure), self.limits.within(outer.limits))


def stored(given: Stated, unit: Unit, what: str, calendar: Calendar) -> float:
    """Return the stored magnitude of `given` in `unit`; like `as_given`.

    Raises ValueRefused also for one that is too small, and for a date that is no whole day.
    """
    held = magnitude(as_given(given, unit, what), unit, calendar)
    if 0 < abs(held) < sys.float_info.min:
        raise ValueRefused(f"{what}: {given!s:.60} is too small for a spreadsheet, which takes it for 0. Write 0.")
    if unit.is_date and (not held.is_integer() or not is_day(held)):
        raise ValueRefused(f"{what}: {held:.15g} is not the number of a day. {A_DATE}")
    return held


def as_given(given: Stated, unit: Unit, what: str) -> Quantity:
    """Return `given`, which must measure what `unit` does, as a quantity in the unit that it was given in.

    A bare number is taken in the unit as written; a quantity that lacks only counting dimensions (USD for USD/gpu)
    gets the unit's. `what` begins the messages. Raises UnitMismatch, QuantityError or ValueRefused.
    """
    if isinstance(given, bool):
        expected = "a date" if unit.is_date else f"a quantity in {unit.spelling}"
        raise ValueRefused(f"{what}: expected {expected}, got {given!r}.")
    if isinstance(given, Real | Decimal):
        return Q(_finite(given, unit, what), unit)
    if isinstance(given, str) and (number := given.strip()) and _NUMBER.fullmatch(number):
        if unit.is_date:
            raise QuantityError(f"{what}: {given!r} is not a date. {A_DATE}")
        raise QuantityError(f"{what}: {given!r} has no unit. Write '{number} {unit.spelling}', or the number itself.")
    parsed = given_quantity(given, what)
    found = Unit.of(parsed)
    if found.dimension == unit.dimension:
        return parsed
    counted = found * unit.counting
    if not found.counting.atoms and counted.dimension == unit.dimension:
        return Q(float(parsed.magnitude), counted)
    hint = correction("the value", found, unit)
    expected = "a date" if unit.is_date else unit.spelling
    raise UnitMismatch(f"{what}: expected {expected}, got {parsed}. {hint}")


def _finite(given: Any, unit: Unit, what: str) -> float:
    """Return a bare number of any kind as a float. Raises ValueRefused for what is not finite."""
    try:
        number = float(given)
    except (OverflowError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueRefused(f"{what}: expected a finite number of {unit.spelling}, got {given!s:.60}.")
    return number


def given_quantity(given: Stated, what: str) -> Quantity:
    """Return a quantity of one number, or the one a text says; `what` begins the messages. Raises QuantityError."""
    try:
        found = Q(given)
    except QuantityError as broken:
        raise type(broken)(f"{what}: {broken}") from None
    if not isinstance(found.magnitude, Real | Decimal):
        raise QuantityError(f"{what}: {str(found)!r:.60} is not one number with a unit.")
    return found


def setting_of(target: Input, figure: Figure, calendar: Calendar) -> Setting:
    """Return a figure as a setting of an input.

    Raises UnitMismatch, QuantityError, or ValueRefused for a word that is not in the list, for values outside the
    bounds and for a range that does not hold together.
    """
    if isinstance(target, Choice):
        target.place(figure.quantity)
        return Setting(str(figure.quantity), figure)
    return bounded(target.name, target.unit, figure, target.bounds, calendar)


def bounded(name: str, unit: Unit, figure: Figure, bounds: Bounds, calendar: Calendar) -> Setting:
    """Return a figure as a setting in `unit`, checked against the hard bounds and its own range."""
    what = f"Input {name!r}"

    def settled(given: Stated, said: str = "") -> float:
        return bounds.settled(stored(given, unit, what + said, calendar), unit, what + said)

    value = settled(figure.quantity)
    low = None if figure.low is None else settled(figure.low, ", low")
    high = None if figure.high is None else settled(figure.high, ", high")
    if low is not None and high is not None and low > high:
        least, most = told_apart(quantity(low, unit), quantity(high, unit))
        raise ValueRefused(f"{what}: its low {least} is above its high {most}.")
    return Setting(value, figure, low, high)


def allowed_age(given: Quantity | str | None, title: str, as_of: date | None, calendar: Calendar) -> Quantity | None:
    """Return an age as a quantity of time, or None for none.

    Raises UnitMismatch for another quantity, ValueRefused for one that is not above zero or a ledger without a day.
    """
    if given is None:
        return None
    what = f"stale_after of {title!r}"
    age = given_quantity(given, what)
    if Unit.of(age).dimension != _DAY.dimension:
        raise UnitMismatch(f"{what}: expected a time, such as '2 year', got {age}.")
    if not magnitude(age, _DAY, calendar) > 0:
        raise ValueRefused(f"{what}: expected a time above zero, got {age}.")
    if as_of is None:
        raise ValueRefused(f"{what}: the age of a price counts up to the day of the ledger. Give as_of as well.")
    return age
