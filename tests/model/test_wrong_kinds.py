"""What people give by mistake, in place of a text, a list, a mapping or a line, is answered with what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from unitledger import Calendar, Figure, Ledger, Q, equal
from unitledger.errors import ExpressionError, LedgerError, NameRefused, UnknownName, ValueRefused
from unitledger.model import Line

Written = Callable[[Any], object]


@pytest.fixture
def book() -> Any:
    """Untyped, so that tests can write what a type checker would refuse."""
    made = Ledger("Cards")
    price = made.assume("price", "2 USD", minimum=0)
    made.line("bill", price + price)
    return made


@pytest.mark.parametrize("name", [None, 42, b"price"])
def test_a_name_that_is_no_text(book: Any, name: object) -> None:
    for make in (book.assume, book.constant):
        with pytest.raises(NameRefused) as refused:
            make(name, "1 USD")
        assert str(refused.value).startswith(f"{name!r} cannot be the name of a")
    with pytest.raises(NameRefused, match="cannot be the name of an input: use letters, digits and underscores"):
        book.choice(name, ["a", "b"])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda _: Ledger(None), "The label of a ledger is None, not a text."),  # type: ignore[arg-type]  # on purpose
        (lambda book: book.assume("fee", "1 USD", label=5), "The label of input 'fee' is 5, not a text."),
        (
            lambda book: book.assume("fee", "1 USD", label="a\nfee"),
            ("The label 'a\\nfee' of input 'fee' holds '\\n': write it in one line, without control characters."),
        ),
        (
            lambda book: book.line("fee", book["price"], label="\ud800"),
            "The label '\\ud800' of line 'fee' holds '\\ud800': write it in one line, without control characters.",
        ),
    ],
)
def test_a_label_that_no_column_could_show(book: Any, make: Written, message: str) -> None:
    with pytest.raises(NameRefused) as refused:
        make(book)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda _: Ledger("Cards", as_of=2024),  # type: ignore[arg-type]  # on purpose
            "2024 is not a date. Write it as year-month-day, such as '2026-01-31'.",
        ),
        (
            lambda _: Ledger("Cards", calendar=360),  # type: ignore[arg-type]  # on purpose
            "The calendar of 'Cards' is 360; expected one such as Calendar(360, 30).",
        ),
        (
            lambda _: Ledger("Cards", excludes="staff"),
            "What 'Cards' excludes: expected a list of texts, such as ['staff'], got one text.",
        ),
        (
            lambda book: book.choice("kind", "abc"),
            "Choice 'kind': expected a list of texts, such as ['abc'], got one text.",
        ),
        (lambda book: book.choice("kind", [1, 2]), "Choice 'kind': 1 is not a text, and a choice is between words."),
        (
            lambda book: book.option("dear", [("price", "3 USD")]),
            "Option 'dear' takes its settings as {'input': 'quantity'}, not as [('price', '3 USD')].",
        ),
        (
            lambda book: book.assume("fee", "1 USD", minimum=float("nan")),
            "Input 'fee', minimum: expected a finite number of USD, got nan.",
        ),
        (
            lambda book: book.assume("fee", "1 USD", maximum=float("inf")),
            "Input 'fee', maximum: expected a finite number of USD, got inf.",
        ),
        (
            lambda book: book.assume("fee", "3 USD", minimum=5, maximum="2 USD"),
            "Input 'fee': its minimum 5 USD is above its maximum 2 USD.",
        ),
        (lambda book: book.assume("fee", "1 USD", source=7), "The source of a figure is a text, not 7."),
        (
            lambda _: Figure("1 USD", note="page\x0b7"),
            "The note 'page\\x0b7' holds '\\x0b', which a workbook cannot carry. Leave it out.",
        ),
        (
            lambda book: book.headline(book["bill"], better="less"),
            "For a headline better is 'lower' or 'higher', not 'less'.",
        ),
    ],
)
def test_a_value_of_the_wrong_kind(book: Any, make: Written, message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        make(book)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "Input 'price': None is neither a text such as '5 kW' nor a number with a unit."),
        ([3], "Input 'price': [3] is neither a text such as '5 kW' nor a number with a unit."),
        (Q(np.array([1, 2]), "USD"), "Input 'price': '[1. 2.] USD' is not one number with a unit."),
        ("3", "Input 'price': '3' has no unit. Write '3 USD', or the number itself."),
        (" 3e2 ", "Input 'price': ' 3e2 ' has no unit. Write '3e2 USD', or the number itself."),
    ],
)
def test_a_setting_that_is_no_quantity(book: Any, given: object, message: str) -> None:
    with pytest.raises(LedgerError) as refused:
        book.option("other", {"price": given})
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (
            lambda book: book["price"] == book["bill"],
            (
                "False cannot stand in a formula. To compare values write equal(a, b) or different(a, b): == and != "
                "compare the formulas themselves, and give True or False at once."
            ),
        ),
        (
            lambda _: None,
            (
                "None (NoneType) cannot stand in a formula. A formula is made of assumptions, choices, constants and "
                "lines, and of 0 and 1."
            ),
        ),
        (lambda _: float("nan"), "A bare nan cannot stand in a formula: it is not a finite number."),
        (
            lambda book: 2 ** book["price"],
            (
                "2 cannot be raised to an operand. Use power(base, exponent) with a dimensionless base, named as an "
                "assumption or a constant, and exponent."
            ),
        ),
    ],
)
def test_what_has_no_place_in_a_formula(book: Any, write: Written, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        book.line("next", write(book))
    assert str(refused.value) == message


def test_a_total_takes_any_list_of_operands(book: Any) -> None:
    more = book.assume("more", "3 USD")
    made: Line = book.total("both", (part for part in (book["bill"], more)))

    assert str(made.value) == "7 USD"
    assert made.parts == (book["bill"].expression, more.expression)
    with pytest.raises(ExpressionError) as refused:
        book.total("one", more)
    assert str(refused.value) == "The total 'one' takes a list of parts, such as [energy, rent]."
    with pytest.raises(ExpressionError, match=r"'bill'.* cannot stand in a formula"):
        book.total("names", ["bill"])


def test_a_headline_shows_lines(book: Any) -> None:
    with pytest.raises(ExpressionError) as refused:
        book.headline("bill")
    assert str(refused.value) == "A headline takes the line 'bill' itself, not its name: book['bill']."
    with pytest.raises(ExpressionError) as given:
        book.headline(book["bill"], beside=[book["price"]])
    assert str(given.value) == "A headline shows lines, not the input 'price'. Make a line of it: line(name, formula)."
    with pytest.raises(ExpressionError) as alone:
        book.headline(book["bill"], beside=book["bill"])
    assert str(alone.value) == "A headline takes what stands beside it as a list, such as beside=[hour, sold]."
    assert book.answer is None


def test_a_name_that_is_no_text_is_not_known(book: Any) -> None:
    with pytest.raises(UnknownName) as unknown:
        _ = book[5]
    assert str(unknown.value) == "'Cards' has no line or input named 5."
    with pytest.raises(UnknownName, match="has no option 0; it has base"):
        book.value("bill", 0)


def test_a_moment_stands_for_its_day() -> None:
    assert Ledger("Cards", as_of=datetime(2024, 5, 6, 7, 8, tzinfo=UTC)).as_of == date(2024, 5, 6)


def test_equal_compares_values_where_the_signs_compare_formulas(book: Any) -> None:
    book.alert(equal(book["price"], book["price"]), "always")
    assert book.raised() == ("always",)


@pytest.mark.parametrize("days", [float("nan"), float("inf"), "many"])
def test_a_calendar_of_no_length(days: Any) -> None:
    with pytest.raises(ValueRefused) as refused:
        Calendar(days)
    assert str(refused.value) == f"A calendar of {days!r} days: expected a number, such as 360."
