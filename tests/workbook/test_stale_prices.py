"""Prices that are out of date: an alert by the date of each figure, in Python and live in the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from first_sheet import said
from openpyxl import load_workbook
from recalculate import Cells, formualizer, held, libreoffice

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.units import Calendar
from unitledger.workbook.stated.version import version_id

ENGINES = [held, formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]
RULE = "Prices older than 2 year on 2023-10-01"


def cards(stale_after: str | None = "2 year") -> Ledger:
    book = Ledger("Cards", option="old", as_of="2023-10-01", stale_after=stale_after)
    price = book.assume("price", "1000 USD", as_of="2021-09-30")
    power = book.assume("tariff", "0.1 USD/kWh", as_of="2021-10-01")
    life = book.assume("draw", "1 kW", as_of="2001-01-01")
    book.line("running", power * life, "USD/h")
    book.line("price_again", price)
    book.option("new", {"price": Figure("1100 USD", as_of="2023-01-01"), "tariff": Figure("0.2 USD/kWh")})
    book.option("older", {"tariff": Figure("0.05 USD/kWh", as_of="2020-05-01")})
    return book


def test_prices_older_than_the_age_are_named_by_option() -> None:
    book = cards()

    assert book.raised() == (f"{RULE}: price.",)
    assert book.raised("new") == ()
    assert book.raised("older") == (f"{RULE}: price, tariff.",)


def test_ages_are_not_checked_unless_asked() -> None:
    assert cards(None).raised("older") == ()
    assert version_id(cards(None)) != version_id(cards())


def test_a_price_that_is_set_anew_is_of_the_day_of_the_ledger() -> None:
    assert cards().with_settings({"old": {"price": "900 USD"}}).raised() == ()


def test_an_age_counts_days_of_the_calendar() -> None:
    book = Ledger("Cards", as_of="2023-10-01", stale_after="1 month", calendar=Calendar(360, 30))
    book.assume("on_the_day", "1 USD", as_of="2023-09-01")
    book.assume("before", "1 USD", as_of="2023-08-31")

    assert book.raised() == ("Prices older than 1 month on 2023-10-01: before.",)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_workbook_counts_them(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    cells = engine(cards().to_excel(tmp_path / "cards.xlsx"))

    assert [cells["Summary", f"{column}2"] for column in "ABC"] == ["Integrity: OK", "State: AS BUILT", "Alerts: 2"]
    first, *_, last = cards().options
    assert f"Alert in {first}; {last}: {RULE}." in said(cells)


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_a_date_that_is_brought_up_to_date_on_inputs_counts_at_once(
    engine: Callable[[Path], Cells], tmp_path: Path
) -> None:
    path = cards().to_excel(tmp_path / "cards.xlsx")
    book = load_workbook(path)
    (row,) = [cell.row for cell in book["Inputs"]["A"] if cell.value == "Price"]
    (column,) = [cell.column for cell in book["Inputs"][4] if cell.value == "As of"]
    book["Inputs"].cell(row, column).value = date(2023, 9, 1)
    book.save(path)

    assert engine(path)["Summary", "C2"] == "Alerts: 1"


def test_an_age_is_a_time_above_zero_up_to_a_day() -> None:
    with pytest.raises(UnitMismatch) as length:
        Ledger("Cards", as_of="2023-10-01", stale_after="2 kW")
    with pytest.raises(ValueRefused) as nothing:
        Ledger("Cards", as_of="2023-10-01", stale_after="0 year")
    with pytest.raises(ValueRefused) as undated:
        Ledger("Cards", stale_after="2 year")

    assert str(length.value) == "stale_after of 'Cards': expected a time, such as '2 year', got 2 kW."
    assert str(nothing.value) == "stale_after of 'Cards': expected a time above zero, got 0 year."
    assert str(undated.value) == (
        "stale_after of 'Cards': the age of a price counts up to the day of the ledger. Give as_of as well."
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_price_without_a_date_is_not_out_of_date(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    undated = Ledger("Undated")
    undated.line("paid", undated.assume("price", "1 USD"))
    book = Ledger("Cards", as_of="2023-10-01", stale_after="2 year")
    book.include(undated, "other")

    assert book.raised() == ()
    assert engine(book.to_excel(tmp_path / "cards.xlsx"))["Summary", "C2"] == "Alerts: 0"
