"""Electricity and space of a machine."""

from __future__ import annotations

import pytest

from unitledger import Calendar, Ledger, Power, RackRent
from unitledger.errors import LedgerError, UnitMismatch, ValueRefused


def test_energy_of_a_server_with_eight_cards() -> None:
    power = Ledger("Server").add(Power(draw="5.2 kW/machine", tariff="0.1 USD/kWh"))

    assert str(power) == "power = 0.52 USD/machine/h"


def test_cooling_and_losses_raise_the_bill_by_the_pue() -> None:
    power = Ledger("Server").add(Power(draw="5200 W/machine", tariff="100 USD/MWh", pue="1.3 ratio"))

    assert power.value.magnitude == pytest.approx(0.52 * 1.3, rel=1e-14)


def test_what_the_draw_is_of_is_carried_through() -> None:
    assert Ledger("Card").add(Power(draw="700 W/gpu", tariff="0.6 CNY/kWh")).unit.spelling == "CNY/gpu/h"
    assert Ledger("All").add(Power(draw="45 kW", tariff="0.1 USD/kWh")).unit.spelling == "USD/h"


@pytest.mark.parametrize(
    ("terms", "error", "message"),
    [
        (
            {"draw": "5 kWh/machine", "tariff": "0.1 USD/kWh"},
            UnitMismatch,
            (
                "Line 'power', term 'draw' (electrical draw): expected kW, got 5 kWh/machine. It lacks a time: divide "
                "it by a duration, or write what it is per hour, month or year."
            ),
        ),
        (
            {"draw": "5 kW", "tariff": "0.1 W"},
            UnitMismatch,
            (
                "Line 'power', term 'tariff' (electricity price): expected USD/kWh, got 0.1 W. It measures power where "
                "USD per energy is asked for."
            ),
        ),
        (
            {"draw": "5 kW", "tariff": "10 kWh/USD"},
            UnitMismatch,
            "Line 'power', term 'tariff' (electricity price): expected USD/kWh, got 10 kWh/USD. It is upside down.",
        ),
        (
            {"draw": "5 kW", "tariff": "0.1 USD/kWh", "pue": "90 %"},
            ValueRefused,
            "Input 'power.pue': 90 % is below the least possible 100 %.",
        ),
    ],
)
def test_what_power_refuses(terms: dict[str, str], error: type[LedgerError], message: str) -> None:
    with pytest.raises(error) as caught:
        Ledger("Server").add(Power(**terms))
    assert str(caught.value) == message


def test_rent_of_a_rack_shared_by_four_machines() -> None:
    rack = Ledger("Server").add(RackRent(rent="1500 USD/rack/month", density="4 machine/rack"))

    assert str(rack) == "rack = 0.513699 USD/machine/h"
    assert rack.value.magnitude == pytest.approx(1500 / 730 / 4, rel=1e-14)


def test_the_month_is_the_ledgers_own() -> None:
    book = Ledger("Server", calendar=Calendar(360, 30))
    rack = book.add(RackRent(rent="1440 USD/rack/month", density="2 machine/rack"))

    assert str(rack.value) == "1 USD/machine/h"


def test_a_rent_without_a_time_is_refused() -> None:
    with pytest.raises(UnitMismatch) as caught:
        Ledger("Server").add(RackRent(rent="1500 USD/rack", density="4 machine/rack"))
    assert str(caught.value) == (
        "Line 'rack', term 'rent' (rent of a rack): expected USD/rack/month, got 1500 USD/rack. It lacks a time: "
        "divide it by a duration, or write what it is per hour, month or year."
    )


def test_an_empty_rack_has_no_rent_per_machine() -> None:
    with pytest.raises(ValueRefused) as refused:
        Ledger("Server").add(RackRent(rent="1500 USD/rack/month", density="0 machine/rack"))
    assert str(refused.value) == "Input 'rack.density': 0 machine/rack is not above 0 machine/rack."
