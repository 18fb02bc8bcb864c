"""Lines: what a formula may hold, and what has no value."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitledger import Ledger, Q, maximum, when
from unitledger.errors import (
    CalculationError,
    CircularLedger,
    EmptyLedger,
    ExpressionError,
    NameRefused,
    QuantityError,
    UnitMismatch,
    UnknownName,
)
from unitledger.expression import Reference
from unitledger.units import Unit


@pytest.fixture
def book() -> Ledger:
    made = Ledger("Cards")
    made.assume("price", "10000 USD/gpu")
    made.assume("cards", "8 gpu")
    return made


def test_a_line_takes_the_unit_that_it_is_declared_in_or_the_plain_unit_of_its_formula(book: Ledger) -> None:
    bill = book["price"] * book["cards"]

    assert str(book.line("plain", bill)) == "plain = 80000 USD"
    assert str(book.line("in_thousands", bill, unit="kUSD")) == "in_thousands = 80 kUSD"


def test_bare_zero_and_one_need_no_name(book: Ledger) -> None:
    left = maximum(book["cards"] - book["cards"], 0)

    assert str(book.line("left", left)) == "left = 0 gpu"
    assert str(book.line("share", 1 - book["cards"] / book["cards"])) == "share = 0 ratio"
    assert str(book.line("nothing", when(book["cards"] > 0, book["price"], 0))) == "nothing = 10000 USD/gpu"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (
            2,
            (
                "A bare 2 in a formula has no unit and no source. Name it: assume('name', '2 ratio', source=...) or "
                "constant('name', '2 ratio', source=...)."
            ),
        ),
        (
            "2 gpu",
            "'2 gpu' (str) cannot stand in a formula. Name it first: assume('name', '2 gpu', source=...).",
        ),
    ],
)
def test_other_literals_are_refused(book: Ledger, part: object, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        book["cards"] * part
    assert str(caught.value) == message


def test_a_quantity_in_a_formula_is_refused(book: Ledger) -> None:
    with pytest.raises(ExpressionError, match=r"cannot stand in a formula\. Name it first"):
        book["cards"] * Q("2 gpu")


def test_a_result_that_is_not_of_the_declared_unit(book: Ledger) -> None:
    with pytest.raises(UnitMismatch) as caught:
        book.line("bill", book["price"] / book["cards"], unit="USD")
    assert str(caught.value).startswith("Line 'bill': the formula gives USD/gpu^2, but the line is declared in USD. ")
    assert "bill" not in book


def test_a_condition_is_no_line_and_a_number_no_alert(book: Ledger) -> None:
    with pytest.raises(UnitMismatch) as caught:
        book.line("dear", book["price"] > 0)
    assert str(caught.value) == (
        "Line 'dear' is true or false, not a number. Write when(condition, a, b), or use alert(condition, text)."
    )
    with pytest.raises(UnitMismatch) as caught:
        book.alert(book["price"], "dear")
    assert str(caught.value) == ("Alert 'dear': its condition is USD/gpu; it must be true or false, such as a > b.")


def test_an_expression_is_not_true_or_false(book: Ledger) -> None:
    with pytest.raises(ExpressionError) as caught:
        bool(book["price"] > 0)
    assert str(caught.value) == (
        "An expression is not true or false while it is being written. Use when(condition, a, b) to choose between "
        "two values, maximum(a, b) or minimum(a, b) for max and min, all_of(...) or any_of(...) to join conditions."
    )


def test_a_line_cannot_refer_to_itself(book: Ledger) -> None:
    with pytest.raises(CircularLedger) as caught:
        book.line("bill", Reference("bill", Unit.parse("USD")) * book["cards"])
    assert str(caught.value) == "Line 'bill' refers to itself: bill -> bill."


def test_a_line_refers_only_to_what_is_there(book: Ledger) -> None:
    with pytest.raises(UnknownName) as caught:
        book.line("bill", Reference("prices", Unit.parse("USD/gpu")) * book["cards"])
    assert str(caught.value) == "Line 'bill' refers to 'prices', which is not in 'Cards'. Did you mean 'price'?"


def test_an_unknown_name_is_answered_with_what_comes_closest(book: Ledger) -> None:
    for ask in (book.__getitem__, book.value, book.unit):
        with pytest.raises(UnknownName) as caught:
            ask("pricee")
        assert str(caught.value) == "'Cards' has no line or input named 'pricee'. Did you mean 'price'?"


def test_a_total_needs_parts(book: Ledger) -> None:
    with pytest.raises(NameRefused) as caught:
        book.total("nothing", [])
    assert str(caught.value) == "The total 'nothing' has no parts."


@pytest.mark.parametrize(
    ("quantity", "message"),
    [
        ("1e400 USD", "Input 'fee': Cannot read '1e400 USD': 1e400 is beyond the largest number, 1.8e308."),
        ("nan USD", "Input 'fee': Cannot read 'nan USD': a number must be finite."),
        ("5", "Input 'fee': Cannot read '5': it has no unit; write '5 ratio' if it is a plain number."),
    ],
)
def test_figures_that_are_no_quantities(book: Ledger, quantity: str, message: str) -> None:
    with pytest.raises(QuantityError) as caught:
        book.assume("fee", quantity)
    assert str(caught.value) == message


def test_a_line_that_is_too_large_to_be_a_number_says_so() -> None:
    book = Ledger("Cards")
    great = book.assume("great", "1e300 USD")
    greater = book.line("greater", great * great)

    with pytest.raises(CalculationError) as caught:
        _ = greater.value
    assert str(caught.value) == (
        "Line 'greater' has no value in option 'base': it is too large to be a number (great × great; great = "
        "1e+300 USD). Check these inputs."
    )


def test_an_empty_ledger_has_nothing_to_write(tmp_path: Path) -> None:
    book = Ledger("Blank")
    book.assume("price", "1 USD")

    assert dict(book.values()) == {"price": 1}
    with pytest.raises(EmptyLedger) as caught:
        book.to_excel(tmp_path / "blank.xlsx")
    assert str(caught.value) == ("'Blank' has no lines: add one with line(name, formula) or add(cost line).")


def test_alerts_hold_by_option(book: Ledger) -> None:
    limit = book.assume("limit", "15000 USD/gpu")
    book.option("dear", {"price": "20000 USD/gpu"})
    book.alert(book["price"] > limit, "A card costs more than planned.")

    assert book.raised() == ()
    assert book.raised("dear") == ("A card costs more than planned.",)


def test_advice_is_told_by_option_and_needs_a_condition(book: Ledger) -> None:
    limit = book.assume("limit", "15000 USD/gpu")
    made = book.advise(book["price"] < limit, "Buy now.", topic="cards")
    book.option("dear", {"price": "20000 USD/gpu"})

    assert (made.name, made.text, made.topic) == ("advice_1", "Buy now.", "cards")
    assert (book.advised(), book.advised("dear"), book.raised()) == (("Buy now.",), (), ())
    with pytest.raises(UnitMismatch) as caught:
        book.advise(book["price"], "Buy now.")
    assert str(caught.value) == "Advice 'Buy now.': its condition is USD/gpu; it must be true or false, such as a > b."
