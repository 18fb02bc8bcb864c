"""Gross margin, in all directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import up_to

from unitledger import CostAtMargin, CostLine, GrossMargin, Ledger, PriceAtMargin
from unitledger.errors import CalculationError, LedgerError, UnitMismatch, ValueRefused
from unitledger.units import magnitude


def value(line: CostLine) -> float:
    book = Ledger("Prices")
    found = book.add(line)
    return magnitude(found.value, found.unit)


def test_a_margin_of_75_percent_is_a_price_of_four_times_the_cost() -> None:
    book = Ledger("Prices")
    cost = book.assume("cost", "0.005 USD/ktoken")
    price = book.add(PriceAtMargin(unit_cost=cost, margin="75 %"))
    margin = book.add(GrossMargin(unit_cost=cost, price=price))
    behind = book.add(CostAtMargin(price=price, margin=margin))

    assert [str(line.value) for line in (price, margin, behind)] == ["0.02 USD/ktoken", "75 %", "0.005 USD/ktoken"]


def test_margin_of_a_posted_price_over_rented_cards() -> None:
    assert value(GrossMargin(unit_cost="0.0035148 USD/ktoken", price="0.02 USD/ktoken")) == pytest.approx(
        0.82426, abs=5e-6
    )


def test_margin_of_reselling_text_in_units_that_differ() -> None:
    margin = GrossMargin(unit_cost="20 USD/Mtoken", price="0.615 USD/ktoken")

    assert value(margin) == pytest.approx(0.96748, abs=5e-6)


@given(cost=st.floats(0.001, 1e6), margin=st.floats(-2, -1e-300) | up_to(0.99))
def test_margin_leads_back_to_the_cost_and_to_itself(cost: float, margin: float) -> None:
    share = f"{margin!r} ratio"
    price = value(PriceAtMargin(unit_cost=f"{cost!r} EUR/gpu/h", margin=share))

    assert value(CostAtMargin(price=f"{price!r} EUR/gpu/h", margin=share)) == pytest.approx(cost, rel=1e-9)
    assert value(GrossMargin(unit_cost=f"{cost!r} EUR/gpu/h", price=f"{price!r} EUR/gpu/h")) == pytest.approx(
        margin, abs=1e-9
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            PriceAtMargin(unit_cost="0.5 USD/Mtoken", margin="100 %"),
            (
                "Line 'price_at_margin' has no value in option 'base': it divides by zero (price_at_margin.unit_cost ÷ "
                "(1 − price_at_margin.margin); price_at_margin.unit_cost = 0.5 USD/Mtoken, price_at_margin.margin = "
                "100 %). Check these inputs."
            ),
        ),
    ],
)
def test_edges_name_the_line(line: CostLine, message: str) -> None:
    with pytest.raises(CalculationError) as caught:
        value(line)
    assert str(caught.value) == message


def test_edges_that_have_a_value() -> None:
    assert value(PriceAtMargin(unit_cost="0.5 USD", margin="0 %")) == 0.5
    assert value(CostAtMargin(price="0.5 USD", margin="100 %")) == 0
    assert value(GrossMargin(unit_cost="3 USD", price="2 USD")) == -0.5


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        (
            GrossMargin(unit_cost="0.5 USD/Mtoken", price="0 USD/Mtoken"),
            ValueRefused,
            "Input 'gross_margin.price': 0 USD/Mtoken is not above 0 USD/Mtoken.",
        ),
        (
            PriceAtMargin(unit_cost="0.5 USD", margin="120 %"),
            ValueRefused,
            "Input 'price_at_margin.margin': 120 % is above the most possible 100 %.",
        ),
        (
            PriceAtMargin(unit_cost="5 kW", margin="75 %"),
            UnitMismatch,
            (
                "Line 'price_at_margin', term 'unit_cost' (unit cost): expected USD, or USD per anything, got 5 kW. It "
                "measures power where USD is asked for."
            ),
        ),
        (
            GrossMargin(unit_cost="0.5 USD/h", price="2 CNY/h"),
            UnitMismatch,
            (
                "Line 'gross_margin': cannot subtract ratio (1) and USD/CNY (gross_margin.unit_cost ÷ "
                "gross_margin.price). Two currencies need an exchange rate with a date: multiply "
                "gross_margin.unit_cost ÷ gross_margin.price by assume('exchange_rate', '... CNY/USD', source=..., "
                "as_of=...)."
            ),
        ),
    ],
)
def test_what_pricing_refuses(line: CostLine, error: type[LedgerError], message: str) -> None:
    with pytest.raises(error) as caught:
        value(line)
    assert str(caught.value) == message
