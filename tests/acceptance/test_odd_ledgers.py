"""Ledgers that nobody foresees: each is built, recalculated by other programs, edited, damaged and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import Built
from odd_ledgers import ODD
from openpyxl.worksheet.worksheet import Worksheet
from recalculate import Desk, differences, formualizer, held, saved_all_by_libreoffice

from unitledger.model import Assumption


@pytest.fixture(params=ODD)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Built:
    return Built.of(ODD[request.param](), tmp_path / "odd.xlsx")


def test_every_formula_is_recalculated_to_the_value_of_python(odd: Built) -> None:
    assert differences(odd.path, formualizer(odd.path)) == []
    assert Desk(odd.path).status() == ("OK", "AS BUILT", odd.warned())


def test_labels_and_options_are_in_the_file_as_given(odd: Built) -> None:
    shown = {value for (sheet, _), value in odd.cached.items() if sheet in {"Inputs", "Calc"}}

    assert {entry.label for entry in odd.ledger.inputs.values()} <= shown
    assert {line.label for line in odd.ledger.lines.values()} <= shown
    assert {*odd.ledger.options} <= shown


def test_status_follows_edits_and_damage(odd: Built) -> None:
    desk = Desk(odd.path)
    numbers = [name for name, entry in odd.ledger.inputs.items() if isinstance(entry, Assumption)]
    if numbers:
        cell = odd.input(numbers[0], odd.ledger.base)
        desk.type("Inputs", {cell: odd.cached["Inputs", cell] * 1.001})
        assert desk.status()[:2] == ("OK", "EDITED (1)")
        desk.type("Inputs", {cell: odd.cached["Inputs", cell]})

    rows = odd.calculation_rows()
    for row in {rows[0], rows[len(rows) // 2], rows[-1]}:
        place = f"{odd.columns()[-1]}{row}"
        desk.type("Calc", {place: 12345.5})
        assert desk.status()[0] == "FAIL", place
        desk.type("Calc", {place: odd.formulas["Calc", place]})
    assert desk.status() == ("OK", "AS BUILT", odd.warned())


def test_the_file_is_read_back_without_a_difference(odd: Built) -> None:
    assert not odd.ledger.read_edits(odd.path)


def test_no_column_grows_with_its_texts(odd: Built) -> None:
    for sheet in odd.book.worksheets:
        assert isinstance(sheet, Worksheet)
        assert max(each.width for each in sheet.column_dimensions.values()) <= 100, sheet.title


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_gives_the_same(tmp_path: Path) -> None:
    built = {name: Built.of(ledger(), tmp_path / f"{place}.xlsx") for place, (name, ledger) in enumerate(ODD.items())}
    saved_all_by_libreoffice([each.path for each in built.values()], tmp_path / "out")

    for name, each in built.items():
        shown = held(tmp_path / "out" / each.path.name)
        assert [shown["Summary", f"{column}2"] for column in "AB"] == ["Integrity: OK", "State: AS BUILT"], name
        assert differences(each.path, shown) == [], name
