"""Check 13: texts that look like formulas or links stay texts, and hostile files are refused at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from built import Built
from recalculate import differences, formualizer, libreoffice
from worked_on import packed, parts

from unitledger.errors import WorkbookRefused
from unitledger.ledger import Ledger

HOSTILE = ["=cmd|' /C calc'!A0", "{=1}", "http://example.org/a", "+1", "@SUM(A1)", "=HYPERLINK(A1)", "#N/A"]

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = b'<worksheet xmlns="' + MAIN + b'"><sheetData>%s</sheetData></worksheet>'


def full_of(text: str) -> Ledger:
    """A ledger that says a text wherever somebody may write one."""
    book = Ledger(text, option=text, excludes=[text], owner=text)
    book.section(text)
    rent = book.assume("rent", "5 USD/h", label=text, source=text, note=text)
    choice = book.choice("choice", [text, "other"], label=f"{text} choice", source=text)
    fee = book.constant("fee", "1 USD/h", label=f"{text} fee", source=text)
    hour = book.line("hour", choice.select({text: rent + fee, "other": fee}), label=f"{text} hour", note=text)
    total = book.total("total", [hour, fee], label=f"{text} total")
    book.option(f"{text} again", {"rent": "6 USD/h", "choice": text}, source=text, note=text)
    book.headline(total, beside=[hour])
    book.alert(hour > fee, text)
    return book


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_stays_a_text(text: str, tmp_path: Path) -> None:
    built = Built.of(full_of(text), tmp_path / "hostile.xlsx", sheets=["+Formula map"])

    plain = Built.of(full_of("plain"), tmp_path / "plain.xlsx", sheets=["+Formula map"])
    # Texts take more or fewer rows and columns of Summary as they are long.
    of_sheet = [[at for at in each.formulas if at[0] != "Summary"] for each in (built, plain)]
    assert set(of_sheet[0]) == set(of_sheet[1])
    cells = [cell for sheet in built.book.worksheets for row in sheet.iter_rows() for cell in row]
    said = [cell for cell in cells if cell.value == text and (cell.parent.title, cell.coordinate) not in built.formulas]
    assert len(said) > 15
    assert {cell.data_type for cell in said} == {"s"}
    # Entries of the formula map lead to cells of the file, whatever they say.
    assert {cell.hyperlink.target for cell in said if cell.hyperlink} == {None}
    assert {bool(cell.quotePrefix) for cell in said} == {text.startswith(("=", "+", "@"))}
    assert differences(built.path, formualizer(built.path)) == []
    assert not built.ledger.read_edits(built.path)


@pytest.mark.libreoffice
def test_libreoffice_reads_the_texts_as_texts(tmp_path: Path) -> None:
    path = full_of("=cmd|' /C calc'!A0").to_excel(tmp_path / "hostile.xlsx")

    assert differences(path, libreoffice(path)) == []


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", b"<sst>" + b"<si><t>0</t></si>" * 15_000_000 + b"</sst>"),
        ("xl/styles.xml", b'<!DOCTYPE styleSheet [<!ENTITY a "a">]><styleSheet>&a;</styleSheet>'),
        ("xl/worksheets/sheet2.xml", SHEET % (b"<row><c/></row>" * 600_000)),
        ("xl/worksheets/sheet2.xml", SHEET % b'<row r="10000000000"><c/></row>'),
    ],
    ids=["bomb", "dtd", "rows", "far"],
)
def test_a_hostile_file_is_refused_at_once(part: str, content: bytes, serving: Built, tmp_path: Path) -> None:
    path = packed({**parts(serving.path), part: content}, tmp_path / "sent.xlsx")

    start = time.process_time()
    with pytest.raises(WorkbookRefused):
        serving.ledger.read_edits(path)
    assert time.process_time() - start < 1
