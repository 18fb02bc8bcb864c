"""Changes since an earlier workbook, of figures by period."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from budgets import budget
from recalculate import Desk

from unitledger import Ledger
from unitledger.model.axis.spread import OverTime
from unitledger.workbook import verify


def told(path: Path) -> list[tuple[object, ...]]:
    """The rows of the sheet Changes beneath its headings, without the effect and the last column."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Changes"]
    return [row[:5] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]


def planned(months: int = 6, *, people: OverTime = "4 person") -> Ledger:
    book = Ledger("Budget", as_of="2026-01-05")
    t = book.timeline("2026-01", months)
    salary = book.assume("salary", "9500 USD/person/month")
    cost = book.line("cost", book.assume("people", people, over=t) * salary * t.months, "USD")
    book.headline(book.line("in_all", cost.sum()))
    book.option("lean", {"people@2026-02": "3 person"})
    return book


def test_a_run_of_periods_that_differ_alike_is_one_row(tmp_path: Path) -> None:
    earlier = planned().to_excel(tmp_path / "earlier.xlsx")
    now = planned(people={"2026-01": "4 person", "2026-03": "5 person", "2026-05": "6 person"})
    path = now.to_excel(tmp_path / "now.xlsx", since=earlier)

    assert told(path) == [
        ("People, 2026-03 to 2026-04", "base", "person", 4, 5),
        ("People, 2026-05 to 2026-06", "base", "person", 4, 6),
        ("People, 2026-03 to 2026-04", "lean", "person", 4, 5),
        ("People, 2026-05 to 2026-06", "lean", "person", 4, 6),
        ("All together", "base", None, None, None),
        ("All together", "lean", None, None, None),
    ]
    effects = [
        row[6]
        for row in openpyxl.load_workbook(path, data_only=True)["Changes"].iter_rows(
            min_row=5, max_row=10, values_only=True
        )
    ]
    assert effects == [2 * 9500, 4 * 9500, 2 * 9500, 4 * 9500, 6 * 9500, 6 * 9500]
    assert verify(path).differences == ()


def test_the_figure_now_is_that_of_the_months(tmp_path: Path) -> None:
    earlier = planned().to_excel(tmp_path / "earlier.xlsx")
    changed = planned().with_settings({"lean": {"people@2026-02": "2 person"}})
    path = changed.to_excel(tmp_path / "now.xlsx", since=earlier)

    assert told(path)[0] == ("People, 2026-02", "lean", "person", 3, 2)
    desk = Desk(path)
    row = next(
        row for row in openpyxl.load_workbook(path)["Timeline"].iter_rows() if row[0].value == '="    in "&Inputs!$D$4'
    )
    desk.type("Timeline", {row[5].coordinate: 1})
    assert desk.read("Changes", "E5") == 1


def test_other_periods_inputs_and_options_are_told(tmp_path: Path) -> None:
    earlier = planned(6).to_excel(tmp_path / "earlier.xlsx")
    now = planned(4)
    now.line("spent", now.assume("rent", {"2026-01": "7 USD", "2026-02": "8 USD"}, over=now.time, total="sum").sum())
    rows = told(now.to_excel(tmp_path / "now.xlsx", since=earlier))
    assert rows == [
        ("Rent, 2026-01", "base", "USD", None, 7),
        ("Periods 2026-05 to 2026-06", "", "", None, None),
    ]

    later = now.to_excel(tmp_path / "later.xlsx")
    rows = told(planned(6).to_excel(tmp_path / "back.xlsx", since=later))
    assert rows == [
        ("Rent", "base", "USD", 7, None),
        ("Periods 2026-05 to 2026-06", "", "", None, None),
    ]


def test_rows_of_other_options_are_not_taken_for_each_other(tmp_path: Path) -> None:
    """Earlier the option had its own people, now it has its own price: each has a row called alike."""
    earlier = budget().to_excel(tmp_path / "earlier.xlsx")
    now = budget().with_settings({"dear": {"people@2026-05:2026-07": None, "price@2026-02": "1.10 USD/Mtoken"}})
    rows = told(now.to_excel(tmp_path / "now.xlsx", since=earlier))

    assert [row for row in rows if row[1] == "dear" and row[3] is not None] == [
        ("Price, 2026-02", "dear", "USD/Mtoken", 1.2, 1.1),
        ("People, 2026-05 to 2026-07", "dear", "person", 9, 6),
    ]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    earlier = planned().to_excel(tmp_path / "earlier.xlsx")
    file = openpyxl.load_workbook(earlier)
    row = next(row for row in file["Timeline"].iter_rows() if row[0].value == "People")
    row[6].value = "many"
    file.save(earlier)

    path = planned().to_excel(tmp_path / "now.xlsx", since=earlier)
    assert told(path)[0] == ("People, 2026-03", "base", "person", None, 4)
    said = openpyxl.load_workbook(path)["Changes"]["H5"].value
    assert said == "it holds the text 'many'. Type a number in person."


@pytest.mark.libreoffice
def test_libreoffice_finds_the_same(tmp_path: Path) -> None:
    from recalculate import differences, libreoffice

    earlier = planned().to_excel(tmp_path / "earlier.xlsx")
    path = planned(people="5 person").to_excel(tmp_path / "now.xlsx", since=earlier)
    assert differences(path, libreoffice(path)) == []
