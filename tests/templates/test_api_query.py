"""A search query answered by a language model: cost, revenue, and the slips of the document that the units catch."""

from __future__ import annotations

import pytest

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.templates.api_query import api_query
from unitledger.units import Q, Unit, magnitude


def number(name: str, unit: str, option: str = "chat", **settings: str) -> float:
    book = api_query()
    if settings:
        book = book.with_settings({option: settings})
    return magnitude(book.value(name, option), Unit.parse(unit))


def test_a_chat_answer_costs_a_fifth_of_what_the_query_earns() -> None:
    book = api_query()
    tokens = (50 + 5 * 400) / 0.75
    cost = tokens / 1000 * 0.02 * 0.7 * 0.25
    revenue = 100e9 / (100e9 * 12 * 0.60 / 0.34)

    assert book.values("chat")["cost_to_revenue"] == pytest.approx(cost / revenue, rel=1e-12)
    assert str(book.value("cost_per_query", "chat")) == "0.00956667 USD/query"
    assert book.raised("chat") == ()


def test_a_summary_of_ten_links_costs_more_than_the_query_earns() -> None:
    book = api_query()

    assert book.raised("summariser") == ("A query costs more than it earns before any cut.",)
    assert number("cost_to_revenue", "x", "summariser") == pytest.approx(1.3885, rel=1e-4)


def test_the_cut_that_breaks_even_makes_cost_and_revenue_equal() -> None:
    needed = number("needed_reduction", "x", "summariser")

    assert number("needed_reduction", "x", "chat") == 1
    assert number("claimed_share", "ratio", "summariser", claimed_reduction=f"{needed!r} x") == pytest.approx(1)


def test_billing_the_prompt_with_each_call_adds_three_percent() -> None:
    once = number("price_per_query", "USD/query", "summariser")
    each = number("price_per_query", "USD/query", "summariser", prompts_per_query="10 prompt/query")

    assert each / once - 1 == pytest.approx(0.032, abs=5e-4)


def test_the_printed_resale_price_is_refused_because_its_unit_is_not_a_price_of_tokens() -> None:
    book = api_query()

    with pytest.raises(UnitMismatch) as refused:
        book.line("slip", book["package_price"] / book["package_words"] / book["word_ratio"], unit="USD/ktoken")

    assert str(refused.value) == (
        "Line 'slip': the formula gives USD·ktoken/word^2, but the line is declared in USD/ktoken. "
        "They differ by word^2/ktoken^2: a count is missing in one, or one too many in the other."
    )


def test_at_the_margin_aimed_at_the_affordable_texts_use_it_up() -> None:
    samples = number("samples_at_target", "ratio")

    margin = number("resale_margin", "ratio", samples_per_output=f"{samples!r} ratio")

    assert margin == pytest.approx(0.75)
    assert api_query().with_settings({"chat": {"samples_per_output": "9 ratio"}}).raised("chat") == (
        "Resold text stays below the margin aimed at.",
        "Texts bought for one that is sold is 9 ratio, outside 0 ratio to 5 ratio.",
    )


def test_a_cache_that_answers_more_than_every_query_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        api_query().with_settings({"chat": {"cache_hit": "1.2 ratio"}})

    assert str(refused.value) == "Input 'cache_hit': 1.2 ratio is above the most possible 1 ratio."


def test_no_words_in_a_token_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        api_query().with_settings({"chat": {"word_ratio": Q("0 word/ktoken")}})

    assert str(refused.value) == "Input 'word_ratio': 0 word/ktoken is not above 0 word/ktoken."
