"""The hour of a machine, what idle time adds, and its tokens: totals and divisions of cost lines."""

from __future__ import annotations

import pytest

from unitledger import CapexAmortization, Ledger, Power, RackRent, Unit
from unitledger.errors import UnitMismatch


def test_from_the_price_of_a_server_to_the_price_of_a_token() -> None:
    book = Ledger("Server with eight cards")
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))
    energy = book.add(Power(draw="5.2 kW/machine", tariff="0.1 USD/kWh"))
    rack = book.add(RackRent(rent="1500 USD/rack/month", density="4 machine/rack"))
    hour = book.total("machine_hour", [capex, energy, rack])
    batch, step = book.assume("batch", "330 token/step/machine"), book.assume("step_time", "27 ms/step")
    rate = book.line("throughput", batch / step, "Mtoken/machine/h")
    token = book.line("token_cost", hour / rate, "USD/Mtoken")

    assert hour.value.magnitude == pytest.approx(2.5558, abs=5e-5)
    assert str(rate.value) == "44 Mtoken/machine/h"
    assert token.value.magnitude == pytest.approx((40000 / 26280 + 0.52 + 1500 / 730 / 4) / 44, rel=1e-14)


def test_costs_per_machine_and_per_gpu_do_not_add_up() -> None:
    book = Ledger("Machine")
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))
    energy = book.add(Power(draw="650 W/gpu", tariff="0.1 USD/kWh"))

    with pytest.raises(UnitMismatch) as caught:
        book.total("machine_hour", [capex, energy])
    assert str(caught.value) == (
        "Line 'machine_hour': cannot add USD/machine/h (capex) and USD/gpu/h (power). They differ by gpu/machine: a "
        "count is missing in one, or one too many in the other."
    )


def test_a_total_in_two_currencies_asks_for_an_exchange_rate() -> None:
    book = Ledger("Machine")
    capex = book.add(CapexAmortization(price="40000 USD", life="3 year"))
    power = book.add(Power(draw="5 kW", tariff="0.6 CNY/kWh"))

    with pytest.raises(UnitMismatch) as caught:
        book.total("hour", [capex, power])
    assert str(caught.value) == (
        "Line 'hour': cannot add USD/h (capex) and CNY/h (power). Two currencies need an exchange rate with a date: "
        "multiply power by assume('exchange_rate', '... USD/CNY', source=..., as_of=...)."
    )


def test_a_rate_where_a_total_is_needed_is_refused() -> None:
    book = Ledger("Machine")
    capex = book.add(CapexAmortization(price="40000 USD", life="3 year"))
    support = book.assume("support", "500 USD")

    with pytest.raises(UnitMismatch) as caught:
        book.total("bill", [support, capex])
    assert str(caught.value) == (
        "Line 'bill': cannot add USD (support) and USD/h (capex). One is a rate over time and the other is not: "
        "multiply capex by a duration, or divide support by one."
    )


def test_the_currency_of_the_hour_is_that_of_the_token() -> None:
    book = Ledger("Machine")
    hour, rate = book.assume("hour", "18 CNY/gpu/h"), book.assume("rate", "2000 token/s/gpu")

    assert str(book.line("token_cost", hour / rate, "CNY/Mtoken").value) == "2.5 CNY/Mtoken"


def test_an_hour_per_machine_over_tokens_per_gpu_keeps_what_does_not_cancel() -> None:
    book = Ledger("Machine")
    hour, rate = book.assume("hour", "18 USD/machine/h"), book.assume("rate", "2000 token/h/gpu")

    assert book.line("token_cost", hour / rate).unit == Unit.parse("USD gpu/(machine token)")
