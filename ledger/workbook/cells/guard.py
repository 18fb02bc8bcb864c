"""The gate through which a workbook from outside is read: what could harm or mislead the reader is refused.

The zip directory is judged first, then each part that is read as XML, piece by piece before a library sees it. What
is not read is not judged. The parser is told to refuse DTDs and entities, as defusedxml does.
"""

from __future__ import annotations

import re
import stat
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any, Self
from xml.parsers import expat

import attrs

from unitledger.errors import LedgerError, WorkbookRefused
from unitledger.workbook.address import LAST_COLUMN


@attrs.frozen(kw_only=True)
class Limits:
    """How much of a workbook from outside is read; one that goes beyond is refused.

    `packed`, `inflated`: bytes of the file, and of all its parts; `ratio`: one to the other, for parts of some size;
    `parts`: files in the package; `sheets`; `cells`: those of all sheets, rows without cells and the cells that array
    formulas fill included; `tags`: those of a part that is no sheet, and texts of cells; `tag`: bytes of one, or of a
    comment; `formula`: characters of one;
    `seconds`: from the first byte to the last, and again for `verify` to work out the formulas; `memory`: bytes that
    this may take, on Linux.
    """

    packed: int = 100_000_000
    inflated: int = 400_000_000
    ratio: int = 150
    parts: int = 2_000
    sheets: int = 255
    cells: int = 800_000
    tags: int = 150_000
    tag: int = 500_000
    formula: int = 8_192
    seconds: float = 60.0
    memory: int = 400_000_000


_USUAL = Limits()
_LIMITS = ContextVar("limits", default=_USUAL)


def allowed() -> Limits:
    """Return the limits that hold now."""
    return _LIMITS.get()


@contextmanager
def reading(limits: Limits) -> Iterator[None]:
    """Read workbooks under other limits within a block, such as ``Limits(cells=5_000_000)``."""
    token = _LIMITS.set(limits)
    try:
        yield
    finally:
        _LIMITS.reset(token)


# A smaller part may shrink as it likes. Tables of repeated formulas shrink to a fiftieth, bombs to a thousandth.
SMALL = 5_000_000
PIECE = 1 << 16
"""How many bytes of a part are read at once."""

# What Excel encrypts, or wrote before 2007, is a compound document and not a zip.
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_CELLS = re.compile(rb"<(?:[\w.-]++:)?(c|row)[\s/>]")


@contextmanager
def opened(path: Path) -> Iterator[Gate]:
    """Open a workbook for reading. Raises WorkbookRefused for one that is not safe, or turns out to be damaged."""
    try:
        # Opening a pipe would wait for somebody to write into it.
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise _refused(path.name, "it is no file but a pipe or a device")
        file = path.open("rb")
    except OSError as missing:
        raise WorkbookRefused(f"{path} cannot be read: {missing.strerror}. Check the path.") from None
    except LedgerError:
        raise
    except ValueError as nameless:
        raise WorkbookRefused(f"{str(path)!r} cannot be read: {nameless}.") from None
    with file:
        try:
            with Gate(path.name, file) as gate:
                yield gate
        except LedgerError:
            raise
        except Exception as broken:
            # What a damaged file raises in libraries is anything from KeyError to RecursionError.
            said = " ".join(f"{type(broken).__name__}: {broken!s:.150}".split())
            raise _refused(path.name, f"it is not a workbook, or a damaged one ({said})") from broken


def _refused(name: str, reason: str) -> WorkbookRefused:
    return WorkbookRefused(f"{name} is not read: {reason}.")


class Gate(zipfile.ZipFile):
    """The parts of a workbook. Raises WorkbookRefused for what cannot be let in."""

    def __init__(self, title: str, file: IO[bytes]) -> None:
        """Judge what the zip directory declares; zipfile never inflates a part beyond that."""
        self.title, self.file, self.limits = title, file, allowed()
        self._end = time.monotonic() + self.limits.seconds
        self._cells: dict[str, int] = {}
        if file.read(len(_COMPOUND)) == _COMPOUND:
            raise self.refused("it is encrypted, or older than Excel 2007. Save it as .xlsx without a password")
        size = file.seek(0, 2)
        if size > self.limits.packed:
            raise self.refused(f"it has {size:,} bytes; {self.limits.packed:,} are allowed")
        if not zipfile.is_zipfile(file):
            raise self.refused("it is no workbook (.xlsx), or was cut short. Save it as .xlsx, or have it sent again")
        super().__init__(file)
        self._check_directory()

    def refused(self, reason: str) -> WorkbookRefused:
        """Return the refusal of this file for a reason."""
        return _refused(self.title, reason)

    def open(self, name: Any, *args: Any, **more: Any) -> Any:
        """Open a part that is XML."""
        part = str(getattr(name, "filename", name))
        # Texts are held without their tags; a cell has six of them: its own, and those of its formula and its value.
        most = 2 * self.limits.tags + 6 * self._cells.get(part, 0)
        return Judged(self, part, super().open(name, *args, **more), most)

    def plain(self, part: zipfile.ZipInfo) -> bytes:
        """Return a part that is not parsed."""
        self.check_time()
        with super().open(part) as stream:
            return stream.read()

    def check_time(self) -> None:
        """Refuse a file that takes too long."""
        if time.monotonic() > self._end:
            raise self.refused(f"it takes more than {self.limits.seconds:g} seconds to read")

    def count_cells(self, parts: Iterable[str]) -> None:
        """Count rows and cells of sheets in their bytes, before time and memory are spent on them."""
        for part in parts:
            self._cells[part] = in_row = 0
            with super().open(part) as stream:
                while piece := stream.read(PIECE):
                    self.check_time()
                    found = _CELLS.findall(piece)
                    in_row = len(found) if b"row" in found else in_row + len(found)
                    if in_row > LAST_COLUMN + PIECE:
                        raise self.refused(f"its part {part!r:.80} has a row of more than {LAST_COLUMN:,} cells")
                    self.take_cells(part, len(found))

    def take_cells(self, part: str, count: int) -> None:
        """Count cells of a part."""
        self._cells[part] = self._cells.get(part, 0) + count
        if sum(self._cells.values()) > self.limits.cells:
            raise self.refused(f"it has more than {self.limits.cells:,} cells, which is how many are allowed")

    def _check_directory(self) -> None:
        parts, allowed = self.infolist(), self.limits
        if len(parts) > allowed.parts:
            raise self.refused(f"it has {len(parts):,} parts; {allowed.parts:,} are allowed")
        seen: set[str] = set()
        for part in parts:
            # The name as it is stored, before zipfile has made it harmless.
            title = part.orig_filename
            if title.startswith("/") or any(sign in title for sign in "\\:\0") or ".." in title.split("/"):
                raise self.refused(f"its part {title!r:.80} would lie outside the workbook")
            if title.casefold() in seen:
                raise self.refused(f"its part {title!r:.80} is there twice")
            seen.add(title.casefold())
            if part.flag_bits & 0x1:
                raise self.refused(f"its part {title!r:.80} is encrypted")
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.refused(f"its part {title!r:.80} is packed in a way that no spreadsheet uses")
            self._check_size(f"its part {title!r:.80}", part.compress_size, part.file_size)
        self._check_size("it", sum(part.compress_size for part in parts), sum(part.file_size for part in parts))
        if not {"[content_types].xml", "xl/workbook.xml"} <= seen:
            raise self.refused("it is a zip file, but not a workbook (.xlsx)")

    def _check_size(self, what: str, packed: int, inflated: int) -> None:
        if inflated > self.limits.inflated:
            raise self.refused(f"{what} inflates to {inflated:,} bytes; {self.limits.inflated:,} are allowed")
        if inflated > SMALL and inflated > self.limits.ratio * packed:
            raise self.refused(f"{what} inflates from {packed:,} to {inflated:,} bytes, as a zip bomb does")


class Judged:
    """A part that is read as XML: well-formed, without DTD and entities, of so many tags at most."""

    def __init__(self, gate: Gate, part: str, stream: IO[bytes], most: int) -> None:
        """Judge a part of a workbook as it is read."""
        self._gate, self._part, self._stream, self._left, self._most = gate, part, stream, most, most
        self._taken = 0
        self._parser = parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._declared
        parser.XmlDeclHandler = self._encoded

    def read(self, size: int = -1) -> bytes:
        """Return the next piece, once it has been judged."""
        self._gate.check_time()
        piece = self._stream.read(size)
        if size < 0:
            # It is read at once to be held as a whole.
            self._left = self._most = self._gate.limits.tags
        self._left -= piece.count(b"<")
        if self._left < 0:
            raise self._refused(f"has more than {self._most:,} tags, which is how many are allowed")
        if b"\0" in piece:
            self._encoded("", "UTF-16", 0)
        try:
            self._parser.Parse(piece, not piece or size < 0)
        except expat.ExpatError as broken:
            raise self._refused(f"is not well-formed XML ({broken})") from None
        self._taken += len(piece)
        # What has begun and not ended is looked at anew with each piece.
        if self._taken - self._parser.CurrentByteIndex > (allowed := self._gate.limits.tag):
            raise self._refused(f"has a tag or a comment of more than {allowed:,} bytes, which is how many are allowed")
        return piece

    def finish(self) -> None:
        """Judge what is left of the part: its checksum stands at its end."""
        while self.read(PIECE):
            pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the part."""
        self._stream.close()

    def _declared(self, *_: object) -> None:
        raise self._refused("declares a DTD or entities")

    def _encoded(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in {"UTF-8", "US-ASCII"}:
            said = f"is written in {encoding:.20}; spreadsheet programs write UTF-8. Open the file in one and save it"
            raise self._refused(f"{said} there")

    def _refused(self, said: str) -> WorkbookRefused:
        return self._gate.refused(f"its part {self._part!r:.80} {said}")


def check_kinds(gate: Gate, kinds: Iterable[str]) -> None:
    """Refuse macros and links to other workbooks by what the package says its parts are."""
    for kind in kinds:
        folded = kind.casefold()
        if "vbaproject" in folded or "macro" in folded:
            raise gate.refused("it holds macros. Save it as .xlsx without them")
        if "externallink" in folded:
            said = "it links to other workbooks. Break the links (Data, Edit Links) and save it again"
            raise gate.refused(said)
