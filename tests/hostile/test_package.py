"""The zip around a workbook: what its directory may not say, and what may not lie in it."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest
from outside import CALC, CONTENT_TYPES, INPUTS, RELATIONS, WORKBOOK, outcomes, refusal, sound
from worked_on import packed

SENT = "sent.xlsx is not read: "
DAMAGED = f"{SENT}it is not a workbook, or a damaged one ("
NONE = f"{SENT}it is no workbook (.xlsx), or was cut short. Save it as .xlsx, or have it sent again."
HEAD = b"PK\x01\x02"


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(content)
    return path


def with_parts(tmp_path: Path, changed: dict[str, bytes | str]) -> Path:
    held = {name: each.encode() if isinstance(each, str) else each for name, each in changed.items()}
    return packed({**sound(), **held}, tmp_path / "sent.xlsx")


def entry_changed(tmp_path: Path, place: int, content: bytes) -> Path:
    """Return a file whose directory says something else of Inputs."""
    path = packed(sound(), tmp_path / "sent.xlsx")
    data = bytearray(path.read_bytes())
    entry = data.rfind(HEAD, 0, data.find(INPUTS.encode(), data.find(HEAD)))
    data[entry + place : entry + place + len(content)] = content
    return file(tmp_path, bytes(data))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path / "gone.xlsx")
        == f"{tmp_path / 'gone.xlsx'} cannot be read: No such file or directory. Check the path."
    )


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: Is a directory. Check the path."


def test_a_name_that_is_none() -> None:
    assert refusal(Path("a\0b.xlsx")) == r"'a\x00b.xlsx' cannot be read: embedded null byte."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", NONE),
        (b"price,40000\n", NONE),
        (b"PK\x03\x04 cut off", NONE),
        (b"PK\x05\x06" + b"\0" * 18, f"{SENT}it is a zip file, but not a workbook (.xlsx)."),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
            f"{SENT}it is encrypted, or older than Excel 2007. Save it as .xlsx without a password.",
        ),
    ],
    ids=["empty", "text", "cut", "empty zip", "encrypted"],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, said: str) -> None:
    assert refusal(file(tmp_path, content)) == said


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.99, 0.9999])
def test_a_download_that_was_cut_short(tmp_path: Path, share: float) -> None:
    content = packed(sound(), tmp_path / "sent.xlsx").read_bytes()
    assert refusal(file(tmp_path, content[: int(len(content) * share)])) == NONE


@pytest.mark.parametrize(
    ("place", "content", "said"),
    [
        (8, b"\x01", f"{SENT}its part '{INPUTS}' is encrypted."),
        (10, struct.pack("<H", 14), f"{SENT}its part '{INPUTS}' is packed in a way that no spreadsheet uses."),
        (
            24,
            struct.pack("<I", 2_000_000_000),
            f"{SENT}its part '{INPUTS}' inflates to 2,000,000,000 bytes; 400,000,000 are allowed.",
        ),
        (24, struct.pack("<I", 1_000), f"{DAMAGED}BadZipFile: Bad CRC-32 for file '{INPUTS}')."),
        (16, b"\0\0\0\0", f"{DAMAGED}BadZipFile: Bad CRC-32 for file '{INPUTS}')."),
        (42, struct.pack("<I", 2_000_000_000), f"{DAMAGED}"),
        (42, struct.pack("<I", 7), f"{DAMAGED}BadZipFile: Bad magic number for file header)."),
    ],
    ids=["encrypted", "packed", "declared too large", "declared too small", "checksum", "place beyond", "place"],
)
def test_a_directory_that_says_something_else(tmp_path: Path, place: int, content: bytes, said: str) -> None:
    assert refusal(entry_changed(tmp_path, place, content)).startswith(said)


def test_a_zip_that_holds_something_else(tmp_path: Path) -> None:
    path = packed({"word/document.xml": b"<document/>"}, tmp_path / "sent.xlsx")
    assert refusal(path) == f"{SENT}it is a zip file, but not a workbook (.xlsx)."


@pytest.mark.parametrize(
    "title", ["../evil.xml", "/etc/passwd", "xl\\..\\..\\evil.xml", "C:evil.xml", "xl/../../evil", "xl/a\0b"]
)
def test_a_part_outside_the_workbook(tmp_path: Path, title: str) -> None:
    path = with_parts(tmp_path, {title.replace("\0", "?"): "<a/>"})
    path.write_bytes(path.read_bytes().replace(title.replace("\0", "?").encode(), title.encode()))
    assert refusal(path) == f"{SENT}its part {title!r} would lie outside the workbook."


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("title", [INPUTS, INPUTS.upper()])
def test_a_part_that_is_there_twice(tmp_path: Path, title: str) -> None:
    path = packed(sound(), tmp_path / "sent.xlsx")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(title, "<worksheet/>")
    assert refusal(path) == f"{SENT}its part {title!r} is there twice."


def test_more_parts_than_a_workbook_has(tmp_path: Path) -> None:
    path = with_parts(tmp_path, {f"xl/media/{number}.png": b"x" for number in range(2_000)})
    assert refusal(path) == f"{SENT}it has {2_000 + len(sound()):,} parts; 2,000 are allowed."


def test_a_part_that_inflates_like_a_bomb(tmp_path: Path) -> None:
    said = refusal(with_parts(tmp_path, {INPUTS: b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>"}))
    assert said.startswith(f"{SENT}its part '{INPUTS}' inflates from ")
    assert said.endswith(" to 30,000,023 bytes, as a zip bomb does.")


def test_many_parts_that_together_are_a_bomb(tmp_path: Path) -> None:
    bomb = {f"xl/worksheets/sheet{number}.xml": b" " * 4_900_000 for number in range(100, 110)}
    said = refusal(with_parts(tmp_path, {**bomb, "xl/a.bin": b""}))
    assert said.startswith(f"{SENT}it inflates from ")
    assert said.endswith(" bytes, as a zip bomb does.")


MACROS = f"{SENT}it holds macros. Save it as .xlsx without them."
LINKS = f"{SENT}it links to other workbooks. Break the links (Data, Edit Links) and save it again."


@pytest.mark.parametrize(
    ("part", "element", "said"),
    [
        (CONTENT_TYPES, '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>', MACROS),
        (
            CONTENT_TYPES,
            '<Override PartName="/xl/a.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
            MACROS,
        ),
        (RELATIONS, '<Relationship Id="r98" Type="http://x/vbaProject" Target="vbaProject.bin"/>', MACROS),
        (RELATIONS, '<Relationship Id="r99" Type="http://x/relationships/externalLink" Target="e.xml"/>', LINKS),
    ],
)
def test_macros_and_links_to_other_workbooks(tmp_path: Path, part: str, element: str, said: str) -> None:
    content = sound()[part]
    end = content.rindex(b"</")
    assert refusal(with_parts(tmp_path, {part: content[:end] + element.encode() + content[end:]})) == said


@pytest.mark.parametrize("part", sorted(sound()))
def test_a_part_that_is_gone(tmp_path: Path, part: str) -> None:
    path = packed({name: content for name, content in sound().items() if name != part}, tmp_path / "sent.xlsx")
    said = dict(outcomes(path))["edits"]
    assert said is None or "sent.xlsx" in said
    assert said or part not in {CONTENT_TYPES, WORKBOOK, RELATIONS, CALC, INPUTS}


def test_what_the_library_prints_of_broken_styles_is_not_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    styles = sound()["xl/styles.xml"].decode()
    broken = re.sub(r'(<cellStyle [^>]*xfId=)"[0-9]+"', r'\1"777"', styles)
    assert broken != styles

    assert dict(outcomes(with_parts(tmp_path, {"xl/styles.xml": broken})))
    assert capsys.readouterr().out == ""
