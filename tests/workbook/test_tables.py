"""The sheets of a ledger's tables: as they are written, and what follows when a list is changed there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from price_lists import FLEET, price_list
from recalculate import Desk, agree, formulas, held, libreoffice, retyped, saved_all_by_libreoffice

from unitledger import Ledger
from unitledger.workbook import verify

Rows = list[dict[str, Any]]


def without_items() -> Ledger:
    """Tables of nothing, and of one item that is nothing."""
    book = Ledger("Nothing", as_of="2026-01-05")
    empty = book.table("empty", {"name": [], "price": []}, key="name", columns={"price": "USD/h"})
    one = book.table("one", [{"name": "a", "price": 0}], key="name", columns={"price": "USD/h"})
    book.line("none", (empty.price * book.assume("time", "3 h")).sum(), "USD")
    book.headline(book.line("one_of_nothing", one.price.largest() + one.price.mean() + one.price["a"]))
    book.line("items", one.count() + empty.count())
    return book


def over_time() -> Ledger:
    """A table whose sums go into the months of a timeline."""
    book = price_list()
    time = book.timeline("2026-01", 3)
    hourly = book.line("hourly", book["fleet.price"].sum())
    book.line("by_month", book["cost"].sum() / book["month"] * time.months, "USD")
    book.line("dearest", hourly + book["fleet.price"].largest())
    return book


LEDGERS: list[Callable[[], Ledger]] = [price_list, without_items, over_time]


@pytest.mark.parametrize("make", LEDGERS)
def test_formulas_and_units_of_a_fresh_workbook_agree(make: Callable[[], Ledger], tmp_path: Path) -> None:
    found = verify(make().to_excel(tmp_path / "list.xlsx"))

    assert "no difference" in str(found)
    assert "differ." not in str(found)


@pytest.mark.libreoffice
@pytest.mark.parametrize("make", LEDGERS)
def test_libreoffice_finds_the_same_figures(make: Callable[[], Ledger], tmp_path: Path) -> None:
    path = make().to_excel(tmp_path / "list.xlsx")
    shown, found = held(path), libreoffice(path)

    assert {place for place in formulas(path) if not agree(shown.get(place), found.get(place))} == set()


def test_an_option_has_columns_of_its_own_where_it_can_differ(tmp_path: Path) -> None:
    file = openpyxl.load_workbook(price_list().to_excel(tmp_path / "list.xlsx"))

    assert file.sheetnames[:5] == ["Summary", "Inputs", "Fleet", "Cards", "Calc"]
    assert [cell.value for cell in file["Fleet"][7]] == [
        *("Name", "Gpu", "Region", "Machines", "Price", '="Price, "&Inputs!$D$4', "Load"),
        *("Cost", '="Cost, "&Inputs!$D$4', "Tokens", '="Tokens, "&Inputs!$D$4'),
    ]
    assert file["Fleet"]["F9"].value == '=IF($A9="","",$E9)'
    assert file["Fleet"]["H16"].value is None
    assert file["Fleet"].auto_filter.ref == "A7:K15"


def paste(path: Path, rows: Rows) -> dict[tuple[str, str], Any]:
    """Paste a list over that of the sheet Fleet."""
    columns = dict(zip("ABCDEG", ("name", "gpu", "region", "machines", "price", "load"), strict=True))
    typed: dict[str, Any] = {f"{letter}{row}": None for letter in columns for row in range(8, 16)}
    for number, item in enumerate(rows, start=8):
        typed |= {f"{letter}{number}": item[name] for letter, name in columns.items()}
        typed[f"G{number}"] = item["load"] / 100
    desk = Desk(path)
    desk.type("Fleet", typed)
    return {("desk", "status"): desk.status(), **{("Calc", f"C{row}"): desk.read("Calc", f"C{row}") for row in (9, 10)}}


LONGER: Rows = [*FLEET, *({**FLEET[0], "name": f"more-{letter}x", "machines": 1} for letter in "abcd")]


@pytest.mark.parametrize("rows", [LONGER, FLEET[1:], FLEET[::-1]])
def test_a_list_of_another_length_is_pasted_and_all_follows(rows: Rows, tmp_path: Path) -> None:
    path = price_list().to_excel(tmp_path / "list.xlsx")
    found, by_hand = paste(path, rows), price_list(rows)

    assert found["desk", "status"][0] == "OK"
    assert found["desk", "status"][1].startswith("EDITED")
    assert found["Calc", "C9"] == pytest.approx(by_hand.value("monthly_cost").magnitude)
    assert found["Calc", "C10"] == pytest.approx(by_hand.value("cheapest").magnitude)


@pytest.mark.parametrize(
    "change",
    [
        {"E9": None},  # a price is missing
        {"E9": "24"},  # it is a text
        {"A9": None},  # nobody knows what the price is of
        {"B9": "b300"},  # a card that the other table does not have: a sum by card would leave it out
        {"B9": 100},
        {"E9": 0},  # it must be above 0
        {"E7": "Preis"},  # nobody knows what the column is
        {"E6": "USD/h"},
        {f"A{row}": f"l4-{row}" for row in range(11, 17)},  # one has no room: no formula looks at it
        {"H16": 5},
    ],
)
def test_what_cannot_be_used_fails_integrity(change: dict[str, Any], tmp_path: Path) -> None:
    desk = Desk(price_list().to_excel(tmp_path / "list.xlsx"))
    desk.type("Fleet", change)

    assert desk.status()[0] == "FAIL"


def test_a_figure_typed_in_counts_as_one_edit(tmp_path: Path) -> None:
    desk = Desk(price_list().to_excel(tmp_path / "list.xlsx"))
    desk.type("Fleet", {"E10": 7, "F10": 6.5})

    assert desk.status()[:2] == ("OK", "EDITED (2)")
    assert desk.read("Calc", "C9") == pytest.approx((40 + 24 + 28) * 730)
    assert desk.read("Calc", "D9") == pytest.approx((36 + 24 + 26) * 730)


CHANGED: dict[str, tuple[str, dict[str, Any], int]] = {
    "another figure in one cell": ("Fleet", {"J9": 12}, 3),
    "another formula in one cell": ("Fleet", {"J9": "=$D9*2"}, 3),
    "of which the answer does not depend": ("Cards", {"E9": "=$C9*2"}, 1),
}


@pytest.mark.parametrize("changed", CHANGED)
def test_a_changed_cell_fails_integrity_while_nothing_is_edited(changed: str, tmp_path: Path) -> None:
    desk = Desk(price_list().to_excel(tmp_path / "list.xlsx"))
    sheet, cells, off = CHANGED[changed]
    desk.type(sheet, cells)

    assert desk.status()[:2] == ("FAIL", "AS BUILT")
    assert desk.read("Checks", "C13") == off


@pytest.mark.parametrize("formula", ["=$D{0}*$E{0}", "=$J{0}*2"])
def test_another_formula_for_all_items_fails_integrity_after_edits_too(formula: str, tmp_path: Path) -> None:
    desk = Desk(price_list().to_excel(tmp_path / "list.xlsx"))
    desk.type("Fleet", {"E8": 7, "A9": None, "B9": None, "C9": None, "D9": None, "E9": None, "G9": None})
    assert desk.status()[0] == "OK"
    desk.type("Fleet", {f"H{row}": f'=IF($A{row}="","",{formula.format(row)[1:]})' for row in range(8, 16)})

    assert desk.status()[0] == "FAIL"
    assert desk.read("Checks", "C11") == 1


def worked_out(path: Path) -> list[tuple[str, str]]:
    """Return the cells of tables that are worked out, in rows without items too, and what columns come to.

    Not the status cells, nor headings.
    """
    inherited = {("Fleet", f"F{row}") for row in range(8, 16)}
    here = [(sheet, at) for sheet, at in formulas(path) if sheet in ("Fleet", "Cards") and at[1:] not in ("2", "7")]
    return [place for place in here if place not in inherited]


def test_each_cell_that_is_typed_over_is_told(tmp_path: Path) -> None:
    book = price_list()
    path = book.to_excel(tmp_path / "list.xlsx")
    shown, cells = held(path), worked_out(path)

    assert len(cells) == 5 + 4 * 8 + 2 + 4 * 7
    for sheet, at in cells:
        (told,) = book.read_edits(retyped(path, sheet, {at: shown.get((sheet, at)) or 5})).calculations
        assert told.cell == f"{sheet}!{at}"


@pytest.mark.libreoffice
def test_a_cell_that_is_typed_over_fails_integrity(tmp_path: Path) -> None:
    path = price_list().to_excel(tmp_path / "list.xlsx")
    shown, paths = held(path), {}
    for place, (sheet, at) in enumerate(worked_out(path)[::6]):
        typed = retyped(path, sheet, {at: shown.get((sheet, at)) or 5})
        paths[sheet, at] = typed.rename(tmp_path / f"typed_{place}.xlsx")
    saved_all_by_libreoffice(list(paths.values()), tmp_path / "out")

    said = {at: held(tmp_path / "out" / file.name)["Summary", "A2"] for at, file in paths.items()}
    assert [at for at, integrity in said.items() if integrity != "Integrity: FAIL"] == []


def test_a_cell_that_holds_no_formula_any_more_is_painted(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(price_list().to_excel(tmp_path / "list.xlsx"))["Fleet"]
    painted = {
        str(place.sqref): rule.formula[0]
        for place in sheet.conditional_formatting
        for rule in place.rules
        if "ISFORMULA" in rule.formula[0]
    }

    assert painted["H5 H8:H15"] == "NOT(_xlfn.ISFORMULA(H5))"
    assert list(painted) == ["D5", *(f"{letter}5 {letter}8:{letter}15" for letter in "HIJK")]


def test_a_total_has_the_decimals_of_its_column(tmp_path: Path) -> None:
    book = Ledger("Calls", as_of="2026-01-05")
    rows = [{"name": "chat", "calls": 3.0}, {"name": "search", "calls": 4.0}]
    calls = book.table("calls", rows, key="name", columns={"calls": "query"})
    fees = book.line("fees", calls.calls * book.assume("fee", "0.05 USD/query"), "USD")
    book.headline(book.line("all", fees.sum()))

    sheet: Any = openpyxl.load_workbook(book.to_excel(tmp_path / "calls.xlsx"))["Calls"]
    ((total, *_, item),) = ([cell for cell in column if cell.data_type == "f"] for column in sheet.iter_cols(3, 3, 4))
    # 0.35 USD in all; as "0" it would be nothing.
    assert total.number_format == item.number_format == "#,##0.000"
