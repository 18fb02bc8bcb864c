"""Requests at posted prices by hand: caches, tiers, batches, and own machines against them."""

from __future__ import annotations

from functools import cache

import pytest

from unitledger.errors import OptionRefused
from unitledger.ledger import Ledger
from unitledger.templates import catalog, find
from unitledger.units import Unit, magnitude

OWN = {
    "own.input": "2 USD/Mtoken",
    "own.output": "8 USD/Mtoken",
    "own.cached_read": "0.2 USD/Mtoken",
    "own.cache_write": "2.5 USD/Mtoken",
}


@cache
def template() -> Ledger:
    return find("api_pricing")()


def priced(**settings: str) -> Ledger:
    return template().with_settings({"own": {**OWN, **settings}})


def value(book: Ledger, line: str, unit: str, option: str = "own") -> float:
    return magnitude(book.value(line, option), Unit.parse(unit))


def test_a_cached_request_in_a_batch_by_hand() -> None:
    book = priced(
        input_tokens="10000 token/request",
        cached_tokens="6000 token/request",
        written_tokens="1000 token/request",
        output_tokens="300 token/request",
        reasoning_tokens="200 token/request",
        batch_factor="0.5 ratio",
    )

    # 3,000 at 2, 6,000 at 0.2, 1,000 at 2.5 and 500 at 8, at half the price.
    assert value(book, "request_cost", "USD/request") == pytest.approx((6000 + 1200 + 2500 + 4000) / 1e6 / 2)
    assert value(book, "reads_to_pay", "ratio") == pytest.approx(0.5 / 1.8)


@pytest.mark.parametrize(("tokens", "price"), [(1000, 2), (1001, 4)])
def test_a_tier_holds_for_the_whole_request_above_its_start(tokens: int, price: float) -> None:
    tier = {"own.tier_start": "1000 token/request", "own.tier_input": "4 USD/Mtoken"}
    book = priced(**tier, input_tokens=f"{tokens} token/request", output_tokens="0 token/request")

    assert value(book, "request_cost", "USD/request") == pytest.approx(tokens * price / 1e6)


def test_machines_pay_from_a_volume_on() -> None:
    book = priced(rent="1 USD/gpu/h", cards="8 gpu", fixed="160 USD/month", input_per_output="1 ratio")

    # 8 cards for 730 hours and 160 beside, against 8 for a million of output and 2 for the same of input.
    assert value(book, "own_month", "USD/month") == pytest.approx(6000)
    assert value(book, "break_even_output", "Mtoken/month") == pytest.approx(600)


def test_the_mix_at_every_listed_price_and_the_cheapest_of_them() -> None:
    book = template().with_settings({"gpt_5_mini": {"input_per_output": "4 ratio", "cached_share": "0.5 ratio"}})
    blends = book.by_item("listed_blend", "gpt_5_mini")

    # Four of input, half of it read from the cache, for each of output; what has no price of its own is read as input.
    assert blends["gpt_5_mini"].magnitude == pytest.approx((2 * 0.25 + 2 * 0.025 + 2) / 5)
    assert blends["llama_3_3_70b_groq"].magnitude == pytest.approx((4 * 0.59 + 0.79) / 5)
    assert len(blends) == len(catalog.entries("apis"))
    assert value(book, "blended_price", "USD/Mtoken", "gpt_5_mini") == pytest.approx(blends["gpt_5_mini"].magnitude)
    cheapest = (2 * 0.14 + 2 * 0.0028 + 0.28) / 5
    assert value(book, "cheapest_blend", "USD/Mtoken", "gpt_5_mini") == pytest.approx(cheapest)
    assert value(book, "over_cheapest", "x", "gpt_5_mini") == pytest.approx(0.51 / cheapest)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("cached_tokens", "2000 token/request", "More tokens are cached and written than there are of input: set "),
        ("own.output", "0 USD/Mtoken", "This model has no price: choose one that is listed, or set own.output."),
    ],
)
def test_a_request_that_cannot_be_priced_is_refused(name: str, given: str, said: str) -> None:
    with pytest.raises(OptionRefused, match=f"^Option 'own' is refused: {said}"):
        priced(**{name: given}).values("own")


@pytest.mark.parametrize(("day", "read", "output"), [("2026-08-31", 0.2, 10), ("2026-09-01", 0.3, 15)])
def test_before_a_price_changed_the_earlier_one_holds(day: str, read: float, output: float) -> None:
    book = template().with_settings({"claude_sonnet_5": {"day": day}})

    assert value(book, "output_price", "USD/Mtoken", "claude_sonnet_5") == output
    assert value(book, "read_price", "USD/Mtoken", "claude_sonnet_5") == pytest.approx(read)


def test_a_price_that_was_checked_long_ago_is_told() -> None:
    told = "The posted price of this model was checked more than a year before that day: look it up again."

    assert template().raised("claude_sonnet_5") == ()
    late = template().with_settings({"claude_sonnet_5": {"day": "2027-07-30"}})
    assert late.raised("claude_sonnet_5") == (told,)
    assert told in template().raised("llama_3_3_70b_groq")
