"""The ready-made serving ledger as its users meet it: the answer, its options, its conditions and its limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import up_to

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.templates.serving_comparison import serving_comparison
from unitledger.templates.serving_cost import serving_cost
from unitledger.templates.serving_latency_and_throughput import serving_latency_and_throughput
from unitledger.units import Q

HOUR = 3600


def test_eight_rtx_4090_sell_a_million_tokens_for_six_cents() -> None:
    book = serving_cost()
    hour = 40000 / (3 * 8760) + (8 * 0.4 + 2) * 0.1 + 1500 / 730 / 4
    exchanges = 160 * 330 * 8192 * 2 / 32e9
    tokens = 330 / exchanges * HOUR / 1e6

    assert book.values()["token_cost"] == pytest.approx(hour / tokens, rel=1e-12)
    assert str(book["token_cost"]) == "token_cost = 0.0581579 USD/Mtoken"
    assert str(book["tokens_per_usd"]) == "tokens_per_usd = 17.1946 Mtoken/USD"


def test_options_are_servers_clusters_and_a_farm() -> None:
    book = serving_cost()

    assert list(book.options) == ["rtx4090", "h100", "design1", "design2", "design3", "farm", "rtx4090_fp32"]
    assert str(book.value("token_cost", "h100")) == "0.0661245 USD/Mtoken"
    assert str(book.value("machine_hour", "farm")) == "1.50104 USD/machine/h"
    assert [book.setting("scheme", option).value for option in book.options] == [
        "tensor",
        "tensor",
        "pipeline",
        "tensor",
        "hybrid",
        "tensor",
        "tensor",
    ]


def test_the_headline_is_the_token_cost_beside_what_makes_it() -> None:
    answer = serving_cost().answer

    assert answer is not None
    assert (answer.line, answer.better) == ("token_cost", "lower")
    assert answer.beside == ("tokens_per_usd", "machine_hour", "throughput")


def test_half_the_load_doubles_the_token_cost() -> None:
    book = serving_cost()
    half = book.with_settings({"rtx4090": {"load": 0.5}})

    for option in book.options:
        assert half.values(option)["token_cost"] == pytest.approx(2 * book.values(option)["token_cost"])


BOOK = serving_cost()


@given(load=st.floats(0.01, 1), tariff=up_to(1), life=st.floats(1, 10))
def test_token_cost_and_tokens_for_a_dollar_are_two_sides_of_one_figure(
    load: float, tariff: float, life: float
) -> None:
    book = BOOK.with_settings({"rtx4090": {"load": load, "tariff": tariff, "life": life}})

    for option in book.options:
        values = book.values(option)
        assert values["token_cost"] * values["tokens_per_usd"] == pytest.approx(1)
        assert values["break_even_load"] == pytest.approx(load / values["api_multiple"])


def test_rates_are_those_of_the_latency_ledger() -> None:
    cost, latency = serving_cost(), serving_latency_and_throughput()

    for option in ("rtx4090", "h100"):
        for line in ("pipeline_token_time", "tensor_token_time", "pipeline_group_rate", "tensor_group_rate"):
            assert cost.values(option)[line] == latency.values(option)[line]


NO_ROOM = (
    "Memory: The cache of this batch at this context does not fit beside the weights; "
    "see the largest batch and the longest context."
)
FP16_SUMS = (
    "The peak rate is an RTX 4090's with FP16 sums, as printed; other cards' are with FP32 sums, here "
    "165.2 TFLOP/s/gpu. The option with FP32 sums compares like with like."
)
TOO_DEAR = "At this load a token costs more than the API asks."


def test_the_balanced_batch_does_not_fit_in_memory_in_any_option() -> None:
    book = serving_cost()

    for option in book.options:
        assert NO_ROOM in book.raised(option)
    assert str(book["capacity.max_context"]) == "capacity.max_context = 60 token/prompt"


def test_the_batch_that_fits_costs_more_than_the_api() -> None:
    book = serving_cost().with_settings({"rtx4090": {"batch": "4 prompt"}})

    assert book.raised("rtx4090") == (FP16_SUMS, TOO_DEAR)


def test_a_short_context_lets_the_balanced_batch_fit() -> None:
    book = serving_cost().with_settings({"rtx4090": {"capacity.context": "60 token/prompt"}})

    assert book.raised("rtx4090") == (FP16_SUMS,)
    assert book.raised("design1") == (FP16_SUMS, NO_ROOM)


def test_like_for_like_an_h100_serves_for_less() -> None:
    book = serving_cost()
    cost = {option: book.values(option)["token_cost"] for option in book.options}

    assert [option for option in book.options if FP16_SUMS not in book.raised(option)] == ["h100", "rtx4090_fp32"]
    assert cost["rtx4090"] < cost["h100"] < cost["rtx4090_fp32"]
    # Eight cards compute for 330 prompts longer than they exchange.
    computing = 330 * 2 * 70e9 / 8 / 165.2e12
    assert cost["rtx4090_fp32"] == pytest.approx(book.values()["machine_hour"] / (330 / computing * HOUR / 1e6))

    compared = serving_comparison()
    assert list(compared.options) == ["machines", "fp32_sums"]
    assert compared.values("machines")["token_cost_excess"] == pytest.approx(cost["h100"] / cost["rtx4090"] - 1)
    assert compared.values("fp32_sums")["token_cost_excess"] == pytest.approx(cost["h100"] / cost["rtx4090_fp32"] - 1)
    assert not any(FP16_SUMS in alert for alert in compared.raised("fp32_sums"))


def test_pipeline_stages_hold_the_cache_of_every_batch_in_flight() -> None:
    book = serving_cost().with_settings({"rtx4090": {"batch": "4 prompt", "scheme": "pipeline"}})

    assert book.values("rtx4090")["prompts_in_flight"] == 32
    assert NO_ROOM in book.raised("rtx4090")


def test_a_load_below_break_even_costs_more_than_the_api() -> None:
    book = serving_cost().with_settings({"rtx4090": {"load": 0.029}})

    assert TOO_DEAR in book.raised("rtx4090")
    assert TOO_DEAR not in book.raised("farm")


def test_what_is_left_out_is_named() -> None:
    assert {"staff", "cooling and power losses (PUE is 1)", "reading the key/value cache"} <= set(
        serving_cost().exclusions
    )


@pytest.mark.parametrize(
    ("setting", "error", "message"),
    [
        ({"load": 1.5}, ValueRefused, "Input 'load': 1.5 ratio is above the most possible 1 ratio."),
        (
            {"scheme": "pipelined"},
            ValueRefused,
            "Input 'scheme': expected one of pipeline, tensor, hybrid, got 'pipelined'. Did you mean 'pipeline'?",
        ),
        (
            {"gpus": "-8 gpu/machine"},
            ValueRefused,
            "Input 'gpus': -8 gpu/machine is not above 0 gpu/machine.",
        ),
        ({"load": 0}, ValueRefused, "Input 'load': 0 ratio is not above 0 ratio."),
        ({"gpus": 7.5}, ValueRefused, "Input 'gpus': 7.5 gpu/machine is not a whole number."),
        (
            {"tariff": "0.1 EUR/kWh"},
            UnitMismatch,
            (
                "Input 'tariff': expected USD/kWh, got 0.1 EUR/kWh. Convert it with an exchange rate that has a "
                "date: the value * assume('exchange_rate', '... USD/EUR', source=..., as_of=...)."
            ),
        ),
    ],
)
def test_settings_that_cannot_be_are_refused(
    setting: dict[str, str | float], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as refused:
        serving_cost().with_settings({"rtx4090": setting})

    assert str(refused.value) == message


def test_compared_machines_share_tariff_and_load() -> None:
    book = serving_comparison()
    dear = book.with_settings({"machines": {"rtx4090.tariff": "1 USD/kWh"}})

    assert "h100.tariff" not in book
    assert dear.value("h100.energy") == Q("10 USD/machine/h")
    assert dear.value("farm.energy") == Q("5 USD/machine/h")


def test_a_residual_value_above_the_price_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        serving_cost().with_settings({"h100": {"residual": "150 %"}})
    assert str(refused.value) == "Input 'residual': 150 % is above the most possible 100 %."


def test_protocol_time_slows_every_hop_of_a_pipeline() -> None:
    book = serving_cost()
    slow = book.with_settings({book.base: {"hop_overhead": "0.25 ms"}})

    # design1: eight hops in a row; design3: two hosts, so one hop there and one back; a tensor group has no hops.
    for option, hops in (("design1", 8), ("design3", 2), ("rtx4090", 0)):
        before, after = book.value("token_time", option), slow.value("token_time", option)
        assert after.magnitude - before.magnitude == pytest.approx(hops * 0.25, abs=1e-12)
