"""Texts of a million characters that a script gives: a message shows their beginning and their end."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from machine import rented_or_bought
from outside import LONGEST_SECONDS
from price_lists import price_list

from unitledger import Ledger, Q, templates
from unitledger.errors import LedgerError, UnknownName

LONGEST = 800
LONG, MANY = "x" * 1_000_000, "x " * 500_000
GIVEN: dict[str, Callable[[Ledger, str], object]] = {
    "an option": lambda book, text: book.with_settings({text: {"draw": "5 kW"}}),
    "an input": lambda book, text: book.with_settings({"rented": {text: "5 kW"}}),
    "a figure": lambda book, text: book.with_settings({"rented": {"draw": text}}),
    "a word": lambda book, text: book.with_settings({"rented": {"billing": text}}),
    "words": lambda book, text: book.choice("billed", [text, text]),
    "a name": lambda book, text: book.line(text, 1),
    "a line": lambda book, text: book.sweep({"load": ["50 %"]}, outputs=[text]),
    "an entry": lambda book, text: book[text],
    "values": lambda book, text: book.values(text),
    "only": lambda book, text: book.only(text),
    "sheets": lambda book, text: book.to_excel("never.xlsx", sheets=[text]),
    "a path": lambda book, text: book.to_excel(text),
    "a unit": lambda book, text: book.line("more", 1, unit=text),
    "a quantity": lambda _, text: Q(text),
    "a template": lambda _, text: templates.find(text),
    "an item": lambda _, text: price_list().with_settings({"list": {f"fleet.price@{text}": 1}}),
    "a column": lambda _, text: price_list().with_settings({"list": {f"fleet.{text}@h100-us": 1}}),
}


@pytest.mark.parametrize("text", [LONG, MANY], ids=["a word", "words"])
@pytest.mark.parametrize("kind", GIVEN)
def test_a_long_text_is_not_shown_at_length(kind: str, text: str) -> None:
    start = time.process_time()
    with pytest.raises(LedgerError) as refused:
        GIVEN[kind](rented_or_bought(), text)
    assert len(str(refused.value)) <= LONGEST
    assert time.process_time() - start < LONGEST_SECONDS


def test_what_is_around_a_long_text_is_told() -> None:
    with pytest.raises(UnknownName) as refused:
        rented_or_bought().with_settings({LONG: {}})
    shown = f"'{'x' * 163}…{'x' * 53}';"
    assert str(refused.value) == f"'Cost of a machine' has no option {shown} it has rented, bought."
