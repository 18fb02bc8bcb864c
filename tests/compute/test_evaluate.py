"""Values of a ledger, and what is said where there is none."""

from __future__ import annotations

import pytest

from unitledger import Ledger
from unitledger.errors import CalculationError, UnknownName


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
        "(hour ÷ load; hour = 2.5, load = 0). Check these inputs."
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
