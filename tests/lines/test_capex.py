"""Hardware over its life, straight line and with the cost of capital."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import up_to

from unitledger import CapexAmortization, CapexAnnuity, Ledger
from unitledger.errors import CalculationError, UnitMismatch, ValueRefused

HOURS = 8760  # of a year


def test_a_server_of_40000_usd_over_three_years() -> None:
    book = Ledger("Server")
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))

    assert str(capex) == "capex = 1.52207 USD/machine/h"
    assert capex.value.magnitude == pytest.approx(40000 / (3 * HOURS), rel=1e-14)
    assert capex.label == "Depreciation (straight line)"
    assert capex.note == "Price less residual value, spread evenly over the life."


def test_each_literal_term_becomes_an_assumption_under_the_name_of_the_line() -> None:
    book = Ledger("Server")
    book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))

    assert {name: entry.label for name, entry in book.inputs.items()} == {
        "capex.price": "Depreciation (straight line): purchase price",
        "capex.life": "Depreciation (straight line): service life",
        "capex.residual": "Depreciation (straight line): residual value, share of price",
    }


def test_a_residual_value_is_not_written_off() -> None:
    book = Ledger("Server")
    capex = book.add(CapexAmortization(price="300000 USD/machine", life="36 month", residual="20 %"))

    assert capex.value.magnitude == pytest.approx(240000 / (3 * HOURS), rel=1e-14)


@given(
    price=st.floats(1, 1e9),
    life=st.floats(0.1, 30),
    residual=up_to(1),
)
def test_depreciation_over_the_life_is_the_price_less_the_residual_value(
    price: float, life: float, residual: float
) -> None:
    book = Ledger("Server")
    length = book.assume("life", f"{life!r} year")
    capex = book.add(CapexAmortization(price=f"{price!r} USD", life=length, residual=f"{residual!r} ratio"))
    written_off = book.line("written_off", capex * length, unit="USD")

    assert written_off.value.magnitude == pytest.approx(price * (1 - residual), rel=1e-9, abs=price * 1e-12)


def test_the_annuity_pays_back_the_price_with_interest() -> None:
    book = Ledger("Server")
    capex = book.add(
        CapexAnnuity(price="40000 USD/machine", life="3 year", cost_of_capital="8 %/year", residual="10 %")
    )
    yearly = capex.value.magnitude * HOURS
    paid_back = sum(yearly / 1.08**year for year in (1, 2, 3))

    assert capex.unit.spelling == "USD/machine/h"
    assert paid_back + 4000 / 1.08**3 == pytest.approx(40000, rel=1e-12)


def test_a_life_written_in_months_means_monthly_payments_at_a_twelfth_of_the_yearly_rate() -> None:
    book = Ledger("Server")
    capex = book.add(CapexAnnuity(price="40000 USD", life="36 month", cost_of_capital="6 %/year"))
    monthly = capex.value.magnitude * HOURS / 12

    assert sum(monthly / 1.005**month for month in range(1, 37)) == pytest.approx(40000, rel=1e-12)


@given(life=st.integers(1, 20), residual=up_to(1))
def test_without_cost_of_capital_the_annuity_is_the_straight_line(life: int, residual: float) -> None:
    terms = {"price": "40000 USD", "life": f"{life} year", "residual": f"{residual!r} ratio"}
    straight = Ledger("Straight line").add(CapexAmortization(**terms)).value.magnitude
    nothing = Ledger("0 %").add(CapexAnnuity(**terms, cost_of_capital="0 %/year")).value.magnitude
    little = Ledger("1 ppm").add(CapexAnnuity(**terms, cost_of_capital="1e-6 ratio/year")).value.magnitude

    assert nothing == pytest.approx(straight, rel=1e-12, abs=1e-12)
    assert little == pytest.approx(straight, rel=2e-5, abs=1e-4)
    assert little > straight


def test_a_price_in_another_currency_carries_it_through() -> None:
    capex = Ledger("Server").add(CapexAmortization(price="¥280k/machine", life="4 year"))

    assert str(capex.value) == f"{280000 / 4 / HOURS:.6g} CNY/machine/h"


def test_either_kind_of_capital_cost_is_overridden_by_the_same_names() -> None:
    for line in (
        CapexAmortization(price="40000 USD", life="3 year"),
        CapexAnnuity(price="40000 USD", life="3 year", cost_of_capital="8 %/year"),
    ):
        book = Ledger("Server")
        capex = book.add(line)
        book.option("dear", {"capex.price": "80000 USD"})

        assert book.value("capex", "dear").magnitude == pytest.approx(2 * capex.value.magnitude, rel=1e-12)


def test_a_life_given_as_a_line_can_be_nothing_and_is_named_as_a_division_by_zero() -> None:
    book = Ledger("Server")
    life = book.line("life", book.assume("years", "3 year") * 0)
    capex = book.add(CapexAmortization(price="40000 USD", life=life))

    with pytest.raises(CalculationError) as caught:
        _ = capex.value
    assert str(caught.value) == (
        "Line 'capex' has no value in option 'base': it divides by zero (straight line over (capex.price, "
        "capex.price × capex.residual, life) ÷ hours per year; capex.price = 40000 USD, capex.residual = 0, "
        "life = 0 year). Check these inputs."
    )


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (
            {"price": "40000 USD", "life": "3 year", "residual": "110 %"},
            "Input 'capex.residual': 110 % is above the most possible 100 %.",
        ),
        ({"price": "40000 USD", "life": "0 year"}, "Input 'capex.life': 0 year is not above 0 year."),
        (
            {"price": "-1 USD", "life": "3 year"},
            "Input 'capex.price': -1 USD is below the least possible 0 USD.",
        ),
    ],
)
def test_values_that_cannot_be_are_refused(terms: dict[str, str], message: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        Ledger("Server").add(CapexAmortization(**terms))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            CapexAmortization(price="40000 USD", life="3 kW"),
            (
                "Line 'capex', term 'life' (service life): expected year, got 3 kW. It measures power where time is "
                "asked for."
            ),
        ),
        (
            CapexAmortization(price="40000 USD/month", life="3 year"),
            (
                "Line 'capex', term 'price' (purchase price): expected USD, got 40000 USD/month. It is a rate over "
                "time where a total is asked for: multiply it by a duration."
            ),
        ),
        (
            CapexAnnuity(price="40000 USD", life="3 year", cost_of_capital="8 %"),
            (
                "Line 'capex', term 'cost_of_capital' (cost of capital, nominal): expected ratio/year, got 8 %. It "
                "lacks a time: divide it by a duration, or write what it is per hour, month or year."
            ),
        ),
    ],
)
def test_wrong_units_are_refused(line: CapexAmortization, message: str) -> None:
    book = Ledger("Server")
    with pytest.raises(UnitMismatch) as caught:
        book.add(line)
    assert str(caught.value) == message
    assert not book.inputs
