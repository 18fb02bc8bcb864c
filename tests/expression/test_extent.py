"""Formulas stay as small as a spreadsheet and a reader can take them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from built import Built
from openpyxl import load_workbook
from recalculate import Cells, differences, formualizer, libreoffice
from reshape import insert

from unitledger import Ledger, Power
from unitledger.errors import ExpressionError, FormulaError
from unitledger.expression import maximum, median, minimum, total
from unitledger.expression.node import Operand
from unitledger.model import Assumption


def prices(book: Ledger, count: int) -> list[Assumption]:
    return [book.assume(f"price_{place}", f"{place} USD") for place in range(1, count + 1)]


def test_more_arguments_than_excel_takes_are_refused() -> None:
    book = Ledger("Many parts")
    parts = prices(book, 256)

    with pytest.raises(ExpressionError) as refused:
        median(*parts)
    assert str(refused.value) == (
        "MEDIAN takes 255 arguments at most, as in Excel, not 256. Make lines of groups of them, and apply it to these."
    )
    assert str(book.line("all", total(*parts)).value) == "32896 USD"
    assert str(book.line("most", maximum(*parts)).value) == "256 USD"


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
@pytest.mark.parametrize("step", [1, 2])
def test_a_long_total_is_written_in_ranges_or_groups(
    engine: Callable[[Path], Cells], step: int, tmp_path: Path
) -> None:
    book = Ledger("Many parts")
    parts = prices(book, 600)[::step]
    book.total("all", parts)
    book.line("least", minimum(*parts))
    built = Built.of(book, tmp_path / "many.xlsx")

    printed = built.formulas["Calc", built.line("all", "base")]
    assert printed == "=SUM(C6:C605)" if step == 1 else printed.startswith("=SUM(SUM(C6,C8,")
    found = engine(built.path)
    assert differences(built.path, found) == []
    assert found["Calc", built.line("all", "base")] == sum(range(1, 601, step))
    assert found["Summary", "A2"] == "Integrity: OK"
    assert not book.read_edits(built.path)


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
@pytest.mark.parametrize("count", [100, 101, 200, 300])
def test_a_long_total_in_another_unit_is_converted_once(
    engine: Callable[[Path], Cells], count: int, tmp_path: Path
) -> None:
    book = Ledger("Many parts")
    parts = [book.assume(f"rent_{place}", f"{place} USD/month") for place in range(1, count + 1)]
    year = book.total("year", parts, unit="USD/year")
    book.headline(book.line("each", year / book.assume("people", "10 user")))
    built = Built.of(book, tmp_path / "many.xlsx")

    printed = built.formulas["Calc", built.line("year", "base")]
    once = re.fullmatch(rf"=SUM\(C6:C{count + 5}\)\*Constants!\$C\$[0-9]+", printed)
    assert (once is None, printed.count("Constants!")) == ((True, 100) if count == 100 else (False, 1))
    found = engine(built.path)
    assert differences(built.path, found) == []
    assert found["Calc", built.line("year", "base")] == pytest.approx(12 * sum(range(1, count + 1)))
    assert found["Summary", "A2"] == "Integrity: OK"
    workbook = load_workbook(built.path)
    insert(workbook, "Calc", "rows", 5)
    workbook.save(built.path)
    assert not book.read_edits(built.path)


@pytest.mark.parametrize("step", [1, 2])
def test_a_long_total_is_read_back_from_a_workbook_with_a_row_more(step: int, tmp_path: Path) -> None:
    book = Ledger("Many parts")
    book.total("all", prices(book, 600)[::step])
    book.to_excel(tmp_path / "many.xlsx")
    workbook = load_workbook(tmp_path / "many.xlsx")
    insert(workbook, "Calc", "rows", 5)
    workbook.save(tmp_path / "many.xlsx")

    assert not book.read_edits(tmp_path / "many.xlsx")


def test_the_longest_total_can_be_written_and_its_checks_hold_as_few_arguments(tmp_path: Path) -> None:
    book = Ledger("Many parts")
    book.total("a_total_with_a_rather_long_name", prices(book, 255))

    book.to_excel(tmp_path / "many.xlsx")
    assert not book.read_edits(tmp_path / "many.xlsx")


@pytest.mark.parametrize("from_the_left", [True, False])
def test_a_formula_nested_too_deeply_is_refused_where_it_is_written(from_the_left: bool) -> None:
    book = Ledger("Deep")
    price = book.assume("price", "1 USD")

    def nested(depth: int) -> Operand:
        made: Operand = price
        for _ in range(depth):
            made = made + price if from_the_left else price - made
        return made

    message = (
        "the formula is nested more than 200 deep. Make lines of its parts and refer to these; add up many values "
        "with total(...) instead of sum(...)."
    )
    for depth in (200, 5000):
        with pytest.raises(ExpressionError) as refused:
            book.line("deep", nested(depth))
        assert str(refused.value) == f"Line 'deep': {message}"
    with pytest.raises(ExpressionError) as refused:
        book.add(Power(draw="1 kW", tariff=nested(200)))
    assert str(refused.value) == f"Line 'power', term 'tariff': {message}"
    assert book.line("deep", nested(199)).value.magnitude == (200 if from_the_left else 0)


def test_a_deep_formula_goes_to_excel_and_comes_back(tmp_path: Path) -> None:
    book = Ledger("Deep")
    price = book.assume("price", "1 USD")
    book.line("deep", sum([price] * 199, start=price), unit="kUSD")

    book.to_excel(tmp_path / "deep.xlsx")
    assert not book.read_edits(tmp_path / "deep.xlsx")


def test_a_formula_that_doubles_at_every_step_is_refused_at_once() -> None:
    book = Ledger("Doubling")
    formula: Operand = book.assume("price", "1 USD")
    for _ in range(60):
        formula = formula + formula

    with pytest.raises(ExpressionError) as refused:
        book.line("doubled", formula)
    assert str(refused.value).startswith("Line 'doubled': the formula is of more than 4,000 parts. ")


def test_a_formula_too_long_for_excel_names_its_line(tmp_path: Path) -> None:
    book = Ledger("Long")
    parts = prices(book, 510)[::2]
    book.line("long", total(*(total(*parts) for _ in range(8))))

    told = r"^Line 'long': A formula would be [0-9,]+ characters long; Excel takes 8,192. Split the line.$"
    with pytest.raises(FormulaError, match=told):
        book.to_excel(tmp_path / "long.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_formula_that_options_make_too_long_names_its_sheet(tmp_path: Path) -> None:
    book = Ledger("Many", option="first")
    rent, kind = book.assume("rent", "2 USD/h"), book.choice("kind", ["rented", "leased"])
    book.headline(book.line("cost", kind.select({"rented": rent, "leased": rent * 1})))
    for place in range(99):
        book.option(f"option {place}", {"kind": "leased"} if place % 2 else {"rent": "3 USD/h"})

    told = (
        r"^Sheet As built: A formula would be [0-9,]+ characters long; Excel takes 8,192. "
        r"It grows with the options: put fewer into one workbook, with only\(...\).$"
    )
    with pytest.raises(FormulaError, match=told):
        book.to_excel(tmp_path / "many.xlsx")
