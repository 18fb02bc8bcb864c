"""What room texts take: letters by their width, and what a sheet makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from budgets import budget
from openpyxl import load_workbook

from unitledger import Ledger
from unitledger.workbook import write
from unitledger.workbook.look.measure import height, width

LINE, NEXT = 14, 12.75


def test_letters_have_their_own_widths() -> None:
    assert width("will fill it all", "label") < width("MOWN GRAMMARS", "label") / 1.5
    assert width("total", "label") < width("total", "heading_right") < width("total", "answer")
    assert width("価格", "label") > 1.9 * width("ab", "label")


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        ("one line", 1),
        ("two lines of letters", 2),
        ("unbroken" * 5, 4),
        ("一二三四五六七八九十" * 2, 4),
        ("", 1),
        ("unbroken/" * 5, 5),
    ],
)
def test_a_row_is_as_high_as_its_text_has_lines(shown: str, lines: int) -> None:
    assert height(shown, 12, "label") == LINE + NEXT * (lines - 1)


def test_a_text_that_is_not_broken_takes_one_line_and_none_is_higher_than_a_row_can_be() -> None:
    assert height("a text that is not broken", 5, "text") == LINE
    assert height("word " * 900, 5, "label") == 409


def test_names_of_eight_options_stand_unbroken_over_the_key_figures(tmp_path: Path) -> None:
    book = Ledger("Models", option="claude_sonnet_5", as_of="2026-01-05")
    book.line("cost", book.assume("price", "3 USD/Mtoken"))
    names = [f"deepseek_v4_pr{number}" for number in range(7)]
    for number, name in enumerate(names):
        book.option(name, {"price": f"{number} USD/Mtoken"})

    summary: Any = load_workbook(write(book, tmp_path / "models.xlsx"))["Summary"]
    assert summary.column_dimensions["C"].width >= width(names[0], "heading_right")
    charts = {chart.anchor._from.row + 1 for chart in summary._charts}
    # No page ends within a row.
    (row,) = charts
    assert (summary.row_dimensions[row].height or 0) > 8 * 20


def test_years_of_an_option_stand_apart_from_those_of_the_option_before(tmp_path: Path) -> None:
    years = load_workbook(budget().to_excel(tmp_path / "budget.xlsx"))["Years"]
    heads = [cell.value for cell in years[4][2:] if cell.value]
    each = len(heads) // 2
    held = years.column_dimensions.values()
    widths = {column: each.width for each in held for column in range(each.min or 0, (each.max or 0) + 1)}
    wide = [widths[column] for column in range(3, 3 + len(heads))]
    assert wide == [wide[0], *[wide[0] - 3] * (each - 1)] * 2


@pytest.mark.parametrize(("words", "high"), [(15, LINE), (20, LINE + NEXT)])
def test_a_text_over_several_columns_has_what_each_leaves_free(words: int, high: float, tmp_path: Path) -> None:
    book = Ledger("Machines", option="own", as_of="2026-01-05")
    book.line("cost", book.assume("price", "3 USD/machine"))
    book.option(
        "rent", {"price": "2 USD/machine"}, description=f"A sentence {'of ' * words}some length which fits or not."
    )
    summary: Any = load_workbook(write(book, tmp_path / "machines.xlsx"))["Summary"]

    row = next(cell.row for cells in summary.iter_rows() for cell in cells if "A sentence" in str(cell.value))
    assert summary.row_dimensions[row].height == pytest.approx(high, abs=0.5)
