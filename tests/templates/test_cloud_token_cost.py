"""Token cost by the hour: the documents side by side, and what the levers of document 003 are in truth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.templates.cloud_token_cost import cloud_token_cost
from unitledger.templates.machine_hour import machine_hour
from unitledger.units import Q

BOOK = cloud_token_cost()


def test_eight_rented_a100_make_a_thousand_tokens_for_a_third_of_a_cent() -> None:
    book = cloud_token_cost()
    tokens = 8 * 312e12 * 0.213 / (2 * 175e9)

    assert book.value("token_rate").magnitude == pytest.approx(tokens)
    assert book.values()["token_cost"] == pytest.approx(19.22 / 3600 / tokens * 1000)
    assert str(book["token_cost"]) == "token_cost = 0.00351475 USD/ktoken"
    assert str(book["gross_margin"]) == "gross_margin = 82.4262 %"


def test_own_cards_and_rented_ones_stand_side_by_side() -> None:
    assert list(BOOK.options) == ["a100", "tpu_v4", "h100_owned", "h100_rented", "gpt4_turbo"]
    costs = {option: BOOK.values(option)["token_cost"] for option in BOOK.options}

    assert costs["a100"] / costs["h100_owned"] == pytest.approx(10, rel=0.03)
    assert costs["h100_rented"] / costs["h100_owned"] == pytest.approx(machine_hour().values()["rent_to_own"])


def test_an_owned_card_costs_what_the_machine_hour_says() -> None:
    book = BOOK.with_settings({"a100": {"h100.machine_price": "400000 USD/machine"}})
    hour = machine_hour().with_settings({"tf32": {"machine_price": "400000 USD/machine"}})

    assert BOOK.value("hour_cost", "h100_owned") == machine_hour().value("total_per_card")
    assert book.values("h100_owned")["hour_cost"] == hour.values()["total_per_card"]
    assert book.values("a100")["hour_cost"] == BOOK.values("a100")["hour_cost"]


def test_the_printed_gpt_4_turbo_cost_is_fifty_four_times_too_high() -> None:
    values = BOOK.values("gpt4_turbo")

    assert BOOK.value("computed_parameters", "gpt4_turbo") == Q("1.776e12 parameter")
    assert values["token_cost"] == pytest.approx(2 * 8 * 222e9 * 1000 / 1e14 * 3.93 / 3600)
    assert 2.09 / values["token_cost"] == pytest.approx(54, rel=0.01)


def test_the_printed_value_falls_as_the_rent_rises() -> None:
    dearer = BOOK.with_settings({"gpt4_turbo": {"card_rent": "7.86 USD/gpu/h"}})

    assert dearer.values("gpt4_turbo")["printed_value"] == pytest.approx(BOOK.values("gpt4_turbo")["printed_value"] / 2)
    assert dearer.values("gpt4_turbo")["token_cost"] == pytest.approx(BOOK.values("gpt4_turbo")["token_cost"] * 2)


def test_the_printed_value_is_refused_as_a_token_cost() -> None:
    book = cloud_token_cost()

    with pytest.raises(UnitMismatch) as refused:
        book.line("cost_as_printed", book["printed_value"], unit="USD/ktoken")

    assert str(refused.value) == (
        "Line 'cost_as_printed': the formula gives s h/USD, but the line is declared in USD/ktoken. "
        "They measure different things: USD per token against time^2 per USD."
    )
    assert "cost_as_printed" not in book


@pytest.mark.parametrize(("lever", "counted"), [("cards", "gpu"), ("batch", "request")])
def test_a_cost_divided_by_cards_or_requests_is_refused_as_a_token_cost(lever: str, counted: str) -> None:
    book = cloud_token_cost()

    with pytest.raises(UnitMismatch) as refused:
        book.line("cost_by_lever", book["token_cost"] / book[lever], unit="USD/ktoken")

    assert f"They differ by {counted}: multiply the formula by a count such as '1 {counted}'" in str(refused.value)
    assert "cost_by_lever" not in book


@given(cards=st.integers(1, 64), efficiency=st.floats(0.1, 1))
def test_more_cards_save_time_and_no_money(cards: int, efficiency: float) -> None:
    book = BOOK.with_settings({"a100": {"cards": cards, "scaling_efficiency": efficiency}})
    values = book.values()

    assert values["parallel_cost"] == pytest.approx(values["batch_cost"] / efficiency)
    assert values["parallel_cost"] >= values["batch_cost"]
    assert values["parallel_time"] == pytest.approx(1 / (cards * efficiency))
    # The printed lever gives a card's share: all the cards together cost what one would.
    assert values["printed_parallel_cost"] * cards == pytest.approx(values["token_cost"])


def test_a_batch_pays_until_the_peak_is_used_as_far_as_it_can_be() -> None:
    costs = {}
    for batch in (1, 5, 10, 20):
        costs[batch] = BOOK.with_settings({"a100": {"batch": batch}}).values()["batch_cost"]

    assert costs[5] == pytest.approx(costs[1] / 5)
    assert costs[10] == pytest.approx(costs[1] / 10)
    assert costs[20] == costs[10]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            {"parameters": "0 parameter"},
            "Input 'parameters': 0 parameter is below the least possible 1 parameter.",
        ),
        (
            {"paying": "lease"},
            "Input 'paying': expected one of machine rent, card rent, rented H100, own H100, got 'lease'.",
        ),
        ({"optimisation": 1.1}, "Input 'optimisation': 1.1 ratio is above the most possible 1 ratio."),
    ],
)
def test_settings_that_cannot_be_are_refused(setting: dict[str, str | float], message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        cloud_token_cost().with_settings({"a100": setting})

    assert str(refused.value) == message
