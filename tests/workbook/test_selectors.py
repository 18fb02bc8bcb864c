"""What is chosen from a list is found again, whatever it looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from recalculate import differences, libreoffice, retyped
from swung import Swung

from unitledger.ledger import Ledger

LABELS = ["1", "2024-01-31", "TRUE", "1e3", "50 %", "*", "r?nt", "#N/A", "a~b"]
OPTIONS = ["0", "1", "1.0", "TRUE", "*", "?", "~", "2024-01-31", "#N/A"]


def ledger() -> Ledger:
    """Each input and each option is called what a spreadsheet would take for something else."""
    book = Ledger("Lookalikes", option=OPTIONS[0])
    rents = [
        book.assume(f"rent_{place}", "5 USD/h", label=label, low=f"{4 - place / 10} USD/h", high="6 USD/h")
        for place, label in enumerate(LABELS)
    ]
    way = book.choice("way", ["1e3", "2024-01-31", "TRUE"], label="-1")
    bill = book.total("bill", rents)
    paid = book.line("paid", way.select(dict.fromkeys(way.words, bill)))
    for place, option in enumerate(OPTIONS[1:], start=1):
        book.option(option, {"rent_0": f"{5 + place} USD/h"})
    book.headline(paid)
    return book


@pytest.fixture
def swung(tmp_path: Path) -> Swung:
    return Swung.of(ledger(), tmp_path / "lookalikes.xlsx")


def test_every_option_is_found_by_its_name(swung: Swung) -> None:
    for option in OPTIONS:
        swung.choose("Analysed option", option)
        assert swung.desk.status()[0] == "OK", option
        assert swung.sentences()[0].startswith(f"Analysed: {option}"), option


def test_cells_in_which_words_are_chosen_hold_text(swung: Swung) -> None:
    """Excel makes a number of 1e3 or 1, and a date of 2024-01-31, unless the cell is formatted as text."""
    book = load_workbook(swung.path)
    options = book["Inputs"][swung.input("way", OPTIONS[0])]
    selectors = [book["Sensitivity"][f"C{swung.row(label)}"] for label in ("Analysed option", "Compared with")]

    assert {cell.number_format for cell in (options, *selectors)} == {"@"}
    assert all(isinstance(cell.value, str) for cell in (options, *selectors))


@pytest.mark.libreoffice
def test_libreoffice_finds_them_too(swung: Swung) -> None:
    assert differences(swung.path, libreoffice(swung.path)) == []
    cell = f"C{swung.row('Analysed option')}"
    chosen = libreoffice(retyped(swung.path, "Sensitivity", {cell: "*"}))

    assert chosen["Summary", "A2"] == "Integrity: OK"
    assert "Analysed: *" in {str(value)[:11] for (sheet, _), value in chosen.items() if sheet == "Sensitivity"}
