"""Recommendations: told where their condition holds, in words and per option, and never counted as alerts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from first_sheet import said
from recalculate import Cells, formualizer, held, libreoffice, retyped

from unitledger.ledger import Ledger
from unitledger.workbook.stated.version import version_id

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]

BUY = "Buy: it pays back within its life."
RENT = "Rent: a purchase does not pay back."
SOON = "Decide this quarter."


def rent_or_buy(price: str = "2400 USD") -> Ledger:
    book = Ledger("Rent or buy", option="small")
    paid = book.assume("price", price)
    rate = book.assume("rate", "100 USD/month")
    life = book.assume("life", "3 year")
    book.headline(book.line("cost", rate, "USD/year"))
    book.option("large", {"rate": "50 USD/month"})
    book.advise(paid <= rate * life, BUY, topic="the machine")
    book.advise(paid > rate * life, RENT, topic="the machine")
    book.advise(rate > book.assume("usual", "80 USD/month"), SOON)
    return book


def test_advice_holds_by_option_and_is_no_alert() -> None:
    book = rent_or_buy()

    assert book.advised() == (BUY, SOON)
    assert book.advised("large") == (RENT,)
    assert book.raised() == book.raised("large") == ()


def test_what_holds_is_said_that_of_the_best_option_first(tmp_path: Path) -> None:
    cells = held(rent_or_buy().to_excel(tmp_path / "advice.xlsx"))

    assert said(cells) == [
        "Cost is lowest with large: 600.00 USD/year (-50.0 % against small).",
        "No input is outside its range.",
        f"Recommended in large: {RENT}",
        f"Recommended in small: {BUY}",
        f"Recommended in small: {SOON}",
    ]
    assert cells["Summary", "C2"] == "Alerts: 0"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edit_turns_the_advice(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = rent_or_buy().to_excel(tmp_path / "advice.xlsx")
    (row,) = [at[1:] for (sheet, at), text in held(path).items() if (sheet, text) == ("Inputs", "Price")]

    cells = engine(retyped(path, "Inputs", {f"C{row}": 1800}))

    assert said(cells)[2:] == [f"Recommended in every option: {BUY}", f"Recommended in small: {SOON}"]
    assert cells["Summary", "C2"] == "Alerts: 0"


@pytest.mark.parametrize("engine", [held, *ENGINES])
def test_one_option_is_advised_without_its_name(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("Rent", option="today")
    rate = book.assume("rate", "100 USD/month")
    book.line("cost", rate, "USD/year")
    book.advise(rate > 0, "First.", topic="it")
    book.advise(rate < 0, "Second.", topic="it")
    book.advise(rate >= 0, "Third.", topic="it")

    cells = engine(book.to_excel(tmp_path / "advice.xlsx"))
    assert said(cells)[2:] == ["Recommended: First.", "Recommended: Third."]


def test_where_nothing_holds_one_line_says_so(tmp_path: Path) -> None:
    book = Ledger("Rent", option="today", alternatives=False)
    rate = book.assume("rate", "100 USD/month")
    book.line("cost", rate, "USD/year")
    book.advise(rate < 0, "Never.")
    assert said(held(book.to_excel(tmp_path / "one.xlsx")))[2:] == ["One recommendation weighed: it does not hold."]

    book.option("later", {"rate": "0 USD/month"})
    book.advise(rate <= 0, "Take it.")
    assert said(held(book.to_excel(tmp_path / "cases.xlsx")))[2:] == ["Advice in later: Take it."]


def test_the_version_changes_with_the_advice() -> None:
    other = rent_or_buy()
    other.advise(other["price"] > 0, SOON, topic="the machine")

    assert version_id(rent_or_buy()) != version_id(other)


def test_conversion_factors_of_advice_alone_are_on_constants(tmp_path: Path) -> None:
    book = Ledger("Rent", option="today")
    price, rate = book.assume("price", "2400 USD"), book.assume("rate", "1 USD/h")
    book.line("cost", rate)
    book.advise(price < rate * book.assume("life", "2 week"), BUY)

    assert said(held(book.to_excel(tmp_path / "advice.xlsx")))[2:] == ["One recommendation weighed: it does not hold."]
    assert "hours per week" in held(tmp_path / "advice.xlsx").values()
