"""Headings and labels that tell figures apart, where nothing else compares them: one that is changed fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from budgets import budget, fleet
from machine import rented_or_bought
from openpyxl import load_workbook
from price_lists import price_list
from recalculate import Desk, held

from unitledger import Ledger, uniform

CAME = {"people": ["5 person", "5 person", "4 person"]}
LEDGERS: Mapping[str, Callable[[], Ledger]] = {
    "machine": rented_or_bought,
    "budget": lambda: budget(14),
    "fleet": fleet,
    "outcome": lambda: budget(6).against(CAME),
    "list": price_list,
}
SWAPPED = [
    ("machine", "Inputs", "Low", "High"),
    ("machine", "Summary", "answer at low", "answer at high"),
    ("machine", "Sensitivity", "Low", "High"),
    ("machine", "Sensitivity", "Least over these changes", "Greatest over these changes"),
    ("machine", "Uncertainty", "rented", "bought"),
    ("machine", "Uncertainty", "P5 of all cases", "P95 of all cases"),
    ("budget", "Months base", "Total or closing", "Mean"),
    ("budget", "Years", "Difference in 2027-02", "Least of all differences"),
    ("fleet", "Months own", "Total or closing", "Opening"),
    ("list", "Fleet", "Source", "Unit"),
    ("list", "Fleet", "Total", "Sum"),
    ("outcome", "Variance", "To date", "With the rest as planned"),
    ("outcome", "Variance", "Margin in all: plan", "Margin in all: actual"),
    ("outcome", "Variance", "    volume: how much was asked for", "    price: what was paid for it"),
]


@cache
def written(name: str, folder: Path) -> tuple[Ledger, Path]:
    book = LEDGERS[name]()
    drawn = book.simulate(200, {"load": uniform("40 %", "60 %")}, options="all", seed=1) if name == "machine" else None
    return book, book.to_excel(folder / f"{name}.xlsx", uncertainty=drawn)


@pytest.mark.parametrize("swapped", SWAPPED, ids=" ".join)
def test_headings_that_are_swapped_or_typed_over_fail_and_are_told(
    swapped: tuple[str, ...], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, sheet, one, other = swapped
    book, path = written(name, tmp_path_factory.getbasetemp())
    places = {said: at for (title, at), said in reversed(held(path).items()) if title == sheet}
    contents = {places[one]: other} | ({places[other]: one} if other in places else {})
    desk = Desk(path)
    assert desk.read("Summary", "A2") == "Integrity: OK"
    desk.type(sheet, contents)
    assert desk.read("Summary", "A2") == "Integrity: FAIL"

    file = load_workbook(path)
    for address, said in contents.items():
        file[sheet][address] = said
    file.save(tmp_path / "sent.xlsx")
    told = {
        each.cell.rpartition("!")[2]: (each.old, each.new)
        for each in book.read_edits(tmp_path / "sent.xlsx").calculations
    }
    for address, said in contents.items():
        assert told[address] == (f"heading {one if said == other else other}", f"heading {said}")


def test_a_heading_that_is_emptied_is_told(tmp_path: Path) -> None:
    book = rented_or_bought()
    file = load_workbook(book.to_excel(tmp_path / "machine.xlsx"))
    file["Sensitivity"]["C31"] = None
    file.save(tmp_path / "sent.xlsx")
    (told,) = book.read_edits(tmp_path / "sent.xlsx").calculations
    assert (told.name, told.cell, told.old, told.new) == ("headings", "Sensitivity!C31", "heading Low", "no heading")
