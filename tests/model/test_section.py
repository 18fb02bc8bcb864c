"""Sections: what inputs under a heading take from it, for how long, and what stays their own."""

from __future__ import annotations

from copy import copy
from datetime import date

import pytest

from unitledger import Figure, Ledger, Power
from unitledger.errors import NameRefused, UnitMismatch, ValueRefused
from unitledger.model import Assumption, Bounds


@pytest.fixture(name="book")
def an_empty_ledger() -> Ledger:
    return Ledger("Cards", as_of="2024-01-01", owner="desk")


def said(entry: Assumption) -> tuple[object, ...]:
    figure = entry.setting.figure
    return entry.section, figure.source, figure.as_of, figure.owner, entry.bounds


def test_inputs_take_what_they_do_not_say_from_their_section(book: Ledger) -> None:
    with book.section("Machine", source="quote", as_of="2023-10-01", owner="buyer", minimum=0, maximum=90000):
        price = book.assume("price", "40000 USD", "Price of a machine")
        cards = book.assume(
            "cards", "8 gpu", source="data sheet", as_of="2022-01-01", owner="lab", minimum="1 gpu", maximum="16 gpu"
        )
        life = book.assume("life", "3 year", above=0)
        kind = book.choice("kind", ["new", "used"], "Kind", value="used")
        half = book.constant("half", "0.5 ratio", "A half")
    after = book.assume("after", "-1 USD")

    october = date(2023, 10, 1)
    assert said(price) == ("Machine", "quote", october, "buyer", Bounds(0, 90000))
    assert said(cards) == ("Machine", "data sheet", date(2022, 1, 1), "lab", Bounds(1, 16))
    assert said(life) == ("Machine", "quote", october, "buyer", Bounds(0, 90000, above=True))
    assert kind.setting.figure == Figure("used", "quote", october, owner="buyer")
    assert half.figure == Figure("0.5 ratio", "quote", october)
    assert said(after) == ("", "", date(2024, 1, 1), "desk", Bounds())
    assert [entry.label for entry in (price, kind, half)] == ["Price of a machine", "Kind", "A half"]


def test_what_a_figure_says_itself_stays(book: Ledger) -> None:
    with book.section("Machine", source="quote", as_of="2023-10-01"):
        price = book.assume("price", Figure("40000 USD", "list", "2022-01-01", owner="buyer"))
    assert said(price)[1:4] == ("list", date(2022, 1, 1), "buyer")


def test_literal_terms_of_cost_lines_are_inputs_of_the_section_within_their_own_bounds(book: Ledger) -> None:
    with book.section("Energy", source="contract", above=0):
        book.add(Power(draw="5 kW", tariff="0.1 USD/kWh"))
    tariff, pue = book.inputs["power.tariff"], book.inputs["power.pue"]
    assert isinstance(tariff, Assumption)
    assert isinstance(pue, Assumption)
    assert said(tariff)[1] == "contract"
    assert tariff.bounds == Bounds(0, above=True)
    assert pue.bounds == Bounds(1)


def test_a_section_makes_no_alerts_of_lines_and_leaves_options_and_what_is_included_alone(book: Ledger) -> None:
    other = Ledger("Other")
    other.line("fee", other.assume("amount", "3 USD"))
    with book.section("Costs", source="quote", minimum=0):
        cost = book.assume("cost", "3 USD")
        loss = book.line("loss", -cost, "USD", "Loss")
        taken = book.include(other, "other")["amount"]
        book.option("dear", {"cost": "4 USD"})
    assert loss.section == "Costs"
    assert not book.alerts
    assert isinstance(taken, Assumption)
    assert (taken.setting.figure.source, taken.bounds) == ("", Bounds())
    assert book.setting("cost", "dear").figure.source == ""


def test_without_a_block_a_section_lasts_until_the_next(book: Ledger) -> None:
    book.section("Machine", source="quote", minimum=0)
    price = book.assume("price", "40000 USD")
    book.section("Energy")
    tariff = book.assume("tariff", "0.1 USD/kWh")
    assert said(price)[:2] == ("Machine", "quote")
    assert said(tariff)[:2] == ("Energy", "")
    assert tariff.bounds == Bounds()


def test_sections_in_a_block_have_its_defaults_as_well_and_its_end_ends_them(book: Ledger) -> None:
    book.section("Whole", source="whole")
    with book.section("Machine", source="quote", as_of="2023-10-01", minimum=0):
        book.section("Energy", source="contract", above=0)
        tariff = book.assume("tariff", "0.1 USD/kWh")
        book.section("Rack")
        rent = book.assume("rent", "0 USD/month")
        with book.section("Cards", maximum=8):
            cards = book.assume("cards", "8 gpu")
        again = book.assume("again", "1 gpu")
    after = book.assume("after", "1 USD")

    october = date(2023, 10, 1)
    assert said(tariff) == ("Energy", "contract", october, "desk", Bounds(0, above=True))
    assert said(rent) == ("Rack", "quote", october, "desk", Bounds(0))
    assert said(cards) == ("Cards", "quote", october, "desk", Bounds(0, 8))
    assert said(again) == ("Rack", "quote", october, "desk", Bounds(0))
    assert said(after) == ("Whole", "whole", date(2024, 1, 1), "desk", Bounds())


def test_an_error_in_a_block_ends_it(book: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), book.section("Machine", source="quote"), book.section("Cards"):
        raise ZeroDivisionError
    assert said(book.assume("after", "1 USD"))[:2] == ("", "")


def test_a_copy_has_the_open_section_of_its_own(book: Ledger) -> None:
    with book.section("Machine", source="quote"):
        book.assume("price", "40000 USD")
        other = copy(book)
        other.section("Energy")
        assert said(book.assume("cards", "8 gpu"))[:2] == ("Machine", "quote")
    assert said(other.assume("tariff", "0.1 USD/kWh"))[0] == "Energy"


def test_defaults_that_cannot_hold_are_refused_and_change_nothing(book: Ledger) -> None:
    book.section("Machine", source="quote")
    with pytest.raises(ValueRefused) as refused:
        book.section("Cards", minimum=0, above=0)
    assert str(refused.value) == (
        "Section 'Cards': give minimum, which a figure may be, or above, which it may not; not both."
    )
    with pytest.raises(ValueRefused, match=r"'today' is not a date"):
        book.section("Cards", as_of="today")
    with pytest.raises(NameRefused):
        book.section(" ", source="other")
    with pytest.raises(TypeError, match="low"):
        book.section("Cards", low=0)  # type: ignore[call-arg]
    assert said(book.assume("price", "40000 USD"))[:2] == ("Machine", "quote")


def test_a_bound_of_the_section_that_an_input_cannot_have_is_refused_by_the_input(book: Ledger) -> None:
    with book.section("Cards", minimum="1 gpu"):
        with pytest.raises(UnitMismatch, match=r"^Input 'price', minimum: expected USD, got 1 gpu"):
            book.assume("price", "40000 USD")
        with pytest.raises(ValueRefused, match=r"^Input 'cards': 0 gpu is below the least possible 1 gpu"):
            book.assume("cards", "0 gpu")


def test_one_of_a_unit_is_a_constant_by_definition(book: Ledger) -> None:
    year, dies = book.one("year"), book.one("die/gpu", "die_per_card", "Logic dies of a card")
    assert (year.name, year.label, str(year.value), year.figure.source) == (
        *("one_year", "One year", "1 year"),
        "by definition",
    )
    assert (dies.name, dies.label, str(dies.value)) == ("die_per_card", "Logic dies of a card", "1 die/gpu")
    with pytest.raises(NameRefused, match="one_die/gpu"):
        book.one("die/gpu")
