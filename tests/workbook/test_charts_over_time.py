"""Charts over the periods, and running sums of options beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from drawn import charts, unlike_cells
from openpyxl.utils import get_column_letter
from recalculate import Desk, differences, held, libreoffice

from unitledger import Ledger, cumulative
from unitledger.workbook import verify
from unitledger.workbook.look.measure import width


def plan(figures: dict[str, list[float]], *, alternatives: bool = True) -> Ledger:
    """A budget whose income is given by option and month; rent is the same everywhere."""
    (base, first), *others = figures.items()
    book = Ledger("Plan", option=base, as_of="2026-01-05", alternatives=alternatives)
    t = book.timeline("2026-01", len(first))
    typed: list[Any] = [f"{each} USD" for each in first]
    income = book.assume("income", typed, over=t, total="sum")
    rent = book.line("rent", book.assume("rent_price", "1 USD/month") * t.months)
    staff = book.line("staff", book.assume("salary", "2 USD/month") * t.months)
    cost = book.total("cost", [rent, staff], label="Cost")
    cash = book.line("cash", cumulative(income - cost), label="Cash")
    book.headline(book.line("at_end", cash.closing()), better="higher")
    for option, own in others:
        given: Any = [f"{each} USD" for each in own]
        book.option(option, {"income": given})
    return book


FIGURES = {
    "own": [0.0, 0.0, 9.0, 0.0],
    "more": [1.0, 1.0, 9.0, 1.0],
    "less": [0.0, 0.0, 8.0, 0.0],
    "early": [1.0, 1.0, 1.0, 1.0],
    "late": [0.0, 0.0, 8.0, 5.0],
    "same": [0.0, 0.0, 9.0, 0.0],
    "both": [1.0, -2.0, 11.0, 0.0],
}


def compared(path: Path) -> dict[str, list[Any]]:
    """The rows of the block on Years, by label."""
    rows = list(openpyxl.load_workbook(path, data_only=True)["Years"].iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if str(row[0]).startswith("Cash, compared"))
    return {str(row[0]): list(row[2:8]) for row in rows[first + 1 : first + 7]}


def test_an_option_is_compared_with_the_base_option_period_by_period(tmp_path: Path) -> None:
    path = plan(FIGURES).to_excel(tmp_path / "plan.xlsx")

    found = compared(path)
    assert found["None"] == ["more", "less", "early", "late", "same", "both"]
    assert found["Difference in 2026-04"] == [3, -1, -5, 4, 0, 1]
    assert found["It is above the base option"] == [
        "in all periods", "in no period", "until 2026-02", "from 2026-04", "in no period", "3 of 4 periods",
    ]  # fmt: skip
    assert verify(path).differences == ()


def test_an_edit_moves_the_month_from_which_an_option_leads(tmp_path: Path) -> None:
    path = plan({"own": FIGURES["own"], "late": FIGURES["late"]}).to_excel(tmp_path / "plan.xlsx")
    desk = Desk(path)
    place = next(cell for cell, shown in held(path).items() if shown == "from 2026-04")
    row = next(
        row for row in openpyxl.load_workbook(path)["Timeline"].iter_rows() if row[0].value == '="    in "&Inputs!$D$4'
    )
    desk.type("Timeline", {row[6].coordinate: 10})
    assert desk.read(*place) == "from 2026-03"


def test_one_period_or_one_option_or_cases(tmp_path: Path) -> None:
    one = plan({"own": [1.0], "more": [2.0]}).to_excel(tmp_path / "one.xlsx")
    assert compared(one)["It is above the base option"][0] == "in all periods"
    assert verify(one).differences == ()
    alone = plan({"own": FIGURES["own"]}).to_excel(tmp_path / "alone.xlsx")
    cases = plan({"own": [1.0, 2.0], "more": [2.0, 2.0]}, alternatives=False).to_excel(tmp_path / "cases.xlsx")
    for path in (alone, cases):
        assert not any("compared" in str(shown) for (sheet, _), shown in held(path).items() if sheet == "Years")


def test_parts_are_stacked_by_month_and_running_sums_drawn_by_option(tmp_path: Path) -> None:
    path = plan({"own": FIGURES["own"], "late": FIGURES["late"]}).to_excel(tmp_path / "plan.xlsx")

    found = [chart for chart in charts(path) if "Timeline" in str(chart.referred("ser/cat"))]
    drawn = [(chart.referred("ser/tx"), chart.referred("ser/cat")[0]) for chart in found]
    # On Summary, by option, and on Years.
    assert [[name.partition("!")[0] for name in names] for names, _ in drawn] == [
        ["Calc", "Calc"],
        ["'Months own'", "'Months own'"],
        ["'Months late'", "'Months late'"],
        ["Calc", "Calc"],
    ]
    assert {days for _, days in drawn} == {"Timeline!$E$4:$H$4"}
    # Columns begin at zero: the lowest of each stack is a cell that holds it, without a place in the legend.
    for chart in found[1:3]:
        sheet, _, cell = chart.referred("ser/val/numRef")[0].partition("!")
        assert held(path)[sheet.strip("'"), cell.replace("$", "")] == 0
        assert chart.values("legendEntry/idx") == ["0"]
    assert [unlike_cells(chart, held(path)) for chart in found] == [[], [], [], []]


def test_of_several_totals_none_is_drawn(tmp_path: Path) -> None:
    book = plan({"own": FIGURES["own"]})
    book.total("other", [book["rent"], book["income"]])
    assert not [chart for chart in charts(book.to_excel(tmp_path / "plan.xlsx")) if chart.all("barChart/grouping")]


@pytest.mark.libreoffice
def test_libreoffice_finds_the_same(tmp_path: Path) -> None:
    path = plan(FIGURES).to_excel(tmp_path / "plan.xlsx")
    assert differences(path, libreoffice(path)) == []


def test_nothing_stands_where_the_heading_of_a_chart_goes(tmp_path: Path) -> None:
    book = plan(FIGURES)
    label = "Cost of machines and people of the whole department"
    tax = book.line("tax", book["cost"] * book.assume("tax_rate", "9 %"))
    book.total("spent", [book["cost"], tax], label=label)
    sheet = openpyxl.load_workbook(book.to_excel(tmp_path / "plan.xlsx"))["Months own"]

    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == f"{label}, by part [USD]")
    beside = range(heading.column + 1, sheet.max_column + 1)
    first = next(column for column in beside if sheet.cell(heading.row, column).value is not None)
    taken = range(heading.column, first)
    room = sum(sheet.column_dimensions[get_column_letter(column)].width for column in taken)
    assert width(str(heading.value), "top") < room
