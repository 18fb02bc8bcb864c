"""A formula of a workbook that no ledger wrote: its tree over the rows' labels, and its value over the cells."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from unitledger.errors import FormulaError
from unitledger.expression import Area, Expression, Reference, words
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.cells.book import Block, Book, Place
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import read_book
from unitledger.workbook.cells.rows import Head, Row, rows_below
from unitledger.workbook.cells.value import cell_value

HEAD = Head(Block("Our costs", 0, 2, 0, 2), label=0, unit=1, beside={})


@pytest.fixture
def costs(tmp_path: Path) -> Book:
    path = tmp_path / "theirs.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Our costs")
    for row, (label, unit, content) in enumerate(
        [("Rent", "USD/h", 3), ("Power", "USD/h", 4), ("Crew", "USD/h", 5)], 1
    ):
        sheet.write_row(row, 0, [label, unit, content])
    book.define_name("crew", "='Our costs'!$C$4")
    book.close()
    return read_book(path)


def leaf(rows: dict[int, Row], block: Block | None, written: str) -> Expression:
    if block is None:
        return Reference(written, DIMENSIONLESS)
    cells = tuple(Reference(str(rows[row].label.content), DIMENSIONLESS) for row in block.rows)
    return cells[0] if len(cells) == 1 else Area(cells)


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("=C2*$C$3", "Rent × Power", 12),
        ("=SUM('Our costs'!C2:C4)", "sum of (Rent to Crew)", 12),
        ("=SUM('Our costs'!C2:'Our costs'!C3)", "sum of (Rent to Power)", 7),
        ("=c2 - Crew", "Rent − Crew", -2),
        ('="C2"&"crew"', "“C2” then “crew”", "C2crew"),
        ("=COUNTIF(C2:C4,4)", None, 1),
        ("=C2+elsewhere", "Rent + elsewhere", None),
        ("=SUM(C:C)", "sum of (C:C)", None),
        ("=SUM(Table1[C2])", "sum of (Table1[C2])", None),
    ],
)
def test_a_tree_and_a_value_without_a_ledger(costs: Book, text: str, said: str | None, value: float | None) -> None:
    formula = Formula.read(text, "Our costs", costs.names)
    if said is not None:
        assert words(formula.tree(partial(leaf, rows_below(costs, HEAD)))) == said

    def shown(place: Place) -> Any:
        held = costs.cell(*place).content
        return float(held) if isinstance(held, int | float) else held

    if value is None:
        with pytest.raises(ValueError, match="means no cells"):
            cell_value(formula.counted, formula.known(shown))
    else:
        assert cell_value(formula.counted, formula.known(shown)) == value


def test_what_cannot_be_read_is_said_of_what_is_written(costs: Book) -> None:
    """Before anything is asked about its cells."""
    formula = Formula.read("=C2+VLOOKUP(C2,C2:C4,1)", "Our costs", costs.names)
    with pytest.raises(FormulaError, match=r"^'=C2\+VLOOKUP\(C2,C2:C4,1\)': the function VLOOKUP is not one"):
        formula.tree(pytest.fail)  # type: ignore[arg-type]  # it would be called with a block.


def test_the_rows_beneath_headings(costs: Book) -> None:
    rows = rows_below(costs, HEAD).values()
    assert [(row.label.content, row.unit.content, row.unit_address) for row in rows] == [
        ("Rent", "USD/h", "'Our costs'!B2"),
        ("Power", "USD/h", "'Our costs'!B3"),
        ("Crew", "USD/h", "'Our costs'!B4"),
    ]
