"""A training run as a manager reads it: four models, rented or on own cards, and what document 003 leaves unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import OptionRefused, UnitMismatch, ValueRefused
from unitledger.templates.machine_hour import machine_hour
from unitledger.templates.training_run import training_run
from unitledger.units import Q

BOOK = training_run()
MODELS = {
    "gpt3": (175e9, 300e9),
    "gopher": (280e9, 300e9),
    "mt_nlg": (530e9, 270e9),
    "palm": (540e9, 780e9),
}


@pytest.mark.parametrize(("option", "size"), MODELS.items())
def test_four_models_are_paid_in_two_ways_side_by_side(option: str, size: tuple[float, float]) -> None:
    work = 6 * size[0] * size[1]
    own_hour = 500_000 / 8 / (5 * 8760) + 10 / 8 * 0.1
    values = BOOK.values(option)

    assert values["rented_cost"] == pytest.approx(work / (4 * 275e12 * 0.462) / 3600 * 8.12)
    assert values["owned_cost"] == pytest.approx(work / (835e12 * 0.5) / 3600 * own_hour)
    assert values["cost"] == values["rented_cost"]


def test_the_report_shows_the_answer_beside_both_ways_of_paying() -> None:
    answer = training_run().answer

    assert answer is not None
    assert (answer.line, answer.better) == ("cost", "lower")
    assert answer.beside[:3] == ("rented_cost", "owned_cost", "rented_h100_cost")


def test_on_own_cards_gpt_3_costs_less_than_a_quarter_of_the_rent() -> None:
    assert str(BOOK["cost"]) == "cost = 1398072 USD"
    assert BOOK.value("cost", "gpt3_owned") == BOOK.value("owned_cost", "gpt3")
    assert BOOK.values("gpt3_owned")["cost"] < BOOK.values("gpt3")["cost"] / 4


@given(price=st.floats(1e4, 2e6), life=st.floats(1, 10))
def test_the_same_cards_rented_cost_as_much_more_as_their_hour(price: float, life: float) -> None:
    book = BOOK.with_settings({"gpt3": {"h100.machine_price": price, "h100.life": life}})
    hour = machine_hour().with_settings({"tf32": {"machine_price": price, "life": life}})

    for option in ("gpt3", "palm"):
        values = book.values(option)
        assert values["rented_h100_cost"] / values["owned_cost"] == pytest.approx(hour.values()["rent_to_own"])


def test_the_half_price_of_document_003_stands_apart_from_the_list_price() -> None:
    values = BOOK.values("gpt4_rented")

    assert values["cost"] == pytest.approx(283_237_500)
    assert values["discounted_cost"] == pytest.approx(values["cost"] / 2)
    assert values["local_cost"] == pytest.approx(values["discounted_cost"] * 7.1)
    assert values["cost_ratio"] == pytest.approx(1800 / 175 * 13_000 / 500)


def test_a_run_at_the_peak_rate_is_said_to_be_a_bound() -> None:
    bound = "Rented cards are taken to work at their peak rate all the time: the cost is a lower bound."

    assert BOOK.raised("gpt3") == ()
    for option in ("gpt3_rented", "gpt4_rented", "gpt4_turbo_rented"):
        assert BOOK.raised(option) == (bound,)


def test_duration_and_used_share_of_the_past_run_contradict_each_other() -> None:
    values = BOOK.values()

    assert values["achieved_utilisation"] == pytest.approx(6 * 175e9 * 300e9 / (1e4 * 125e12 * 14.8 * 86_400))
    assert BOOK.value("past.utilisation") == Q("0.213 ratio")
    assert values["achieved_utilisation"] < 0.2
    assert BOOK.value("run_time") == Q("14.8 day")
    assert values["past.elapsed_time"] < 13.7


def test_training_gpt_3_takes_44_cards_for_memory_alone() -> None:
    assert BOOK.value("memory") == Q("3500 GB")
    assert BOOK.value("cards_for_memory") == Q("44 gpu")

    few = BOOK.with_settings({"gpt3": {"fleet": "43 gpu"}})
    with pytest.raises(OptionRefused, match="The fleet has fewer cards than hold the run's memory: set fleet"):
        few.value("cost")


@pytest.mark.parametrize(
    ("setting", "error", "message"),
    [
        ({"tokens": 0}, ValueRefused, "Input 'tokens': 0 token is below the least possible 1 token."),
        (
            {"utilisation": "120 %"},
            ValueRefused,
            "Input 'utilisation': 1.2 ratio is above the most possible 1 ratio.",
        ),
        (
            {"tokens": "300e9 parameter"},
            UnitMismatch,
            "Input 'tokens': expected token, got 300000000000 parameter.",
        ),
    ],
)
def test_settings_that_cannot_be_are_refused(
    setting: dict[str, str | float], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as refused:
        training_run().with_settings({"gpt3": setting})

    assert str(refused.value).startswith(message)


def test_a_bill_in_two_currencies_is_refused() -> None:
    book = training_run()

    with pytest.raises(UnitMismatch) as refused:
        book.total("both", [book["cost"], book["local_cost"]])

    assert str(refused.value).startswith("Line 'both': cannot add USD (cost) and CNY (local_cost).")
