"""One ledger taken into another."""

from __future__ import annotations

import pytest

from unitledger import Calendar, Ledger
from unitledger.errors import CircularLedger, NameRefused, UnitMismatch, UnknownName, ValueRefused


def machine() -> Ledger:
    book = Ledger("Machine", option="small", excludes=["staff"])
    book.section("Hardware")
    price = book.assume("price", "8760 USD", maximum="100 kUSD", source="offer", low="8000 USD", high="9000 USD")
    life = book.assume("life", "1 year")
    kind = book.choice("kind", ["owned", "leased"])
    week = book.constant("week", "168 h", label="Hours of a week")
    hour = book.line("hour", price / life, unit="USD/h")
    book.line("weekly", kind.select(owned=hour * week, leased=hour * week + hour * week), unit="USD")
    book.total("all", [hour, hour])
    book.alert(price < 0, "Never.")
    book.alert(price > 0, "Always.")
    book.option("big", {"price": "17520 USD", "kind": "leased"})
    return book


def test_two_ledgers_side_by_side_in_one() -> None:
    book = Ledger("Comparison", excludes=["staff", "tax"])
    small = book.include(machine(), "small")
    big = book.include(machine(), "big", option="big")
    book.line("ratio_of_hours", big["hour"] / small["hour"])

    assert str(book.value("small.hour")) == "1 USD/h"
    assert str(book.value("big.hour")) == "2 USD/h"
    assert str(book.value("big.weekly")) == "672 USD"
    assert str(book.value("ratio_of_hours")) == "2 ratio"
    assert book["big.hour"].label == "big: Hour"
    assert book.lines["big.hour"].section == "big: Hardware"
    assert book._section.title == ""
    assert book.exclusions == ("staff", "tax")
    assert book.raised() == (
        "small: Always.",
        "big: Always.",
        "big: Price is 17520 USD, outside 8000 USD to 9000 USD.",
    )
    assert len(book.lines["small.all"].parts) == 2


def test_a_label_of_its_own_reads_better_than_the_prefix() -> None:
    book = Ledger("Comparison")
    book.include(machine(), "small", label="Small machine")

    assert book["small.hour"].label == "Small machine: Hour"
    assert book.lines["small.hour"].section == "Small machine: Hardware"
    assert book.raised() == ("Small machine: Always.",)


def test_figures_come_along_with_source_range_and_bounds() -> None:
    book = Ledger("Comparison")
    book.include(machine(), "own")
    setting = book.setting("own.price")

    assert (setting.figure.source, setting.low, setting.high) == ("offer", 8000, 9000)
    with pytest.raises(ValueRefused) as caught:
        book.option("dear", {"own.price": "200 kUSD"})
    assert str(caught.value) == ("Input 'own.price': 200000 USD is above the most possible 100000 USD.")


def test_a_line_of_the_outer_ledger_stands_in_for_an_input() -> None:
    book = Ledger("Rack")
    card = book.assume("card", "1095 USD/gpu")
    cards = book.assume("cards", "16 gpu")
    made = book.include(machine(), "", given={"price": card * cards})

    assert str(made["hour"]) == "hour = 2 USD/h"
    assert "price" not in book


def test_what_is_given_must_fit_the_formulas() -> None:
    book = Ledger("Rack")
    card = book.assume("card", "1095 USD/gpu")

    with pytest.raises(UnitMismatch) as caught:
        book.include(machine(), "rack", given={"price": card})
    assert str(caught.value).startswith(
        "Line 'rack.hour': the formula gives USD/gpu/year, but the line is declared in USD/h. "
    )
    assert list(book.inputs) == ["card"]
    assert not book.constants


def test_what_is_given_must_be_an_input_there() -> None:
    book = Ledger("Rack")
    card = book.assume("card", "1095 USD")

    with pytest.raises(UnknownName) as caught:
        book.include(machine(), given={"prices": card})
    assert str(caught.value) == "'Machine' has no input 'prices' to be given. Did you mean 'price'?"


def test_without_a_prefix_names_must_not_clash() -> None:
    book = Ledger("Rack")
    book.assume("life", "3 year")

    with pytest.raises(NameRefused) as caught:
        book.include(machine())
    assert str(caught.value) == (
        "Input 'life' is defined already, with quantity 3 year, not 1 year. Give this one another name, or make a new "
        "Ledger to start over."
    )
    assert list(book.inputs) == ["life"]


def test_years_of_different_length_do_not_mix() -> None:
    with pytest.raises(ValueRefused) as caught:
        Ledger("Rack", calendar=Calendar(360, 30)).include(machine())
    assert str(caught.value) == (
        "'Machine' counts 1 year = 365 days = 8,760 hours; 1 month = 730 hours, 'Rack' 1 year = 360 days = 8,640 "
        "hours; 1 month = 720 hours. Give both ledgers one calendar."
    )


def test_a_ledger_cannot_include_itself() -> None:
    book = machine()
    with pytest.raises(CircularLedger) as caught:
        book.include(book, "again")
    assert str(caught.value) == "'Machine' cannot include itself; make it a second time and include that."


def test_an_unknown_option_is_refused_and_leaves_nothing_behind() -> None:
    book = Ledger("Rack")
    with pytest.raises(UnknownName) as caught:
        book.include(machine(), "rack", option="bigger")
    assert str(caught.value) == "'Machine' has no option 'bigger'; it has small, big. Did you mean 'big'?"
    assert not book.constants


def test_advice_comes_along_with_its_topic_under_the_label() -> None:
    own = machine()
    own.advise(own["price"] > 0, "Buy.", topic="cards")
    own.advise(own["price"] > 0, "Decide.")
    book = Ledger("Comparison")
    book.include(own, "small", label="Small machine")

    assert book.advised() == ("Small machine: Buy.", "Small machine: Decide.")
    assert [advice.topic for advice in book.advice] == ["Small machine: cards", "Small machine"]
