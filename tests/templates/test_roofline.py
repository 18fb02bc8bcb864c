"""Ceilings of serving by hand, and the largest batch that meets a target against trying every one."""

from __future__ import annotations

from functools import cache

import pytest

from unitledger.errors import OptionRefused, ValueRefused
from unitledger.ledger import Ledger
from unitledger.templates import find
from unitledger.units import Unit, magnitude

PLAIN = {
    "weights": "10 GB",
    "active_parameters": "5e9 parameter",
    "cache_sequence": "0.1 GB/sequence",
    "cache_full": "0.1 GB/sequence",
    "cards": "1 gpu",
    "peak": "100 TFLOP/s/gpu",
    "memory_bandwidth": "1 TB/s/gpu",
    "memory": "16 GB/gpu",
    "reserve": "0 ratio",
    "rent": "3.6 USD/gpu/h",
    "prefill_use": "0.5 ratio",
    "sharing": "left out",
    "prompt": "1000 token/sequence",
    "output": "100 token/sequence",
    "target": "12 ms/token",
    "measured_rate": "10 token/s",
}
"""Weights are read in 10 ms, the cache of a sequence in 0.1 ms, and a token of a sequence is worked out in 0.1 ms."""


@cache
def template(name: str) -> Ledger:
    return find(name)()


def plain(**settings: str) -> Ledger:
    book = template("roofline")
    return book.with_settings({book.base: {**PLAIN, **settings}})


def value(book: Ledger, line: str, unit: str, option: str | None = None) -> float:
    return magnitude(book.value(line, option), Unit.parse(unit))


def test_a_step_of_each_kind_by_hand() -> None:
    few = plain(asked="10 sequence")
    assert value(few, "step", "ms") == pytest.approx(1 + 10)
    many = plain(asked="120 sequence")
    assert value(many, "step", "ms") == pytest.approx(12 + 12)
    assert value(plain(asked="120 sequence", combine="overlap"), "step", "ms") == pytest.approx(10 + 12)
    assert value(plain(asked="10 sequence", overhead="2 ms"), "step", "ms") == pytest.approx(1 + 10 + 2)


def test_the_largest_batch_that_meets_a_target_and_what_it_costs() -> None:
    book = plain()

    assert value(book, "batch_limit", "sequence") == 60
    assert value(book, "batch", "sequence") == 20
    assert value(book, "token_time", "ms/token") == pytest.approx(12)
    assert value(book, "prefill_time", "ms") == pytest.approx(200)
    # Of 100 tokens, 200 ms for their prompt and a twentieth of 100 steps; a second costs a tenth of a cent.
    assert value(book, "output_rate", "token/s") == pytest.approx(100 / 0.26)
    assert value(book, "token_cost", "USD/Mtoken") == pytest.approx(2.6)
    assert value(book, "decode_cost", "USD/Mtoken") == pytest.approx(0.6)
    assert value(plain(cached_share="0.5 ratio"), "first_token", "ms") == pytest.approx(100)


def test_drafts_lengthen_the_step_that_the_target_allows() -> None:
    book = plain(drafted="1 ratio", acceptance="0.5 ratio", draft_cost="0.25 ratio")

    # 1.5 tokens in a step that takes 1.25 of its time: 14.4 ms meet the target, of which 4.4 are for the cache.
    assert value(book, "speedup", "ratio") == pytest.approx(1.2)
    assert value(book, "batch", "sequence") == 44


def test_exchanges_of_groups_by_hand() -> None:
    four = plain(
        cards="4 gpu", sharing="tensor", layers="10 layer", hidden="1000 value/token", link="100 GB/s",
        hop_latency="1 us", asked="10 sequence",
    )  # fmt: skip
    # Twice three quarters of 20 kB at 100 GB/s are 0.3 us, with six hops; two in each of ten layers.
    assert value(four, "exchange_once", "us") == pytest.approx(0.3 + 6)
    assert value(four, "exchange_time", "us") == pytest.approx(20 * 6.3)
    assert value(four, "step", "ms") == pytest.approx((1 + 10) / 4 + 0.126)


def test_no_batch_that_meets_the_target_is_told() -> None:
    told = "No batch meets the target; what follows is for one sequence."
    assert plain(target="5 ms/token").raised("tpu_v5e") == (told,)


def test_what_does_not_fit_is_told_of_plain_figures_and_refused_by_name() -> None:
    told = "The batch does not fit into the memory beside the weights: set cards, or asked."
    assert plain(asked="61 sequence").raised("tpu_v5e") == (told,)
    book = template("roofline_serving")
    for name, given, asked in (("asked", "9000 sequence", "9000"), ("model", "deepseek_v3", "0")):
        with pytest.raises(OptionRefused) as refused:
            book.with_settings({"h100": {name: given}}).value("token_cost", "h100")
        assert str(refused.value).startswith(
            f"Option 'h100' is refused: {told} There asked = {asked} sequence, cards = 4 gpu, reserve = 0.05, "
            "prompt = 2000 token/sequence, output = 500 token/sequence and "
        )
        assert name in refused.value.args[1]


@pytest.mark.parametrize("target", [3.1, 4.7, 9.0, 23.0])
def test_with_experts_the_batch_found_is_the_largest_of_all(target: float) -> None:
    book = plain(expert_share="0.9 ratio", expert_use="0.05 ratio", target=f"{target} ms/token")

    def step(batch: int) -> float:
        read = 0.9 * (1 - 0.95**batch) + 0.1
        return 0.1 * batch + max(10 * read, 0.1 * batch)

    assert value(book, "batch", "sequence") == max(batch for batch in range(1, 61) if step(batch) <= target)


def test_a_model_on_cards_by_name() -> None:
    book = template("roofline_serving")
    book = book.with_settings({"h100": {"model": "llama_3_1_8b", "card": "l40s", "cards": "1 gpu"}})

    # 8 bits of 8,030,261,248 parameters at 69 % of 864 GB/s; 131,072 B for each of 2,250 tokens of a sequence.
    assert value(book, "weight_time", "ms", "h100") == pytest.approx(8.030261248 / (0.69 * 0.864))
    assert value(book, "cache_mean", "B/sequence", "h100") == 131072 * 2250
    # 2 x 7,504,924,672 for each of 2,000 tokens and 2 x 8,192 x 32 for half of their square, at 40 % of 733 TFLOP/s.
    work = 2 * 7504924672 * 2000 + 2 * 8192 * 32 * 2000**2 / 2
    assert value(book, "prefill_time", "s", "h100") == pytest.approx(work / (0.4 * 733e12))
    assert value(book, "rent", "USD/gpu/h", "h100") == 1.5484


@pytest.mark.parametrize(
    ("card", "near"),
    [("h20_sxm", "h200_sxm"), ("H100", "h100_sxm"), ("H200 SXM", "h200_sxm"), ("rtx-5090", "rtx_5090")],
)
def test_a_card_written_otherwise_is_refused_with_the_near_one(card: str, near: str) -> None:
    with pytest.raises(ValueRefused, match=f"^Input 'card': expected one of .* Did you mean '{near}'"):
        template("roofline_serving").with_settings({"h100": {"card": card}})


@pytest.mark.parametrize("option", ["h100", "gpt_oss"])
def test_each_point_of_the_frontier_is_what_that_batch_gives(option: str) -> None:
    book = template("roofline_serving")
    for batch in (1, 96, 256):
        there = book.with_settings({option: {"asked": f"{batch} sequence"}})
        for column, line, unit in (
            ("frontier_time", "token_time", "ms/token"),
            ("frontier_rate", "card_rate", "token/s/gpu"),
            ("frontier_cost", "token_cost", "USD/Mtoken"),
        ):
            point = value(book, f"{column}@batch of {batch}", unit, option)
            assert point == pytest.approx(value(there, line, unit, option))


def test_the_frontier_ends_at_the_largest_batch_that_fits() -> None:
    book = template("roofline_serving")

    most = value(book, "batch_limit", "sequence", "h100")
    assert 256 < most < 384
    assert value(book, "frontier_batch@batch of 256", "sequence", "h100") == 256
    assert value(book, "frontier_batch@batch of 2048", "sequence", "h100") == most
    times = list(book.by_item("frontier_time", "h100").array)
    assert times == sorted(times)


def test_pools_of_their_own_cost_the_same_and_keep_the_time_of_a_token() -> None:
    book = plain()

    # A batch of 20 takes 12 ms a step; prompts of 200 ms for each of 100 tokens keep 3.33 such groups busy.
    assert value(book, "prefill_per_decode", "ratio") == pytest.approx(0.2 * 20 / (100 * 0.012))
    assert value(book, "mixed_token_time", "ms/token") == pytest.approx(12 * (1 + 10 / 3))
    assert value(book, "decode_cost", "USD/Mtoken") * (1 + 10 / 3) == pytest.approx(
        value(book, "token_cost", "USD/Mtoken")
    )


def test_own_cards_beside_the_price_of_an_api() -> None:
    book = template("roofline_serving")

    # 0.60 USD for an output token, and four tokens of prompt at 0.15, of which half come from the cache at 0.075.
    assert value(book, "api_cost", "USD/Mtoken", "gpt_oss") == pytest.approx(0.60 + 4 * 0.15)
    cached = book.with_settings({"gpt_oss": {"cached_share": "0.5 ratio", "load": "0.5 ratio"}})
    assert value(cached, "api_cost", "USD/Mtoken", "gpt_oss") == pytest.approx(0.60 + 2 * 0.15 + 2 * 0.075)
    over = value(cached, "token_cost", "USD/Mtoken", "gpt_oss") / 1.05
    assert value(cached, "over_api", "ratio", "gpt_oss") == pytest.approx(over)
    assert value(cached, "break_even_load", "ratio", "gpt_oss") == pytest.approx(over / 2)
    own = book.with_settings({"gpt_oss": {"api": "own"}})
    with pytest.raises(OptionRefused, match="This API has no price: choose one that is listed, or set own_"):
        own.values("gpt_oss")


def test_the_end_of_what_is_tried_is_told() -> None:
    book = plain(memory="10000 GB/gpu", cache_sequence="0.001 GB/sequence", target="5 s/token")

    assert value(book, "batch", "sequence") == 16383
    assert book.raised("tpu_v5e") == (
        "16,383 sequences are the most that is tried, and more would fit: a larger batch may meet the target.",
    )


def test_narrow_weights_and_caches_make_room_and_time() -> None:
    book = template("roofline_serving")
    wide = book.with_settings({"h100": {"weight_bits": "16 bit/parameter"}})
    narrow = book.with_settings({"h100": {"cache_value_size": "1 B/value"}})

    assert value(wide, "weight_time", "ms", "h100") == pytest.approx(2 * value(book, "weight_time", "ms", "h100"))
    assert value(narrow, "cache_mean", "MB/sequence", "h100") * 2 == value(book, "cache_mean", "MB/sequence", "h100")
    assert value(wide, "batch_limit", "sequence", "h100") < value(book, "batch_limit", "sequence", "h100")
    assert value(narrow, "batch", "sequence", "h100") > value(book, "batch", "sequence", "h100")


def test_what_the_sources_do_not_give_is_told() -> None:
    book = template("roofline_serving")
    bare = book.with_settings({"h100": {"card": "trainium_3", "precision": "fp4"}})
    with pytest.raises(OptionRefused) as refused:
        bare.value("token_cost", "h100")
    assert str(refused.value) == (
        "Option 'h100' is refused: The sources list no rent for this card: set agreed_rent. There agreed_rent = "
        "0 USD/gpu/h, rent_factor = 1, card = trainium_3."
    )

    agreed = bare.with_settings({"h100": {"agreed_rent": "2 USD/gpu/h"}})
    assert value(agreed, "group_hour", "USD/h", "h100") == 8
    assert value(agreed, "peak", "TFLOP/s/gpu", "h100") == 671
    assert set(agreed.raised("h100")) >= {
        "The sources give no link of this card; that of PCIe 4 is counted.",
        "The sources give no rate of this card at this precision; it counts in 16 bits.",
    }
    old = book.with_settings({"h100": {"card": "tpu_v5e", "cards": "8 gpu"}})
    assert "The listed rent of this card is an offer of more than a year ago: set agreed_rent." in old.raised("h100")


def test_memory_and_money_of_a_card_from_what_is_printed() -> None:
    book = template("accelerator_rates")

    # 2.25e15 FLOP/s over 8e12 B/s, a byte each weight; an hour of 5.5 USD.
    assert value(book, "critical_batch", "token", "b200") == 281.25
    assert value(book, "work_per_money", "FLOP/USD", "b200") == pytest.approx(2250e12 * 3600 / 5.5)
