"""Many columns at once have, to the last bit, the values that each has on its own."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import ledgers

from unitledger import Ledger, annuity, exponential, logarithm, power, round_up, when
from unitledger.compute import evaluate
from unitledger.compute.sensitivity import re_evaluated
from unitledger.errors import CalculationError


@given(book=ledgers())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_columns_of_random_ledgers(book: Ledger) -> None:
    values = {option: evaluate(book, option) for option in book.options}

    found = re_evaluated(book, tuple(book.lines), tuple(book.options), {}, values)
    for place, option in enumerate(book.options):
        assert {name: column[place] for name, column in found.items()} == {
            name: values[option][name] for name in book.lines
        }


@pytest.fixture(name="book")
def functions_that_numpy_rounds_otherwise() -> Ledger:
    book = Ledger("Growth")
    rate = book.assume("rate", "0.07 1/year")
    life = book.assume("life", "7 year")
    price = book.assume("price", "1000 USD")
    one_year = book.constant("one_year", "1 year")
    growth = book.line("growth", power(exponential(rate * one_year), life / one_year))
    book.line("logged", logarithm(growth) / (1 + growth))
    book.line("paid", annuity(rate, life, price))
    book.line("whole", round_up(growth * life / one_year))
    book.line("chosen", when(rate * one_year > 0, price / (rate * one_year), price))
    return book


def test_every_case_is_that_of_plain_numbers(book: Ledger) -> None:
    cases = [*product((0.011, 0.07, 0.0, 0.3), (3.0, 7.0, 0.1))]
    values = {"base": evaluate(book, "base")}
    changes = {"rate": [rate for rate, _ in cases], "life": [life for _, life in cases]}

    found = re_evaluated(book, tuple(book.lines), ["base"] * len(cases), changes, values)
    for place, (rate, life) in enumerate(cases):
        changed = book.with_settings({"base": {"rate": rate, "life": life}}).values()
        assert {name: column[place] for name, column in found.items()} == {name: changed[name] for name in book.lines}


def test_a_case_without_value_is_named(book: Ledger) -> None:
    book.line("per_year", book["price"] / book["life"])
    values = {"base": evaluate(book, "base")}

    with pytest.raises(CalculationError) as failed:
        re_evaluated(book, ("per_year",), ("base", "base"), {"life": [7, 0]}, values)
    assert str(failed.value) == (
        "Line 'per_year' has no finite value in option 'base' with life = 0 year. Check these inputs."
    )
