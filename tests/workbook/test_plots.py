"""Charts beneath a table: a curve for each option, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from unitledger import Ledger, column
from unitledger.errors import ExpressionError


def charts(book: Ledger, path: Path) -> list[Any]:
    """The charts on the sheet of the table."""
    sheet: Any = load_workbook(book.to_excel(path))["Volumes"]
    return list(sheet._charts)


def priced(options: int) -> Ledger:
    """A price by volume, with a discount in each option."""
    book = Ledger("Volumes", option="list")
    discount = book.assume("discount", "0 ratio", "Discount", source="offer")
    volumes = book.table(
        "volumes", {"name": ["few", "many"], "volume": [10, 100]}, key="name", columns={"volume": column("Mtoken")}
    )
    price = book.constant("price", "2 USD/Mtoken", "Price", source="list")
    bill = book.line("bill", volumes.volume * price * (1 - discount), "USD", "Bill")
    double = book.line("double", volumes.volume + volumes.volume, "Mtoken", "Twice the volume")
    book.headline(book.line("largest", bill.largest(), "USD", "Largest bill"))
    book.plot(bill, over=double)
    for place in range(1, options):
        book.option(f"offer {place}", {"discount": f"{place / 100} ratio"}, source="offer")
    return book


def test_each_option_is_a_curve_of_its_own_column(tmp_path: Path) -> None:
    (chart,) = charts(priced(2), tmp_path / "volumes.xlsx")

    assert [(each.xVal.numRef.f, each.yVal.numRef.f) for each in chart.ser] == [
        ("Volumes!$E$8:$E$9", "Volumes!$C$8:$C$9"),
        ("Volumes!$E$8:$E$9", "Volumes!$D$8:$D$9"),
    ]
    assert [each.tx.strRef.f for each in chart.ser] == ["Calc!$C$4", "Calc!$D$4"]
    assert (
        load_workbook(tmp_path / "volumes.xlsx")["Volumes"]["A16"].value == "Bill [USD] over Twice the volume [Mtoken]"
    )


def test_of_more_options_than_colours_none_is_drawn(tmp_path: Path) -> None:
    assert len(charts(priced(8), tmp_path / "eight.xlsx")) == 1
    assert charts(priced(9), tmp_path / "nine.xlsx") == []


def test_other_settings_keep_the_plot() -> None:
    assert priced(2).with_settings({"list": {"discount": "0.1 ratio"}}).plots == (("bill", "double"),)


def test_one_figure_is_no_curve() -> None:
    book = priced(1)
    with pytest.raises(ExpressionError) as refused:
        book.plot(book.lines["largest"], over=book.lines["largest"])

    assert str(refused.value) == "'largest' over 'largest': a plot takes two lines of one table."
