"""Requests at prices per token, and answers from a cache."""

from __future__ import annotations

import pytest

from unitledger import CacheHit, CostAtMargin, Ledger, RequestCost
from unitledger.errors import ExpressionError, UnitMismatch


def test_a_search_query_with_cache_and_without_the_providers_margin() -> None:
    book = Ledger("Query")
    computed = book.add(CacheHit(hit_rate="30 %", miss_cost="0.054667 USD/query"))
    cost = book.add(CostAtMargin(price=computed, margin="75 %"))

    assert cost.unit.spelling == "USD/query"
    assert cost.value.magnitude == pytest.approx(0.0095667, abs=5e-8)


def test_a_hit_may_cost_something_too() -> None:
    cost = Ledger("Query").add(CacheHit(hit_rate="40 %", miss_cost="0.05 USD/query", hit_cost="0.001 USD/query"))

    assert cost.value.magnitude == pytest.approx(0.6 * 0.05 + 0.4 * 0.001, rel=1e-12)


@pytest.mark.parametrize(("rate", "expected"), [("0 %", "0.05 USD/query"), ("100 %", "0.001 USD/query")])
def test_all_misses_and_all_hits(rate: str, expected: str) -> None:
    cost = Ledger("Query").add(CacheHit(hit_rate=rate, miss_cost="0.05 USD/query", hit_cost="0.001 USD/query"))

    assert str(cost.value) == expected


def test_a_hit_in_another_currency_is_refused() -> None:
    with pytest.raises(UnitMismatch) as caught:
        Ledger("Query").add(CacheHit(hit_rate="40 %", miss_cost="0.05 USD/query", hit_cost="0.001 CNY/query"))
    assert str(caught.value) == (
        "Line 'cache_hit': cannot add USD/query ((1 − cache_hit.hit_rate) × cache_hit.miss_cost) and CNY·%/query "
        "(cache_hit.hit_rate × cache_hit.hit_cost). Two currencies need an exchange rate with a date: multiply "
        "cache_hit.hit_rate × cache_hit.hit_cost by assume('exchange_rate', '... USD/CNY', source=..., as_of=...)."
    )


def test_a_chat_answer_at_list_price() -> None:
    # (50 + 400 x 5) words at 750 words per 1000 tokens, one price for prompt and output
    book = Ledger("Query")
    price = book.assume("token_price", "0.02 USD/ktoken")
    words = book.assume("words", "750 word/ktoken")
    prompt = book.assume("prompt", "50 word/query")
    responses = book.assume("responses", "2000 word/query")
    cost = book.add(
        RequestCost(
            prompt_tokens=prompt / words,
            prompt_price=price,
            output_tokens=responses / words,
            output_price=price,
        )
    )

    assert cost.unit.spelling == "USD/query"
    assert cost.value.magnitude == pytest.approx(0.054667, abs=5e-7)


def test_a_request_whose_prompt_is_half_cached() -> None:
    book = Ledger("Request")
    plain = {
        "prompt_tokens": "1000 token/request",
        "prompt_price": "3 USD/Mtoken",
        "output_tokens": "500 token/request",
        "output_price": "15 USD/Mtoken",
    }
    full = book.add(RequestCost(**plain), name="full_price")
    with pytest.warns(UserWarning, match="full_price"):
        cached = book.add(RequestCost(**plain, cached_share="50 %", cached_price="0.3 USD/Mtoken"))

    assert str(full.value) == "0.0105 USD/request"
    assert str(cached.value) == "0.00915 USD/request"


def test_a_cached_share_needs_a_cached_price() -> None:
    with pytest.raises(ExpressionError) as caught:
        Ledger("Request").add(
            RequestCost(
                prompt_tokens="1000 token/request",
                prompt_price="3 USD/Mtoken",
                output_tokens="500 token/request",
                output_price="15 USD/Mtoken",
                cached_share="50 %",
            )
        )
    assert str(caught.value) == (
        "A request with cached tokens needs both cached_share and cached_price; cached_price is missing."
    )


def test_a_price_per_hour_is_no_token_price() -> None:
    request = RequestCost(
        prompt_tokens="1000 token/request",
        prompt_price="3 USD/h",
        output_tokens="500 token/request",
        output_price="15 USD/Mtoken",
    )
    with pytest.raises(UnitMismatch) as caught:
        Ledger("Price list").add(request)
    assert str(caught.value) == (
        "Line 'request_cost', term 'prompt_price' (price of prompt tokens): expected USD/Mtoken, got 3 USD/h. It is a "
        "rate over time where a total is asked for: multiply it by a duration."
    )
