"""Comparison of what a cell may hold: numbers at 15 digits, texts without regard to case, numbers before texts."""

from __future__ import annotations

from typing import Any

import pytest

from unitledger.expression import parse, value
from unitledger.expression.node import Reference
from unitledger.units import DIMENSIONLESS

FIVE: dict[str, Any] = {"A1": 5.0, "B1": "Flat"}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('=A1=""', False),
        ('=A1<>""', True),
        ('=B1="flat"', True),
        ("=A1<B1", True),
        ("=B1<A1", False),
        ("=A1=B1", False),
    ],
)
def test_numbers_and_texts_compare_as_in_a_spreadsheet(formula: str, expected: bool) -> None:
    from formualizer import Workbook

    tree = parse(formula, lambda address: Reference(address, DIMENSIONLESS))
    book = Workbook()
    sheet = book.sheet("Sheet1")
    sheet.set_value(1, 1, FIVE["A1"])
    sheet.set_value(1, 2, FIVE["B1"])
    sheet.set_formula(2, 1, formula)

    assert value(tree, FIVE.__getitem__) is expected
    assert book.evaluate_cell("Sheet1", 2, 1) is expected
