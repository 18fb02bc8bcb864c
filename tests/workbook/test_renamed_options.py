"""Options renamed in Excel: every sheet calls them so, the file is sound, and Python takes the names over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import recalculate
from budgets import budget
from openpyxl import load_workbook
from price_lists import price_list
from recalculate import Desk

from unitledger.errors import ValueRefused, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.workbook import Problem, Renamed

ODD = ["2026", "=1+1", "'quoted'", 'so-called "cheap"', "a & b", "*", "H" * 199, "ÄÖ 中文", "+1", "FALSE", "in bought"]


@pytest.fixture
def workbook(machine: Ledger, tmp_path: Path) -> Path:
    return machine.to_excel(tmp_path / "machine.xlsx")


def retitled(path: Path, *titles: Any) -> Path:
    """The workbook with headings of its options typed over, from the first on; None empties one."""
    book = load_workbook(path)
    for column, title in zip("CD", titles, strict=False):
        cell = book["Inputs"][f"{column}4"]
        cell.value = title
        if isinstance(title, str):
            cell.data_type = "s"
    target = path.with_name("retitled.xlsx")
    book.save(target)
    return target


def test_an_option_is_renamed_in_excel_and_taken_over(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    desk = Desk(workbook)
    assert desk.status() == ("OK", "AS BUILT", 0)
    desk.type("Inputs", {"D4": "Leased"})
    assert desk.status() == ("OK", "EDITED (1)", 0)
    assert desk.read("Calc", "D4") == desk.read("Second calculation", "D4") == "Leased"

    edits = machine.read_edits(retitled(workbook, "rented", "Leased"))
    assert edits.renamed == (Renamed("bought", "Leased", "Inputs!D4"),)
    assert not edits.changes
    assert not edits.problems
    assert not edits.calculations
    assert str(edits) == (
        "retitled.xlsx: 1 option renamed, 0 inputs changed, 0 problems, 0 calculations changed.\n"
        "\n"
        "The file keeps no values of its formulas, so that Integrity is not known. Open it in a spreadsheet program "
        "and save it there.\n"
        "\n"
        "option  is now called  cell\n"
        "bought  Leased         Inputs!D4"
    )
    book = edits.apply()
    assert list(book.options) == ["rented", "Leased"]
    assert book.values("Leased") == machine.values("bought")
    assert not book.read_edits(retitled(workbook, "rented", "Leased"))
    assert not book.read_edits(book.to_excel(tmp_path / "anew.xlsx"))


def test_no_sheet_keeps_the_name_that_was(machine: Ledger, workbook: Path) -> None:
    renamed = retitled(workbook, "Ours", "Leased")
    shown = {place: str(held) for place, held in recalculate.formualizer(renamed).items()}
    left = {place for place, held in shown.items() if "rented" in held or "bought" in held}
    # As built is about what was.
    assert {sheet for sheet, _ in left} == {"As built"}
    for sheet in ("Summary", "Inputs", "Calc", "Second calculation", "Checks"):
        assert any("Leased" in held for (there, _), held in shown.items() if there == sheet), sheet
    assert not machine.read_edits(renamed).calculations


def test_an_edited_figure_belongs_to_the_column(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(retitled(workbook, "bought", "rented"))
    row = next(row for row in range(5, 60) if book["Inputs"][f"A{row}"].value == machine.inputs["draw"].label)
    book["Inputs"][f"D{row}"] = 7
    book.save(workbook)
    edits = machine.read_edits(workbook)
    assert [(each.old, each.new) for each in edits.renamed] == [("rented", "bought"), ("bought", "rented")]
    assert [(each.name, each.option) for each in edits] == [("draw", "bought")]
    swapped = edits.apply()
    assert list(swapped.options) == ["bought", "rented"]
    assert swapped.values("bought") == machine.values("rented")
    assert str(swapped.setting("draw", "rented").figure.quantity) == "7 kW"


@pytest.mark.parametrize("name", ODD)
def test_odd_names(machine: Ledger, workbook: Path, tmp_path: Path, name: str) -> None:
    renamed = retitled(workbook, "rented", name)
    edits = machine.read_edits(renamed)
    assert [(each.new, each.cell) for each in edits.renamed] == [(name, "Inputs!D4")]
    assert not edits.problems
    shown = recalculate.formualizer(renamed)
    assert shown["Calc", "D4"] == name
    assert shown["Summary", "A2"] == "Integrity: OK"
    book = edits.apply()
    anew = book.to_excel(tmp_path / "anew.xlsx")
    assert not recalculate.differences(anew, recalculate.formualizer(anew))


def test_a_number_is_a_name(machine: Ledger, workbook: Path) -> None:
    renamed = retitled(workbook, "rented", 2026)
    assert [each.new for each in machine.read_edits(renamed).renamed] == ["2026"]
    assert recalculate.formualizer(renamed)["Summary", "A2"] == "Integrity: OK"


ALIKE = "Names must differ in more than case and spaces."
REFUSED: dict[str, tuple[Any, str]] = {
    "emptied": (None, "its heading is empty. Type the name of the option."),
    "that of another": ("rented", f"it is called 'rented', as rented is. {ALIKE}"),
    "that of another but for case": ("RENTED", f"it is called 'RENTED', as rented is. {ALIKE}"),
    "that of a choice": ("As the answer", f"it is called 'As the answer', as a choice on Sensitivity is. {ALIKE}"),
    "a truth value": (True, "its heading holds True. Type the name of the option."),
}


@pytest.mark.parametrize(("title", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_headings_that_are_no_names_are_damage(machine: Ledger, workbook: Path, title: Any, said: str) -> None:
    renamed = retitled(workbook, "rented", title)
    edits = machine.read_edits(renamed)
    assert edits.problems == (Problem("options", "bought", "Inputs!D4", said),)
    with pytest.raises(ValueRefused, match="until this is put right"):
        edits.apply()
    if title is not True:
        assert recalculate.formualizer(renamed)["Summary", "A2"] == "Integrity: FAIL"


def test_a_formula_is_no_name(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Inputs"]["D4"] = '="bou"&"ght"'
    book.save(workbook)
    (problem,) = machine.read_edits(workbook).problems
    assert problem.text == 'its heading holds ="bou"&"ght". Type the name of the option.'


def test_values_are_filled_into_a_workbook_whose_options_were_renamed(machine: Ledger, workbook: Path) -> None:
    renamed = retitled(workbook, "rented", "Leased")
    filled = machine.fill(renamed, {"bought": {"draw": "7 kW"}}, renamed.with_name("filled.xlsx"))
    edits = machine.read_edits(filled)
    assert [(each.name, each.option, str(each.new)) for each in edits] == [("draw", "bought", "7 kW")]
    assert [each.new for each in edits.renamed] == ["Leased"]
    book = edits.apply()
    assert not book.read_edits(book.fill(renamed, {"Leased": {"draw": "7 kW"}}, filled))
    with pytest.raises(WorkbookRefused, match="has the options"):
        machine.only("bought").fill(renamed, {"bought": {"draw": "7 kW"}}, filled)


def test_a_name_is_an_edit_also_where_nothing_is_typed(tmp_path: Path) -> None:
    book = Ledger("Without inputs", option="one")
    price = book.constant("price", "3 USD")
    book.line("cost", price + price)
    book.option("other", {})
    desk = Desk(book.to_excel(tmp_path / "plain.xlsx"))
    assert desk.status() == ("OK", "AS BUILT", 0)
    desk.type("Inputs", {"C4": "mine"})
    assert desk.status() == ("OK", "EDITED (1)", 0)


def test_changes_since_a_workbook_whose_options_were_renamed(machine: Ledger, workbook: Path, tmp_path: Path) -> None:
    renamed = retitled(workbook, "bought", "rented")
    taken = machine.read_edits(renamed).apply()
    for book in (machine, taken):
        since = book.to_excel(tmp_path / "since.xlsx", since=renamed)
        assert load_workbook(since)["Changes"]["A5"].value == "No figure differs."


OVER_AXES = {
    "months": (
        budget,
        {"people@2026-05": "12 person"},
        [("Timeline", "A17", "    in Leased"), ("Months dear", "A1", "Inference budget: Leased")],
    ),
    "tables": (price_list, {"fleet.price@h100-us": "15 USD/machine/h"}, [("Fleet", "F7", "Price, Leased")]),
}


@pytest.mark.parametrize(("written", "settings", "said"), OVER_AXES.values(), ids=OVER_AXES)
@pytest.mark.parametrize(
    "titles", [("", "Leased"), ("that of the other", "Leased"), ("that of the other", 'so-called "cheap" & <dear>')]
)
def test_sheets_of_periods_and_items_follow(
    tmp_path: Path,
    written: Callable[[], Ledger],
    settings: dict[str, str],
    said: list[tuple[str, str, str]],
    titles: tuple[str, str],
) -> None:
    book = written()
    base, last = book.options
    titles = (last if titles[0] else base), titles[1]
    renamed = retitled(book.to_excel(tmp_path / "book.xlsx"), *titles)

    shown = recalculate.formualizer(renamed)
    assert shown["Summary", "A2"] == "Integrity: OK"
    for sheet, at, text in said:
        assert shown[sheet, at] == text.replace("Leased", titles[1])

    taken = book.read_edits(renamed).apply()
    assert tuple(taken.options) == titles
    anew = taken.read_edits(renamed)
    assert (anew.changes, anew.problems, anew.calculations, anew.renamed) == ((), (), (), ())
    for ledger, option in ((book, last), (taken, titles[1])):
        filled = ledger.read_edits(ledger.fill(renamed, {option: settings}, tmp_path / f"{ledger is book}.xlsx"))
        assert [(each.name, each.option) for each in filled] == [(name, option) for name in settings]
        assert (filled.problems, filled.calculations) == ((), ())
        since = load_workbook(ledger.to_excel(tmp_path / "since.xlsx", since=renamed))
        assert since["Changes"]["A5"].value == "No figure differs."


@pytest.mark.libreoffice
def test_libreoffice_follows_and_saves_a_name(
    machine: Ledger, workbook: Path, tmp_path: Path, libreoffice: Callable[[Path], recalculate.Cells]
) -> None:
    renamed = retitled(workbook, "rented", "2026")
    saved = recalculate.saved_by_libreoffice(renamed, tmp_path / "saved")
    edits = machine.read_edits(saved)
    assert [each.new for each in edits.renamed] == ["2026"]
    assert (edits.changes, edits.problems, edits.calculations) == ((), (), ())
    shown, others = libreoffice(saved), recalculate.formualizer(renamed)
    assert shown["Summary", "A2"] == "Integrity: OK"
    texts = {place for place, held in others.items() if isinstance(held, str)}
    assert [place for place in texts if not recalculate.agree(shown.get(place), others[place])] == []
