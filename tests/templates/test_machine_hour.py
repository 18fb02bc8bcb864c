"""The hour of a card as an engineer asks for it: own cost, rent, and the card that the document divides by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.templates.machine_hour import machine_hour
from unitledger.units import Q

BOOK = machine_hour()
FULL_RATE = "Cards are taken to work at their peak rate all the time: cost per PFLOP/s is a lower bound."


def test_an_owned_h100_costs_a_third_of_its_rent() -> None:
    book = machine_hour()
    owned = 500_000 / 8 / (5 * 8760) + 10 / 8 * 0.1

    assert str(book["total_per_card"]) == "total_per_card = 1.55194 USD/gpu/h"
    assert book.values()["total_per_card"] == pytest.approx(owned, rel=1e-14)
    assert book.values()["rent_to_own"] == pytest.approx(39 / 8 / owned, rel=1e-14)


def test_at_the_low_rent_a_card_pays_after_three_years_of_use() -> None:
    book = machine_hour().with_settings({"tf32": {"offer": "low"}})
    hours = 62_500 / (2.5 - 0.125)

    assert book.values()["break_even_time"] == pytest.approx(hours)
    assert hours / 8760 == pytest.approx(3, rel=0.01)


def test_the_priced_machine_holds_faster_cards_than_the_document_divides_by() -> None:
    values = {option: BOOK.values(option)["total_per_compute"] for option in BOOK.options}

    assert {option: round(value, 2) for option, value in values.items()} == {
        "tf32": 3.72,
        "fp16": 1.86,
        "tf32_sxm": 3.14,
        "fp16_sxm": 1.57,
    }


def test_work_at_the_peak_rate_all_the_time_is_said_to_be_a_bound() -> None:
    assert BOOK.raised() == (FULL_RATE,)
    assert BOOK.with_settings({"tf32": {"utilisation": 0.5}}).raised() == ()


def test_a_rent_below_own_cost_is_pointed_out() -> None:
    book = machine_hour().with_settings({"tf32": {"machine_rent": "12 USD/machine/h", "utilisation": 0.5}})

    assert book.raised() == ("Renting a card costs no more than owning it.",)


@given(price=st.floats(1e4, 1e6), life=st.floats(1, 10), used=st.floats(0.05, 1))
def test_cost_per_arithmetic_times_arithmetic_is_the_cost_of_the_hour(price: float, life: float, used: float) -> None:
    book = BOOK.with_settings({"tf32": {"machine_price": price, "life": life, "utilisation": used}})

    for option in book.options:
        rate = book.value("compute", option).to("PFLOP/s/gpu").magnitude * used
        values = book.values(option)
        assert values["total_per_compute"] * rate == pytest.approx(values["total_per_card"])


def test_half_the_hours_usable_double_the_depreciation_and_leave_the_energy() -> None:
    half = BOOK.with_settings({"tf32": {"availability": 0.5}})

    assert half.values()["capex_per_card"] == pytest.approx(2 * BOOK.values()["capex_per_card"])
    assert half.value("energy_per_card") == Q("0.125 USD/gpu/h")


@pytest.mark.parametrize(
    ("setting", "error", "message"),
    [
        ({"life": "-5 year"}, ValueRefused, "Input 'life': -5 year is not above 0 year."),
        ({"life": 0}, ValueRefused, "Input 'life': 0 year is not above 0 year."),
        ({"cards": 7.5}, ValueRefused, "Input 'cards': 7.5 gpu/machine is not a whole number."),
        ({"utilisation": 1.2}, ValueRefused, "Input 'utilisation': 1.2 ratio is above the most possible 1 ratio."),
        (
            {"cards": 0},
            ValueRefused,
            "Input 'cards': 0 gpu/machine is below the least possible 1 gpu/machine.",
        ),
        (
            {"rent_low": "2.5 USD/machine/h"},
            UnitMismatch,
            "Input 'rent_low': expected USD/gpu/h, got 2.5 USD/machine/h.",
        ),
    ],
)
def test_settings_that_cannot_be_are_refused(
    setting: dict[str, str | float], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as refused:
        machine_hour().with_settings({"tf32": setting})

    assert str(refused.value).startswith(message)
