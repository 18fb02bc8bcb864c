"""How many formulas a workbook has: few, so that those that say something are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import Built
from machine import four_lines
from recalculate import formulas

from unitledger import templates
from unitledger.ledger import Ledger
from unitledger.templates.published import reconcile
from unitledger.workbook.book import Content, write


def serving() -> Ledger:
    return templates.find("serving_cost")().only("rtx4090", "h100")


@pytest.mark.parametrize(
    ("book", "count", "on_calc"),
    [(four_lines(ranged=False), 67, 17), (four_lines(ranged=True), 179, 17), (serving(), 781, 213)],
    ids=["four lines", "with two ranges", "serving_cost"],
)
def test_formulas(book: Ledger, count: int, on_calc: int, tmp_path: Path) -> None:
    built = Built.of(book, tmp_path / "book.xlsx")

    assert len(built.formulas) == count
    assert sum(sheet == "Calc" for sheet, _ in built.formulas) == on_calc


def test_a_quarter_of_them_is_the_model_with_published_figures_too(tmp_path: Path) -> None:
    path = write(serving(), tmp_path / "book.xlsx", Content(published=reconcile("serving_cost")))
    on_sheet = [sheet for sheet, _ in formulas(path)]

    assert (len(on_sheet), on_sheet.count("Calc"), on_sheet.count("Reconciliation")) == (844, 213, 61)
    assert on_sheet.count("Calc") >= len(on_sheet) / 4
