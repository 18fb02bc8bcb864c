"""Strict readers take the file: a schema validator, and five programs that read it, each all that was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from built import Built
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from recalculate import Cells, agree, differences, formulas, held, saved_all_by_libreoffice
from strategies import ledgers
from worked_on import packed, parts

from unitledger import templates
from unitledger.ledger import Ledger
from unitledger.workbook.address import a1
from unitledger.workbook.audit.legal import check
from unitledger.workbook.book import workbook_sheets
from unitledger.workbook.stated.version import version_id

Read = Callable[[Path], Cells]


def against_schema(path: Path) -> list[str]:
    """What a validator of the format finds wrong."""
    from openxml_audit import OpenXmlValidator

    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def by_calamine(path: Path) -> Cells:
    """Every cell that is not empty, as the Rust library calamine reads it; formulas as kept in the file."""
    cells: Cells = {}
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        for row, line in enumerate(sheet.to_python(skip_empty_area=False)):
            cells |= {(name, a1(row, column)): held for column, held in enumerate(line) if held != ""}
    return cells


def by_formualizer(path: Path) -> Cells:
    """Every cell that is not empty, as formualizer loads and computes it; nothing in the file may be beyond it."""
    from formualizer import Workbook

    book = Workbook.from_path(str(path))
    assert not list(book.name_import_diagnostics)
    book.evaluate_all()
    places = {(sheet, at): (sheet, cell.row, cell.column) for sheet, at, cell in _cells(path)}
    return {place: book.get_value(*at) for place, at in places.items()}


def _cells(path: Path) -> list[tuple[str, str, Any]]:
    return [
        (sheet.title, cell.coordinate, cell)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def written(book: Ledger) -> Cells:
    """Every cell that is not empty, as it went to the writing library."""
    return {
        (sheet.name, a1(row, column)): shown if kind == "formula" else content
        for sheet in workbook_sheets(book, version_id(book))
        for row, column, kind, content, shown, _ in sheet.cells
        if kind != "blank" and (kind != "formula" or shown != "")
    }


def unlike(expected: Cells, found: Cells) -> list[str]:
    """Cells that a reader finds otherwise; what it finds beyond them counts as well."""
    return [
        f"{place}: wrote {expected.get(place)!r}, reads {found.get(place)!r}"
        for place in sorted(
            expected.keys() | {place for place, held in found.items() if held is not None and held != ""}
        )
        if not agree(expected.get(place), found.get(place))
    ]


def test_our_own_rules_and_the_schema(template: Built) -> None:
    check(workbook_sheets(template.ledger, version_id(template.ledger)))
    assert against_schema(template.path) == []


@pytest.mark.parametrize("read", [held, by_calamine, by_formualizer])
def test_readers_find_what_was_written(template: Built, read: Read) -> None:
    assert unlike(written(template.ledger), read(template.path)) == []


@given(book=ledgers())
@settings(max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        path = book.to_excel(Path(folder, "random.xlsx"))
        assert against_schema(path) == []
        for read in (held, by_calamine, by_formualizer):
            assert unlike(written(book), read(path)) == []


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_loads_every_template(tmp_path: Path) -> None:
    books = {name: templates.find(name)() for name in templates.names()}
    paths = [book.to_excel(tmp_path / f"{name}.xlsx") for name, book in books.items()]
    saved_all_by_libreoffice(paths, tmp_path / "saved")

    for path in paths:
        assert unlike(written(books[path.stem]), held(tmp_path / "saved" / path.name)) == [], path.stem


@pytest.mark.libreoffice
@pytest.mark.slow
@given(books=st.lists(ledgers(), min_size=3, max_size=3))
@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_libreoffice_loads_random_ledgers(books: list[Ledger]) -> None:
    with TemporaryDirectory() as folder:
        paths = [book.to_excel(Path(folder, f"random {place}.xlsx")) for place, book in enumerate(books)]
        saved_all_by_libreoffice(paths, Path(folder, "saved"))
        for book, path in zip(books, paths, strict=True):
            found, computed = held(Path(folder, "saved", path.name)), formulas(path).keys()
            assert differences(path, found) == []
            assert unlike(_without(written(book), computed), _without(found, computed)) == []


def _without(cells: Cells, places: Container[tuple[str, str]]) -> Cells:
    return {place: held for place, held in cells.items() if place not in places}


def test_a_filled_file_is_read_alike(serving: Built, tmp_path: Path) -> None:
    filled = serving.ledger.fill(serving.path, {"rtx4090": {"load": "40 %", "scheme": "hybrid"}}, tmp_path / "f.xlsx")
    assert against_schema(filled) == []
    assert unlike(held(filled), by_calamine(filled)) == []
    assert unlike(held(filled), by_formualizer(filled)) == []


@pytest.mark.parametrize("read", [held, by_calamine])
def test_a_planted_value_is_noticed(serving: Built, tmp_path: Path, read: Read) -> None:
    broken = _damaged(serving.path, tmp_path / "b.xlsx", r"(<f>Calc![^<]*</f><v>)[^<]*", r"\g<1>1234")
    assert len(unlike(written(serving.ledger), read(broken))) == 1


def test_a_formula_that_is_wrong_is_noticed(serving: Built, tmp_path: Path) -> None:
    broken = _damaged(serving.path, tmp_path / "b.xlsx", r"<f>(Calc![^<]*)</f>", r"<f>1+\g<1></f>")
    assert unlike(written(serving.ledger), by_formualizer(broken))


@pytest.mark.parametrize(
    ("before", "after"),
    [("<sheetData>", "<nonsense/><sheetData>"), (r"(<sheetViews>.*</sheetViews>)(.*</sheetData>)", r"\2\1")],
)
def test_a_broken_part_is_noticed(serving: Built, tmp_path: Path, before: str, after: str) -> None:
    assert against_schema(_damaged(serving.path, tmp_path / "b.xlsx", before, after))


def _damaged(path: Path, copy: Path, before: str, after: str) -> Path:
    """Return a copy in which a piece of the first sheet is another."""
    content = parts(path)
    text, count = re.subn(before, after, content["xl/worksheets/sheet1.xml"].decode(), count=1)
    assert count == 1
    content["xl/worksheets/sheet1.xml"] = text.encode()
    return packed(content, copy)
