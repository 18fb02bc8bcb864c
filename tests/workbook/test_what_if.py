"""The spare option of a workbook: it takes no part until somebody types into it, and comes back as an option."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from budgets import budget
from built import Built
from first_sheet import row_of, said
from machine import rented_or_bought
from openpyxl import load_workbook
from recalculate import Cells, Desk, formualizer, held, libreoffice, retyped

from unitledger.errors import ValueRefused
from unitledger.ledger import Ledger
from unitledger.units import Q
from unitledger.workbook import verify

OUTSIDE = "Figures of inputs outside their range, or left as they were in another unit"
ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


def rent(**more: Any) -> Ledger:
    """A machine at 2 USD/h, for 10 h/day or whatever an option says; the most that is usual is 12 h/day."""
    book = Ledger("Rent", option="today", as_of="2026-01-01", **more)
    rate = book.assume("rate", "2 USD/h", low="1 USD/h", high="3 USD/h")
    hours = book.assume("hours", "13 h/day", low="8 h/day", high="12 h/day")
    cost = book.line("cost", rate * hours, unit="USD/day", label="A day")
    book.headline(cost)
    book.alert(cost > book.assume("budget", "20 USD/day"), "It is over the budget")
    return book


def fixed() -> Ledger:
    """A ledger in which nothing can be set."""
    book = Ledger("Fixed", option="today")
    book.line("fee", book.constant("fixed_fee", "5 USD"))
    return book


def spare(book: Ledger, folder: Path) -> Built:
    return Built(book, book.to_excel(folder / "rent.xlsx", what_if=True))


@pytest.mark.parametrize("engine", [held, *ENGINES])
def test_until_it_is_used_it_takes_no_part(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    built = spare(rent(), tmp_path)
    cells = engine(built.path)

    assert [cells["Summary", f"{column}2"] for column in "ABC"] == ["Integrity: OK", "State: AS BUILT", "Alerts: 2"]
    assert said(cells)[:2] == [
        "A day is 26.00 USD/day with today. But an alert applies to it:",
        f"Alert in every option: It is over the budget. {OUTSIDE}: 1 (see Checks).",
    ]
    assert [cells["Inputs", f"{column}5"] for column in "CD"] == [2, 2]
    figure = row_of(cells, "Key figures") + 1
    assert [cells.get(("Summary", f"{column}{figure}")) or "" for column in "CD"] == [26, ""]


def test_beside_two_options_the_best_is_one_of_these(tmp_path: Path) -> None:
    book = rent()
    book.option("flat", {"rate": "3 USD/h"})
    built = spare(book, tmp_path)

    # The base is best: without the spare one, the next is dearer by a half.
    assert said(built.cached)[0].startswith("A day is lowest with today: 26.00 USD/day (flat is next: +50.0 %).")
    assert book.read_edits(built.path).apply().options.keys() == book.options.keys()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_figure_makes_it_an_option(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    built = spare(rent(), tmp_path)
    path = retyped(built.path, "Inputs", {built.input("hours", "what if"): 9, "D4": "fewer hours"})
    cells = engine(path)

    assert [cells["Summary", f"{column}2"] for column in "AB"] == ["Integrity: OK", "State: EDITED (2)"]
    assert said(cells)[0].startswith("A day is lowest with fewer hours: 18.00 USD/day (-30.8 % against today).")
    assert said(cells)[1].startswith("Alert in today: It is over the budget")


def test_it_is_read_back_under_the_name_typed_there(tmp_path: Path) -> None:
    book, built = rent(), spare(rent(), tmp_path)
    path = retyped(built.path, "Inputs", {built.input("hours", "what if"): 9, "D4": "fewer hours"})
    edits = book.read_edits(path)

    assert [(edit.name, edit.option, str(edit.new)) for edit in edits] == [("hours", "what if", "9 h/day")]
    assert [(each.old, each.new) for each in edits.renamed] == [("what if", "fewer hours")]
    taken = edits.apply()
    assert list(taken.options) == ["today", "fewer hours"]
    assert taken.value("cost", "fewer hours") == Q("18 USD/day")
    assert list(book.options) == ["today"]
    # It is an option like others now: nothing is left to take over, and another spare one fits beside it.
    again = taken.read_edits(path)
    assert (again.changes, again.problems, again.renamed) == ((), (), ())
    assert (
        taken.read_edits(taken.to_excel(tmp_path / "again.xlsx", what_if=True)).apply().options.keys()
        == taken.options.keys()
    )


def test_a_new_name_alone_is_an_option_too(tmp_path: Path) -> None:
    book, built = rent(), spare(rent(), tmp_path)
    path = retyped(built.path, "Inputs", {"D4": "as today"})

    assert Desk(path).status()[:2] == ("OK", "EDITED (1)")
    assert list(book.read_edits(path).apply().options) == ["today", "as today"]


def test_without_edits_no_option_is_read(tmp_path: Path) -> None:
    book = rented_or_bought()
    path = book.to_excel(tmp_path / "machine.xlsx", what_if=True)
    edits = book.read_edits(path)

    assert not edits
    assert list(edits.apply().options) == ["rented", "bought"]
    assert str(verify(path)).count("no difference") == 2


def test_fill_keeps_it(tmp_path: Path) -> None:
    book, built = rent(), spare(rent(), tmp_path)
    used = retyped(built.path, "Inputs", {built.input("hours", "what if"): 9})
    book.fill(used, {"today": {"rate": "1.5 USD/h"}}, tmp_path / "filled.xlsx")

    cells = formualizer(tmp_path / "filled.xlsx")
    assert said(cells)[0].startswith("A day is lowest with what if: 13.50 USD/day (-30.8 % against today).")
    assert [edit.option for edit in book.read_edits(tmp_path / "filled.xlsx")] == ["today", "what if"]


def test_cases_have_one_as_well(tmp_path: Path) -> None:
    book = rent(alternatives=False)
    book.option("flat", {"rate": "3 USD/h"})
    built = spare(book, tmp_path)
    path = retyped(built.path, "Inputs", {built.input("hours", "what if"): 9})

    cases = (
        "to 39.00 USD/day in flat; the options are cases, not alternatives. But an alert applies to a case named here:"
    )
    assert said(built.cached)[0] == f"A day: from 26.00 USD/day in today {cases}"
    assert said(formualizer(path))[0] == f"A day: from 18.00 USD/day in what if {cases}"


@pytest.mark.parametrize(("before", "after"), [(True, False), (False, True), (True, True)])
def test_what_changed_since_tells_of_it_only_when_used(before: bool, after: bool, tmp_path: Path) -> None:
    book = rent()
    earlier = book.to_excel(tmp_path / "earlier.xlsx", what_if=before)
    later = book.with_settings({"today": {"hours": "11 h/day"}})
    path = later.to_excel(tmp_path / "later.xlsx", what_if=after, since=earlier)

    told = {cell.value for row in load_workbook(path)["Changes"].iter_rows() for cell in row}
    assert not any("what if" in str(each) and ("new" in str(each) or "gone" in str(each)) for each in told)
    assert "Hours" in told


@pytest.mark.parametrize(
    ("book", "said"),
    [(budget(2), "has figures by period or by item"), (fixed(), "has no inputs")],
)
def test_some_ledgers_can_have_none(book: Ledger, said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueRefused) as refused:
        book.to_excel(tmp_path / "book.xlsx", what_if=True)

    assert str(refused.value) == f"{book.title!r} {said}, and so its workbook has no spare option. Leave that out."


def test_there_is_none_beside_one_of_that_name(tmp_path: Path) -> None:
    book = rent()
    book.option("What if", {"rate": "3 USD/h"})
    with pytest.raises(ValueRefused) as refused:
        book.to_excel(tmp_path / "rent.xlsx", what_if=True)

    assert str(refused.value) == "An option of 'Rent' is called 'what if', as the spare one would be. Rename it."
