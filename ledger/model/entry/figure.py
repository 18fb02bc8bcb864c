"""A figure: a quantity with its provenance; hard bounds of what it may be; a setting: a figure as an input has it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import attrs

from unitledger.errors import ValueRefused, brief
from unitledger.expression.table.arithmetic import DUST
from unitledger.units import FIRST_DAY, AnyQuantity, Unit, quantity, told_apart

# What a workbook cannot carry; line ends and tabs can stay.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def day(value: date | str | None) -> date | None:
    """Return a date from a date or an ISO text. Raises ValueRefused for other texts and for dates before March 1900."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        raise ValueRefused(f"{brief(repr(value), 60)} is not a date. Write it as year-month-day, such as '2026-01-31'.")
    if value < FIRST_DAY:
        raise ValueRefused(f"The date {value} lies before {FIRST_DAY}, where spreadsheets count days differently.")
    return value


def _written(given: Any) -> Any:
    """Return a day as its text, and anything else as it is."""
    if isinstance(given, date):
        return (given.date() if isinstance(given, datetime) else given).isoformat()
    return given


def _writable(_: object, field: attrs.Attribute[str], said: object) -> None:
    if not isinstance(said, str):
        raise ValueRefused(f"The {field.name} of a figure is a text, not {said!r:.60}.")
    check_writable(said, f"The {field.name}")


def check_writable(said: str, what: str) -> None:
    """Raise ValueRefused for a text that no workbook can carry; `what` begins the message."""
    if found := _UNWRITABLE.search(said):
        raise ValueRefused(f"{what} {said!r:.60} holds {found[0]!r}, which a workbook cannot carry. Leave it out.")


@attrs.frozen
class Figure:
    """A quantity (or, for a choice, a word) with where it is from.

    `quantity`: a text that `Q` reads, a quantity, a day, or a word of a choice. `source`: where the figure is from;
    `as_of`: the day it held. `low`, `high`: the range it may take, as quantities of its dimension or bare numbers in
    its unit; of a figure that is known for sure, both are the figure. `owner`: who answers for it. `note`: anything a
    reader should know. `reviewed_by`, `reviewed_on`: who checked it, and the day. Raises ValueRefused for a date or a
    text that a workbook cannot carry.
    """

    quantity: AnyQuantity | str = attrs.field(converter=_written)
    source: str = attrs.field(default="", validator=_writable)
    as_of: date | None = attrs.field(default=None, converter=day)
    low: AnyQuantity | str | float | None = attrs.field(default=None, converter=_written)
    high: AnyQuantity | str | float | None = attrs.field(default=None, converter=_written)
    owner: str = attrs.field(default="", validator=_writable)
    note: str = attrs.field(default="", validator=_writable)
    reviewed_by: str = attrs.field(default="", validator=_writable)
    reviewed_on: date | None = attrs.field(default=None, converter=day)

    @classmethod
    def of(cls, given: Figure | AnyQuantity | str | date | float, *provenance: Any) -> Figure:
        """Return `given` as a figure; provenance that is not empty replaces what the figure says itself.

        `provenance`: what follows the quantity in a figure, in that order.
        """
        figure = given if isinstance(given, Figure) else cls(given)
        return cls(figure.quantity, *provenance).completed(figure) if provenance else figure

    def ranged_like(self, other: Figure) -> Figure:
        """Return the figure with the range of another, unless it has one of its own."""
        return self if self.has_range else attrs.evolve(self, low=other.low, high=other.high)

    @property
    def has_range(self) -> bool:
        """Whether a low or a high is given."""
        return self.low is not None or self.high is not None

    def unreviewed(self) -> Figure:
        """Return the figure as nobody has checked it yet: what a changed figure is."""
        return attrs.evolve(self, reviewed_by="", reviewed_on=None)

    def completed(self, other: Figure) -> Figure:
        """Return the figure with what it does not say of its provenance and range as another says it."""
        known = {name: getattr(other, name) for name in _BESIDE if getattr(self, name) in (None, "")}
        return attrs.evolve(self, **known) if any(value not in (None, "") for value in known.values()) else self


# What a figure says beside its quantity, and what of that is no range.
_BESIDE = tuple(field.name for field in attrs.fields(Figure) if field.name != "quantity")
_PROVENANCE = tuple(name for name in _BESIDE if name not in {"low", "high"})


@attrs.frozen
class Bounds:
    """Hard bounds of an assumption, as stored in its unit; None where there is none.

    `least`, `most`: the ends. `above`: whether figures must be more than `least`. `whole`: whether they must be whole
    numbers.
    """

    least: float | None = None
    most: float | None = None
    above: bool = False
    whole: bool = False

    def check(self, unit: Unit, what: str) -> None:
        """Raise ValueRefused when no figure can lie between the ends."""
        if self.least is None or self.most is None:
            return
        least, most = told_apart(quantity(self.least, unit), quantity(self.most, unit))
        if self.least > self.most:
            raise ValueRefused(f"{what}: its minimum {least} is above its maximum {most}.")
        if self.above and self.least == self.most:
            raise ValueRefused(f"{what}: nothing is above {least} and at most {most}.")

    def within(self, outer: Bounds) -> Bounds:
        """Return the bounds that hold where both do."""
        both = (self, outer)
        least, above = max(((each.least, each.above) for each in both if each.least is not None), default=(None, False))
        most = min((each.most for each in both if each.most is not None), default=None)
        return Bounds(least, most, above, self.whole or outer.whole)

    def settled(self, stored: float, unit: Unit, what: str) -> float:
        """Return a figure within the bounds; what converting units leaves beside a whole number is taken off.

        `what` begins the message. Raises ValueRefused.
        """
        if self.whole:
            nearest = float(round(stored))
            if round(stored, DUST) != nearest:
                shown, _ = told_apart(quantity(stored, unit), quantity(nearest, unit))
                raise ValueRefused(f"{what}: {shown} is not a whole number.")
            stored = nearest
        if self.least is not None and (stored < self.least or (self.above and stored == self.least)):
            said = "not above" if self.above else "below the least possible"
            shown, least = told_apart(quantity(stored, unit), quantity(self.least, unit))
            raise ValueRefused(f"{what}: {shown} is {said} {least}.")
        if self.most is not None and stored > self.most:
            shown, most = told_apart(quantity(stored, unit), quantity(self.most, unit))
            raise ValueRefused(f"{what}: {shown} is above the most possible {most}.")
        return stored


UNBOUNDED = Bounds()
"""What has no ends."""


@attrs.frozen(order=False)
class Setting:
    """What an input is set to in one option: the stored magnitude (or the word), its range, and its figure."""

    value: float | str
    figure: Figure
    low: float | None = None
    high: float | None = None

    def ranged_like(self, other: Setting) -> Setting:
        """Return the setting with the range of another, unless it has one of its own."""
        if self.figure.has_range or not other.figure.has_range:
            return self
        return attrs.evolve(self, figure=self.figure.ranged_like(other.figure), low=other.low, high=other.high)

    def stated_like(self, other: Setting) -> bool:
        """Whether it has range and provenance of another; without a range of its own it has that of the other."""
        ranged = self.ranged_like(other)
        if (ranged.low, ranged.high) != (other.low, other.high):
            return False
        return all(getattr(self.figure, name) == getattr(other.figure, name) for name in _PROVENANCE)
