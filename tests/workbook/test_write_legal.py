"""What spreadsheets refuse is refused before a file is written."""

from __future__ import annotations

import pytest

from unitledger.errors import NameRefused, WorkbookError
from unitledger.ledger import Ledger
from unitledger.workbook.audit.legal import check, defined_names, sheet_names
from unitledger.workbook.book import MOST_LINKS, within_links, workbook_bytes
from unitledger.workbook.sheet import Sheet, Validation

PLAIN = ("number", "")


@pytest.mark.parametrize("name", ["", "a" * 32, "a[b", "a/b", "'a'", "History", "a?b"])
def test_a_sheet_name_that_excel_refuses(name: str) -> None:
    with pytest.raises(NameRefused):
        sheet_names([name])


def test_sheet_names_differ_in_more_than_case() -> None:
    with pytest.raises(NameRefused) as refused:
        sheet_names(["Calc", "CALC"])
    assert str(refused.value) == "The sheet names 'Calc' and 'CALC' are one name to a spreadsheet."


@pytest.mark.parametrize("name", ["TPU4", "RTX4090", "R1C", "r", "C", "A1", "XFD1", "in.power", "1a", "a b", "a" * 256])
def test_a_defined_name_that_would_be_misread(name: str) -> None:
    with pytest.raises(NameRefused):
        defined_names([name])


@pytest.mark.parametrize("name", ["in_TPU4", "out_price", "XFE1", "LONGER1", "_a"])
def test_a_defined_name_that_is_fine(name: str) -> None:
    defined_names([name])


def test_defined_names_differ_in_more_than_case() -> None:
    with pytest.raises(NameRefused) as refused:
        defined_names(["price", "PRICE"])
    assert str(refused.value) == "The defined names 'price' and 'PRICE' are one name to a spreadsheet."


@pytest.mark.parametrize("figure", [float("nan"), float("inf"), float("-inf")])
def test_a_figure_that_no_cell_can_hold(figure: float) -> None:
    sheet = Sheet("Calc")
    sheet.number(4, 2, figure, PLAIN)

    with pytest.raises(WorkbookError, match=r"Calc!C5: -?(nan|inf) is no number that a cell can hold\."):
        check([sheet])


def test_a_formula_without_a_finite_value() -> None:
    sheet = Sheet("Calc")
    sheet.cells.append((4, 2, "formula", "=A1", float("nan"), PLAIN))

    with pytest.raises(WorkbookError) as refused:
        check([sheet])
    assert str(refused.value) == "Calc!C5: the value of =A1 is nan."


def test_a_text_longer_than_a_cell() -> None:
    sheet = Sheet("Read me")
    sheet.text(0, 0, "x" * 32_768, PLAIN)

    with pytest.raises(WorkbookError, match=r"Read me!A1: a text of 32,768 characters; a cell holds 32,767: x{40}"):
        check([sheet])


def test_a_text_with_a_control_character() -> None:
    sheet = Sheet("Read me")
    sheet.text(0, 0, "bell\a", PLAIN)

    with pytest.raises(WorkbookError) as refused:
        check([sheet])
    assert str(refused.value) == r"Read me!A1: 'bell\x07' holds a control character, which a workbook cannot carry."


def test_more_columns_than_a_sheet_has() -> None:
    sheet = Sheet("Calc")
    sheet.blank(0, 16_384, PLAIN)

    with pytest.raises(WorkbookError) as refused:
        check([sheet])
    assert str(refused.value) == (
        "Sheet 'Calc' would have 1 rows and 16,385 columns; a sheet has 1,048,576 and 16,384. "
        "Divide the ledger, or its options."
    )


def test_more_options_than_a_sheet_has_columns_for(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Ledger("Rent", option="0")
    book.line("cost", book.assume("rent", "1 USD/h"))
    for place in range(1, 5_461):
        book.option(str(place), {})
    monkeypatch.setattr("unitledger.workbook.book.evaluate", lambda *_: pytest.fail("worked out before it was refused"))

    with pytest.raises(WorkbookError) as refused:
        workbook_bytes(book)
    assert str(refused.value) == (
        "Sheet 'Second calculation' would have 5 rows and 16,387 columns; a sheet has 1,048,576 and 16,384. "
        "Divide the ledger, or its options."
    )


def test_more_number_formats_than_a_workbook_has() -> None:
    sheet = Sheet("Calc")
    for row in range(201):
        sheet.number(row, 0, 1.0, ("number", "0." + "0" * row))

    with pytest.raises(WorkbookError) as refused:
        check([sheet])
    assert str(refused.value) == "201 number formats; a workbook holds 200."


def test_more_rules_for_cells_than_a_sheet_holds() -> None:
    sheet = Sheet("Inputs")
    rule = {"validate": "length", "criteria": "<=", "value": 255}
    sheet.validations.extend(Validation((row, row), (0, 0), rule) for row in range(65_535))

    with pytest.raises(WorkbookError) as refused:
        check([sheet])
    assert str(refused.value) == (
        "Sheet 'Inputs' would have 65,535 rules for what its cells accept; Excel takes 65,534. Rows with the same unit "
        "and bounds share one: give fewer different bounds, or divide the ledger."
    )


def test_links_past_what_a_sheet_holds_become_plain_text_and_the_sheet_says_so() -> None:
    sheet = Sheet("Formula map")
    for row in range(MOST_LINKS + 2):
        sheet.link(row + 4, 0, "Calc", "Calc!$A$5", ("link", ""))

    cells = within_links(sheet).cells

    assert sum(kind == "link" for _, _, kind, *_ in cells) == MOST_LINKS
    assert cells[MOST_LINKS] == (MOST_LINKS + 4, 0, "text", "Calc", None, ("text", ""))
    assert cells[-1][3] == "A sheet holds 65,530 links; the 2 after them are plain text."


def test_a_sheet_within_the_limit_keeps_its_links() -> None:
    sheet = Sheet("Formula map")
    sheet.link(4, 0, "Calc", "Calc!$A$5", ("link", ""))

    assert within_links(sheet) is sheet
