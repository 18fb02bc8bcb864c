"""Cells are written as the library for spreadsheets writes them, which does so one by one."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from xlsxwriter import Workbook

from unitledger.workbook.file.write import Properties, render
from unitledger.workbook.sheet import Sheet

PLAIN = ("number", "")
OTHER = ("number", "0.00")
FORMULAS: tuple[tuple[str, Any], ...] = (
    ("=A1+1", 0.1 + 0.2),
    ('=IF(A1<2,"a & b","<c>")', "a & b"),
    ('="5"&""', "5"),
    ("=A1>1", True),
    ("=A1<1", False),
)
NUMBERS = (0.1 + 0.2, 5, -1e-300, 12345678901234567.0, 1.5)
TEXTS = (
    "plain",
    " spaces around ",
    "a < b & 'c' > \"d\"",
    "two\nlines",
    "=1+1",
    "plain",
    "名",
    "_x0041_ x_x00_",
    "a\rb",
    "\t",
)


def cells_of(workbook: bytes) -> list[str]:
    """The XML of each cell of the first sheet, without its style."""
    with ZipFile(BytesIO(workbook)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        texts = re.findall(r"<si>.*?</si>", package.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    found = re.findall(r"<c [^>]*/>|<c .*?</c>", re.sub(r' s="[0-9]+"', "", sheet), re.DOTALL)
    return [re.sub(r't="s"><v>(\d+)</v>', lambda place: texts[int(place[1])], cell) for cell in found]


def test_every_kind_of_cell_is_as_the_library_writes_it() -> None:
    sheet = Sheet("Calc")
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    plain, there = book.add_format({"num_format": "0.00"}), book.add_worksheet("Calc")
    for row, (formula, shown) in enumerate(FORMULAS):
        sheet.cells.append((row, 27, "formula", formula, shown, PLAIN))
        there.write_formula(row, 27, formula, plain, shown)
    for row, number in enumerate(NUMBERS):
        sheet.number(row, 1, number, OTHER)
        there.write_number(row, 1, number, plain)
    for row, text in enumerate(TEXTS):
        sheet.text(row, 0, text, PLAIN)
        there.write_string(row, 0, text, plain)
    sheet.date(9, 3, date(2024, 2, 29), PLAIN)
    there.write_datetime(9, 3, date(2024, 2, 29), plain)
    sheet.blank(12, 2, PLAIN)
    there.write_blank(12, 2, None, plain)
    book.close()

    ours = cells_of(render([sheet], Properties("Bill", "1", date(2024, 3, 1))))
    assert len(ours) == len(FORMULAS) + len(NUMBERS) + len(TEXTS) + 2
    assert ours == cells_of(buffer.getvalue())


def test_an_empty_text_and_one_like_an_error_are_texts_that_a_formula_shows() -> None:
    sheet = Sheet("Calc")
    sheet.text(0, 1, "seen", PLAIN)
    for row, shown in enumerate(("", "#N/A")):
        sheet.cells.append((row, 0, "formula", "=B1", shown, PLAIN))

    first, _, second = cells_of(render([sheet], Properties("Bill", "1", date(2024, 3, 1))))
    assert [first, second] == [
        '<c r="A1" t="str"><f>B1</f><v></v></c>',
        '<c r="A2" t="str"><f>B1</f><v>#N/A</v></c>',
    ]


def test_a_text_that_looks_like_markup_stays_a_text() -> None:
    # The library would write it as it stands, and no program would open the file.
    sheet = Sheet("Calc")
    sheet.text(0, 0, "<r>a & b</r>", PLAIN)

    found = cells_of(render([sheet], Properties("Bill", "1", date(2024, 3, 1))))
    assert found == ['<c r="A1" <si><t>&lt;r&gt;a &amp; b&lt;/r&gt;</t></si></c>']


def test_of_two_cells_at_one_place_the_last_is_written() -> None:
    sheet = Sheet("Calc")
    sheet.blank(2, 1, PLAIN)
    sheet.text(2, 0, "before", PLAIN)
    sheet.text(2, 1, "over it", PLAIN)

    first, second = cells_of(render([sheet], Properties("Bill", "1", date(2024, 3, 1))))
    assert ("before" in first, "over it" in second) == (True, True)
