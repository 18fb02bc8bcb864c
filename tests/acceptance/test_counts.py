"""How many formulas a workbook has: few, so that those that say something are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import Built
from machine import four_lines

from unitledger import templates
from unitledger.ledger import Ledger


def serving() -> Ledger:
    return templates.find("serving_cost")().only("rtx4090", "h100")


@pytest.mark.parametrize(
    ("book", "formulas", "on_calc"),
    [(four_lines(ranged=False), 67, 17), (four_lines(ranged=True), 179, 17), (serving(), 859, 213)],
    ids=["four lines", "with two ranges", "serving_cost"],
)
def test_formulas(book: Ledger, formulas: int, on_calc: int, tmp_path: Path) -> None:
    built = Built.of(book, tmp_path / "book.xlsx")

    assert len(built.formulas) == formulas
    assert sum(sheet == "Calc" for sheet, _ in built.formulas) == on_calc
