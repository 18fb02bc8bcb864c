"""The sheet Uncertainty: what came of a simulation, and whether it is out of date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from built import Built
from openpyxl import load_workbook
from recalculate import Desk

from unitledger import Ledger, triangular, uniform
from unitledger.errors import ValueRefused
from unitledger.workbook import verify


@pytest.fixture(name="book")
def two_ways_to_pay() -> Ledger:
    book = Ledger("To own or to rent", option="rented", as_of="2026-01-05")
    rent = book.assume("rent", "2 USD/h", "Rent", low="1 USD/h", high="3 USD/h")
    hours = book.assume("hours", "100 h/month", "Hours of use", low="50 h/month", high="150 h/month")
    fixed = book.assume("fixed", "0 USD/month", "Fixed fee")
    load = book.assume("load", "50 %", "Load")
    book.headline(
        book.line("bill", hours * rent + fixed, "USD/month", "Bill for a month"),
        beside=[book.line("idle", (1 - load) * 1, "%")],
    )
    book.option("owned", {"rent": "1 USD/h", "fixed": "150 USD/month"})
    return book


def shown(path: Path) -> dict[str, list[Any]]:
    """Return the rows of the sheet by label and unit."""
    rows = load_workbook(path)["Uncertainty"].iter_rows(min_row=5, max_col=4, values_only=True)
    return {f"{label} [{unit}]": figures for label, unit, *figures in rows if label}


def test_the_sheet_says_what_the_simulation_says(book: Ledger, tmp_path: Path) -> None:
    drawn = {"hours": uniform("0 h/month", "200 h/month"), "load": triangular("30 %", "50 %", "100 %")}
    simulation = book.simulate(1000, drawn, lines=["bill", "idle"], options="all", seed=7)
    path = book.to_excel(tmp_path / "bill.xlsx", uncertainty=simulation)
    rows = shown(path)

    for percent in (5, 50, 95):
        found = [simulation.percentile(percent, option).magnitude for option in simulation.options]
        assert load_workbook(path)["Uncertainty"].cell(6 + (5, 50, 95).index(percent), 3).value == pytest.approx(
            found[0]
        )
    # A share is stored as 0.5, as everywhere in the workbook.
    assert rows["Inputs as they are [%]"] == [0.5, 0.5]
    assert rows["Best of all options [share of cases]"] == pytest.approx([0.75, 0.25], abs=2e-3)
    assert rows["Hours of use [share of variance]"] == pytest.approx([1, 1], abs=2e-3)
    assert rows["Load [share of variance]"] == pytest.approx([0, 0], abs=0.03)
    assert rows["Cases in each option [cases]"][0] == 1000
    assert rows["Seed [None]"][0] == 7
    assert rows["Hours of use [None]"][0] == "uniform(0 h/month, 200 h/month)"
    assert verify(path).differences == ()


def test_the_sheet_is_stale_once_an_input_is_edited(book: Ledger, tmp_path: Path) -> None:
    built = Built(book, book.to_excel(tmp_path / "bill.xlsx", uncertainty=book.simulate(100)))
    desk = Desk(built.path)

    assert desk.read("Uncertainty", "H3") == "current"
    desk.type("Inputs", {built.input("hours", "rented"): 120})
    assert desk.read("Uncertainty", "H3") == "STALE"
    assert desk.status()[0] == "OK"


def test_the_histogram_is_drawn_over_the_answer(book: Ledger, tmp_path: Path) -> None:
    path = book.to_excel(tmp_path / "bill.xlsx", uncertainty=book.simulate(1000, options="all"))
    sheet: Any = load_workbook(path)["Uncertainty"]

    (chart,) = sheet._charts
    assert sheet["F5"].value == "Share of cases around Bill for a month"
    assert [series.tx.strRef.f for series in chart.series] == ["Uncertainty!$C$4", "Uncertainty!$D$4"]
    shares = [cell.value for cell in sheet["C"] if cell.row >= sheet.max_row - 19]
    assert 0.985 < sum(shares) < 1


def test_a_simulation_of_other_figures_is_refused(book: Ledger, tmp_path: Path) -> None:
    simulation = book.simulate(100, options="all")
    dearer = book.with_settings({"owned": {"rent": "2 USD/h"}})
    other = Ledger("Another")
    other.line("bill", other.assume("paid", "200 USD/month"))

    for changed in (dearer, other):
        with pytest.raises(ValueRefused) as refused:
            changed.to_excel(tmp_path / "bill.xlsx", uncertainty=simulation)
        assert str(refused.value) == (
            f"The simulation of 'To own or to rent' is not of {changed.title!r} as it is now. Simulate again."
        )
    with pytest.raises(ValueRefused) as left_out:
        book.to_excel(tmp_path / "bill.xlsx", uncertainty=simulation, sheets=["Summary"])
    assert str(left_out.value) == (
        "A simulation stands on the sheet Uncertainty, which is left out. Name that sheet as well."
    )
