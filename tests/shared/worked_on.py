"""A workbook after people have worked on it in a spreadsheet program, its values kept, done in the zip as they would.

Rows are inserted on Inputs and the sheet is renamed; a sheet is added with formulas, a chart, a sparkline, a text
box, an image and a comment, none of which openpyxl would keep whole; the order of calculation is listed.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import xlsxwriter

ASSUMED = "What we assume"
NOTES = "Finance's notes"

# Rows inserted on Inputs, counted from 1: first the one before which, then how many.
BEFORE, MORE = 6, 3
_SPARKLINE = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup displayEmptyCellsAs="gap">'
    "<x14:sparklines><x14:sparkline><xm:f>'What we assume'!C10:D10</xm:f><xm:sqref>Z1</xm:sqref></x14:sparkline>"
    "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"
)
# An address on the sheet itself.
_OWN = re.compile(r"(?<![\w'!$.:])\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(!])")
_OURS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a file."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(held: dict[str, bytes], path: Path) -> Path:
    """Write parts as a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in held.items():
            package.writestr(name, content)
    return path


def sheet_parts(held: dict[str, bytes]) -> dict[str, str]:
    """Return the part of each sheet by its title."""
    relations = dict(
        re.findall(r'<Relationship Id="(\w+)"[^>]*Target="([^"]+)"', held["xl/_rels/workbook.xml.rels"].decode())
    )
    sheets = re.findall(r'<sheet name="([^"]+)" sheetId="\d+" r:id="(\w+)"', held["xl/workbook.xml"].decode())
    return {title.replace("&apos;", "'"): f"xl/{relations[key]}" for title, key in sheets}


def worked_on(path: Path, copy: Path, noted: list[tuple[str, object]]) -> Path:
    """Write a copy of a workbook that was worked on; `noted`: formulas of the added sheet, with what they show."""
    held = parts(path)
    inputs = sheet_parts(held)["Inputs"]
    for name, content in held.items():
        if name.endswith(".xml") and name.startswith("xl/"):
            text = re.sub(r"(?<![\w'])Inputs!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)", _moved_mention, content.decode())
            held[name] = text.encode()
    moved = re.sub(r'(<row |<c )r="([A-Z]*\d+)"', lambda at: f'{at[1]}r="{_moved(at[2])}"', held[inputs].decode())
    moved = re.sub(r' (sqref|ref)="([^"]+)"', lambda at: f' {at[1]}="{_moved(at[2])}"', moved)
    moved = re.sub(r"<(f|formula\d?)>([^<]+)", lambda at: f"<{at[1]}>{_OWN.sub(_moved_own, at[2])}", moved)
    held[inputs] = moved.replace("</worksheet>", _SPARKLINE).encode()
    _change(held, "xl/workbook.xml", lambda text: text.replace('<sheet name="Inputs"', f'<sheet name="{ASSUMED}"'))
    _add_sheet(held, noted)
    _list_formulas(held)
    return packed(held, copy)


def _moved(addresses: str) -> str:
    return re.sub(r"(\d+)", lambda row: str(int(row[1]) + MORE * (int(row[1]) >= BEFORE)), addresses)


def _moved_own(address: re.Match[str]) -> str:
    return _moved(address[0])


def _moved_mention(mention: re.Match[str]) -> str:
    return f"'{ASSUMED}'!{_moved(mention[1])}"


def _change(held: dict[str, bytes], name: str, how: Callable[[str], str]) -> None:
    before = held[name].decode()
    held[name] = how(before).encode()
    assert held[name] != before.encode()


def _add_sheet(held: dict[str, bytes], noted: list[tuple[str, object]]) -> None:
    """Take a sheet over from another file, with all its parts in a folder of their own."""
    buffer = BytesIO()
    donor = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = donor.add_worksheet("Notes")
    sheet.write_comment("A1", "checked on Monday", {"author": "finance"})
    for row, (formula, shown) in enumerate(noted):
        if formula.startswith("{"):
            sheet.write_array_formula(row, 0, row, 0, formula, None, shown)
        else:
            sheet.write_formula(row, 0, formula, None, shown)
        sheet.write_string(row, 1, f"note {row} ")
    chart = donor.add_chart({"type": "column"})
    chart.add_series({"values": "=Notes!$A$1:$A$2"})
    sheet.insert_chart("D2", chart)
    sheet.insert_textbox("D20", "Do not print")
    sheet.insert_image("D30", "dot.png", {"image_data": BytesIO(_png())})
    sheet.add_sparkline("C1", {"range": "Notes!A1:A2"})
    donor.close()
    with zipfile.ZipFile(buffer) as package:
        kept = re.compile(r"xl/(worksheets|drawings|charts|media|comments)")
        held |= {
            name.replace("xl/", "xl/notes/", 1): package.read(name) for name in package.namelist() if kept.match(name)
        }
        types = re.findall(
            r'<Override PartName="/xl/(?:drawings|charts|comments|worksheets)[^>]*/>',
            package.read("[Content_Types].xml").decode(),
        )
    added = "".join(each.replace("/xl/", "/xl/notes/", 1) for each in types)
    for name in [name for name in held if name.startswith("xl/notes/charts/")]:
        _change(held, name, lambda text: text.replace("Notes!", "'Finance''s notes'!"))
    _change(
        held,
        "xl/notes/worksheets/sheet1.xml",
        lambda text: text.replace("Notes!", "'Finance''s notes'!").replace(' tabSelected="1"', ""),
    )
    kinds = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>'
        for end, kind in (("png", "image/png"), ("vml", f"{_OURS[: -len('spreadsheetml.')]}vmlDrawing"))
        if f'Extension="{end}"' not in held["[Content_Types].xml"].decode()
    )
    _change(
        held,
        "[Content_Types].xml",
        lambda text: text.replace("<Override", f"{kinds}<Override", 1).replace("</Types>", f"{added}</Types>"),
    )
    _relate(held, "worksheet", "notes/worksheets/sheet1.xml", "rId900")
    _change(
        held,
        "xl/workbook.xml",
        lambda text: text.replace("</sheets>", f'<sheet name="{NOTES}" sheetId="900" r:id="rId900"/></sheets>'),
    )


def _list_formulas(held: dict[str, bytes]) -> None:
    """List every formula, as Excel does when it saves, and drop the wish to calculate when the file is opened."""
    cells = []
    for place, part in enumerate(sheet_parts(held).values(), start=1):
        at = re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f', held[part].decode())
        cells += [f'<c r="{each}" i="{place}"/>' for each in at]
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = f'<calcChain xmlns="{space}">{"".join(cells)}</calcChain>'
    held["xl/calcChain.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{chain}'.encode()
    listed = f'<Override PartName="/xl/calcChain.xml" ContentType="{_OURS}calcChain+xml"/></Types>'
    _change(held, "[Content_Types].xml", lambda text: text.replace("</Types>", listed))
    _relate(held, "calcChain", "calcChain.xml", "rId901")
    _change(held, "xl/workbook.xml", lambda text: re.sub("<calcPr [^>]*/>", '<calcPr calcId="191029"/>', text))


def _relate(held: dict[str, bytes], kind: str, target: str, key: str) -> None:
    relation = f'<Relationship Id="{key}" Type="{_RELATION}{kind}" Target="{target}"/></Relationships>'
    _change(held, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", relation))


def _png() -> bytes:
    """Return an image of one white dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    )
