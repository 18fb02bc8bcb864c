"""The legend of Read me has every look that a cell of the workbook has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from unitledger import templates, total
from unitledger.ledger import Ledger

# Titles, headings and bands are told by their place.
BANDS = {"FF1F3A5F", "FFE4EAF1"}


def look(cell: Any) -> tuple[str, str]:
    """Colour of the letters and of what is behind them."""
    behind = cell.fill.fgColor.rgb if cell.fill.patternType else ""
    return cell.font.color.rgb, behind


def test_every_colour_of_a_cell_is_in_the_legend(tmp_path: Path) -> None:
    idle = Ledger("Idle", option="only")
    idle.line("cost", idle.assume("rent", "5 USD/h"))
    idle.assume("deposit", "100 USD")
    for place, ledger in enumerate((templates.find("serving_cost")(), templates.find("training_run")(), idle)):
        book = load_workbook(ledger.to_excel(tmp_path / f"{place}.xlsx"))
        said = {row[0].value: place for place, row in enumerate(book["Read me"].iter_rows(), start=1)}
        end = said.get("Sources", book["Read me"].max_row + 2) - 1
        legend = {look(book["Read me"].cell(row, 1)) for row in range(said["Legend"] + 1, end)}

        for sheet in book.worksheets:
            for cell in (cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.has_style):
                if not isinstance(cell, MergedCell) and not BANDS & {*look(cell)}:
                    assert look(cell) in legend, f"{sheet.title}!{cell.coordinate}"
        marks = [rule.dxf for sheet in book.worksheets for each in sheet.conditional_formatting for rule in each.rules]
        assert {(mark.font.color.rgb, mark.fill.bgColor.rgb) for mark in marks if mark and mark.fill} <= legend


def test_sections_of_read_me_and_long_formulas_are_called_what_they_are(tmp_path: Path) -> None:
    book = Ledger("Long", option="only", as_of="2026-01-05")
    said = "A price that has a long name, so that a formula in words takes more letters than can be read"
    parts = [book.assume(f"price_{place}", "1 USD", f"{said}, {place}") for place in range(9)]
    book.line("bill", total(*parts) / total(*parts))
    found = load_workbook(book.to_excel(tmp_path / "long.xlsx"))

    headings = ["About", "Sheets", "Sending edits back", "Conventions", "Legend"]
    assert [row[0].value for row in found["Read me"].iter_rows() if row[0].value in headings] == headings
    told = [str(cell.value) for row in found["Calc"].iter_rows() for cell in row]
    assert [each for each in told if each.startswith("a long formula of " + said)]
