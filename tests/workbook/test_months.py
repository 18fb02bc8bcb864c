"""The sheets of a ledger with a timeline: as they are written, and as they come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from budgets import budget, fleet
from recalculate import agree, formulas, held, libreoffice

from unitledger import Figure, Ledger
from unitledger.errors import EmptyLedger, WorkbookRefused
from unitledger.workbook import verify

Change = Callable[[Any], None]


def changed(path: Path, change: Change) -> Path:
    """The workbook once somebody has worked on it."""
    book: Any = openpyxl.load_workbook(path)
    change(book)
    target = path.with_name("changed.xlsx")
    book.save(target)
    return target


# What options are called stands on Inputs.
IN_SLOW = '="    in "&Inputs!$D$4'


def cell(book: Any, sheet: str, label: str, period: str) -> str:
    """The address of a row's figure in a period."""
    rows = {row[0].value: row[0].row for row in book[sheet].iter_rows(min_row=4)}
    heads = {head.value: head.column_letter for head in book[sheet][4]}
    return f"{heads[period]}{rows[label]}"


@pytest.mark.parametrize("make", [budget, fleet])
def test_formulas_units_and_edits_of_a_fresh_workbook_agree(make: Callable[[], Ledger], tmp_path: Path) -> None:
    book = make()
    found = verify(path := book.to_excel(tmp_path / "budget.xlsx"))

    assert "no difference" in str(found)
    assert "differ." not in str(found)
    assert str(book.read_edits(path)).startswith("budget.xlsx: 0 inputs changed, 0 problems, 0 calculations changed.")


@pytest.mark.libreoffice
@pytest.mark.parametrize("make", [budget, fleet])
def test_libreoffice_finds_the_same_figures(make: Callable[[], Ledger], tmp_path: Path) -> None:
    path = make().to_excel(tmp_path / "budget.xlsx")
    shown, found = held(path), libreoffice(path)

    assert {place for place in formulas(path) if not agree(shown.get(place), found.get(place))} == set()


def test_money_of_three_digits_has_no_cents_beside_thousands(tmp_path: Path) -> None:
    book = Ledger("Rows", option="base")
    months = book.timeline("2026-01", 2)
    paid = {"large": "7624.94 USD/month", "middle": "874.94 USD/month", "small": "4.94 USD/month"}
    for name, rate in paid.items():
        row = book.line(name, book.assume(f"{name}_rate", rate) * months.months, "USD")
    book.headline(book.line("all_of_it", row.sum()))
    sheet = openpyxl.load_workbook(book.to_excel(tmp_path / "rows.xlsx"))["Months"]

    formats = {row[0].value: row[-1].number_format for row in sheet.iter_rows(min_row=5)}
    assert [formats[label].partition(";")[0] for label in ("Large", "Middle", "Small")] == [
        "#,##0",
        "#,##0",
        "#,##0.00",
    ]


def test_sheets_stand_in_the_order_of_reading(tmp_path: Path) -> None:
    names = openpyxl.load_workbook(fleet().to_excel(tmp_path / "fleet.xlsx")).sheetnames

    assert names[:6] == ["Summary", "Inputs", "Timeline", "Calc", "Months own", "Months slow"]
    assert "Years" in names


def test_a_row_is_one_formula_and_a_balance_four_rows(tmp_path: Path) -> None:
    sheet: Any = openpyxl.load_workbook(fleet().to_excel(tmp_path / "fleet.xlsx"))["Months own"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    opening, plus, less, closing = (
        rows[label] for label in ("Fleet: opening", "plus delivered", "less retired", "Fleet")
    )

    assert [opening[0].row, less[0].row, closing[0].row] == [less[0].row - 2, less[0].row, less[0].row + 1]
    assert closing[6].value == f"=G{opening[0].row}+G{plus[0].row}-G{less[0].row}" or plus[0].row < opening[0].row
    assert opening[4].value == f"=D{closing[0].row}"
    assert opening[5].value == f"=E{closing[0].row}"


def test_years_come_to_what_their_months_come_to(tmp_path: Path) -> None:
    book = fleet()
    sheet: Any = openpyxl.load_workbook(book.to_excel(tmp_path / "fleet.xlsx"), data_only=True)["Years"]
    heads = {head.value: head.column - 1 for head in sheet[4]}
    rows = {row[0]: row for row in sheet.iter_rows(min_row=5, values_only=True)}
    first = book.by_period("cost").array[:12]

    assert rows["Cost"][heads["own, FY2027"]] == pytest.approx(first.sum())
    assert rows["Cost"][heads["slow, total"]] == pytest.approx(book.value("all_cost", "slow").magnitude)
    assert rows["Fleet"][heads["own, FY2028"]] == book.by_period("fleet").array[23]


def test_rates_come_to_nothing_in_a_year_and_no_sheet_of_years_is_left_empty(tmp_path: Path) -> None:
    book = Ledger("Power of a site")
    t = book.timeline("2027-01", 3)
    draw = book.assume("draw", ["3 kW", "4 kW", "5 kW"], over=t)
    book.headline(book.line("mean_draw", book.line("paid_draw", draw * book.assume("losses", "1.1 ratio")).mean()))
    path = book.to_excel(tmp_path / "power.xlsx")

    assert "Years" not in (sheets := openpyxl.load_workbook(path).sheetnames)
    assert {"Timeline", "Months"} <= set(sheets)
    assert "no difference" in str(verify(path))
    assert str(book.read_edits(path)).startswith("power.xlsx: 0 inputs changed, 0 problems, 0 calculations changed.")


def test_timeline_says_where_figures_come_from(tmp_path: Path) -> None:
    book = Ledger("Budget", as_of="2026-01-05", owner="Finance")
    t = book.timeline("2026-01", 4)
    later = Figure("6 person", source="new plan", as_of="2026-02-01", reviewed_by="Bob", reviewed_on="2026-03-01")
    first = Figure("5 person", source="plan", note="without interns", owner="Ann")
    people = book.assume("people", {"2026-01": first, "2026-03": later}, over=t)
    book.line("work", (people * t.months).sum())
    book.option("lean", {"people@2026-02": "4 person"})

    sheet = openpyxl.load_workbook(book.to_excel(tmp_path / "people.xlsx"), data_only=True)["Timeline"]
    told = {row[0]: row[4] for row in sheet.iter_rows(min_row=14, values_only=True) if row[4]}
    assert told == {
        "People, 2026-01 to 2026-02": "Source: plan; as of 2026-01-05; owner: Ann; note: without interns",
        "People, 2026-03 to 2026-04": (
            "Source: new plan; as of 2026-02-01; owner: Finance; reviewed by Bob; reviewed on 2026-03-01"
        ),
        "People, lean, 2026-02": "Source: not stated; as of 2026-01-05; owner: Finance",
    }


def test_figures_typed_over_come_back_by_period(tmp_path: Path) -> None:
    book = fleet()

    def change(file: Any) -> None:
        sheet = file["Timeline"]
        sheet[cell(file, "Timeline", "Machines needed", "2026-06")] = 9
        sheet[cell(file, "Timeline", IN_SLOW, "2026-05")] = 7
        sheet[cell(file, "Timeline", IN_SLOW, "2027-07")] = None

    edits = book.read_edits(changed(book.to_excel(tmp_path / "fleet.xlsx"), change))

    assert [(each.name, each.option, str(each.old), str(each.new)) for each in edits] == [
        ("need@2026-06", "own", "6 machine", "9 machine"),
        ("need@2026-05", "slow", "None", "7 machine"),
        ("need@2027-07", "slow", "15 machine", "None"),
    ]
    after = edits.apply()
    assert str(after.value("need@2026-06", "slow")) == "9 machine"
    assert str(after.value("need@2027-07", "slow")) == "12 machine"
    assert not edits.problems


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("many", "it holds the text 'many'. Type a number in machine."),
        (None, "it is empty; the base option needs a value."),
        ("=1+1", "it is a formula now (=1+1). Type its value; formulas belong to lines."),
    ],
)
def test_what_is_no_figure_is_a_problem(content: object, message: str, tmp_path: Path) -> None:
    book = fleet()

    def change(file: Any) -> None:
        file["Timeline"][cell(file, "Timeline", "Machines needed", "2026-06")] = content

    edits = book.read_edits(changed(book.to_excel(tmp_path / "fleet.xlsx"), change))

    assert [(each.name, each.text) for each in edits.problems] == [("need@2026-06", message)]


def test_formulas_changed_or_typed_over_are_told_once_a_row(tmp_path: Path) -> None:
    book = fleet()

    def change(file: Any) -> None:
        sheet = file["Months own"]
        sheet[cell(file, "Months own", "Energy", "2026-08")] = 5
        sheet[cell(file, "Months own", "Energy", "2026-09")] = 5
        place = cell(file, "Months own", "Cost", "2026-08")
        sheet[place] = f"{sheet[place].value}*1"

    edits = book.read_edits(changed(book.to_excel(tmp_path / "fleet.xlsx"), change))

    assert [(each.name, each.options, each.note) for each in edits.calculations] == [
        ("formulas", (), ""),
        ("energy", ("own",), "and so in 1 more of its cells"),
        ("cost", ("own",), ""),
    ]
    assert edits.calculations[1].new == "5, typed over the formula"


def test_a_row_that_is_gone_is_told(tmp_path: Path) -> None:
    book = fleet()

    def change(file: Any) -> None:
        place = cell(file, "Timeline", "Machines needed", "2026-04")
        file["Timeline"][f"A{place[1:]}"] = "Machines we want"

    edits = book.read_edits(changed(book.to_excel(tmp_path / "fleet.xlsx"), change))

    assert [(each.name, each.cell) for each in edits.problems] == [("need", "Timeline")]


def test_a_file_is_filled_by_period(tmp_path: Path) -> None:
    book = fleet()
    path = book.to_excel(tmp_path / "fleet.xlsx")
    settings: Any = {"own": {"need": {"2026-04": "8 machine", "2027-02": "20 machine"}}, "slow": {"need@2027-08": None}}
    filled = book.fill(path, settings, tmp_path / "filled.xlsx")
    after = book.with_settings(settings)

    assert "no difference" in str(verify(filled))
    assert not list(after.read_edits(filled))
    shown: Any = openpyxl.load_workbook(filled, data_only=True)
    assert shown["Months own"][cell(shown, "Months own", "Fleet", "2027-06")].value == 20


def test_an_option_without_a_row_on_timeline_is_not_filled(tmp_path: Path) -> None:
    book = budget()
    path = book.to_excel(tmp_path / "budget.xlsx")
    book.option("third", {"tariff": "0.3 USD/kWh"})
    with pytest.raises(WorkbookRefused):
        book.fill(path, {"third": {"people@2026-03": "3 person"}}, tmp_path / "filled.xlsx")
    alone = budget(12)
    path = alone.to_excel(tmp_path / "alone.xlsx")
    with pytest.raises(WorkbookRefused) as refused:
        alone.fill(path, {"dear": {"people@2026-03": "3 person"}}, tmp_path / "filled.xlsx")
    assert str(refused.value) == (
        "alone.xlsx: the sheet Timeline has no row of 'people' in option 'dear'. Set it in Python, and build the "
        "workbook anew."
    )


def test_one_edited_figure_is_counted(tmp_path: Path) -> None:
    book = fleet()
    path = book.to_excel(tmp_path / "fleet.xlsx")
    filled = book.fill(path, {"own": {"need@2026-06": "9 machine"}}, tmp_path / "filled.xlsx")
    shown: Any = openpyxl.load_workbook(filled, data_only=True)["Checks"]

    assert "EDITED (1)" in {row[2].value for row in shown.iter_rows(min_row=4, max_row=8)}


@pytest.mark.parametrize("periods", [1, 2, 240])
def test_few_and_many_periods(periods: int, tmp_path: Path) -> None:
    book = budget(periods)

    assert "no difference" in str(verify(book.to_excel(tmp_path / "budget.xlsx")))


def test_a_workbook_with_few_sheets_keeps_the_months(tmp_path: Path) -> None:
    path = fleet().to_excel(tmp_path / "fleet.xlsx", sheets=["Summary"])

    assert {"Timeline", "Months own", "Months slow"} < set(openpyxl.load_workbook(path).sheetnames)
    assert "no difference" in str(verify(path))


def test_lines_over_time_alone_are_no_answer(tmp_path: Path) -> None:
    book = Ledger("Rents")
    t = book.timeline("2026-01", 3)
    book.line("rent", book.assume("price", "5 USD/h", over=t) * t.hours, "USD")

    with pytest.raises(EmptyLedger) as refused:
        book.to_excel(tmp_path / "rents.xlsx")
    assert str(refused.value) == (
        "'Rents' has lines over time only: add what they come to, such as line('total', cost.sum())."
    )


def test_what_flows_into_a_balance_has_its_own_unit(tmp_path: Path) -> None:
    book = Ledger("Debt", as_of="2026-01-05")
    time = book.timeline("2026-01", 3)
    debt = book.balance("debt", opening="100 kUSD")
    debt.close(added=[book.assume("drawn", "500 USD", over=time, total="sum")])
    book.line("left", debt.closing())
    path = book.to_excel(tmp_path / "debt.xlsx")

    assert verify(path)
    assert str(book.value("left")) == "101.5 kUSD"
    assert not book.read_edits(path).calculations


def test_an_answer_may_be_a_sum_of_sums(tmp_path: Path) -> None:
    book = Ledger("Costs", as_of="2026-01-05")
    time = book.timeline("2026-01", 3)
    rent, power = (book.assume(name, "500 USD", over=time, total="sum") for name in ("rent", "power"))
    book.headline(book.line("cost", rent.sum() + power.sum()))

    assert verify(book.to_excel(tmp_path / "costs.xlsx"))


def test_what_flows_may_be_called_opening(tmp_path: Path) -> None:
    book = Ledger("Stock", as_of="2026-01-05")
    time = book.timeline("2026-01", 3)
    stock = book.balance("stock", opening="4 machine")
    stock.close(added=[book.assume("Opening", "2 machine", over=time, total="sum")])
    book.line("left", stock.closing())
    path = book.to_excel(tmp_path / "stock.xlsx")

    assert verify(path)
    assert str(book.value("left")) == "10 machine"
    assert not book.read_edits(path).calculations


def test_a_row_looks_alike_in_every_option(tmp_path: Path) -> None:
    found: Any = openpyxl.load_workbook(fleet().to_excel(tmp_path / "fleet.xlsx"))
    # 90 kUSD in a month at most, and 109 in the other option.
    own, slow = (
        {row[0].value: row[4].number_format for row in found[name].iter_rows(5)}
        for name in ("Months own", "Months slow")
    )
    assert own["Cost"] == "#,##0;-#,##0;–"
    assert own == slow
