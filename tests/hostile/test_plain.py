"""Sheets of plain cells are read by a pattern: what it takes for one is one, and it reads what a parser does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from outside import CALC, LEDGERS, outcomes, sound
from worked_on import packed

from unitledger.workbook.cells.plain import NotPlain, plain_cells

MAIN = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OTHER = b' xmlns="http://example.org/other"'
# Some of these are no sheets; what counts is that nobody reads them otherwise than the library.
WITH: dict[str, tuple[bytes, bytes]] = {
    "other cells commented out": (
        b"<sheetData>",
        b'<!-- <sheetData><row r="6"><c r="C6"><v>7</v></c></row></sheetData> --><sheetData>',
    ),
    "other cells in an instruction": (
        b"<sheetData>",
        b'<?x <sheetData><row r="6"><c r="C6"><v>7</v></c></row></sheetData>?><sheetData>',
    ),
    "a row before all": (b"<sheetData>", b'<row r="6"><c r="C6"><v>7</v></c></row><sheetData>'),
    "a row commented out": (b"</row>", b'</row><!-- <row r="6"><c r="C6"><v>7</v></c></row> -->'),
    "a comment in a value": (b"<v>", b"<v><!-- 1 -->"),
    "a value in CDATA": (b"</row>", b'<c r="Z6" t="str"><v><![CDATA[7]]></v></c></row>'),
    "a cell in CDATA": (b"</row>", b'<![CDATA[<c r="C6"><v>7</v></c>]]></row>'),
    "names that mean something else": (MAIN, OTHER),
    "names that mean something else further in": (b"<sheetPr>", b"<sheetPr" + OTHER + b">"),
    "names said twice": (b"<sheetPr>", b"<sheetPr" + MAIN + b">"),
    "names in other quotes": (MAIN, MAIN.replace(b'"', b"'")),
    "names with room": (MAIN, MAIN.replace(b"=", b" = ")),
    "lines that end as on Windows": (b"</row>", b'<c r="Z6" t="str"><v>a\r\nb</v></c></row>'),
    "a letter by its number": (b"</row>", b'<c r="Z6" t="str"><v>&#65;</v></c></row>'),
    "signs of XML": (b"</row>", b'<c r="Z6" t="str"><f>"&amp;lt;"</f><v>&lt;&amp;amp;&gt;&quot;&apos;</v></c></row>'),
    "room between rows": (b"</row>", b"</row>\n  "),
    "a row that says more": (b"<row ", b'<row spans="1:3" '),
    "a row with a sign in quotes": (b"<row ", b'<row x=">" '),
    "a row without cells": (b"</row>", b'</row><row r="900"/>'),
    "a cell without address": (b"</row>", b"<c><v>7</v></c></row>"),
    "a cell that says more": (b"</row>", b'<c r="Z6" cm="1"><v>7</v></c></row>'),
    "a cell said twice": (b"</row>", b'<c r="Z6"><v>7</v></c><c r="Z6"><v>8</v></c></row>'),
    "a cell without a formula": (b"</row>", b'<c r="Z6"/></row>'),
    "a formula as LibreOffice has it": (b"</row>", b'<c r="Z6" t="n"><f aca="false">C6</f><v>7</v></c></row>'),
    "a text of nothing": (b"</row>", b'<c r="Z6" t="str"><f>""</f><v></v></c></row>'),
    "a number with an exponent": (b"</row>", b'<c r="Z6"><v>-7.5E-3</v></c></row>'),
    "a whole number": (b"</row>", b'<c r="Z6"><v>-7</v></c></row>'),
    "two rows of cells": (b"</sheetData>", b"</sheetData><sheetData/>"),
    "a sheet that goes on": (b"</sheetData>", b'</sheetData><sheetData><row r="6"><c r="C6"/></row></sheetData>'),
}


@pytest.mark.parametrize("kind", WITH)
def test_a_sheet_is_read_as_by_the_library(tmp_path: Path, kind: str) -> None:
    before, instead = WITH[kind]
    content = sound()[CALC]
    assert before in content
    # What is read either way is compared for each file.
    assert list(outcomes(packed({**sound(), CALC: content.replace(before, instead, 1)}, tmp_path / "sent.xlsx")))


@pytest.mark.parametrize("kind", LEDGERS)
def test_our_own_sheets_are_read_as_by_the_library(tmp_path: Path, kind: str) -> None:
    assert set(dict(outcomes(packed(sound(kind), tmp_path / "sent.xlsx"), kind)).values()) == {None}


def test_our_own_sheets_are_plain() -> None:
    cells = list(plain_cells(BytesIO(sound()[CALC]).read, ["text"] * 1000))
    assert len(cells) > 50


def test_a_sheet_that_breaks_off_is_not_plain() -> None:
    whole = sound()[CALC]
    cells = plain_cells(BytesIO(whole[: whole.index(b"</sheetData>")]).read, ["text"] * 1000)
    with pytest.raises(NotPlain):
        list(cells)


def test_rows_are_read_piece_by_piece() -> None:
    row = b'<row r="%d"><c r="A%d" s="1"><v>0.5</v></c><c r="B%d" s="2" t="s"><v>0</v></c></row>'
    rows = b"".join(row % (number, number, number) for number in range(1, 5001))
    sheet = b"<worksheet" + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    cells = list(plain_cells(BytesIO(sheet).read, ["text"]))
    assert len(cells) == 10_000
    assert cells[-2:] == [(4999, 0, 1, "n", None, 0.5), (4999, 1, 2, "s", None, "text")]
