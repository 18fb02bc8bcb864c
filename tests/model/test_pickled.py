"""Ledgers and what comes out of them, copied and pickled: the same figures, and copies that grow apart."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from copy import copy, deepcopy
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from strategies import ledgers

from unitledger import Ledger, templates
from unitledger.errors import ExpressionError, UnknownUnit
from unitledger.expression import Apply
from unitledger.expression.table import FUNCTIONS
from unitledger.expression.table.arithmetic import NEGATE
from unitledger.units import Unit


def pickled(given: Any) -> Any:
    return pickle.loads(pickle.dumps(given))  # noqa: S301 - pickled the moment before


COPIERS: list[Callable[[Any], Any]] = [copy, deepcopy, pickled]


@pytest.fixture
def book() -> Ledger:
    made = Ledger("Cards", as_of="2024-01-01", stale_after="2 year")
    made.section("Bill")
    price = made.assume("price", "200 USD", low="100 USD", high="300 USD")
    kind = made.choice("kind", ["new", "used"])
    rate = made.constant("rate", "7 CNY/USD")
    less = -price
    cost = made.line("cost", kind.select(new=price, used=-less))
    made.line("in_yuan", cost * rate, unit="CNY", maximum="4000 CNY")
    made.option("dear", {"price": "250 USD"})
    made.headline(cost)
    return made


def held(book: Ledger) -> tuple[object, ...]:
    return (
        *(dict(each) for each in (book.inputs, book.constants, book.lines, book.options)),
        *(book.alerts, book.advice, book.answer, book.exclusions, book._section, book.reporting),
    )


@pytest.mark.parametrize("copied", COPIERS)
def test_a_copy_says_the_same_and_grows_apart(copied: Callable[[Any], Ledger], book: Ledger) -> None:
    as_it_was = held(book)
    other = copied(book)

    assert held(other) == as_it_was
    assert all(other[name].ledger is other for name in (*other.lines, *other.inputs, *other.constants))
    assert str(other.lines["cost"].in_option("dear")) == "250 USD"
    fee = other.line("fee", other["cost"] + book["cost"])
    other.option("free", {"price": "0 USD"})
    other.alert(fee > 0, "a fee")
    other.section("More")
    assert held(book) == as_it_was
    with pytest.raises(ExpressionError, match=r"^Line 'more': 'fee' was made in another ledger of the same title"):
        book.line("more", fee)
    book.assume("fee", "1 USD")
    assert str(other.value("fee")) == "400 USD"
    assert str(book.value("fee")) == "1 USD"


@pytest.mark.parametrize("copied", COPIERS)
def test_what_comes_out_of_a_ledger_is_copied_whole(copied: Callable[[Any], Any], book: Ledger, tmp_path: Path) -> None:
    path = book.to_excel(tmp_path / "cards.xlsx")
    entries = [book["cost"], book["price"], book["kind"], book["rate"], book.options["dear"], book.alerts[0]]
    results = [
        book.sweep(price=["150 USD", "250 USD"], kind=["new", "used"]),
        book.sensitivity(),
        book.trace("in_yuan"),
        book.value("cost"),
    ]

    for given_ in (*entries, *results, book["cost"].expression):
        assert copied(given_) == given_
    line = copied(book["cost"])
    assert line.value == book.lines["cost"].value
    edits = copied(book.read_edits(path))
    assert str(edits.apply().value("cost")) == "200 USD"
    assert str(edits) == str(book.read_edits(path))


@pytest.mark.parametrize("copied", COPIERS)
def test_a_function_is_its_row_of_the_table(copied: Callable[[Any], Any], book: Ledger) -> None:
    for function in FUNCTIONS.values():
        assert copied(function) is function
    negated = copied(-book["price"])
    assert isinstance(negated, Apply)
    assert negated.function is NEGATE


@given(book=ledgers())
def test_random_ledgers_have_their_values_when_they_come_back(book: Ledger) -> None:
    other = pickled(book)

    for option in book.options:
        assert dict(other.values(option)) == dict(book.values(option))
        assert other.raised(option) == book.raised(option)


def test_a_formula_as_deep_as_can_be_is_pickled(book: Ledger) -> None:
    price = book["price"]
    formula = price + 0
    for _ in range(190):
        formula = formula + price
    deep = book.line("deep", formula)

    for copied in COPIERS:
        assert str(copied(deep).value) == "38200 USD"


def test_a_fresh_process_finds_the_same() -> None:
    book = templates.find("serving_cost")()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(Ledger.values, book, "h100").result()
        line = pool.submit(Ledger.__getitem__, book, "token_cost").result()

    assert dict(found) == dict(book.values("h100"))
    # An entry that comes back is one of this ledger.
    assert line in book
    assert str(book.line("twice", book["token_cost"] + line).unit) == "USD/Mtoken"


def test_a_unit_that_is_defined_elsewhere_only_is_named() -> None:
    write = (
        "import pickle, sys; from unitledger import Q, Unit, define; define('hangar = [hangar]'); "
        "sys.stdout.buffer.write(pickle.dumps(Unit.parse('USD/hangar')))"
    )
    elsewhere = subprocess.run([sys.executable, "-c", write], capture_output=True, check=True).stdout

    with pytest.raises(UnknownUnit) as unknown:
        pickle.loads(elsewhere)  # noqa: S301 - written by the line above
    assert str(unknown.value) == (
        "The unit 'USD/hangar' was pickled where 'hangar' was defined; define it here as well."
    )
    assert pickled(Unit.parse("USD/machine/hour")).spelling == "USD/machine/hour"
