"""A style of one's own: a logo at the top right of Summary, a font, an accent colour, decimals of money."""

from __future__ import annotations

import re
import struct
import zlib
from base64 import b64decode
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import pytest
from machine import rented_or_bought
from openpyxl import load_workbook
from worked_on import parts

from unitledger.errors import ValueRefused
from unitledger.workbook import Content, Style, fill, read_edits, verify, write
from unitledger.workbook.look.style import FILLS, fills
from unitledger.workbook.sheet import pixels

ACCENT = "#123C69"
DARKER = "4.5 is needed to read white headings on it. Choose a darker one."
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
    "AQH/wAALCAAIACABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes((18, 60, 105)) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    path.write_bytes(png(300, 80))
    return path


@pytest.fixture
def styled(logo: Path, tmp_path: Path) -> Path:
    style = Style(logo=logo, font="Arial", accent=ACCENT, currency_decimals=4)
    return rented_or_bought().to_excel(tmp_path / "styled.xlsx", style=style)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"accent": "#F28C28"}, f"The accent #F28C28 has a contrast of 2.45 with white; {DARKER}"),
        ({"accent": "navy"}, "The accent is 'navy'; expected a colour such as '#1F3A5F'."),
        ({"accent": None}, "The accent is None; expected a colour such as '#1F3A5F'."),
        ({"font": ""}, "'' is not the name of a font, such as 'Arial', of at most 31 letters."),
        ({"font": "A" * 32}, f"'{'A' * 32}' is not the name of a font, such as 'Arial', of at most 31 letters."),
        ({"currency_decimals": 9}, "Money has 0 to 8 decimals, not 9."),
        ({"currency_decimals": 1.0}, "Money has 0 to 8 decimals, not 1.0."),
        ({"logo": "none.png"}, "The logo none.png is not there, or no file. Name a PNG or JPEG file."),
        ({"logo": "/dev/zero"}, "The logo /dev/zero is not there, or no file. Name a PNG or JPEG file."),
        ({"logo": "."}, "The logo . is not there, or no file. Name a PNG or JPEG file."),
        ({"logo": "a\0b"}, r"The logo a\x00b is not there, or no file. Name a PNG or JPEG file."),
        ({"logo": "x" * 300}, f"The logo {'x' * 200}… cannot be read: File name too long."),
        ({"logo": "large.png"}, "The logo large.png takes 1,000,001 bytes; 1,000,000 are possible."),
        ({"logo": "text.png"}, "The logo text.png is neither a PNG nor a JPEG file."),
    ],
)
def test_what_is_no_style_is_refused(
    given: dict[str, Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("large.png").write_bytes(png(2, 2).ljust(1_000_001))
    Path("text.png").write_text("not a picture", encoding="utf-8")

    with pytest.raises(ValueRefused) as refused:
        Style(**given)

    assert str(refused.value) == message


BROKEN = "The logo cannot be read as a picture. Save it anew as a PNG file."


@pytest.mark.parametrize(
    ("held", "message"),
    [
        (png(300, 80)[:40], BROKEN),
        (png(300, 80)[:-20], BROKEN),
        (JPEG[:60], BROKEN),
        (JPEG[:-9], BROKEN),
        (b"\xff\xd8\xff" + b"\0" * 60, BROKEN),
        (
            png(3, 4).replace(struct.pack(">II", 3, 4), struct.pack(">II", 2**31, 4)),
            "The logo has 2,147,483,648 by 4 pixels; 25,000,000 in all are possible. Make it smaller.",
        ),
    ],
    ids=["head", "without its end", "JPEG head", "JPEG without its end", "no picture", "pixels"],
)
def test_a_picture_that_breaks_off_is_refused_and_nothing_written(held: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "logo").write_bytes(held)
    target = tmp_path / "machine.xlsx"

    with pytest.raises(ValueRefused) as refused:
        write(rented_or_bought(), target, Content(style=Style(logo=tmp_path / "logo")))

    assert str(refused.value) == message
    assert not target.exists()


def test_white_on_the_accent_is_legible_from_four_and_a_half() -> None:
    assert Style(accent="#767676").accent == "#767676"
    with pytest.raises(ValueRefused, match=r"a contrast of 4\.47 with white"):
        Style(accent="#777777")


@pytest.mark.parametrize(("held", "kind"), [(png(300, 80), "png"), (png(4000, 20), "png"), (JPEG, "jpeg")])
def test_the_logo_stands_at_the_top_right_of_summary_alone(held: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / "logo").write_bytes(held)
    book = rented_or_bought()
    path = book.to_excel(tmp_path / "machine.xlsx", style=Style(logo=tmp_path / "logo"))

    found = parts(path)
    assert found[f"xl/media/image1.{kind}"] == held
    pictured = {name: part.decode() for name, part in found.items() if b"<xdr:pic>" in part}
    (drawing,) = pictured.values()
    assert f"{next(iter(pictured)).rpartition('/')[2]}" in found["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    assert 'descr="Logo"' in drawing
    picture = drawing[: drawing.index("<xdr:pic>")].rpartition("<xdr:from>")[2]
    first, last = (
        {what: int(number) for what, number in re.findall(r"<xdr:(col|colOff|row|rowOff)>(\d+)<", end)}
        for end in picture.split("<xdr:to>")
    )
    assert (first["row"], last["row"]) in {(0, 0), (0, 1)}
    sheet = load_workbook(path)["Summary"]
    widths = {column: each.width for column, each in sheet.column_dimensions.items()}
    letters = [chr(ord("A") + place) for place in range(max(sheet.max_column, last["col"] + 1))]
    before = sum(pixels(widths.get(letter, 8.43)) for letter in letters[: last["col"]]) + last["colOff"] / 9525
    assert before >= sum(pixels(widths.get(letter, 8.43)) for letter in letters[: sheet.max_column]) - 10


def test_without_summary_there_is_no_logo(logo: Path, tmp_path: Path) -> None:
    path = rented_or_bought().to_excel(tmp_path / "machine.xlsx", sheets=["-Summary"], style=Style(logo=logo))

    assert not any("media" in name for name in parts(path))


def test_a_workbook_with_a_style_is_checked_read_and_filled_like_any_other(styled: Path, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    book = rented_or_bought()

    assert verify(styled)
    assert not read_edits(book, styled)
    filled = fill(book, styled, {"rented": {"load": "40 %"}}, tmp_path / "filled.xlsx")
    assert verify(filled)
    assert [str(error) for error in OpenXmlValidator().validate(str(styled)).errors] == []
    assert parts(filled)["xl/media/image1.png"] == parts(styled)["xl/media/image1.png"]


def test_the_same_style_gives_the_same_bytes_and_the_usual_one_changes_nothing(
    styled: Path, logo: Path, tmp_path: Path
) -> None:
    book = rented_or_bought()
    again = Style(logo=logo, font="Arial", accent=ACCENT, currency_decimals=4)

    assert book.to_excel(tmp_path / "again.xlsx", style=again).read_bytes() == styled.read_bytes()
    plain, usual = book.to_excel(tmp_path / "plain.xlsx"), book.to_excel(tmp_path / "usual.xlsx", style=Style())
    assert plain.read_bytes() == usual.read_bytes() != styled.read_bytes()


def test_accent_and_font_stand_wherever_the_usual_ones_did(styled: Path, tmp_path: Path) -> None:
    plain = parts(rented_or_bought().to_excel(tmp_path / "plain.xlsx"))
    own = parts(styled)

    for name in plain:
        assert own[name].count(b"123C69") == plain[name].count(b"1F3A5F"), name
        assert b"1F3A5F" not in own[name], name
    assert b"123C69" in own["xl/styles.xml"]
    assert b"123C69" in own["xl/charts/chart1.xml"]
    assert b"Calibri" not in own["xl/charts/chart1.xml"]
    fonts = {
        cell.font.name for sheet in load_workbook(styled) for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert fonts == {"Arial"}


def test_money_that_is_worked_out_has_the_decimals_of_the_style(styled: Path) -> None:
    book = load_workbook(styled)
    formats = {
        sheet: {row[0].value: row[2].number_format for row in book[sheet].iter_rows(min_row=5)}
        for sheet in ("Summary", "Calc")
    }

    # On Summary a dash stands for zero.
    assert formats["Summary"]["An hour sold"] == "#,##0.0000;-#,##0.0000;–"
    assert formats["Calc"]["An hour sold"] == "#,##0.0000"
    assert formats["Calc"]["Energy"] == "#,##0.0000"
    assert formats["Calc"]["Share of time sold"] == "#,##0.0%"
    assert formats["Calc"]["Power: tariff"] == "#,##0.00"


@pytest.mark.parametrize("accent", ["#7A1F3D", "#A23B2A", "#2D7D78", "#0B6E4F", "#000000", "#C8102E", "#767676"])
def test_an_accent_takes_the_place_of_the_colour_like_it(accent: str) -> None:
    colours = list(dict.fromkeys(each.colour for each in fills(accent)))

    assert colours[0] == accent
    assert len(colours) == len({each.colour for each in FILLS})
    apart = min(dist(bytes.fromhex(one[1:]), bytes.fromhex(other[1:])) for one, other in combinations(colours, 2))
    assert apart > 50
