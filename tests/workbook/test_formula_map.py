"""The formula map: every formula is in it once, every link leads where it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mapped import covers, entries
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from recalculate import formulas, held

from unitledger.ledger import Ledger
from unitledger.workbook.book import Content, write


@pytest.fixture
def path(machine: Ledger, tmp_path: Path) -> Path:
    return write(machine, tmp_path / "machine.xlsx", Content(sheets=["+Formula map"]))


@pytest.fixture
def book(path: Path) -> Workbook:
    return load_workbook(path)


def test_every_formula_is_covered_by_one_entry(book: Workbook, path: Path) -> None:
    mapped = entries(book)

    for sheet, address in formulas(path):
        assert [entry for entry in mapped if covers(entry, sheet, address)] != [], (sheet, address)
        assert sum(covers(entry, sheet, address) for entry in mapped) == 1, (sheet, address)


def test_every_line_has_its_words_unit_and_both_values(path: Path, machine: Ledger) -> None:
    cells = held(path)
    rows = {cells["Formula map", f"B{row}"]: row for row in range(6, 12)}

    assert list(rows) == [line.label for line in machine.lines.values()]
    energy = rows["Energy"]
    assert [cells["Formula map", f"{column}{energy}"] for column in "CDEFG"] == [
        *("Draw × Power: tariff", "USD/h", 0.5, 0.5, 0)
    ]
    assert cells["Formula map", f"C{rows['A year']}"] == "An hour × hours per year"


def test_precedents_are_links_to_the_cells_they_name(book: Workbook) -> None:
    sheet = book["Formula map"]
    seen = []
    for row in sheet.iter_rows(min_row=6, max_row=11, min_col=8):
        for cell in row:
            if cell.value is None:
                continue
            assert cell.hyperlink is not None
            name, _, address = str(cell.hyperlink.location).rpartition("!")
            line = re.sub("[A-Z]", "", address)
            assert book[name.strip("'")][f"A{line}"].value == cell.value
            assert book[name.strip("'")][address].value is not None
            seen.append(str(cell.value))
    assert {"Draw", "Power: tariff", "Energy", "hours per month", "Watchman"} <= set(seen)


def test_every_entry_is_a_link_to_its_first_cell(book: Workbook) -> None:
    for (cell,) in book["Formula map"]["A6:A100"]:
        if cell.hyperlink is not None and not str(cell.value).startswith("Sheets for readers"):
            first = str(cell.value).partition(":")[0]
            assert cell.hyperlink.location == first
