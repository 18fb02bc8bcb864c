"""How Summary prints: all of it on one page, on which everything can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from budgets import budget
from machine import four_lines
from openpyxl import load_workbook

from unitledger import templates
from unitledger.ledger import Ledger
from unitledger.workbook import write
from unitledger.workbook.look.page import A3, A4, page
from unitledger.workbook.sheet import Axis, Cells, Chart, Place, Series, Sheet

TEXT = ("text", "")


@pytest.mark.parametrize("name", templates.names())
def test_summary_is_one_page_of_every_template(name: str, tmp_path: Path) -> None:
    path = write(templates.find(name)(), tmp_path / "book.xlsx")

    summary = load_workbook(path)["Summary"]
    assert summary.page_setup.orientation == "landscape"
    assert summary.sheet_properties.pageSetUpPr is not None
    assert summary.sheet_properties.pageSetUpPr.fitToPage
    assert summary.page_setup.paperSize in (A4, A3)
    assert [summary.page_setup.fitToWidth or 1, summary.page_setup.fitToHeight or 1] == [1, 1]


def of_rows(rows: int) -> Sheet:
    sheet = Sheet("Rows", fits_one_page=True)
    for row in range(rows):
        sheet.text(row, 0, "text", TEXT)
        sheet.heights[row] = 15
    return sheet


def test_larger_paper_is_taken_where_print_would_be_too_small() -> None:
    # At 7 of 10 points, 516 points of an A4 page hold 737, and 762 of an A3 page 1088.
    assert page(of_rows(49)) == (A4, 1, 1)
    assert page(of_rows(50)) == (A3, 1, 1)
    assert page(of_rows(72)) == (A3, 1, 1)


def test_what_no_page_holds_goes_on_overleaf_on_the_smaller_paper_where_that_takes_no_more() -> None:
    # Each further page of A4 has 47 rows beneath the repeated one, of A3 71.
    assert page(of_rows(73)) == (A4, 1, 2)
    assert page(of_rows(97)) == (A4, 1, 2)
    assert page(of_rows(98)) == (A3, 1, 2)
    assert page(of_rows(1000)) == (A3, 1, 15)


def test_columns_that_every_page_repeats_count_on_each() -> None:
    def wide(columns: int, freeze: int) -> Sheet:
        sheet = Sheet("Wide", freeze=(0, freeze))
        sheet.text(0, columns - 1, "text", TEXT)
        sheet.widths |= dict.fromkeys(range(columns), 20)
        return sheet

    # At 7 of 10 points an A3 page holds 2174 pixels: 14 columns of 20, which are 154 pixels wide. Of several pages,
    # each leaves one of them free.
    assert [page(wide(columns, 1))[1] for columns in (14, 15, 25, 26)] == [1, 2, 2, 3]
    assert [page(wide(columns, 6))[1] for columns in (14, 15, 20, 21)] == [1, 2, 2, 3]


def test_a_chart_counts_as_much_as_the_cells_beneath_it() -> None:
    sheet = of_rows(1)
    cell = Cells("Rows", (0, 0), (0, 0))
    series = (Series(cell, cell, cell),)
    sheet.charts.append(Chart("bars", cell, series, Axis(), Axis(), "alt", Place((0, 1), (480, 980))))
    assert page(sheet) == (A4, 1, 1)

    sheet.charts.append(Chart("bars", cell, series, Axis(), Axis(), "alt", Place((0, 1), (480, 990))))
    assert page(sheet) == (A3, 1, 1)


def test_a_long_list_of_exclusions_takes_rows_that_are_possible(tmp_path: Path) -> None:
    book = Ledger("Rent", excludes=[f"what is left out, number {place}" for place in range(200)])
    book.line("cost", book.assume("rate", "1 USD/h"))

    summary = load_workbook(write(book, tmp_path / "rent.xlsx"))["Summary"]
    heights = [each.height or 0 for each in summary.row_dimensions.values()]
    assert max(heights) <= 409
    said = "".join(str(cell.value or "") for (cell,) in summary["A1:A40"])
    assert "number 0," in said
    assert "number 199" in said


def off_paper(book: Ledger, path: Path) -> list[str]:
    """The sheets whose print area is one empty cell."""
    found = load_workbook(book.to_excel(path))
    areas = {sheet.title: str(sheet.print_area).rpartition("!")[2].replace("$", "") for sheet in found.worksheets}
    single = {name: area for name, area in areas.items() if area and ":" not in area}
    assert not any(found[name][area].value for name, area in single.items())
    return list(single)


def test_what_tells_about_the_file_is_not_on_paper(tmp_path: Path) -> None:
    about = ["Checks", "Read me", "Second calculation", "As built", "Constants"]
    assert off_paper(four_lines(ranged=False), tmp_path / "four.xlsx") == about


def test_calc_is_not_on_paper_where_all_its_lines_are_on_summary_and_others_by_period(tmp_path: Path) -> None:
    book = budget()
    assert "Calc" in off_paper(book, tmp_path / "budget.xlsx")

    book.line("share", book["least_cash"] / book["margin_in_all"])
    assert "Calc" not in off_paper(book, tmp_path / "more.xlsx")


def test_inputs_are_not_on_paper_where_all_of_them_stand_in_tables(tmp_path: Path) -> None:
    book = Ledger("Rent by list", as_of="2026-01-05")
    rows = [{"name": "a", "price": 20.0}, {"name": "b", "price": 40.0}]
    fleet = book.table("fleet", rows, key="name", columns={"price": "USD/h"})
    book.headline(book.line("rent", fleet.price.sum()))
    assert "Inputs" in off_paper(book, tmp_path / "list.xlsx")

    book.line("month", book["rent"] * book.assume("hours", "730 h/month"), "USD/month")
    assert "Inputs" not in off_paper(book, tmp_path / "more.xlsx")
