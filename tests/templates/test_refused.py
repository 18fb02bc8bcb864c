"""The inference formula that document 003 prints divides by the rent, so it cannot be a price of tokens."""

from __future__ import annotations

import pytest

from unitledger.errors import UnitMismatch
from unitledger.ledger import Ledger
from unitledger.units import Q, Unit, magnitude


def ledger_of_document_003() -> Ledger:
    book = Ledger("Inference of GPT-4 Turbo", as_of="2023-11-01")
    book.assume("parameters", "822.2e9 parameter", source="document 003, inference example")
    book.assume("tokens", "1000 token", source="document 003, inference example")
    book.assume("card_rate", "100 TFLOP/s", source="document 003, inference example")
    book.assume("card_rent", "3.93 USD/h", source="document 003, inference example")
    book.constant("printed_work", "1 FLOP/(token parameter)")
    book.constant("work_per_parameter_token", "2 FLOP/(token parameter)")
    return book


def test_the_printed_formula_is_refused_as_a_token_cost() -> None:
    book = ledger_of_document_003()
    printed = book["parameters"] * book["printed_work"] * book["tokens"] / (book["card_rate"] * book["card_rent"])

    with pytest.raises(UnitMismatch) as refused:
        book.line("token_cost", printed, unit="USD/ktoken")

    assert str(refused.value) == (
        "Line 'token_cost': the formula gives h·s/USD, but the line is declared in USD/ktoken. "
        "They measure different things: USD per token against time^2 per USD."
    )
    assert "token_cost" not in book


def test_the_printed_number_is_seconds_times_hours_over_dollars() -> None:
    book = ledger_of_document_003()
    line = book.line(
        "printed_value",
        book["parameters"] * book["printed_work"] * book["tokens"] / (book["card_rate"] * book["card_rent"]),
        unit="s h/USD",
    )

    assert magnitude(line.value, Unit.parse("s h/USD")) == pytest.approx(822.2 / 100 / 3.93 * 1e9 * 1e3 / 1e12)


def test_with_the_rent_on_top_it_is_a_token_cost() -> None:
    book = ledger_of_document_003()
    time = book["parameters"] * book["work_per_parameter_token"] / book["card_rate"]
    line = book.line("token_cost", time * book["card_rent"], unit="USD/ktoken")

    assert magnitude(line.value, Unit.parse("USD/ktoken")) == pytest.approx(2 * 8.222e11 * 1000 / 1e14 * 3.93 / 3600)
    assert line.value.is_compatible_with(Q("1 USD/token"))
