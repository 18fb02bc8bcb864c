"""Quantities keep their spelling, print plainly, and are stored exactly."""

from __future__ import annotations

import copy
import math
import pickle
from typing import Any

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import QuantityError, UnitMismatch, ValueRefused
from unitledger.units import BILLING, Calendar, Q, Quantity, Unit, magnitude, quantity, registry

YEAR_OF_360 = Calendar(360, 30)


def test_a_quantity_is_pints_and_does_pints_arithmetic() -> None:
    energy = Q("5 kW") * Q("3 h")
    assert isinstance(energy, pint.Quantity)
    assert isinstance(energy, Quantity)
    assert energy == Q("15 kWh")
    assert energy.spelling is None
    with pytest.raises(pint.DimensionalityError):
        Q("5 USD") + Q("5 CNY")


@pytest.mark.parametrize(
    ("q", "text"),
    [
        (Q("0.0576 USD/Mtoken"), "0.0576 USD/Mtoken"),
        (Q("3.7 USD/(PFLOP/s h)"), "3.7 USD/(PFLOP/s h)"),
        (Q("$40k"), "40000 USD"),
        (Q("1234567.8 USD"), "1234568 USD"),
        (Q("0.0000123456789 USD"), "0.0000123457 USD"),
        (Q("3.15e23 FLOP"), "3.15e+23 FLOP"),
        (Q("0 USD"), "0 USD"),
        (Q("-2.5 USD"), "-2.5 USD"),
        (Q("5 kW") * Q("0.1 USD/kWh"), "0.5 kW·USD/kWh"),
        (Q("1 USD") / 3, "0.333333 USD"),
    ],
)
def test_it_prints_as_people_write(q: Quantity, text: str) -> None:
    assert str(q) == text
    assert f"{q}" == text


def test_formats() -> None:
    assert f"{Q('1234.5 USD/h'):,.2f}" == "1,234.50 USD/h"
    assert f"{Q('5 kW'):~P}" == "5.0 kW"
    assert repr(Q("5 kW")) == "Q(5.0, 'kW')"


def test_the_spelling_goes_with_copies_and_ends_with_the_unit() -> None:
    q = Q("5 USD/(PFLOP/s h)")
    for other in (copy.copy(q), copy.deepcopy(q), pickle.loads(pickle.dumps(q))):  # noqa: S301 - our own bytes
        assert other == q
        assert other.spelling == "USD/(PFLOP/s h)"
    q = Q("5 kilowatts")
    q.ito("W")
    assert q.spelling is None
    assert str(q) == "5000 W"


def test_pint_reads_units_by_our_grammar() -> None:
    assert Q("27 ms/step").to("s/step").magnitude == pytest.approx(0.027, rel=1e-15)
    assert Q("30 %").to("ratio").magnitude == pytest.approx(0.3, rel=1e-15)
    assert registry("$40k/machine") == Q("40000 USD/machine")
    assert Q("3 h").check("[time]")


def test_stored_numbers_are_exact() -> None:
    assert magnitude(Q("5000 W"), Unit.parse("kW")) == 5
    assert magnitude(Q("30 %"), Unit.parse("ratio")) == 0.3
    assert magnitude(Q("30 %"), Unit.parse("%")) == 0.3
    assert magnitude(Q("0.3 ratio"), Unit.parse("%")) == 0.3
    assert magnitude(Q("25 bp"), Unit.parse("%")) == 0.0025
    assert magnitude(Q("3 year"), Unit.parse("h")) == 26280
    assert magnitude(Q("3 year"), Unit.parse("h"), YEAR_OF_360) == 25920
    assert magnitude(Q(0.1, "kW") + Q(0.2, "kW"), Unit.parse("kW")) == 0.3
    with pytest.raises(UnitMismatch):
        magnitude(Q("3 year"), Unit.parse("kW"))


def test_a_stored_share_is_written_in_percent() -> None:
    assert str(quantity(0.3, Unit.parse("%"))) == "30 %"
    assert quantity(0.07, Unit.parse("%")).magnitude == 7
    assert quantity(2.5, Unit.parse("USD/h")) == Q("2.5 USD/h")


@given(
    number=st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.15g}")),
    unit=st.sampled_from(["%", "USD/h", "kW", "Mtoken", "ratio", "%/year"]),
)
def test_stored_and_back(number: float, unit: str) -> None:
    target = Unit.parse(unit)
    assert magnitude(quantity(number, target), target) == number


@given(st.floats(1e-6, 1e12), st.sampled_from([("kW", "W"), ("year", "h"), ("GiB", "B"), ("%", "bp")]))
def test_stored_numbers_agree_with_pint(number: float, units: tuple[str, str]) -> None:
    source, target = units
    written = float(Unit.parse(target).written)
    expected = Q(number, source).to(target).magnitude * written
    assert magnitude(Q(number, source), Unit.parse(target)) == pytest.approx(expected, rel=1e-12)


def test_a_quantity_has_one_unit() -> None:
    foreign: Any = pint.UnitRegistry()("5 kW")
    with pytest.raises(QuantityError, match="is no quantity of unitledger's registry"):
        Unit.of(foreign)
    with pytest.raises(QuantityError) as error:
        Q(Q("5 kW"), "W")
    assert str(error.value) == "5 kW has a unit already; convert it with .to('W')."


@pytest.mark.parametrize(
    ("calendar", "label"),
    [
        (BILLING, "1 year = 365 days = 8,760 hours; 1 month = 730 hours"),
        (YEAR_OF_360, "1 year = 360 days = 8,640 hours; 1 month = 720 hours"),
        (Calendar(366), "1 year = 366 days = 8,784 hours; 1 month = 732 hours"),
        (Calendar("365.25"), "1 year = 365.25 days = 8,766 hours; 1 month = 730.5 hours"),
    ],
)
def test_a_calendar_states_its_convention(calendar: Calendar, label: str) -> None:
    assert calendar.label == label


def test_a_calendar_needs_days() -> None:
    with pytest.raises(ValueRefused) as error:
        Calendar(360, 0)
    assert str(error.value) == "A month of 0 days: a calendar needs a length above zero."


@pytest.mark.parametrize("numbers", [np.array([10.0, 50.0]), np.array([10, 50], dtype=np.uint8), np.array([[10, 50]])])
def test_a_quantity_may_hold_an_array(numbers: Any) -> None:
    q = Q(numbers, "USD/Mtok")
    assert q.spelling == "USD/Mtok"
    assert q.magnitude.dtype == float
    assert (q.magnitude == numbers).all()
    assert (q.m_as("USD/ktoken") == numbers / 1000).all()
    assert Q(q) is q


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (np.array([1, math.nan]), "[ 1. nan] are not all finite numbers."),
        (np.array([[-math.inf]]), "[[-inf]] are not all finite numbers."),
        (np.array([True]), "array([ True]) is neither a text such as '5 kW' nor a number with a unit."),
        (np.array([1j]), "array([0.+1.j]) is neither a text such as '5 kW' nor a number with a unit."),
    ],
)
def test_an_array_of_a_quantity_holds_finite_numbers(numbers: Any, message: str) -> None:
    with pytest.raises(QuantityError) as error:
        Q(numbers, "kW")
    assert str(error.value) == message


def test_the_context_ends_with_its_block() -> None:
    with registry.context(YEAR_OF_360.context()):
        assert Q("1 year").m_as("h") == pytest.approx(8640)
        assert Q("1 quarter").m_as("day") == pytest.approx(90)
    assert Q("1 year").m_as("h") == pytest.approx(8760)
