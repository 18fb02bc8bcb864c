"""Whether a workbook from outside may be read: what could harm or mislead the reader is refused, with the reason.

All is found in the zip directory and by streaming the XML once, before a library of spreadsheets sees the file. The
parser is told to refuse DTDs and entities, as defusedxml does (whose pure Python costs ten times as much).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from unitledger.errors import WorkbookRefused
from unitledger.workbook.address import LAST_COLUMN, LAST_ROW, column_number

LARGEST_FILE = 100_000_000
LARGEST_WHOLE = 600_000_000
MOST_PARTS = 2_000
# Tables of repeated formulas shrink to a fiftieth at most, bombs to a thousandth.
HIGHEST_RATIO = 150
SMALL = 5_000_000
# Ten thousand lines with a thousand options are half of this.
MOST_CELLS = 20_000_000

# What Excel encrypts, or wrote before 2007, is a compound document and not a zip.
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<", b" ", b"\t", b"\r", b"\n")
_BLOCK = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
# Elements of a sheet that claim cells, and the attribute that says which.
_CLAIMS = {"c": "r", "dimension": "ref", "mergeCell": "ref"}


def check_safe(path: Path) -> None:
    """Return when the workbook at `path` may be read. Raises WorkbookRefused with the reason when not."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(len(_COMPOUND))
    except OSError as missing:
        raise WorkbookRefused(f"{path} cannot be read: {missing.strerror}.") from None
    except ValueError as nameless:
        raise WorkbookRefused(f"{str(path)!r} cannot be read: {nameless}.") from None
    name = path.name
    if start == _COMPOUND:
        raise _refused(name, "it is encrypted, or older than Excel 2007. Save it as .xlsx without a password")
    if size > LARGEST_FILE:
        raise _refused(name, f"it has {size:,} bytes; {LARGEST_FILE:,} are allowed")
    with _opened(path) as package:
        parts = package.infolist()
        _check_directory(name, parts)
        for part in parts:
            with package.open(part) as stream:
                _check_part(name, part.filename, stream)


def _refused(name: str, reason: str) -> WorkbookRefused:
    return WorkbookRefused(f"{name} is not read: {reason}.")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as broken:
        raise _refused(path.name, f"it is not a workbook, or a damaged one ({broken})") from None


def _check_directory(name: str, parts: list[zipfile.ZipInfo]) -> None:
    """Check what the zip directory declares; zipfile never inflates a part beyond that."""
    if len(parts) > MOST_PARTS:
        raise _refused(name, f"it has {len(parts):,} parts; {MOST_PARTS:,} are allowed")
    seen: set[str] = set()
    for part in parts:
        # The name as it is stored, before zipfile has made it harmless.
        title = part.orig_filename
        if title.startswith("/") or any(sign in title for sign in "\\:\0") or ".." in title.split("/"):
            raise _refused(name, f"its part {title!r:.80} would lie outside the workbook")
        if title.casefold() in seen:
            raise _refused(name, f"its part {title!r:.80} is there twice")
        seen.add(title.casefold())
        if part.flag_bits & 0x1:
            raise _refused(name, f"its part {title!r:.80} is encrypted")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(name, f"its part {title!r:.80} is packed in a way that no spreadsheet uses")
        _check_size(name, f"its part {title!r:.80}", part.compress_size, part.file_size)
    _check_size(name, "it", sum(part.compress_size for part in parts), sum(part.file_size for part in parts))
    if not {"[content_types].xml", "xl/workbook.xml"} <= seen:
        raise _refused(name, "it is a zip file, but not a workbook (.xlsx)")


def _check_size(name: str, what: str, packed: int, inflated: int) -> None:
    if inflated > LARGEST_WHOLE:
        raise _refused(name, f"{what} inflates to {inflated:,} bytes; {LARGEST_WHOLE:,} are allowed")
    if inflated > SMALL and inflated > HIGHEST_RATIO * packed:
        raise _refused(name, f"{what} inflates from {packed:,} to {inflated:,} bytes, as a zip bomb does")


def _check_part(name: str, title: str, stream: IO[bytes]) -> None:
    """Stream a part, if it is XML: no DTD, no entities, no macros or external links, no cell out of bounds."""
    beginning = stream.read(64)
    if not beginning.startswith(_XML_STARTS):
        if title.casefold().endswith((".xml", ".rels", ".vml")):
            raise _refused(name, f"its part {title!r:.80} is not XML")
        return
    box = [0, 0]

    def doctype(*_: object) -> None:
        raise _refused(name, f"its part {title!r:.80} declares a DTD or entities")

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local in _CLAIMS:
            address = attributes.get(_CLAIMS[local])
            if address is not None and in_sheet[0]:
                _claim(name, title, address, box)
        elif local == "worksheet":
            in_sheet[0] = True
        elif local == "Relationship":
            _check_kind(name, attributes.get("Type", ""))
        elif local in ("Override", "Default"):
            _check_kind(name, attributes.get("ContentType", ""))

    in_sheet = [False]
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(beginning, False)
        while chunk := stream.read(1 << 16):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as broken:
        raise _refused(name, f"its part {title!r:.80} is not well-formed XML ({broken})") from None


def _claim(name: str, title: str, address: str, box: list[int]) -> None:
    """Widen the box of cells that a sheet claims."""
    block = _BLOCK.fullmatch(address)
    if block is None:
        raise _refused(name, f"its part {title!r:.80} speaks of a cell {address!r:.40}")
    row, column = int(block[4] or block[2]), column_number(block[3] or block[1]) + 1
    if not 0 < row <= LAST_ROW or column > LAST_COLUMN:
        raise _refused(name, f"its part {title!r:.80} speaks of the cell {address!r:.40}, which no sheet has")
    box[0] = max(box[0], row)
    box[1] = max(box[1], column)
    if box[0] * box[1] > MOST_CELLS:
        raise _refused(
            name,
            f"its part {title!r:.80} claims {box[0]:,} rows x {box[1]:,} columns; {MOST_CELLS:,} cells are allowed",
        )


def _check_kind(name: str, kind: str) -> None:
    """Refuse macros and links to other workbooks by what the package says its parts are."""
    folded = kind.casefold()
    if "vbaproject" in folded or "macro" in folded:
        raise _refused(name, "it holds macros. Save it as .xlsx without them")
    if "externallink" in folded:
        raise _refused(name, "it links to other workbooks. Break the links (Data, Edit Links) and save it again")
