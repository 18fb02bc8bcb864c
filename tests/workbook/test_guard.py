"""What a file from outside may not hold: each refusal comes within a second and says why."""

from __future__ import annotations

import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unitledger.errors import WorkbookRefused
from unitledger.workbook.cells.guard import check_safe

RELATION = '<Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/>'
CELL = '<sheetData><row r="1"><c r="A1"/></row></sheetData>'
PARTS = {
    "[Content_Types].xml": '<Types><Override PartName="/xl/workbook.xml" ContentType="sheet.main+xml"/></Types>',
    "_rels/.rels": f"<Relationships>{RELATION}</Relationships>",
    "xl/workbook.xml": '<workbook><sheets><sheet name="A" sheetId="1"/></sheets></workbook>',
    "xl/worksheets/sheet1.xml": f'<worksheet><dimension ref="A1:B2"/>{CELL}</worksheet>',
    "xl/media/image1.png": "\x89PNG",
}
SHEET = "xl/worksheets/sheet1.xml"

Pack = Callable[..., Path]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Make a file of the parts above, some of them replaced or added."""

    def packed(*added: tuple[str, str | bytes], **options: int) -> Path:
        path = tmp_path / "sent.xlsx"
        with zipfile.ZipFile(path, "w", options.get("compression", zipfile.ZIP_DEFLATED)) as package:
            given = dict(added)
            for name, content in {**PARTS, **given}.items():
                package.writestr(name, content)
        return path

    return packed


@pytest.fixture(autouse=True)
def within_a_second() -> Iterator[None]:
    """Building a bomb takes a moment too, which is why the limit is generous."""
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < 2


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        check_safe(path)
    return str(refused.value)


def test_a_plain_workbook_is_let_through(pack: Pack) -> None:
    check_safe(pack())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.xlsx") == f"{tmp_path / 'gone.xlsx'} cannot be read: No such file or directory."


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: Is a directory."


@pytest.mark.parametrize("content", [b"", b"price,40000\n", b"PK\x03\x04 cut off"])
def test_what_is_no_zip(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(content)
    assert refusal(path).startswith("sent.xlsx is not read: it is not a workbook, or a damaged one (")


def test_an_encrypted_workbook(tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert refusal(path) == (
        "sent.xlsx is not read: it is encrypted, or older than Excel 2007. Save it as .xlsx without a password."
    )


def test_an_encrypted_part(pack: Pack) -> None:
    path = pack()
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02", 0, data.find(b"sheet1.xml", data.find(b"PK\x01\x02")))
    data[entry + 8] |= 0x1
    path.write_bytes(data)
    assert refusal(path) == f"sent.xlsx is not read: its part '{SHEET}' is encrypted."


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refusal(path) == "sent.xlsx is not read: it is a zip file, but not a workbook (.xlsx)."


def test_a_part_that_inflates_like_a_bomb(pack: Pack) -> None:
    message = refusal(pack((SHEET, b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>")))
    assert message.startswith(f"sent.xlsx is not read: its part '{SHEET}' inflates from ")
    assert message.endswith(" to 30,000,023 bytes, as a zip bomb does.")


def test_many_parts_that_together_are_a_bomb(pack: Pack) -> None:
    part = b"<worksheet>" + b" " * 4_000_000 + b"</worksheet>"
    message = refusal(pack(*((f"xl/worksheets/sheet{number}.xml", part) for number in range(1, 9))))
    assert message.startswith("sent.xlsx is not read: it inflates from ")
    assert message.endswith(" bytes, as a zip bomb does.")


def test_a_size_that_is_declared_beyond_all_bounds(pack: Pack) -> None:
    path = pack()
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02", 0, data.find(b"sheet1.xml", data.find(b"PK\x01\x02")))
    data[entry + 24 : entry + 28] = struct.pack("<I", 2_000_000_000)
    path.write_bytes(data)
    assert refusal(path) == (
        f"sent.xlsx is not read: its part '{SHEET}' inflates to 2,000,000,000 bytes; 600,000,000 are allowed."
    )


def test_a_size_that_is_declared_too_small(pack: Pack) -> None:
    path = pack((SHEET, b"<worksheet>" + b" " * 4_000_000 + b"</worksheet>"))
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02", 0, data.find(b"sheet1.xml", data.find(b"PK\x01\x02")))
    data[entry + 24 : entry + 28] = struct.pack("<I", 1_000)
    path.write_bytes(data)
    assert refusal(path).startswith("sent.xlsx is not read: it is not a workbook, or a damaged one (Bad CRC-32")


def test_more_parts_than_a_workbook_has(pack: Pack) -> None:
    message = refusal(pack(*((f"xl/media/{number}.png", b"x") for number in range(2_000))))
    assert message == "sent.xlsx is not read: it has 2,005 parts; 2,000 are allowed."


@pytest.mark.parametrize("title", ["../evil.xml", "/etc/passwd", "xl\\..\\..\\evil.xml", "C:evil.xml", "xl/../../evil"])
def test_a_part_outside_the_workbook(pack: Pack, title: str) -> None:
    assert (
        refusal(pack((title, "<a/>"))) == f"sent.xlsx is not read: its part {title!r} would lie outside the workbook."
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("title", [SHEET, SHEET.upper()])
def test_a_part_that_is_there_twice(pack: Pack, title: str) -> None:
    path = pack()
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(title, "<worksheet/>")
    assert refusal(path) == f"sent.xlsx is not read: its part {title!r} is there twice."


def test_a_way_of_packing_that_no_spreadsheet_uses(pack: Pack) -> None:
    assert refusal(pack(compression=zipfile.ZIP_LZMA)) == (
        "sent.xlsx is not read: its part '[Content_Types].xml' is packed in a way that no spreadsheet uses."
    )


ENTITIES = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE w [{ENTITIES}]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "_rels/.rels", "xl/odd.data"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_dtds(pack: Pack, part: str, encoding: str) -> None:
    message = refusal(pack((part, LAUGHS.replace("?>", f' encoding="{encoding}"?>', 1).encode(encoding))))
    assert message == f"sent.xlsx is not read: its part {part!r} declares a DTD or entities."


def test_a_dtd_from_elsewhere(pack: Pack) -> None:
    hostile = '<!DOCTYPE w SYSTEM "http://example.com/evil.dtd"><worksheet/>'
    assert refusal(pack((SHEET, hostile))) == f"sent.xlsx is not read: its part '{SHEET}' declares a DTD or entities."


@pytest.mark.parametrize("content", ["<worksheet>", "<worksheet></workbook>", "<worksheet/><worksheet/>"])
def test_xml_that_is_broken(pack: Pack, content: str) -> None:
    assert refusal(pack((SHEET, content))).startswith(
        f"sent.xlsx is not read: its part '{SHEET}' is not well-formed XML ("
    )


def test_an_xml_part_that_is_something_else(pack: Pack) -> None:
    assert refusal(pack((SHEET, b"\x89PNG"))) == f"sent.xlsx is not read: its part '{SHEET}' is not XML."


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (
            "[Content_Types].xml",
            '<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        ),
        (
            "[Content_Types].xml",
            (
                '<Types><Override PartName="/xl/workbook.xml" '
                'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            '<r:Relationships xmlns:r="u"><r:Relationship Type="http://x/vbaProject"/></r:Relationships>',
        ),
    ],
)
def test_macros(pack: Pack, part: str, content: str) -> None:
    assert refusal(pack((part, content))) == "sent.xlsx is not read: it holds macros. Save it as .xlsx without them."


def test_links_to_other_workbooks(pack: Pack) -> None:
    link = '<Relationships><Relationship Type="http://x/relationships/externalLink" Target="e.xml"/></Relationships>'
    assert refusal(pack(("xl/_rels/workbook.xml.rels", link))) == (
        "sent.xlsx is not read: it links to other workbooks. Break the links (Data, Edit Links) and save it again."
    )


@pytest.mark.parametrize(
    "claim",
    [
        '<dimension ref="A1:XFD1048576"/>',
        '<sheetData><row r="1"><c r="XFD1"/></row><row r="1048576"><c r="A1048576"/></row></sheetData>',
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
)
def test_a_small_file_that_claims_a_huge_sheet(pack: Pack, claim: str) -> None:
    assert refusal(pack((SHEET, f"<worksheet>{claim}</worksheet>"))) == (
        f"sent.xlsx is not read: its part '{SHEET}' claims 1,048,576 rows x 16,384 columns; "
        "20,000,000 cells are allowed."
    )


def test_a_huge_sheet_behind_a_prefix_and_an_odd_name(pack: Pack) -> None:
    claim = '<x:worksheet xmlns:x="u"><x:dimension ref="A1:XFD1048576"/></x:worksheet>'
    assert "claims 1,048,576 rows" in refusal(pack(("xl/media/image2.png", claim)))


@pytest.mark.parametrize("address", ["AAAA1", "A0x", "A9999999", "XFE1", "A0"])
def test_a_cell_that_no_sheet_has(pack: Pack, address: str) -> None:
    content = f'<worksheet><sheetData><row><c r="{address}"/></row></sheetData></worksheet>'
    assert " speaks of " in refusal(pack((SHEET, content)))


def test_a_large_honest_sheet_is_let_through(pack: Pack) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><f>B{row}*{row}</f><v>{row * 7919}</v></c></row>' for row in range(1, 60_000)
    )
    check_safe(pack((SHEET, f"<worksheet><sheetData>{rows}</sheetData></worksheet>")))
