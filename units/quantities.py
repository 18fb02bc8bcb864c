"""`Q`, the way from what people write to a quantity, and the way between quantities and stored numbers."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import pint

from unitledger.errors import QuantityError
from unitledger.units.algebra.conversions import conversion_factor
from unitledger.units.algebra.unit import DATE, Unit, sentence, shown, unit_from_text
from unitledger.units.atoms.billing import BILLING, Calendar
from unitledger.units.atoms.dates import FIRST_DAY, date_text, day_number
from unitledger.units.atoms.pint_registry import AnyQuantity, Quantity, make_quantity, registry
from unitledger.units.atoms.spelling import grouped_number
from unitledger.units.foreign import own_unit
from unitledger.units.grammar import read_quantity

if TYPE_CHECKING:
    from numpy.typing import NDArray


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def Q(
    value: str | date | float | Fraction | Decimal | NDArray[Any] | AnyQuantity, unit: str | Unit | None = None
) -> Quantity:
    """A quantity from a text such as ``"$2.5/h"``, or from a number and a unit; a quantity stays as it is.

    A day, or its text such as ``"2026-09-01"``, is a quantity in `date`, the number that spreadsheets give it.
    An array of numpy's and a unit make one quantity that holds the array, which `Ledger.array` takes.
    One of another pint registry is taken over by the names of its units. Raises QuantityError, or UnknownUnit with
    the likely spelling.
    """
    if isinstance(value, date):
        value = (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, str):
        if unit is not None:
            raise QuantityError("Give Q one text, such as Q('5 kW'), or a number and a unit, such as Q(5, 'kW').")
        try:
            return _read(value)
        except QuantityError as reason:
            raise type(reason)(f"Cannot read {shown(value)}: {sentence(reason)}") from None
    if isinstance(value, pint.Quantity):
        if unit is not None:
            raise QuantityError(f"{value} has a unit already; convert it with .to({str(unit)!r}).")
        if isinstance(value, Quantity):
            return value
        own = own_unit(value)
        return _make(_finite(value.magnitude), own)
    array = _is_array(value)
    if isinstance(value, bool) or not (array or isinstance(value, (Real, Decimal))):
        raise QuantityError(f"{value!r} is neither a text such as '5 kW' nor a number with a unit.")
    if unit is None:
        raise QuantityError(f"{value} has no unit; write Q({value}, 'ratio') if it is a plain number.")
    held = _finite_array(value) if array else _finite(value)
    return _make(held, unit if isinstance(unit, Unit) else Unit.parse(unit))


def quantity(magnitude: float, unit: Unit) -> Quantity:
    """The quantity of a stored number: 0.3 in ``%`` is 30 percent."""
    return _make(_canonical(_exact(magnitude) / unit.written), unit)


def number_text(number: float, unit: Unit | None) -> str:
    """A number as people write it beside its unit, with thousands commas; a date as such."""
    return date_text(number) if unit is not None and unit.is_date else grouped_number(number)


def told_apart(*quantities: Quantity) -> tuple[str, ...]:
    """The texts of quantities of one unit; with 15 digits where different ones would read alike."""
    texts = tuple(map(str, quantities))
    if len(set(texts)) == len({q.magnitude for q in quantities}):
        return texts
    return tuple(f"{q:.15g}" for q in quantities)


def magnitude(q: Quantity, unit: Unit, calendar: Calendar = BILLING) -> float:
    """The stored number of a quantity in a unit: exact conversion, rounded once, 15 digits.

    Raises UnitMismatch when the dimensions differ.
    """
    source = Unit.of(q)
    stored = _exact(q.magnitude) * source.written * conversion_factor(source, unit, calendar)
    return _canonical(stored)


def _make(number: Any, unit: Unit) -> Quantity:
    return make_quantity(number, dict(unit.atoms), unit.spelling)


def _read(text: str) -> Quantity:
    """Read a text. Raises QuantityError with the reason."""
    if _ISO_DAY.fullmatch(text.strip()):
        return _make(_day(text.strip()), DATE)
    number, written = read_quantity(text)
    unit = unit_from_text(written)
    if unit == DATE:
        raise QuantityError("a date is written as year-month-day, such as '2026-01-31'")
    return _make(float(number), unit)


def _day(text: str) -> float:
    try:
        day = date.fromisoformat(text)
    except ValueError as reason:
        raise QuantityError(f"the calendar has no such day ({reason})") from None
    if day < FIRST_DAY:
        raise QuantityError(f"it lies before {FIRST_DAY}, where spreadsheets count days differently.")
    return day_number(day)


def _finite(value: Any) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise QuantityError(f"{value} is not a finite number.")
    return number


def _is_array(value: Any) -> bool:
    """Whether a value is an array of numpy's that holds numbers; numpy itself is not imported for that."""
    return bool(getattr(value, "ndim", 0)) and getattr(getattr(value, "dtype", None), "kind", "O") in "iuf"


def _finite_array(value: Any) -> Any:
    numbers = value.astype(float)
    if not (abs(numbers) < math.inf).all():
        raise QuantityError(f"{value!s:.60} are not all finite numbers.")
    return numbers


def _exact(value: Any) -> Fraction:
    if isinstance(value, Integral):
        return Fraction(int(value))
    return value if isinstance(value, Fraction) else Fraction(repr(_finite(value)))


def _canonical(value: Fraction) -> float:
    """The nearest number of 15 digits, as Excel keeps it."""
    return _finite(f"{_finite(value):.15g}")


def _checked(text: str) -> str:
    """Pass text to pint only as canonical names: pint itself would read '5 kW @ 3' as 15 kW."""
    if not text or re.fullmatch(r"\[\w*\]", text):
        return text
    if re.match(r"[-+.$€£¥￥0-9]", text) and not text.startswith("1/"):
        q = Q(text)
        return " * ".join([repr(q.magnitude), *(f"{name} ** {power}" for name, power in q.atoms)])
    return " * ".join(f"{name} ** {power}" for name, power in Unit.parse(text).atoms) or "dimensionless"


registry.preprocessors.append(_checked)
