"""What a ledger shows to those who use it: this and nothing else, and tables that only its own methods fill."""

from __future__ import annotations

from collections.abc import MutableMapping

import pytest

from unitledger import Ledger

WRITING = "add advise alert assume choice constant curve headline include line one option section tiers total"
AXES = "along balance by_item by_period close columns frame rows table time timeline"
READING = "advised array break_even bridge input plot raised sensitivity setting simulate sweep trace unit value values"
COPYING = "against only reported_in with_inputs with_settings"
FILES = "fill read_edits to_excel"
TABLES = "choices constants inputs lines options"
HELD = "advice alerts alternatives answer as_of base calendar exclusions outcome plots reporting stale_after title"
COVER = "author built_on decision owner period purpose"


@pytest.fixture(name="book")
def a_small_ledger() -> Ledger:
    book = Ledger("Cards")
    price = book.assume("price", "200 USD")
    book.choice("place", ["owned", "rented"])
    book.alert(book.line("cost", price * book.constant("cards", "8 ratio")) > price, "dear")
    book.option("dear", {"price": "300 USD"})
    return book


def test_the_public_surface_of_a_ledger(book: Ledger) -> None:
    public = [name for name in dir(book) if not name.startswith("_")]

    assert public == sorted(f"{WRITING} {AXES} {READING} {COPYING} {FILES} {TABLES} {HELD} {COVER}".split())


@pytest.mark.parametrize("table", TABLES.split())
def test_a_table_is_read_and_never_written(book: Ledger, table: str) -> None:
    found = getattr(book, table)

    assert len(found) > 0
    assert not isinstance(found, MutableMapping)
    with pytest.raises(TypeError, match="does not support item assignment"):
        found["other"] = None
    with pytest.raises(AttributeError):
        setattr(book, table, {})


def test_choices_are_the_inputs_that_select(book: Ledger) -> None:
    cost = book["cost"]

    assert list(book.choices) == ["place"]
    assert book.line("either", book.choices["place"].select(owned=cost, rented=cost)).value == book.value("cost")


def test_what_is_done_to_values_leaves_those_of_the_ledger_alone(book: Ledger) -> None:
    book.values()["cost"] = 0

    assert book.values()["cost"] == 1600


def test_a_table_shows_what_is_added_later(book: Ledger) -> None:
    inputs = book.inputs
    book.assume("rent", "5 USD")

    assert list(inputs) == ["price", "place", "rent"]


@pytest.mark.parametrize("told", ["alerts", "advice", "exclusions"])
def test_what_the_reader_is_told_is_a_tuple(book: Ledger, told: str) -> None:
    assert isinstance(getattr(book, told), tuple)
