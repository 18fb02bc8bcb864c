"""Renting or owning for a private language model: the exercise as a budget, and what the document counts wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from unitledger.cli import main
from unitledger.errors import OptionRefused, ValueRefused
from unitledger.templates.private_deployment import private_deployment

BOOK = private_deployment()
BUY = "Own cards for {}: before energy and host they cost no more than a first year of rent."
LATER = "Rent for {} in the first year: own cards cost more than that, but pay back within their life."
RENT = "Rent in the cloud for {}: own cards do not pay back within their life."


def test_the_exercise_is_a_budget_of_both_halves() -> None:
    values = private_deployment().values("exercise")
    rent_of_a_year = 2.01 * 720 * 12
    tuning = 2 * 1 * 28

    assert values["cloud_year"] == pytest.approx(rent_of_a_year + tuning)
    assert values["own_total"] == 15000 + 2 * 200000
    assert values["break_even"] == pytest.approx(15000 / (2.01 * 720))
    assert values["budget"] == 15000 + tuning
    assert values["owner_allowance"] == pytest.approx(rent_of_a_year - 15000)


def test_the_exercise_recommends_own_inference_and_rented_fine_tuning() -> None:
    assert BOOK.advised("exercise") == (BUY.format("inference"), RENT.format("fine-tuning"))
    assert BOOK.raised("exercise") == ()


def test_the_workbook_of_the_exercise_says_so_on_its_first_sheet(tmp_path: Path) -> None:
    path = tmp_path / "exercise.xlsx"

    done = CliRunner().invoke(main, ["build", "private_deployment", "--option", "exercise", "-o", str(path)])

    assert done.exit_code == 0, done.output
    summary = load_workbook(path, data_only=True)["Summary"]
    said = [cell for row in summary.iter_rows(values_only=True) for cell in row]
    assert "First-year budget, each half the cheaper way is 15,056 CNY with exercise." in said
    assert f"Recommended: {BUY.format('inference')}" in said
    assert f"Recommended: {RENT.format('fine-tuning')}" in said
    assert {"Integrity: OK", "State: AS BUILT", "Alerts: 0"} <= set(said)


@pytest.mark.parametrize(
    ("price", "recommended"), [("17000 CNY/gpu", BUY), ("18000 CNY/gpu", LATER), ("53000 CNY/gpu", RENT)]
)
def test_what_is_recommended_follows_the_price_of_a_card(price: str, recommended: str) -> None:
    book = BOOK.with_settings({"exercise": {"card_price": price}})

    assert [text for text in book.advised("exercise") if "for inference" in text] == [recommended.format("inference")]


@given(
    price=st.floats(1, 1e6),
    rent=st.floats(0.1, 100),
    runs=st.floats(0.1, 10000),
    life=st.floats(0.2, 10),
)
def test_each_half_is_recommended_one_way_and_the_budget_takes_the_cheaper(
    price: float, rent: float, runs: float, life: float
) -> None:
    settings = {"card_price": price, "rent": rent, "runs": runs, "life": life}
    book = BOOK.with_settings({"exercise": settings})
    values, advised = book.values("exercise"), book.advised("exercise")

    for half in ("inference", "fine-tuning"):
        said = [text for text in advised if f" for {half}" in text]
        assert len(said) == 1
    assert values["budget"] <= min(values["cloud_year"], values["own_total"]) * (1 + 1e-12)


def test_a_month_has_thirty_days() -> None:
    assert BOOK.values("glm_9b")["month_rent"] == pytest.approx(2 * 2.01 * 24 * 30)


def test_one_card_holds_what_two_are_rented_for() -> None:
    assert BOOK.values("glm_9b")["infer_cards"] == 1
    assert "More cards are rented for inference than the model needs." in BOOK.raised("glm_9b")
    with pytest.raises(OptionRefused, match="The model does not fit into the cards that are rented for inference: set"):
        BOOK.with_settings({"glm_9b": {"memory": "10 GB/gpu", "cards": "1 gpu"}}).values("glm_9b")


def test_three_cards_finish_in_a_third_of_the_time_for_the_same_rent() -> None:
    values = BOOK.values("glm_9b")

    assert values["tune_cards"] == 3
    assert values["wall_time"] * 3 == pytest.approx(values["card_time"])
    assert values["billed_cost"] == pytest.approx(values["tune_cost"])
    assert values["serial_cost"] == pytest.approx(3 * values["tune_cost"])


def test_a_gigabyte_of_text_holds_a_quarter_of_the_tokens_that_the_document_counts() -> None:
    counted = BOOK.values("glm_9b")
    text = BOOK.with_settings({"glm_9b": {"data": "text"}}).values("glm_9b")

    assert counted["computed_tokens"] == 1e9
    assert text["computed_tokens"] == 0.25e9
    assert text["tune_cost"] == pytest.approx(counted["tune_cost"] / 4)


def test_low_rank_tuning_keeps_frozen_weights_and_two_thirds_of_the_work() -> None:
    full, low = BOOK.values("glm_9b"), BOOK.values("lora")

    assert low["tune_memory_real"] == pytest.approx(low["tune_memory"] + low["weights"])
    assert low["card_time_real"] / full["card_time"] == pytest.approx(0.67)
    assert full["card_time_real"] == pytest.approx(full["card_time"])
    assert any("frozen weights stay in memory" in text for text in BOOK.raised("lora"))


def test_a_life_that_is_negative_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        BOOK.with_settings({"exercise": {"life": "-3 year"}})

    assert str(refused.value) == "Input 'life': -3 year is below the least possible 0.0833333 year."


def test_training_on_no_tokens_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        BOOK.with_settings({"glm_9b": {"tokens": "0 token"}})

    assert str(refused.value) == "Input 'tokens': 0 token is below the least possible 1 token."
