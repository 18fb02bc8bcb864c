"""What formulas show over cells that are empty, hold text or truth values: as other programs show it, or not known."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
import xlsxwriter
from recalculate import Cells, agree, formualizer, libreoffice
from xlsxwriter.utility import xl_rowcol_to_cell

from unitledger.workbook.cells.book import Book, Cell
from unitledger.workbook.cells.read import read_book
from unitledger.workbook.patch.refresh import refreshed

# A1 to A8, A9 being empty as well, and the same across from B1 on.
HELD: list[Any] = [2, -3.5, 0, "word", "5", None, True, False]
OPERATORS = ["+", "-", "*", "/", "&", "=", "<>", "<", "<=", ">", ">="]
OF_BLOCKS = [
    *(
        "SUM(A1:A9)",
        "SUM(A1:A6)",
        "SUM(A4:A6)",
        "SUM(A6:A6)",
        "MIN(A1:A6)",
        "MAX(A4:A6)",
        "MEDIAN(A1:A6)",
        "SUM(A1:A3,A1,1)",
    ),
    *(
        "SMALL(A1:A9,1+1)",
        "SMALL(A1:A3,5)",
        "SMALL(A1:A3,0)",
        "COUNTIF(A1:A4,0)",
        "COUNTIF(A1:A9,0)",
    ),
    *('COUNTIF(A1:A5,"word")', 'COUNTIF(A1:A5,"w*")', 'COUNTIF(A1:A5,">0")', "MATCH(0,A1:A5,0)", "MATCH(A4,A1:A5,0)"),
    *(
        'MATCH("wor?",A1:A5,0)',
        "MATCH(7,A1:A5,0)",
        "MATCH(0,A1:A9,0)",
        "INDEX(A1:A9,2)",
        "INDEX(A1:A9,6)",
        "ROWS(A1:A9)",
        "COUNTA(A1:A9)",
        "COUNTA(A6)",
    ),
    *(
        "INDEX(A1:A9,10)",
        "INDEX(A1:C3,2)",
        "SUMPRODUCT(A1:A3,A1:A3)",
        "SUMPRODUCT(A1:A9,A1:A9)",
    ),
    *(
        "SUMPRODUCT(1*(A1:A9<>A1:A9))",
        "SUMPRODUCT(1*(A1:A6=A4))",
        'SUMPRODUCT(1*(A1:A6=""))',
        "SUMPRODUCT(1*(A6:A6=0))",
        'IF(A1>0,"",1)=A9',
    ),
    *(
        "SUMPRODUCT(-(A1:A3>0))",
        "SUMPRODUCT(A1:A3*A1:C1)",
        "SUMPRODUCT(1*(A1:A3=A1:E1))",
        "SUMPRODUCT(A1:A3*A1:B2)",
        "SUMPRODUCT(1*(A1:A3=B1:B3))",
        'SUMIFS(A1:A3,A1:A3,"word")',
    ),
    *(
        "SUMIFS(A1:A3,A1:A3,A1)",
        "SUM(A1:A3*1)",
        "A1:A3+1",
        "ROWS(A1)",
        "SUMPRODUCT(A1)",
        "COUNTIF(A1,2)",
        'COUNTIF(A1:A6,"")',
        'COUNTIF(A1:A4,">=0")',
        'COUNTIF(A1:A4,"<="&A1)',
        'SUMIFS(A1:A3,A1:A3,">"&A2,A1:A3,"<"&A1)',
        'SUMIFS(A1:A3,A1:A3,"<="&A4)',
        'SUMIFS(A1:A3,A1:A4,"<=0")',
        "SUMIFS(A1:A3,A1:A3)",
        "MATCH(1,A2:A3,1)",
        "MATCH(-9,A2:A3,1)",
        "MATCH(1,A1:A3,1)",
        "MATCH(1,A1:A9,1)",
        "AVERAGE(A1:A3,A6)",
        "AVERAGE(A1:A6)",
        "AVERAGE(A4:A6)",
        "NPV(A1,A1:A3)",
        "NPV(A1,A1:A6)",
        "NPV(A1:A3,A1:A3)",
        "IRR(A1:A2,0.01)",
        "IRR(A1:A6,0.01)",
        "IRR(A1,0.01)",
        'COUNTIF(A1:A9,"<1")',
        "ISNUMBER(1/A3)",
        "ISNUMBER(1/(A1=2))",
        'SUMIFS(A1:A3,A1:A3,">0")',
        'SUMIFS(A1:A6,A1:A6,"<=-3.5")',
        "COUNTIF(A1:C3,0)",
        "ISNUMBER(A4*1)",
    ),
]
OF_VALUES = [
    *(
        "ABS({})",
        "ROUND({},0)",
        "ROUNDUP({},0)",
        "INT({})",
        "SQRT({})",
        "EXP({})",
        "LN({})",
        "FIXED({},2)",
        "ISNUMBER({})",
    ),
    *("-{}", "NOT({})", "AND({},TRUE)", "OR({},FALSE)", 'IF({},"yes","no")', "IF(TRUE,{},1)", "CHOOSE({},10,20)", "{}"),
    *("MOD({},A1)", "MOD({},0.5)", "DDB({},0,5,1,2)", "IPMT(0.1,1,5,{})", "ROUND(A1,{})"),
    *("POWER({},A1)", "SLN({},0,A1)", "{}%", "+{}", '"is "&{}', "SUM({},A1)", "MAX({},A2)"),
]


def formulas() -> list[str]:
    pairs = itertools.product(range(1, 10), repeat=2)
    made = [f"A{left}{operator}A{right}" for left, right in pairs for operator in OPERATORS]
    made += [shape.format(f"A{row}") for shape in OF_VALUES for row in range(1, 10)]
    return [*made, *OF_BLOCKS]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "strange.xlsx"
    book = xlsxwriter.Workbook(str(path))
    cells = book.add_worksheet("Strange")
    for place, content in enumerate(HELD):
        for row, column in {(place, 0), (0, place)}:
            if isinstance(content, str):
                cells.write_string(row, column, content)
            elif content is not None:
                cells.write(row, column, content)
    for place, formula in enumerate(formulas()):
        cells.write_formula(20 + place // 20, place % 20, f"={formula}", None, 12345)
    book.close()
    return path


def without_values(path: Path) -> Book:
    """A workbook whose file keeps no value of a formula."""
    book = read_book(path)
    kept = {
        sheet: {at: attrs.evolve(cell, kept=None) for at, cell in held.items()} for sheet, held in book.cells.items()
    }
    return attrs.evolve(book, cells=kept)


def shown(path: Path) -> dict[str, Any]:
    """What is shown, by address, where that is known."""
    values = refreshed(without_values(path), {})
    assert len(values) == len(formulas())
    return {xl_rowcol_to_cell(row, column): value for (_, row, column), value in values.items() if value is not None}


@pytest.mark.parametrize(
    "engine",
    [formualizer, pytest.param(libreoffice, marks=[pytest.mark.libreoffice, pytest.mark.slow])],
)
def test_what_is_known_is_what_other_programs_show(sheet: Path, engine: Callable[[Path], Cells]) -> None:
    known = shown(sheet)
    found = engine(sheet)
    listed = {xl_rowcol_to_cell(20 + place // 20, place % 20): text for place, text in enumerate(formulas())}
    unlike = {
        listed[at]: (value, found.get(("Strange", at)))
        for at, value in known.items()
        if not agree(value, found.get(("Strange", at)))
        or isinstance(value, bool) is not isinstance(found.get(("Strange", at)), bool)
    }
    assert unlike == {}
    # Numbers, empty cells and comparisons of like with like; not text in arithmetic, nor truth values beside numbers.
    assert len(known) > 600


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("A1*A2", -7.0),
        ("A6+A1", 2.0),
        ('A6=""', True),
        ("A6=0", True),
        ("SUM(A1:A6)", -1.5),
        ("SUMPRODUCT(1*(A1:A6=A4))", 1.0),
        ('IF(A6="",A1,A6)', 2.0),
        ("A4&A4", "wordword"),
    ],
)
def test_a_few_by_hand(sheet: Path, formula: str, value: object) -> None:
    book = without_values(sheet)
    cells = {**book.cells["Strange"], (0, 20): Cell("formula", f"={formula}")}
    assert refreshed(attrs.evolve(book, cells={"Strange": cells}), {})["Strange", 0, 20] == value


def test_formulas_that_are_long_and_all_different_are_left_to_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    said = "&".join(f'"{"x" * 250}"' for _ in range(30))
    with xlsxwriter.Workbook(path) as book:
        cells = book.add_worksheet("Long")
        for row in range(140):
            cells.write_formula(row, 1, f'=A1&"{row}"&{said}', None, "before")
    values = refreshed(without_values(path), {})
    assert values["Long", 0, 1] == "0" + "x" * 7_500
    assert values["Long", 139, 1] is None
