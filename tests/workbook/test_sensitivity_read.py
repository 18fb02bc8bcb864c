"""What a reader sees on Sensitivity: sentences, the lines of a chart, and room for long names."""

from __future__ import annotations

from pathlib import Path

from drawn import charts
from openpyxl import load_workbook
from swung import Swung

from unitledger import Ledger
from unitledger.units import define

LINE = 14


def test_options_that_come_out_equal_close_by_are_told_in_more_digits(tmp_path: Path) -> None:
    book = Ledger("Rent", option="one", as_of="2026-01-05")
    rate = book.assume("rate", "10 USD/h", low="5 USD/h", high="20 USD/h")
    book.headline(book.line("cost", rate + book.assume("fee", "0 USD/h")))
    book.option("other", {"rate": "9.9 USD/h", "fee": "0.3 USD/h"})
    swung = Swung.of(book, tmp_path / "close.xlsx")

    # In two digits it is 10.
    (_, _, flip) = swung.sentences()
    assert flip == "one and other come out equal where Rate is about 10.20 USD/h; it is 10 USD/h in one."

    # Where they are equal as they are, no digits tell anything.
    swung.desk.type("Inputs", {"D6": 0.1})
    (_, _, flip) = swung.sentences()
    assert flip == "one and other come out equal where Rate is about 10 USD/h; it is 10 USD/h in one."


def test_a_break_even_far_below_the_high_has_two_digits_too(tmp_path: Path) -> None:
    book = Ledger("Tokens", option="large", as_of="2026-01-05")
    price = book.assume("price", "0.5 USD/Mtoken", "Rate", low="0.01 USD/Mtoken", high="10 USD/Mtoken")
    book.headline(book.line("cost", price * book.assume("context", "6 Mtoken")))
    book.option("small", {"price": "0.1 USD/Mtoken", "context": "9 Mtoken"})
    swung = Swung.of(book, tmp_path / "tokens.xlsx")

    # 9 x 0.333 is 6 x 0.5.
    (_, _, flip) = swung.sentences()
    assert flip == "small and large come out equal where Rate is about 0.33 USD/Mtoken; it is 0.10 USD/Mtoken in small."


def test_of_cases_the_lines_run_over_an_input_that_moves_the_first(tmp_path: Path) -> None:
    book = Ledger("Rent", option="one", as_of="2026-01-05", alternatives=False)
    rate = book.assume("rate", "10 USD/h", low="9 USD/h", high="11 USD/h")
    rebate = book.assume("rebate", "5 USD/h", low="1 USD/h", high="9 USD/h")
    book.headline(book.line("cost", rate - rebate * book.assume("member", "0 ratio")))
    book.option("member", {"member": "1 ratio"})
    swung = Swung.of(book, tmp_path / "cases.xlsx")

    # The rebate moves the other case more than the rate moves either.
    assert [swung.shown("one", column) for column in "CK"] == [9, 11]


def test_long_names_have_room(tmp_path: Path) -> None:
    far = "rented by the month from the provider that is nearest to the other warehouse of the company"
    define("warehouse_in_the_north = [warehouse_in_the_north]")
    book = Ledger("Rent", option=f"one, {far}", as_of="2026-01-05")
    label = "Rate of a warehouse, agreed with the provider until the end of the year"
    unit = "USD/warehouse_in_the_north/month"
    rate = book.assume("rate", f"10 {unit}", label, low=f"5 {unit}", high=f"20 {unit}")
    book.headline(book.line("cost", rate, label="Cost " + far))
    book.option(f"two, {far}", {"rate": f"12 {unit}"})
    swung = Swung.of(book, tmp_path / "long.xlsx")

    sheet = load_workbook(swung.path)["Sensitivity"]
    heights = {row: size.height or 15 for row, size in sheet.row_dimensions.items()}
    sentences = [row for row in range(1, 12) if str(sheet.cell(row, 1).value).startswith("=") and row > 2]
    merged = {area.min_row: area.size["columns"] for area in sheet.merged_cells.ranges}
    assert len(sentences) == 3
    assert all(merged[row] == 11 for row in sentences)
    assert heights[sentences[-1]] > 2 * LINE
    assert heights[swung.row(label)] > 1.5 * LINE
    named = [held for _, held in charts(swung.path)[-1].caches()]
    assert ["Analysed option"] in named
    assert ["Compared with"] in named
