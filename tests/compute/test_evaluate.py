"""Values of a ledger, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from unitledger import Ledger, exponential, logarithm, square_root
from unitledger.errors import CalculationError, UnknownName
from unitledger.expression import Operand
from unitledger.model import Assumption


def test_a_line_that_divides_by_zero_names_line_option_and_operands() -> None:
    book = Ledger("Idle", as_of="2026-01-01")
    hour = book.assume("hour", "2.5 USD/h")
    load = book.assume("load", "1 ratio")
    book.line("sold_hour", hour / load)
    book.option("nothing sold", {"load": "0 ratio"})
    assert str(book.value("sold_hour")) == "2.5 USD/h"
    with pytest.raises(CalculationError) as failed:
        book.value("sold_hour", "nothing sold")
    assert str(failed.value) == (
        "Line 'sold_hour' has no value in option 'nothing sold': it divides by zero "
        "(hour ÷ load; hour = 2.5 USD/h, load = 0). Check these inputs."
    )


def test_values_follow_what_is_added_later() -> None:
    book = Ledger("Growing")
    price = book.assume("price", "3 USD")
    first = book.line("first", price * price / price)
    assert str(first.value) == "3 USD"
    second = book.line("second", first + price)
    assert str(second.value) == "6 USD"


def test_an_unknown_option_is_named_with_what_comes_closest() -> None:
    book = Ledger("Options", option="rented")
    book.line("line", book.assume("price", "3 USD") + 0)
    with pytest.raises(UnknownName) as refused:
        book.value("line", "rent")
    assert str(refused.value) == "'Options' has no option 'rent'; it has rented. Did you mean 'rented'?"


def test_alerts_that_hold_are_told_per_option() -> None:
    book = Ledger("Watched", option="small")
    need = book.assume("need", "10 GB")
    room = book.assume("room", "24 GB")
    book.line("free", room - need)
    book.alert(need > room, "It does not fit.")
    book.option("large", {"need": "40 GB"})
    assert book.raised() == ()
    assert book.raised("large") == ("It does not fit.",)


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (lambda x: square_root(-x), "a root or a logarithm has no value there (square root of (−size); size = 1000)"),
        (exponential, "it is too large to be a number (e to the power of (size); size = 1000)"),
        (
            lambda x: logarithm(x * 0),
            "a root or a logarithm has no value there (natural logarithm of (size × 0); size = 1000)",
        ),
    ],
)
def test_a_function_outside_its_domain(formula: Callable[[Assumption], Operand], reason: str) -> None:
    book = Ledger("Domain")
    book.line("found", formula(book.assume("size", "1000 ratio")))

    with pytest.raises(CalculationError) as refused:
        book.values()
    assert str(refused.value) == f"Line 'found' has no value in option 'base': {reason}. Check these inputs."


def test_an_alert_that_is_neither_true_nor_false_is_refused(tmp_path: Path) -> None:
    book = Ledger("Shares")
    part, whole = book.assume("part", "1 gpu"), book.assume("whole", "0 gpu")
    book.line("both", part + whole)
    book.alert(part / whole > 1, "more than there is")

    message = (
        "Alert 'more than there is' has no value in option 'base': it divides by zero (part ÷ whole > 1; part = 1 gpu, "
        "whole = 0 gpu). Check these inputs."
    )
    for ask in (book.raised, lambda: book.to_excel(tmp_path / "shares.xlsx")):
        with pytest.raises(CalculationError) as refused:
            ask()
        assert str(refused.value) == message
    assert list(tmp_path.iterdir()) == []
