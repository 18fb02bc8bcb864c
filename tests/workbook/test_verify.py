"""A workbook recalculated from its formulas alone: any value kept in the file that is not computed is found."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from worked_on import packed, parts, sheet_parts

from unitledger.errors import MissingExtra, ValueRefused, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.workbook import Difference, verify

Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A workbook of formulas, each with the value that the file keeps for it, from A3 down; A1 and A2 hold numbers."""

    def of(*formulas: tuple[str, object]) -> Path:
        path = tmp_path / "sent.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Sums")
        sheet.write_number(0, 0, 3)
        sheet.write_number(1, 0, 1e-9)
        for row, (formula, kept) in enumerate(formulas, start=2):
            sheet.write_formula(row, 0, formula, None, kept)
        book.close()
        return path

    return of


def test_a_workbook_as_written_agrees(machine: Ledger, tmp_path: Path) -> None:
    result = verify(machine.to_excel(tmp_path / "machine.xlsx"))
    assert result
    assert result.formulas > 50
    assert str(result) == (
        f"machine.xlsx: {result.formulas:,} formulas recalculated, no difference.\n"
        "Units of 15 rows re-derived, no difference."
    )


def test_a_planted_value_is_found(machine: Ledger, tmp_path: Path) -> None:
    path = machine.to_excel(tmp_path / "machine.xlsx")
    held = parts(path)
    calc = sheet_parts(held)["Calc"]
    held[calc] = re.sub(rb"(<f>SUM\(C[^<]*</f><v>)[^<]*", rb"\g<1>1234", held[calc], count=1)
    result = verify(packed(held, path))
    assert not result
    # 5 kW x 0.10 USD/kWh + 7300 USD/month / 730 h + half of 2 USD/h
    (difference,) = result.differences
    assert (difference.sheet, difference.cached, difference.recalculated) == ("Calc", 1234, pytest.approx(11.5))


@pytest.mark.parametrize(
    ("formula", "kept"),
    [("=A1*2", 6), ("=A1*2", 6.000000001), ('="a"&"b"', "ab"), ("=A1>2", True), ("=A9", 0), ("=0.1+0.2-0.3", 0)],
)
def test_values_that_agree(made: Made, formula: str, kept: object) -> None:
    assert verify(made((formula, kept)))


@pytest.mark.parametrize(
    ("formula", "kept", "computed"),
    [
        ("=A1*2", 6.00000001, 6),
        ("=A1*2", "6", 6),
        ("=A1>2", 1, True),
        ('="a"&"b"', "aB", "ab"),
        ("=A2*A1", 3.1e-9, pytest.approx(3e-9)),
        ("=A1/0", "#DIV/0!", "#DIV/0!"),
        ("=A1/0", 3, "#DIV/0!"),
        ("=NOSUCH(1)", 3, "#NAME?"),
    ],
)
def test_values_that_do_not(made: Made, formula: str, kept: object, computed: object) -> None:
    result = verify(made((formula, kept), ("=A1+A2", 3.000000001)))
    assert result.formulas == 2
    assert result.differences == (Difference("Sums", "A3", kept, computed),)


def test_a_file_without_values_gets_one_sentence(machine: Ledger, tmp_path: Path) -> None:
    path = machine.to_excel(tmp_path / "machine.xlsx")
    formulas = verify(path).formulas
    load_workbook(path).save(path)
    result = verify(path)
    assert not result
    assert result.differences == ()
    assert str(result) == (
        f"machine.xlsx: what saved the file kept no value of its {formulas:,} formulas; open it in a spreadsheet "
        "program, save it there, and verify it again."
    )


def test_formulas_without_a_value_are_told_apart_from_those_that_differ(made: Made) -> None:
    path = made(("=A1*2", 6), ("=A1*3", 9), ("=A1*4", 13), ("=A1/0", 0), ('=""', ""))
    held = parts(path)
    held["xl/worksheets/sheet1.xml"] = re.sub(rb"<v>(6|0)</v>", b"", held["xl/worksheets/sheet1.xml"])
    result = verify(packed(held, path))
    assert result.without_value == 1
    assert str(result) == (
        "sent.xlsx: 5 formulas recalculated, 2 differ.\n  Sums!A5: kept 13, computes 12.0\n"
        "  Sums!A6: kept no value, computes #DIV/0!\n"
        "sent.xlsx: what saved the file kept no value of 1 of its 5 formulas; open it in a spreadsheet program, save "
        "it there, and verify it again."
    )


def test_an_empty_text_is_a_value(made: Made) -> None:
    path = made(("=A1*2", "word"), ('=IF(A1>2,"",1)', "word"))
    held = {name: content.replace(b"<v>word</v>", b"<v></v>") for name, content in parts(path).items()}
    result = verify(packed(held, path))
    assert (result.without_value, result.differences) == (0, (Difference("Sums", "A3", "", 6),))


def test_a_difference_that_cancels_is_measured_by_its_operands(made: Made) -> None:
    # Of two numbers near a million, rounding may leave some ten-billionths.
    assert verify(made(("=(A1*1000000)+A2-3000000", 1.0002e-9)))
    assert not verify(made(("=(A1*1000000)+A2-3000000", 0.01)))


def test_the_tolerance_can_be_set(made: Made) -> None:
    path = made(("=A1*2", 6.001))
    assert verify(path, tolerance=1e-3)
    assert not verify(path, tolerance=1e-4)
    with pytest.raises(ValueRefused) as refused:
        verify(path, tolerance=2)
    assert str(refused.value) == ("The tolerance is a share of the larger number, from 0 to less than 1; got 2.")


def test_without_the_engine_the_message_says_what_to_install(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "formualizer", None)
    with pytest.raises(MissingExtra) as missing:
        verify(made(("=A1", 3)))
    assert str(missing.value) == (
        "Recalculating needs the library formualizer, which is not installed: pip install 'unitledger[verify]'."
    )


def test_a_file_that_is_not_safe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(WorkbookRefused, match=r"sent\.xlsx is not read: it is no workbook"):
        verify(path)


def test_a_workbook_whose_formulas_were_replaced_by_values_is_refused(made: Made) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        verify(made())
    assert str(refused.value) == (
        "sent.xlsx holds no formula to recalculate: it is not a workbook of a ledger, or its formulas were replaced "
        "by values."
    )


def test_a_long_list_of_differences_is_cut_short(made: Made) -> None:
    lines = str(verify(made(*(("=A1*2", place) for place in range(100, 160))))).splitlines()
    assert lines[0] == "sent.xlsx: 60 formulas recalculated, 60 differ."
    assert len(lines) == 52
    assert lines[-1] == "  ... and 10 more."
