"""A quantity of another pint registry is taken over by the names of its units, where they mean the same here."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import Ledger
from unitledger.errors import QuantityError, UnknownUnit
from unitledger.units import Q, Unit

THEIRS: Any = pint.UnitRegistry(non_int_type=float)
for definition in ("gpu = [gpu]", "token = []", "USD = [currency]", "EUR = 1.08 USD", "seat = 2 gpu"):
    THEIRS.define(definition)

SAME = ["kW", "MWh", "hour", "ms", "GB", "GiB", "bit", "byte", "metric_ton", "liter", "percent", "gpu", "USD", "token"]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("5 kW", "5 kW"),
        ("80 GB/gpu", "80 GB/gpu"),
        ("25 Gbit/s", "25 Gbit/s"),
        ("2.5 USD/gpu/hour", "2.5 USD/gpu/h"),
        ("3 USD/Mtoken", "3 USD/Mtoken"),
        ("3 metric_ton", "3 t"),
        ("30 percent", "30 %"),
        ("0.3", "0.3 ratio"),
        ("9 meter**2", "9 m^2"),
    ],
)
def test_units_are_found_by_their_names(theirs: str, ours: str) -> None:
    q = Q(THEIRS.Quantity(theirs))
    assert q == Q(ours)
    assert Unit.of(q) == Unit.of(Q(ours))


@pytest.mark.parametrize("number", [5, 5.5, Fraction(11, 2), Decimal("5.5"), np.float64(5.5), np.int64(5)])
def test_numbers_of_any_kind(number: Any) -> None:
    assert Q(THEIRS.Quantity(number, "kW")) == Q(float(number), "kW")


@given(number=st.floats(1e-6, 1e6), above=st.sampled_from(SAME), below=st.sampled_from(SAME), power=st.integers(1, 3))
def test_what_is_taken_over_is_what_pint_makes_of_it(number: float, above: str, below: str, power: int) -> None:
    theirs = THEIRS.Quantity(number, THEIRS.Unit(above) ** power / THEIRS.Unit(below))
    ours = Q(theirs)
    for target in SAME:
        one, other = THEIRS.Unit(target), Unit.parse(str(Q(THEIRS.Quantity(1, target))).removeprefix("1 "))
        if theirs.is_compatible_with(one) and Unit.of(ours).dimension == other.dimension:
            assert math.isclose(ours.m_as(other.spelling), theirs.m_as(one), rel_tol=1e-9)


@pytest.mark.parametrize(
    ("theirs", "kind", "message"),
    [
        (
            THEIRS.Quantity(3, "month"),
            UnknownUnit,
            (
                "'3 month' is a quantity of another pint registry, where 'month' is 2629800 second; here it is not. "
                "Convert it there first."
            ),
        ),
        (
            THEIRS.Quantity(3, "furlong"),
            UnknownUnit,
            (
                "'3 furlong' is a quantity of another pint registry, and no unit here is called 'furlong'. "
                "Convert it there first, or make the unit known here with define(...)."
            ),
        ),
        (
            THEIRS.Quantity(20, "degC"),
            UnknownUnit,
            (
                "'20 degree_Celsius' is a quantity of another pint registry, and no unit here is called "
                "'degree_Celsius'. Convert it there first, or make the unit known here with define(...)."
            ),
        ),
        (
            THEIRS.Quantity(1, "EUR"),
            UnknownUnit,
            (
                "'1 EUR' is a quantity of another pint registry, where 'EUR' is 1.08 USD; here it is not. "
                "Convert it there first."
            ),
        ),
        (
            THEIRS.Quantity(1, "USD/seat"),
            UnknownUnit,
            (
                "'1 USD / seat' is a quantity of another pint registry, where 'seat' is 2 gpu; here it is not. "
                "Convert it there first."
            ),
        ),
        (
            THEIRS.Quantity([1, 2], "kW"),
            QuantityError,
            "'[1 2] kilowatt' is a quantity of another pint registry, and it is not one number with a unit.",
        ),
        (THEIRS.Quantity(math.nan, "kW"), QuantityError, "nan is not a finite number."),
    ],
)
def test_what_means_something_else_here_is_refused(theirs: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as error:
        Q(theirs)
    assert str(error.value) == message


def test_a_ledger_takes_them_wherever_it_takes_a_quantity() -> None:
    book = Ledger("Power", option="one")
    draw = book.assume("draw", THEIRS.Quantity(5, "kW"), low=THEIRS.Quantity(4000, "W"), maximum=THEIRS("1 MW"))
    book.line("energy", draw * book.constant("day", THEIRS.Quantity(24, "hour")), "kWh")
    book.option("two", {"draw": THEIRS.Quantity(7, "kW")})
    assert book.value("energy", "one") == Q("120 kWh")
    assert book.value("energy", "two") == Q("168 kWh")
    assert book.with_settings({"one": {"draw": THEIRS.Quantity(6, "kW")}}).value("energy", "one") == Q("144 kWh")
    swept = book.sweep(draw=[THEIRS.Quantity(8000, "W")], outputs="energy")
    assert swept["energy"].values == pytest.approx([192])
    many = book.array("energy", {"draw": THEIRS.Quantity(np.array([5000.0, 6000.0]), "W")})
    assert many["energy"] == pytest.approx([120, 144])
    with pytest.raises(UnknownUnit) as error:
        book.assume("term", THEIRS.Quantity(5, "month"))
    assert str(error.value) == (
        "Input 'term': '5 month' is a quantity of another pint registry, where 'month' is 2629800 second; here it is "
        "not. Convert it there first."
    )


def test_an_exchange_rate_of_another_registry() -> None:
    THEIRS.define("CNY = [yuan]")
    book = Ledger("Rent", option="one", as_of="2024-01-01")
    book.headline(book.line("cost", book.assume("rent", "70 cent/h") + book.assume("fee", "30 cent/h")))
    in_yuan = book.reported_in("CNY", THEIRS.Quantity(7, "CNY/USD"), source="bank", as_of="2024-01-01")
    assert in_yuan.value("cost_cny") == Q("7 CNY/h")
