"""From what a caller gives to what a ledger stores: figures become settings in the input's unit, inside its bounds."""

from __future__ import annotations

import math
import re

from unitledger.errors import QuantityError, UnitMismatch, ValueRefused, did_you_mean
from unitledger.expression.mismatch import correction
from unitledger.model.figure import Figure
from unitledger.model.inputs import Assumption, Choice, Input, Setting
from unitledger.units import Calendar, Q, Quantity, Unit, magnitude, quantity

_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def stored(given: Quantity | str | float, unit: Unit, what: str, calendar: Calendar) -> float:
    """Return the stored magnitude of `given` in `unit`; like `as_given`."""
    return magnitude(as_given(given, unit, what), unit, calendar)


def as_given(given: Quantity | str | float, unit: Unit, what: str) -> Quantity:
    """Return `given`, which must measure what `unit` does, as a quantity in the unit that it was given in.

    A bare number is taken in `unit`; a quantity that lacks only counting dimensions (USD for USD/gpu) gets the
    unit's. `what` begins the messages. Raises UnitMismatch, QuantityError or ValueRefused.
    """
    if isinstance(given, bool):
        raise ValueRefused(f"{what}: expected a quantity in {unit.spelling}, got {given!r}.")
    if isinstance(given, int | float):
        if not math.isfinite(given):
            raise ValueRefused(f"{what}: expected a finite number of {unit.spelling}, got {given!r}.")
        return Q(float(given), unit)
    if isinstance(given, str) and (number := given.strip()) and _NUMBER.fullmatch(number):
        raise QuantityError(f"{what}: {given!r} has no unit. Write '{number} {unit.spelling}', or the number itself.")
    parsed = given_quantity(given, what)
    found = Unit.of(parsed)
    if found.dimension == unit.dimension:
        return parsed
    counted = found * unit.counting
    if not found.counting.atoms and counted.dimension == unit.dimension:
        return Q(float(parsed.magnitude), counted)
    hint = correction("the value", found, unit)
    raise UnitMismatch(f"{what}: expected {unit.spelling}, got {parsed}. {hint}")


def given_quantity(given: Quantity | str, what: str) -> Quantity:
    """Return a quantity or the one that a text says; `what` begins the messages. Raises QuantityError."""
    try:
        return Q(given)
    except QuantityError as broken:
        raise type(broken)(f"{what}: {broken}") from None


def setting_of(target: Input, figure: Figure, calendar: Calendar) -> Setting:
    """Return a figure as a setting of an input.

    Raises UnitMismatch, QuantityError, or ValueRefused for a word that is not in the list, for values outside the
    bounds and for a range that does not hold together.
    """
    if isinstance(target, Choice):
        return _word(target, figure)
    assert isinstance(target, Assumption)
    return bounded(target.name, target.unit, figure, (target.minimum, target.maximum), calendar)


def bounded(
    name: str, unit: Unit, figure: Figure, bounds: tuple[float | None, float | None], calendar: Calendar
) -> Setting:
    """Return a figure as a setting in `unit`, checked against the hard bounds (as stored) and its own range."""
    minimum, maximum = bounds
    what = f"Input {name!r}"
    if minimum is not None and maximum is not None and minimum > maximum:
        raise ValueRefused(f"{what}: its minimum {_shown(minimum, unit)} is above its maximum {_shown(maximum, unit)}.")
    value = stored(figure.quantity, unit, what, calendar)
    low = None if figure.low is None else stored(figure.low, unit, f"{what}, low", calendar)
    high = None if figure.high is None else stored(figure.high, unit, f"{what}, high", calendar)
    for number, said in ((value, ""), (low, ", low"), (high, ", high")):
        if number is None:
            continue
        if minimum is not None and number < minimum:
            raise ValueRefused(
                f"{what}{said}: {_shown(number, unit)} is below the least possible {_shown(minimum, unit)}."
            )
        if maximum is not None and number > maximum:
            raise ValueRefused(
                f"{what}{said}: {_shown(number, unit)} is above the most possible {_shown(maximum, unit)}."
            )
    if low is not None and high is not None and low > high:
        raise ValueRefused(f"{what}: its low {_shown(low, unit)} is above its high {_shown(high, unit)}.")
    return Setting(value, figure, low, high)


def _word(target: Choice, figure: Figure) -> Setting:
    word = figure.quantity
    if not isinstance(word, str) or word not in target.words:
        shown = str(word)
        raise ValueRefused(
            f"Input {target.name!r}: expected one of {', '.join(target.words)}, got {shown!r}."
            f"{did_you_mean(shown, target.words)}"
        )
    return Setting(word, figure)


def _shown(number: float, unit: Unit) -> str:
    return str(quantity(number, unit))


def bound(given: Quantity | str | float | None, unit: Unit, what: str, calendar: Calendar) -> float | None:
    """Return a hard bound as a stored magnitude; a bare number counts as stored (0 and 1 for shares)."""
    if given is None:
        return None
    if isinstance(given, int | float) and not isinstance(given, bool):
        if not math.isfinite(given):
            raise ValueRefused(f"{what}: expected a finite number of {unit.spelling}, got {given!r}.")
        return float(given)
    return stored(given, unit, what, calendar)
