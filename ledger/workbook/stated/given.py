"""In which unit a row of Inputs states its figures: the one that they were given in, where they share one."""

from __future__ import annotations

from sys import float_info

from unitledger.expression.digits import canonical
from unitledger.model import Assumption, Entries, Setting, as_given, own_settings
from unitledger.units import Quantity, Unit, compatible_units, magnitude

_NEXT = 2 * float_info.epsilon


def row_unit(entries: Entries, target: Assumption) -> Unit:
    """Return the unit that stands beside the figures of an input.

    It is that in which the figures of all options were given, if it is one of the row's list of units and each times
    its factor is to the last digit the figure that was computed with; otherwise, as where figures were given in
    several units, it is the input's own.
    """
    settings = own_settings(entries, target.name).values()
    units = {Unit.of(quantity_given(target, setting)) for setting in settings}
    given = units.pop()
    if units or given == target.unit:
        return target.unit
    for spelling, factor in compatible_units(target.unit, entries.calendar):
        unit = Unit.parse(spelling)
        if unit == given:
            found = ((typed(entries, target, each, unit) * canonical(float(factor)), each.value) for each in settings)
            return unit if all(_comes_out(product, value) for product, value in found) else target.unit
    return target.unit


def _comes_out(product: float, value: float | str) -> bool:
    """Whether every program that compares fifteen digits finds a product equal to a figure, however it rounds."""
    return all(canonical(product * near) == value for near in (1 - _NEXT, 1, 1 + _NEXT))


def quantity_given(target: Assumption, setting: Setting) -> Quantity:
    """Return what an input is set to, in the unit in which it was given."""
    return as_given(setting.figure.quantity, target.unit, f"Input {target.name!r}")


def typed(entries: Entries, target: Assumption, setting: Setting, unit: Unit) -> float:
    """Return what an input is set to as it stands in a cell beside `unit`; if it was given in that, as it was given."""
    return magnitude(quantity_given(target, setting), unit, entries.calendar)


def range_given(target: Assumption, setting: Setting) -> tuple[Quantity | None, Quantity | None]:
    """Return the low and the high of what an input is set to, each in the unit in which it was given."""
    figure, what = setting.figure, f"Input {target.name!r}"
    low, high = (None if end is None else as_given(end, target.unit, what) for end in (figure.low, figure.high))
    return low, high


Ends = tuple[float | None, float | None]
"""A low and a high as numbers; None for one that is not stated."""


def range_typed(entries: Entries, target: Assumption, setting: Setting, unit: Unit) -> Ends:
    """Return the low and the high of what an input is set to as they stand in cells beside `unit`; like `typed`."""
    if unit == target.unit:
        return setting.low, setting.high
    given = range_given(target, setting)
    low, high = (None if end is None else magnitude(end, unit, entries.calendar) for end in given)
    return low, high
