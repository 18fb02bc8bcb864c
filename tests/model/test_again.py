"""A cell of a notebook that is run twice: the same definition is no error and adds nothing, another one is refused."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ledgers

from unitledger import CapexAmortization, Figure, Ledger, Power, SharedAssumption, total
from unitledger.errors import NameRefused

NEW = "Give this one another name, or make a new Ledger to start over."


@pytest.fixture
def book() -> Any:
    """Untyped, so that a test can be a list of calls."""
    made = Ledger("Cards", as_of="2024-01-01", owner="desk", excludes=["staff"])
    define(made)
    return made


def define(book: Ledger) -> list[object]:
    """Every kind of definition, as the cells of a notebook have them."""
    book.section("Hardware")
    price = book.assume("price", "200 USD", low="100 USD", high="300 USD", minimum=0, source="list")
    kind = book.choice("kind", ["new", "used"], source="offer")
    rate = book.constant("rate", "7 CNY/USD")
    capex = book.add(CapexAmortization(price=price, life="3 year"), minimum=0, maximum="1 USD/h")
    power = book.add(Power(draw="5 kW", tariff="0.1 USD/kWh"), name="north")
    book.section("Bill")
    cost = book.line("cost", kind.select(new=capex, used=power), unit="USD/hour", label="Cost", maximum="5 USD/h")
    both = book.total("both", [capex, power], note="all of it")
    dear = book.option("dear", {"price": Figure("250 USD", low="240 USD"), "kind": "used"}, source="offer")
    alert = book.alert(cost > both, "odd")
    advice = book.advise(kind.is_("new"), "buy", topic="cards")
    book.headline(cost, better="lower", beside=[both])
    other = Ledger("Other", excludes=["tax", "staff"])
    other.alert(other.line("fee", other.assume("amount", "3 USD")) > 0, "fee")
    theirs = book.include(other, "other")
    return [price, kind, rate, capex, power, cost, both, dear, alert, advice, *theirs.values()]


def held(book: Ledger) -> tuple[object, ...]:
    return (
        *(dict(each) for each in (book.inputs, book.constants, book.lines, book.options)),
        *(book.alerts, book.advice, book.answer, book.exclusions, book._section),
    )


def test_the_same_definitions_again_return_what_is_there(book: Ledger) -> None:
    as_it_was = held(book)
    first = define(book)
    with warnings.catch_warnings():
        warnings.simplefilter("error", SharedAssumption)
        second = define(book)

    assert held(book) == as_it_was
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert one is other


@given(book=ledgers(), data=st.data())
def test_every_entry_of_a_random_ledger_can_be_defined_again(book: Ledger, data: st.DataObject) -> None:
    as_it_was = held(book)
    name = data.draw(st.sampled_from(list(book.lines)))
    line = book.lines[name]

    parts = [each for each in book.lines.values() if each.expression in line.parts]
    if not line.parts:
        assert book.line(name, line.written, line.unit.spelling, label=line.label, note=line.note) is line
    elif len(parts) == len(line.parts):
        assert book.total(name, parts, line.unit.spelling, label=line.label, note=line.note) is line
    assert held(book) == as_it_was


OTHERS: list[tuple[Callable[[Any], object], str]] = [
    (
        lambda book: book.assume("price", "210 USD", low="100 USD", high="300 USD", minimum=0, source="list"),
        "Input 'price' is defined already, with quantity 200 USD, not 210 USD.",
    ),
    (
        lambda book: book.assume("price", "200 USD", low="100 USD", high="300 USD", minimum=0),
        "Input 'price' is defined already, with source list, not none.",
    ),
    (
        lambda book: book.assume("price", "200 USD", low="100 USD", high="300 USD", source="list"),
        "Input 'price' is defined already, with minimum 0 USD, not none.",
    ),
    (
        lambda book: book.choice("kind", ["new", "old"], source="offer"),
        "Input 'kind' is defined already, with words new, used, not new, old.",
    ),
    (
        lambda book: book.constant("rate", "7.1 CNY/USD"),
        "Constant 'rate' is defined already, with quantity 7 CNY/USD, not 7.1 CNY/USD.",
    ),
    (
        lambda book: book.line("cost", book["both"], unit="USD/hour", label="Cost", maximum="5 USD/h"),
        "Line 'cost' is defined already, with formula the case of (kind, capex, north), not both.",
    ),
    (
        lambda book: book.line("cost", book["cost"].written, unit="USD/h", label="Cost", maximum="5 USD/h"),
        "Line 'cost' is defined already, with unit USD/hour, not USD/h.",
    ),
    (
        lambda book: book.line("cost", book["cost"].written, unit="USD/hour", label="Cost"),
        "Line 'cost' is defined already, with maximum 5 USD/hour, not none.",
    ),
    (
        lambda book: book.line("both", total(book["capex"], book["north"]), note="all of it"),
        "Line 'both' is defined already, with parts capex, north, not none.",
    ),
    (
        lambda book: book.add(Power(draw="6 kW", tariff="0.1 USD/kWh"), name="north"),
        "Input 'north.draw' is defined already, with quantity 5 kW, not 6 kW.",
    ),
    (
        lambda book: book.add(CapexAmortization(price=book["price"], life="3 year"), minimum=0),
        "Line 'capex' is defined already, with maximum 1 USD/h, not none.",
    ),
    (
        lambda book: book.option("dear", {"price": "250 USD", "kind": "used"}, source="offer"),
        "Option 'dear' is defined already, with low of price 240 USD, not none.",
    ),
    (
        lambda book: book.option("dear", {"price": Figure("250 USD", low="240 USD")}, source="offer"),
        "Option 'dear' is defined already, with kind used, not none.",
    ),
]


@pytest.mark.parametrize(("write", "message"), OTHERS)
def test_another_definition_of_a_name_is_refused_with_what_differs(
    write: Callable[[Any], object], message: str, book: Any
) -> None:
    as_it_was = held(book)
    with pytest.raises(NameRefused) as refused:
        write(book)
    assert str(refused.value) == f"{message} {NEW}"
    assert held(book) == as_it_was


def test_a_name_of_another_kind_is_refused(book: Any) -> None:
    with pytest.raises(NameRefused) as refused:
        book.line("price", book["cost"])
    assert str(refused.value) == "There is already a line or input named 'price'. Give this line another name."


def test_an_entry_keeps_its_section_where_a_cell_of_another_section_ran_last(book: Any) -> None:
    book.section("Elsewhere")
    again = book.constant("rate", "7 CNY/USD")
    line = book.line("cost", book["cost"].written, unit="USD/hour", label="Cost", maximum="5 USD/h")

    assert again is book["rate"]
    assert line.section == "Bill"


def test_an_alert_of_another_condition_or_text_is_another_alert(book: Any) -> None:
    count = len(book.alerts)
    book.alert(book["cost"] > book["both"], "strange")
    book.alert(book["cost"] > book["capex"], "odd")

    assert [alert.text for alert in book.alerts[count:]] == ["strange", "odd"]
    assert len({alert.name for alert in book.alerts}) == len(book.alerts)


def test_a_term_typed_twice_still_points_to_a_shared_assumption(book: Any) -> None:
    with pytest.warns(SharedAssumption, match=r"'south\.tariff' and 'north\.tariff' are both 0\.1 USD/kWh"):
        book.add(Power(draw="6 kW", tariff="0.1 USD/kWh"), name="south")
