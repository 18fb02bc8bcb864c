"""A training run worked out by hand: work, hours with failures, energy, and what cannot be."""

from __future__ import annotations

from functools import cache

import pytest

from unitledger.errors import OptionRefused, ValueRefused
from unitledger.ledger import Ledger
from unitledger.templates import find
from unitledger.templates._goodput import checkpointing
from unitledger.units import Unit, magnitude

FAILURES = {
    "observed_failures": "5 failure",
    "observed_cards": "200 gpu",
    "observed_time": "1000 h",
    "checkpoint_time": "36 s",
    "restart_time": "6 min/failure",
}
PLAIN = {
    **FAILURES,
    "stated_parameters": "5e9 parameter",
    "attention_counted": "left out",
    "tokens": "1e11 token",
    "card": "own",
    "own_card.rate_bf16": "500 TFLOP/s/gpu",
    "own_card.card_power": "500 W/gpu",
    "utilisation": "0.5 ratio",
    "cards": "100 gpu",
    "agreed_rent": "3 USD/gpu/h",
}
"""3e21 FLOP at 2.5e14 FLOP/s of a card are 1.2e7 card seconds; a failure in 40,000 card hours, so every 400 hours."""


@cache
def template() -> Ledger:
    return find("training_programme")()


def plain(**settings: str) -> Ledger:
    book = template()
    return book.with_settings({book.base: {**PLAIN, **settings}})


def value(book: Ledger, line: str, unit: str, option: str | None = None) -> float:
    return magnitude(book.value(line, option), Unit.parse(unit))


def test_hours_with_failures_by_hand() -> None:
    book = plain(interval_rule="asked", asked_interval="4 h")

    assert value(book, "work", "FLOP") == 3e21
    assert value(book, "busy_hours", "gpu h") == pytest.approx(1.2e7 / 3600)
    assert value(book, "failure_interval", "h/failure") == pytest.approx(400)
    # A hundredth of an hour in four, two hours of work and a tenth of an hour of restart in four hundred.
    assert value(book, "lost_time", "ratio") == pytest.approx(0.0025 + 0.005 + 0.00025)
    hours = 1.2e7 / 3600 / 0.99225
    assert value(book, "card_hours", "gpu h") == pytest.approx(hours)
    assert value(book, "duration", "h") == pytest.approx(hours / 100)
    assert value(book, "mfu", "ratio") == pytest.approx(0.5 * 0.99225)
    assert value(book, "cost", "USD") == pytest.approx(3 * hours)
    assert value(book, "it_energy", "kWh") == pytest.approx(hours / 2)


def test_energy_emissions_and_water_by_hand() -> None:
    book = plain(
        measured_energy="200 MWh", pue="1.25 ratio", intensity="0.4 kgCO2e/kWh", water_intensity="1.8 L/kWh",
        tariff="0.1 USD/kWh", hours="published", published_hours="500000 gpu h", published_emissions="75 tCO2e",
    )  # fmt: skip

    assert value(book, "emissions", "tCO2e") == pytest.approx(100)
    assert value(book, "water", "L") == pytest.approx(450_000)
    assert value(book, "energy_cost", "USD") == pytest.approx(25_000)
    assert value(book, "mean_power", "W/gpu") == pytest.approx(400)
    # 75 t over half a kilowatt for 500,000 hours, 312.5 MWh with the facility.
    assert value(book, "implied_intensity", "kgCO2e/kWh") == pytest.approx(0.24)


def test_intervals_between_checkpoints_by_hand() -> None:
    book = plain()

    # Twice 36 s times 1,440,000 s; with the restart 1,440,360 s. Of Daly the share is a 80,000th.
    young = 10182.337649086286
    assert value(book, "young", "s") == pytest.approx(young)
    assert value(book, "restart_young", "s") == pytest.approx(10183.610362546096)
    assert value(book, "daly", "s") == pytest.approx(young * (1 + 0.0035355339059327 / 3 + 1.25e-5 / 9) - 36)
    assert value(book, "available", "s") == pytest.approx(10219.673994827548)
    # Where a checkpoint takes twice as long as until the next failure, Daly's is that time.
    slow = checkpointing().with_settings(
        {"llama_3_1_405b": {**FAILURES, "cards": "100 gpu", "observed_time": "1 h", "checkpoint_time": "3000 s"}}
    )
    assert value(slow, "daly", "s") == pytest.approx(1440)


def test_hosts_fail_beside_their_cards() -> None:
    book = plain(host_failure_rate="0.438 failure/host/year", gpus_per_host="4 gpu/host")

    # One in 40,000 card hours, and one in 20,000 host hours, which are 80,000 card hours.
    assert value(book, "mtbf", "gpu h/failure") == pytest.approx(80_000 / 3)


def test_work_of_experts_and_attention_by_hand() -> None:
    book = template().with_settings({"qwen_3_235b_a22b": {"sequence": "4096 token/sequence"}})

    # 6 x 21,568,433,664 parameters, and 6 x 94 layers x 64 heads of 128 x 4,096 tokens seen in the mean of a pass.
    per_token = 6 * 21_568_433_664 + 6 * 94 * 64 * 128 * 4096
    assert value(book, "work", "FLOP", "qwen_3_235b_a22b") == pytest.approx(per_token * 36e12)
    again = plain(recomputed="1 ratio")
    assert value(again, "work_done", "FLOP") == 4e21
    assert value(again, "hfu", "ratio") == pytest.approx(value(again, "mfu", "ratio") * 4 / 3)


def test_compute_optimal_sizes_by_hand() -> None:
    book = plain()

    # 5e20 parameters times tokens: 5e9 of 1e11 at 20 each.
    assert value(book, "rule_parameters", "parameter") == pytest.approx(5e9)
    assert value(book, "rule_tokens", "token") == pytest.approx(1e11)
    # The fit with equal powers and factors puts as many parameters as tokens.
    even = plain(coeff_n="400 ratio", coeff_d="400 ratio", exponent_n="0.3 ratio", exponent_d="0.3 ratio")
    assert value(even, "best_parameters", "parameter") == pytest.approx(5e20**0.5)
    halved = plain(law_coefficient="2 token", law_exponent="0.5 ratio")
    assert value(halved, "law_tokens", "token") == pytest.approx(2 * 3e21**0.5)


def test_what_cannot_be_trained_is_told() -> None:
    def refused(book: Ledger, option: str) -> str:
        with pytest.raises(OptionRefused) as found:
            book.values(option)
        return str(found.value)

    endless = plain(observed_time="1 min")
    assert "Failures and checkpoints take all the time: the run does not end." in refused(endless, endless.base)
    unpublished = template().with_settings({"qwen_3_235b_a22b": {"hours": "published"}})
    assert "No card hours are published of this run: set hours to 'worked out'." in refused(
        unpublished, "qwen_3_235b_a22b"
    )
    tpu = template().with_settings({"llama_3_1_8b": {"card": "tpu_v5p"}})
    assert "The sources give no draw of this card: set measured_energy, or the card 'own'." in refused(
        tpu, "llama_3_1_8b"
    )
    more = plain(**{"model": "own", "own.experts": "4 expert/layer", "own.active_experts": "8 expert/layer"})
    assert "A token cannot use more experts than there are: set own.experts." in refused(more, more.base)


@pytest.mark.parametrize(
    ("name", "impossible", "said"),
    [
        ("utilisation", "1.1 ratio", "above the most possible 1 ratio"),
        ("sequence", "0 token/sequence", "above 0 token/sequence"),
        ("observed_failures", "-1 failure", "above 0 failure"),
        ("host_failure_rate", "-1 failure/host/year", "below the least possible 0 failure/host/year"),
        ("checkpoint_time", "0 s", "above 0 s"),
        ("cards", "0 gpu", "below the least possible 1 gpu"),
        ("pue", "0.9 ratio", "below the least possible 1 ratio"),
    ],
)
def test_impossible_inputs_are_refused_by_name(name: str, impossible: str, said: str) -> None:
    with pytest.raises(ValueRefused, match=f"^Input '{name}': ") as refused:
        plain(**{name: impossible})
    assert said in str(refused.value)
