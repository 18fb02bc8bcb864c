"""The hour of a machine, sold and idle, and its tokens."""

from __future__ import annotations

import pytest

from unitledger import (
    CapexAmortization,
    CostLine,
    CostPerToken,
    IdleTime,
    Ledger,
    MachineHour,
    Power,
    RackRent,
    SoldHour,
    Throughput,
    Unit,
)
from unitledger.errors import UnitMismatch, ValueRefused


def test_from_the_price_of_a_server_to_the_price_of_a_token() -> None:
    book = Ledger("Server with eight cards")
    hour = book.add(
        MachineHour(
            depreciation=book.add(CapexAmortization(price="40000 USD/machine", life="3 year")),
            energy=book.add(Power(draw="5.2 kW/machine", tariff="0.1 USD/kWh")),
            rack=book.add(RackRent(rent="1500 USD/rack/month", density="4 machine/rack")),
        )
    )
    rate = book.add(Throughput(batch="330 token/step/machine", step_time="27 ms/step"))
    token = book.add(CostPerToken(hour_cost=hour, throughput=rate))

    assert hour.value.magnitude == pytest.approx(2.5558, abs=5e-5)
    assert str(rate.value) == "44 Mtoken/machine/h"
    assert token.unit.spelling == "USD/Mtoken"
    assert token.value.magnitude == pytest.approx((40000 / 26280 + 0.52 + 1500 / 730 / 4) / 44, rel=1e-14)


def test_network_and_staff_come_on_top_where_given() -> None:
    parts = {"depreciation": "1.5 USD/machine/h", "energy": "0.5 USD/machine/h", "rack": "0.5 USD/machine/h"}
    bare = Ledger("Machine").add(MachineHour(**parts))
    staffed = Ledger("Machine").add(MachineHour(**parts, other="0.24 USD/machine/h"))

    assert str(bare.value) == "2.5 USD/machine/h"
    assert str(staffed.value) == "2.74 USD/machine/h"


def test_costs_per_machine_and_per_gpu_do_not_add_up() -> None:
    with pytest.raises(UnitMismatch) as caught:
        Ledger("Machine").add(
            MachineHour(depreciation="1.5 USD/machine/h", energy="0.5 USD/gpu/h", rack="0.5 USD/machine/h")
        )
    assert str(caught.value) == (
        "Line 'machine_hour': cannot add USD/machine/h (machine_hour.depreciation) and USD/gpu/h "
        "(machine_hour.energy). They differ by gpu/machine: a count is missing in one, or one too many in the other."
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


def test_a_machine_sold_a_third_of_the_time() -> None:
    book = Ledger("Machine")
    hour = book.assume("hour", "2.5 USD/machine/h")
    load = book.assume("load", "30 %")
    idle = book.add(IdleTime(hour_cost=hour, load=load))
    sold = book.add(SoldHour(hour_cost=hour, load=load))
    together = book.total("together", [hour, idle])

    assert sold.value.magnitude == pytest.approx(2.5 / 0.3, rel=1e-14)
    assert together.value.magnitude == pytest.approx(sold.value.magnitude, rel=1e-14)


def test_a_machine_that_never_idles_carries_no_idle_time() -> None:
    assert str(Ledger("Machine").add(IdleTime(hour_cost="2.5 USD/machine/h", load="100 %")).value) == "0 USD/machine/h"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (SoldHour(hour_cost="2.5 USD/machine/h", load="0 %"), "Input 'sold_hour.load': 0 % is not above 0 %."),
        (IdleTime(hour_cost="2.5 USD/machine/h", load="0 %"), "Input 'idle_time.load': 0 % is not above 0 %."),
        (
            Throughput(batch="330 token/step/machine", step_time="0 ms/step"),
            "Input 'throughput.step_time': 0 ms/step is not above 0 ms/step.",
        ),
        (
            CostPerToken(hour_cost="2.5 USD/machine/h", throughput="0 Mtoken/machine/h"),
            "Input 'cost_per_token.throughput': 0 Mtoken/machine/h is not above 0 Mtoken/machine/h.",
        ),
    ],
)
def test_what_is_divided_by_is_not_nothing(line: CostLine, message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        Ledger("Machine").add(line)
    assert str(refused.value) == message


def test_the_currency_of_the_hour_is_that_of_the_token() -> None:
    token = Ledger("Machine").add(CostPerToken(hour_cost="18 CNY/gpu/h", throughput="2000 token/s/gpu"))

    assert str(token.value) == "2.5 CNY/Mtoken"


def test_an_hour_per_machine_over_tokens_per_gpu_keeps_what_does_not_cancel() -> None:
    token = Ledger("Machine").add(CostPerToken(hour_cost="18 USD/machine/h", throughput="2000 token/s/gpu"))

    assert token.unit == Unit.parse("USD gpu/(machine Mtoken)")
