"""What moves an answer that stands on periods: a static table that says when it is out of date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from recalculate import Desk, differences, libreoffice

from unitledger import Ledger
from unitledger.workbook import verify


def ranged() -> Ledger:
    """Rent and staff over four months; one input leaves no answer at its low."""
    book = Ledger("Budget", as_of="2026-01-05")
    t = book.timeline("2026-01", 4)
    people = book.assume("people", "10 person", low="8 person", high="11 person")
    growth = book.assume("plan", ["100 %", "110 %", "120 %", "130 %"], over=t)
    salary = book.assume("salary", "5 kUSD/person/month", low="4 kUSD/person/month", high="8 kUSD/person/month")
    share = book.assume("share", "50 %", low="0 %", high="100 %")
    cost = book.line("cost", people * growth * salary / share * t.months)
    book.headline(book.line("in_all", cost.sum(), label="Cost in all"))
    book.option("lean", {"people": "9 person"})
    return book


def rows(path: Path) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(path, data_only=True)["Sensitivity"]
    return [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]


def test_lows_highs_and_swings_are_those_of_python(tmp_path: Path) -> None:
    book = ranged()
    path = book.to_excel(tmp_path / "budget.xlsx")

    found = rows(path)
    assert [row[0] for row in found] == [
        "base",
        "Cost in all is 460.00 kUSD; one input at a time at its low or high, it goes from 368.00 kUSD to 736.00 kUSD.",
        "Salary",
        "People",
        "Not listed, since the answer has no value at their low or high: Share.",
        "lean",
        "Cost in all is 414.00 kUSD; one input at a time at its low or high, it goes from 331.20 kUSD to 662.40 kUSD.",
        "Salary",
        "People",
        "Not listed, since the answer has no value at their low or high: Share.",
    ]
    assert found[2][2:] == pytest.approx((4, 8, 368, 736, -92, 276, 368))
    for option, row in (("base", found[3]), ("lean", found[8])):
        swing = next(each for each in book.sensitivity(option=option) if each.name == "people")
        assert row[4:6] == pytest.approx((swing.at_low.magnitude, swing.at_high.magnitude))
        assert row[8] == pytest.approx(swing.size.magnitude)
    assert verify(path).differences == ()


@pytest.mark.parametrize("sheet", ["Inputs", "Timeline"])
def test_an_edit_of_any_input_makes_it_stale(sheet: str, tmp_path: Path) -> None:
    path = ranged().to_excel(tmp_path / "budget.xlsx")
    desk = Desk(path)
    assert desk.read("Sensitivity", "I3") == "current"

    label, column = ("People", 2) if sheet == "Inputs" else ("Plan", 5)
    row = next(row for row in openpyxl.load_workbook(path)[sheet].iter_rows() if row[0].value == label)
    desk.type(sheet, {row[column].coordinate: 9.5 if sheet == "Inputs" else 1.5})
    assert desk.read("Sensitivity", "I3") == "STALE"
    assert desk.status()[0] == "OK"


def test_without_a_range_there_is_no_sheet(tmp_path: Path) -> None:
    book = Ledger("Budget", as_of="2026-01-05")
    t = book.timeline("2026-01", 4)
    book.headline(book.line("in_all", (book.assume("rent", "9 kUSD/month") * t.months).sum()))
    assert "Sensitivity" not in openpyxl.load_workbook(book.to_excel(tmp_path / "budget.xlsx")).sheetnames


@pytest.mark.libreoffice
def test_libreoffice_finds_the_same(tmp_path: Path) -> None:
    path = ranged().to_excel(tmp_path / "budget.xlsx")
    assert differences(path, libreoffice(path)) == []
