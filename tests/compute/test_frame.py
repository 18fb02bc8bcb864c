"""Lines as a data frame: options side by side, or periods below each other."""

from __future__ import annotations

import pytest

from unitledger import Ledger
from unitledger.errors import EmptyLedger, UnknownName, ValueRefused


def rent() -> Ledger:
    book = Ledger("Rent", option="one")
    price = book.assume("price", "2 USD/h")
    load = book.assume("load", "50 %")
    day = book.line("day", price * book.assume("hours", "24 h"), "USD")
    book.line("share", load)
    book.option("two", {"price": "3 USD/h", "load": "75 %"})
    book.headline(day)
    return book


def test_lines_stand_beside_their_units_with_a_column_for_each_option() -> None:
    frame = rent().frame()

    assert list(frame.columns) == ["unit", "one", "two"]
    assert frame.to_dict("index") == {
        "day": {"unit": "USD", "one": 48, "two": 72},
        "share": {"unit": "%", "one": 50, "two": 75},
    }
    assert rent().frame("share", "two").to_dict() == {"unit": {"share": "%"}, "two": {"share": 75}}


def test_lines_over_time_have_a_row_for_each_period() -> None:
    book = rent()
    time = book.timeline("2026-01", 2)
    book.line("bill", book["price"] * time.hours, "USD")

    assert book.frame().shape == (2, 1)
    assert book.frame(["bill"], "two")["bill [USD]"].tolist() == [2190, 2190]
    assert list(book.frame(["day"]).columns) == ["unit", "one", "two"]


def test_what_makes_no_table_is_refused() -> None:
    book = rent()
    time = book.timeline("2026-01", 2)
    book.line("bill", book["price"] * time.hours, "USD")

    with pytest.raises(ValueRefused, match=r"^One table holds lines over time or others, not both: day, bill\.$"):
        book.frame(["day", "bill"])
    with pytest.raises(UnknownName, match=r"^'price' is no line of one figure or of figures by period\.$"):
        book.frame("price")
    with pytest.raises(EmptyLedger, match=r"^'Empty' has no lines yet: add one with line\(name, formula\)\.$"):
        Ledger("Empty").frame()
