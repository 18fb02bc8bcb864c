"""The fall of a capability's cost as its planner meets it: size, arithmetic, utilisation, and what print overstates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import ValueRefused
from unitledger.templates.cost_trajectory import cost_trajectory
from unitledger.templates.training_run import training_run
from unitledger.units import Q


def test_a_smaller_model_on_newer_cards_serves_at_a_sixth_of_the_cost() -> None:
    book = cost_trajectory()

    assert book.values()["inference_factor"] == pytest.approx(70 / 175 * (1 - 0.58))
    assert str(book["inference_factor"]) == "inference_factor = 0.168 x"
    assert book.values("gpt3")["inference_factor"] == pytest.approx(1 - 0.58)
    assert book.value("future_cost") < Q("0.01 USD/Mtoken")


def test_the_printed_fall_of_the_cost_of_an_operation_is_the_one_that_the_training_run_computes() -> None:
    printed = cost_trajectory().values()["cost_per_work_reduction"]

    assert training_run().values()["reduction"] == pytest.approx(printed, rel=0.015)


def test_training_falls_by_less_than_the_printed_81_percent() -> None:
    book = cost_trajectory()

    assert book.values()["training_reduction"] == pytest.approx(1 - 0.42 / (0.462 / 0.213))
    assert book.values()["training_reduction"] < 0.81


def test_gopher_took_less_work_than_chinchilla_and_has_the_higher_loss() -> None:
    book = cost_trajectory()
    chinchilla, gopher = book.values("chinchilla"), book.values("gopher")

    assert gopher["train_work"] / chinchilla["train_work"] == pytest.approx(280 * 0.3 / (70 * 1.4))
    assert gopher["loss"] > chinchilla["loss"]


BOOK = cost_trajectory()


@given(split=st.floats(-1, 1))
def test_no_other_split_of_the_same_work_has_a_lower_loss(split: float) -> None:
    best = BOOK.values()
    parameters, tokens = best["best_parameters"] * 10**split, best["best_tokens"] / 10**split
    other = BOOK.with_settings({"chinchilla": {"parameters": parameters, "tokens": tokens}}).values()

    assert other["train_work"] == pytest.approx(best["train_work"])
    assert other["loss"] >= best["best_loss"] * (1 - 1e-12)
    assert other["best_parameters"] == pytest.approx(best["best_parameters"])


def test_a_loss_of_one_model_beside_the_cost_of_another_is_told() -> None:
    book = cost_trajectory()
    mixed = book.with_settings({"chinchilla": {"parameters": "280e9 parameter"}})

    assert book.raised() == ()
    assert mixed.raised() == ("The loss is of a model of another size than the cost against GPT-3.",)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"new_utilisation": 1.2}, "Input 'new_utilisation': 1.2 ratio is above the most possible 1 ratio."),
        ({"tokens": 0}, "Input 'tokens': 0 token is below the least possible 1 token."),
    ],
)
def test_settings_that_cannot_be_are_refused(setting: dict[str, float], message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        cost_trajectory().with_settings({"chinchilla": setting})

    assert str(refused.value) == message
