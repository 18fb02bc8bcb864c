"""Recommendations: told where their condition holds, in words and per option, and never counted as alerts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
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


def summary(cells: Cells, label: str) -> list[object]:
    (row,) = [at[1:] for (sheet, at), text in cells.items() if (sheet, at[0], text) == ("Summary", "A", label)]
    return [cells.get(("Summary", f"{column}{row}")) or "" for column in "BCD"]


def sentences(cells: Cells) -> list[object]:
    return [cells["Summary", f"A{row}"] for row in (7, 8)]


def test_advice_holds_by_option_and_is_no_alert() -> None:
    book = rent_or_buy()

    assert book.advised() == (BUY, SOON)
    assert book.advised("large") == (RENT,)
    assert book.raised() == book.raised("large") == ()


def test_the_best_option_is_advised_in_a_sentence_on_each_topic(tmp_path: Path) -> None:
    cells = held(rent_or_buy().to_excel(tmp_path / "advice.xlsx"))

    assert cells["Summary", "A5"] == "Cost is lowest with large: 600.00 USD/year."
    assert sentences(cells) == [f"Recommended: {RENT}", "Nothing is recommended."]
    assert summary(cells, "Recommendation") == ["Best option", "", ""]
    assert summary(cells, BUY) == ["", "recommended", ""]
    assert summary(cells, RENT) == ["recommended", "", "recommended"]
    assert cells["Summary", "C2"] == "Alerts: 0"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edit_turns_the_advice(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = rent_or_buy().to_excel(tmp_path / "advice.xlsx")
    (row,) = [at[1:] for (sheet, at), text in held(path).items() if (sheet, text) == ("Inputs", "Price")]

    cells = engine(retyped(path, "Inputs", {f"C{row}": 1800}))

    assert sentences(cells) == [f"Recommended: {BUY}", "Nothing is recommended."]
    assert summary(cells, BUY) == ["recommended"] * 3
    assert cells["Summary", "C2"] == "Alerts: 0"


@pytest.mark.parametrize("engine", [held, *ENGINES])
def test_without_a_comparison_the_base_option_is_advised(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("Rent", option="today")
    rate = book.assume("rate", "100 USD/month")
    book.line("cost", rate, "USD/year")
    book.advise(rate > 0, "First.", topic="it")
    book.advise(rate < 0, "Second.", topic="it")
    book.advise(rate >= 0, "Third.", topic="it")
    book.advise(rate < 0, "Never.", topic='what is "other"')

    cells = engine(book.to_excel(tmp_path / "advice.xlsx"))

    assert cells["Summary", "A6"] == "Recommended: First. Third."
    assert cells["Summary", "A7"] == 'Nothing is recommended for what is "other".'
    assert summary(cells, "Second.") == ["", "", ""]


def test_the_formula_map_lists_recommendations_and_alerts_apart(tmp_path: Path) -> None:
    book = rent_or_buy()
    book.alert(book["price"] < 0, "A price below zero.")
    path = book.to_excel(tmp_path / "advice.xlsx", sheets=["+Formula map"])

    rows = {row[1]: row[0] for row in load_workbook(path)["Formula map"].iter_rows(values_only=True)}
    (first,) = [int(at[1:]) for (sheet, at), said in held(path).items() if (sheet, said) == ("Summary", BUY)]
    assert rows["Recommendations"] == f"Summary!A{first}:D{first + 2}"
    assert rows["Alerts on Summary"] == f"Summary!A{first - 13}:D{first - 10}"


def test_the_version_changes_with_the_advice() -> None:
    other = rent_or_buy()
    other.advise(other["price"] > 0, SOON, topic="the machine")

    assert version_id(rent_or_buy()) != version_id(other)


def test_conversion_factors_of_advice_alone_are_on_constants(tmp_path: Path) -> None:
    book = Ledger("Rent", option="today")
    price, rate = book.assume("price", "2400 USD"), book.assume("rate", "1 USD/h")
    book.line("cost", rate)
    book.advise(price < rate * book.assume("life", "2 week"), BUY)

    assert summary(held(book.to_excel(tmp_path / "advice.xlsx")), BUY) == ["", "", ""]
    assert "hours per week" in held(tmp_path / "advice.xlsx").values()
