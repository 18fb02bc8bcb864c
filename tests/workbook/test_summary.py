"""The Summary: the answer in words, and what a reader must know with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook
from recalculate import Cells, formualizer, held, libreoffice, retyped

from unitledger.ledger import Ledger
from unitledger.workbook.book import write

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


def rented_or_bought(better: Literal["lower", "higher"] = "lower", bought: str = "80 USD/month") -> Ledger:
    book = Ledger("Rent or buy", option="rented", as_of="2024-03-01", excludes=["staff"])
    book.headline(book.line("cost", book.assume("rate", "100 USD/month"), label="Monthly cost"), better=better)
    book.option("bought", {"rate": bought})
    return book


def sentences(cells: Cells) -> list[object]:
    return [cells.get(("Summary", f"A{row}")) for row in (5, 6)]


def written(book: Ledger, folder: Path) -> Cells:
    return held(write(book, folder / "summary.xlsx"))


def test_the_best_option_is_named_and_compared_with_the_base(tmp_path: Path) -> None:
    assert sentences(written(rented_or_bought(), tmp_path)) == [
        "Monthly cost is lowest with bought: 80.00 USD/month.",
        "That is 20.0 % below rented.",
    ]


def test_a_base_that_is_best_is_compared_with_the_next(tmp_path: Path) -> None:
    book = rented_or_bought(bought="125 USD/month")
    book.option("leased", {"rate": "110 USD/month"})

    assert sentences(written(book, tmp_path)) == [
        "Monthly cost is lowest with rented: 100.00 USD/month.",
        "The next best option is 10.0 % higher.",
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("bought", "leased", "said"),
    [
        ("100 USD/month", "120 USD/month", ("rented, bought, which are tied: 100", "No option is better than rented.")),
        ("90 USD/month", "90 USD/month", ("bought, leased, which are tied: 90", "That is 10.0 % below rented.")),
        ("100 USD/month", "100 USD/month", ("rented, bought, leased, which are tied: 100", "No option is better than")),
        # Three times a third of a hundred, cut to 15 digits: less than 100 by dust.
        ("33.3333333333333 USD/month", "120 USD/month", ("rented, bought, which are tied: 100", "No option is better")),
    ],
)
def test_options_that_are_equal_are_called_tied(
    engine: Callable[[Path], Cells], bought: str, leased: str, said: tuple[str, str], tmp_path: Path
) -> None:
    book = Ledger("Rent or buy", option="rented", as_of="2024-03-01")
    shares = book.assume("shares", "1 ratio")
    book.headline(book.line("cost", book.assume("rate", "100 USD/month") * shares, label="Monthly cost", minimum=0))
    book.option("bought", {"rate": bought, "shares": "3 ratio" if bought.startswith("33") else "1 ratio"})
    book.option("leased", {"rate": leased})
    path = write(book, tmp_path / "tied.xlsx")

    found = engine(path)
    assert sentences(found) == sentences(held(path))
    answer, beside = map(str, sentences(found))
    assert answer.startswith(f"Monthly cost is lowest with {said[0]}")
    assert beside.startswith(said[1])
    assert found["Summary", "A2"] == "Integrity: OK"


def test_higher_can_be_better(tmp_path: Path) -> None:
    assert sentences(written(rented_or_bought("higher", "150 USD/month"), tmp_path)) == [
        "Monthly cost is highest with bought: 150.00 USD/month.",
        "That is 50.0 % above rented.",
    ]
    assert sentences(written(rented_or_bought("higher", "75 USD/month"), tmp_path)) == [
        "Monthly cost is highest with rented: 100.00 USD/month.",
        "The next best option is 25.0 % lower.",
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edit_can_turn_the_answer(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = write(rented_or_bought(), tmp_path / "summary.xlsx")

    cells = engine(retyped(path, "Inputs", {"C6": 50}))

    assert sentences(cells) == [
        "Monthly cost is lowest with rented: 50.00 USD/month.",
        "The next best option is 60.0 % higher.",
    ]


def test_one_option_is_not_compared(tmp_path: Path) -> None:
    book = Ledger("Share", option="today")
    book.headline(book.line("share", book.assume("used", "37.5 %"), label="Share used"))

    cells = written(book, tmp_path)
    assert sentences(cells) == ["Share used is 37.5 % with today.", None]
    assert "The answer in figures" not in cells.values()


def test_without_a_headline_totals_are_shown(tmp_path: Path) -> None:
    book = Ledger("Bill", option="today")
    rent = book.line("rent", book.assume("rate", "2 USD/h"))
    book.total("all", [rent, rent], label="All of it")
    book.line("after", rent)
    book.option("later", {"rate": "3 USD/h"})

    cells = written(book, tmp_path)
    assert sentences(cells) == ["All of it is 4.00 USD/h with today.", None]
    assert [cells["Summary", f"{column}8"] for column in "ABCD"] == ["All of it", "USD/h", 4, 6]


def test_key_figures_stand_by_option_with_their_distance_from_the_base(machine: Ledger, tmp_path: Path) -> None:
    cells = written(machine, tmp_path)

    table = [[cells["Summary", f"{column}{row}"] for column in "ABCD"] for row in range(10, 15)]
    assert table == [
        ["Key figures", "Unit", "rented", "bought"],
        ["An hour sold", "USD/h", 23, 15.2],
        ["against rented", "%", 0, pytest.approx(15.2 / 23 - 1)],
        ["as built", "USD/h", 23, 15.2],
        ["An hour", "USD/h", 11.5, 7.6],
    ]


def test_a_base_of_zero_gives_no_distance(tmp_path: Path) -> None:
    book = rented_or_bought(bought="0 USD/month")
    book = book.with_settings({"rented": {"rate": "0 USD/month"}, "bought": {"rate": "5 USD/month"}})

    path = write(book, tmp_path / "zero.xlsx")
    assert sentences(held(path)) == sentences(formualizer(path))
    assert held(path)["Summary", "D10"] == 0


def test_what_is_left_out_and_of_when_it_is_are_said(tmp_path: Path) -> None:
    book = Ledger("Rent", option="today", as_of="2024-03-01", excludes=["staff", "repairs", *["insurance " * 9] * 3])
    book.line("rent", book.assume("rate", "2 USD/h"))
    path = write(book, tmp_path / "rent.xlsx")

    cells = held(path)
    assert str(cells["Summary", "A3"]).startswith("As of 2024-03-01. Version ")
    (start,) = [
        int(at[1:]) for (sheet, at), text in cells.items() if text == "Not in these figures" and sheet == "Summary"
    ]
    assert str(cells["Summary", f"A{start + 1}"]).startswith("staff, repairs, insurance")
    assert load_workbook(path)["Summary"].page_setup.fitToHeight in (None, 1)


def test_no_alert_is_said_in_words(machine: Ledger, tmp_path: Path) -> None:
    assert "No alert applies." in written(machine, tmp_path).values()
