"""Sound workbooks with what programs put into them: whatever is not read may be what it likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from outside import CONTENT_TYPES, INPUTS, WORKBOOK, outcomes, sound
from worked_on import packed

SVG = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd"><svg/>'
ADDED = {
    "an SVG with a DOCTYPE": {"xl/media/image1.svg": SVG},
    "VML that is no XML": {"xl/drawings/vmlDrawing1.vml": b"<xml><v:shape><br></v:shape></xml>"},
    "an HTML page": {"xl/embeddings/page.html": b"<!DOCTYPE html><html><p>one<p>two<br></html>"},
    "a picture that begins blank": {"xl/media/image2.emf": b"   \0\1\2"},
    "a picture that begins like XML": {"xl/media/image3.png": b"<\x89PNG\r\n"},
    "an empty picture": {"xl/media/image4.png": b""},
    "a drawing nobody reads": {"xl/drawings/drawing9.xml": b"not XML at all"},
    "an older workbook inside": {"xl/embeddings/oleObject1.bin": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600},
    "printer settings": {"xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 20},
    "a part in UTF-16": {"customXml/item1.xml": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")},
    "a comment in UTF-16": {"xl/comments9.xml": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")},
    "a folder": {"xl/media/": b""},
}
CHANGED = {
    "a name of a table's column": (WORKBOOK, b"</definedNames>", b'<definedName name="n1">T1[a]</definedName>'),
    "a name of a formula": (WORKBOOK, b"</definedNames>", b'<definedName name="n2">SUM(Inputs!$C$6)*2</definedName>'),
    "a name of two places": (
        WORKBOOK,
        b"</definedNames>",
        b'<definedName name="n3">Inputs!$C$6,Calc!$C$6</definedName>',
    ),
    "a name of a sheet that is gone": (WORKBOOK, b"</definedNames>", b'<definedName name="n4">#REF!A1</definedName>'),
    "a name of one sheet": (
        WORKBOOK,
        b"</definedNames>",
        b'<definedName name="in_draw" localSheetId="2">Calc!$C$6</definedName>',
    ),
    "a whole-column name": (WORKBOOK, b"</definedNames>", b'<definedName name="n5">Inputs!$A:$C</definedName>'),
    "merged cells": (INPUTS, b"<pageMargins", b'<mergeCells><mergeCell ref="Y90:Z95"/></mergeCells>'),
    "a font for a whole sheet": (INPUTS, b"<sheetData>", b""),
    "a macro's file type that is not there": (
        CONTENT_TYPES,
        b"<Override",
        b'<Default Extension="q" ContentType="a/b"/>',
    ),
}


@pytest.mark.parametrize("kind", ADDED)
def test_parts_that_are_not_read(tmp_path: Path, kind: str) -> None:
    path = packed({**sound(), **ADDED[kind]}, tmp_path / "sent.xlsx")
    assert set(dict(outcomes(path)).values()) == {None}


@pytest.mark.parametrize("kind", CHANGED)
def test_what_other_programs_write(tmp_path: Path, kind: str) -> None:
    part, before, added = CHANGED[kind]
    content = sound()[part]
    assert before in content
    changed = content.replace(before, added + before, 1)
    path = packed({**sound(), part: changed}, tmp_path / "sent.xlsx")
    assert set(dict(outcomes(path)).values()) == {None}
