"""Comparison of what a cell may hold: numbers at 15 digits, texts without regard to case, numbers before texts."""

from __future__ import annotations

from typing import Any

import pytest

from unitledger.expression import parse, value
from unitledger.expression.node import Area, Reference
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


BLOCK: dict[str, Any] = {"A1": 5.0, "A2": "", "A3": -2.0, "A4": "none", "A5": 9.0}


@pytest.mark.parametrize(
    "formula",
    [
        *("=MIN(A1:A5)", "=MAX(A1:A5)", "=SUM(A1:A5)", "=MEDIAN(A1:A5)", "=MATCH(9,A1:A5,0)"),
        *("=SMALL(A1:A5,2)", '=COUNTIF(A1:A5,">=0")', '=COUNTIF(A1:A5,"")'),
    ],
)
def test_texts_in_a_block_are_no_numbers(formula: str) -> None:
    from formualizer import Workbook

    book = Workbook()
    sheet = book.sheet("Sheet1")
    for row, content in enumerate(BLOCK.values(), start=1):
        sheet.set_value(row, 1, content)
    sheet.set_formula(1, 2, formula)

    assert value(parse(formula, _block), BLOCK.__getitem__) == book.evaluate_cell("Sheet1", 1, 2)


def test_a_rank_that_no_number_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^3 numbers have no place 4$"):
        value(parse("=SMALL(A1:A5,4)", _block), BLOCK.__getitem__)


def _block(_: str) -> Area:
    return Area(tuple(Reference(address, DIMENSIONLESS) for address in BLOCK))
