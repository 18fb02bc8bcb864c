"""A figure in a sentence reads the same in every program, also where its last digits are dust."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from recalculate import Cells, formualizer, libreoffice

from unitledger.expression import Factor, Reference, Text, equal, excel, sentence, stated, value, when
from unitledger.units import DIMENSIONLESS

FIGURE = Reference("A1", DIMENSIONLESS)
DECIMALS = Reference("B1", DIMENSIONLESS)
# A value that is found along a range may miss the half by its last digit.
HALF = 34.375


def located(leaf: Reference | Factor) -> str:
    """The address of a cell."""
    assert isinstance(leaf, Reference)
    return leaf.name


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
@pytest.mark.parametrize("figure", [HALF, math.nextafter(HALF, 0), math.nextafter(HALF, 99), -HALF, 1e6 + HALF])
def test_a_half_is_rounded_alike(engine: Callable[[Path], Cells], figure: float, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([figure, 2])
    trees = [
        stated(FIGURE, 2),
        stated(FIGURE, DECIMALS),
        when(equal(FIGURE, 0), Text(""), sentence(stated(FIGURE, 2), " %")),
    ]
    for column, tree in enumerate(trees, start=3):
        sheet.cell(1, column).value = excel(tree, located)
    book.save(tmp_path / "figure.xlsx")

    shown = [value(tree, {"A1": figure, "B1": 2.0}.__getitem__) for tree in trees]
    found = engine(tmp_path / "figure.xlsx")
    assert [found[sheet.title, at] for at in ("C1", "D1", "E1")] == shown
    assert shown[0] == {HALF: "34.38", -HALF: "-34.38", 1e6 + HALF: "1,000,034.38"}[round(figure, 9)]


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(-3, 3))
def test_dust_does_not_show(half: int, decimals: int, steps: int) -> None:
    exact = half / 2 / 10**decimals
    dusty = exact
    for _ in range(abs(steps)):
        dusty = math.nextafter(dusty, math.copysign(math.inf, steps))
    tree = stated(FIGURE, decimals)
    assert value(tree, lambda _: dusty) == value(tree, lambda _: exact)
