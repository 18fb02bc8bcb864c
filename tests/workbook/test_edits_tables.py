"""Tables that come back: figures and words that were changed, items that came or went, and what cannot be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from price_lists import FLEET, price_list
from recalculate import formulas

from unitledger import Ledger
from unitledger.errors import ValueRefused, WorkbookRefused
from unitledger.workbook import verify
from unitledger.workbook.returned.edits import Edits

Change = Callable[[Any], None]


def worked_on(tmp_path: Path, change: Change) -> Path:
    """The workbook once somebody has worked on its sheet Fleet."""
    path = price_list().to_excel(tmp_path / "list.xlsx")
    file: Any = openpyxl.load_workbook(path)
    change(file["Fleet"])
    file.save(target := path.with_name("changed.xlsx"))
    return target


def edits(tmp_path: Path, change: Change) -> Edits[Ledger]:
    return price_list().read_edits(worked_on(tmp_path, change))


def typed(**cells: Any) -> Change:
    """Type into cells."""

    def change(sheet: Any) -> None:
        for address, content in cells.items():
            sheet[address] = content

    return change


def test_a_fresh_workbook_has_no_edits(tmp_path: Path) -> None:
    book = price_list()

    assert not book.read_edits(book.to_excel(tmp_path / "list.xlsx"))


def test_figures_and_words_come_back_item_by_item(tmp_path: Path) -> None:
    found = edits(tmp_path, typed(E9=25, F10=5.5, B9="l4"))

    assert [(each.name, each.option, str(each.old), str(each.new), each.cell) for each in found] == [
        ("fleet.gpu@h100-eu", "list", "h100", "l4", "Fleet!B9"),
        ("fleet.price@h100-eu", "list", "24 USD/machine/h", "25 USD/machine/h", "Fleet!E9"),
        ("fleet.price@l4-us", "offer", "None", "5.5 USD/machine/h", "Fleet!F10"),
    ]
    made = found.apply()
    by_hand = price_list([FLEET[0], {**FLEET[1], "price": 25.0, "gpu": "l4"}, FLEET[2]])
    assert made.value("monthly_cost") == by_hand.value("monthly_cost")
    assert made.by_item("cost_by_card").array.tolist() == by_hand.by_item("cost_by_card").array.tolist()
    assert str(made.value("fleet.price@l4-us", "offer")) == "5.5 USD/machine/h"
    assert made.setting("fleet.price@h100-eu").figure.source == "edited in changed.xlsx"


def test_items_that_came_and_went_make_another_list(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        for letter in "ABCDEFG":
            sheet[f"{letter}8"] = None
        for address, content in {"A11": "l4-eu", "B11": "l4", "C11": "eu", "D11": 3, "E11": 7, "G11": 0.5}.items():
            sheet[address] = content

    found = edits(tmp_path, change)
    assert str(found).splitlines()[0] == (
        "changed.xlsx: 0 inputs changed, 2 items added or removed, 0 problems, 0 calculations changed."
    )
    assert "fleet  h100-us  removed  Fleet!A8" in str(found)
    made = found.apply()
    new = {"name": "l4-eu", "gpu": "l4", "region": "eu", "machines": 3, "price": 7.0, "load": 50.0}
    by_hand = price_list([*FLEET[1:], new])
    assert made.by_item("fleet.price").labels == ("h100-eu", "l4-us", "l4-eu")
    assert made.value("monthly_cost") == by_hand.value("monthly_cost")
    assert made.value("monthly_cost", "offer") == by_hand.value("monthly_cost")
    assert made.setting("fleet.price@l4-eu").figure.source == "typed into changed.xlsx"
    assert "no difference" in str(verify(made.to_excel(tmp_path / "again.xlsx")))


def test_sorted_rows_and_moved_columns_are_no_edits(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        for letter in "ABCDEG":
            sheet[f"{letter}8"], sheet[f"{letter}10"] = sheet[f"{letter}10"].value, sheet[f"{letter}8"].value
        sheet["F10"], sheet["F8"] = sheet["F8"].value, '=IF($A8="","",$E8)'
        for row in range(7, 11):
            sheet[f"B{row}"], sheet[f"C{row}"] = sheet[f"C{row}"].value, sheet[f"B{row}"].value

    found = edits(tmp_path, change)
    assert not found.changes
    assert not found.problems
    assert not found.lists


@pytest.mark.parametrize(
    ("change", "name", "cell", "said"),
    [
        (
            typed(E9="2,9O"),
            "fleet.price@h100-eu",
            "Fleet!E9",
            "it holds the text '2,9O'. Type a number in",
        ),
        (typed(E9=None), "fleet.price@h100-eu", "Fleet!E9", ""),
        (typed(E9=0), "fleet.price@h100-eu", "Fleet!E9", "0 USD/machine/h is not above 0 USD/machine/h."),
        (
            typed(A9="H100-us"),
            "fleet.name",
            "Fleet!A9",
            "'H100-us' is there already, in row 8. Every ",
        ),
        (typed(A9=4090), "fleet.name", "Fleet!A9", "it holds 4090, which is no word. Type a text."),
        (typed(A9=None), "fleet.name", "Fleet!A9", "it is empty."),
        (typed(B9=None), "fleet.gpu", "Fleet!B9", "it is empty."),
        (
            typed(A11="new", B11="l4", C11="us", D11=1, G11=0.5),
            "fleet.price@new",
            "Fleet!E11",
            "it is empty. Type a number",
        ),
        (
            typed(E6="EUR/machine/h"),
            "fleet.price",
            "Fleet!E6",
            "its unit is not USD/machine/h any more. Type",
        ),
        (
            typed(E7="Prices"),
            "fleet.price",
            "Fleet",
            "its column is not on the sheet: it was deleted",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(
    change: Change, name: str, cell: str, said: str, tmp_path: Path
) -> None:
    found = edits(tmp_path, change)

    assert [(each.name, each.cell) for each in found.problems] == [(name, cell)]
    assert found.problems[0].text.startswith(said)
    with pytest.raises(ValueRefused, match="Nothing is taken over"):
        found.apply()


def test_a_word_that_sums_leave_out_is_not_taken_over(tmp_path: Path) -> None:
    with pytest.raises(ValueRefused, match=r"'b300' of 'fleet.gpu' is none of 'cards.gpu'"):
        edits(tmp_path, typed(B9="b300")).apply()


def test_rows_after_a_thousand_problems_are_not_read(tmp_path: Path) -> None:
    found = edits(tmp_path, typed(**{f"A{row}": row for row in range(12, 2_000)}))

    assert len(found.problems) == 1_001
    assert (found.problems[-1].cell, found.problems[-1].text) == (
        "Fleet!A1012",
        "it and what follows is not read, after 1,000 problems. Put these right first.",
    )


def test_a_cell_in_the_last_row_costs_nothing(tmp_path: Path) -> None:
    path = worked_on(tmp_path, typed(A1048576="l4-eu"))
    start = time.process_time()
    found = price_list().read_edits(path)
    assert time.process_time() - start < 2
    assert [each.cell for each in found.problems] == [f"Fleet!{letter}1048576" for letter in "BCDEG"]


def test_a_computed_column_that_was_changed_is_told_once(tmp_path: Path) -> None:
    changed = {f"H{row}": f'=IF($A{row}="","",$D{row}*$E{row})' for row in (8, 9, 10)}
    found = edits(tmp_path, typed(**changed, J9=7))

    assert [(each.name, each.options, each.cell, each.new, each.note) for each in found.calculations] == [
        (
            *("cost", ("list",), "Fleet!H8"),
            "if (Fleet: Name = “”, “”, Fleet: Machines × Fleet: Price)",
            "and so in 2 more of its cells",
        ),
        ("tokens", ("list",), "Fleet!J9", "7, typed over the formula", ""),
    ]


def test_fill_sets_figures_of_items(tmp_path: Path) -> None:
    book = price_list()
    path = book.to_excel(tmp_path / "list.xlsx")
    settings = {"list": {"fleet.price@l4-us": "7 USD/machine/h"}, "offer": {"fleet.price@h100-us": "17 USD/machine/h"}}
    filled = book.fill(path, settings, tmp_path / "filled.xlsx")

    assert formulas(path) == formulas(filled)
    assert [str(each.new) for each in book.read_edits(filled)] == ["17 USD/machine/h", "7 USD/machine/h"]
    shown = openpyxl.load_workbook(filled, data_only=True)["Calc"]
    assert shown["C9"].value == pytest.approx((40 + 24 + 28) * 730)
    with pytest.raises(WorkbookRefused, match=r"The workbook has no cell of 'fleet.load@l4-us' in option 'offer'"):
        book.fill(path, {"offer": {"fleet.load@l4-us": "10 %"}}, tmp_path / "other.xlsx")
