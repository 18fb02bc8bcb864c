"""Text files as they come in, TOML with the lines of its keys; tables in CSV, as they are written and as they are read.

In CSV every text that is written stays a text.
"""

from __future__ import annotations

import csv
import re
import stat
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import attrs

from unitledger.errors import InputsFileError, brief, did_you_mean

LARGEST = 5_000_000
"""A text of more bytes is not read: ten thousand inputs in three options take less."""


def text_of(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a file of at most so many bytes. Raises InputsFileError, with the line that is not UTF-8."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode) and not stat.S_ISDIR(kind.st_mode):
            raise InputsFileError(f"{path}: it is no file but a pipe or a device. Check the path.")
        if kind.st_size > largest:
            raise InputsFileError(f"{path}: it has {kind.st_size:,} bytes; {largest:,} are allowed. Divide it.")
        return decoded(path.read_bytes(), str(path), largest)
    except OSError as failed:
        raise InputsFileError(f"{path}: cannot be read ({failed.strerror}). Check the path.") from failed


def decoded(content: bytes, file: str, largest: int = LARGEST) -> str:
    """Return what bytes say, at most so many; `file` is for messages. Raises InputsFileError."""
    if len(content) > largest:
        raise InputsFileError(f"{file}: it has {len(content):,} bytes; {largest:,} are allowed. Divide it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = content.count(b"\n", 0, failed.start) + 1
        raise InputsFileError(f"{file}, line {line}: not UTF-8 text. Save the file as UTF-8.") from failed


KeyPath = tuple[str, ...]

_KEY = r"""(?:[A-Za-z0-9_-]++|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*({_DOTTED})\s*\]{{1,2}}\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")
_LONG_QUOTE = re.compile(r'"""|' + "'''")

MOST_PARTS = 32
# What is worked out for each part of a key takes as long as the parts before it.
_DEEP = re.compile(rf"^\s*+\[?+\[?+\s*+{_KEY}(?:\s*+\.\s*+{_KEY}){{{MOST_PARTS}}}", re.MULTILINE)


def tables(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises InputsFileError, with the line, where it is none."""
    if deep := _DEEP.search(text):
        above, said = text.count("\n", 0, deep.end()), f"a key of more than {MOST_PARTS} parts"
        raise InputsFileError(f"{file}, line {above + 1}: {said}; names have fewer dots.")
    try:
        found = tomllib.loads(text)
        # A number of thousands of digits that are hexadecimal is read, but cannot be shown.
        repr(found)
    # Besides TOMLDecodeError: a number of thousands of digits, and tables nested a thousand deep.
    except (ValueError, RecursionError) as broken:
        reason, _, place = str(broken).partition(" (at ")
        numbered = re.match(r"line (\d+)", place)
        line = numbered[1] if numbered else str(len(text.splitlines()))
        said = f"{reason[:1].lower()}{reason[1:].rstrip('.')}"
        raise InputsFileError(f"{file}, line {line}: not valid TOML: {said}.") from broken
    return found


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, on which each table and key of a valid TOML `text` first appears.

    Keys inside an inline table are left out: they stand on the line of the table itself.
    """
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    in_long_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        opened_before = in_long_text
        if len(_LONG_QUOTE.findall(line)) % 2:
            in_long_text = not in_long_text
        if opened_before:
            continue
        if header := _HEADER.match(line):
            table = path = _parts(header[1])
        elif assignment := _ASSIGNMENT.match(line):
            path = table + _parts(assignment[1])
        else:
            continue
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], number)
    return lines


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Return the line of `path`, or of the innermost table around it that has a line of its own."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _parts(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


# What a spreadsheet takes for the beginning of a formula, behind apostrophes of our own and of the text.
_COMPUTED = re.compile(r"'*\s*[=+@-]|'*[\t\r\n]")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, with the ends of lines of RFC 4180. A text that would be a formula gets an apostrophe."""
    text = StringIO()
    csv.writer(text).writerows([_guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def cell_text(cell: str) -> str:
    """Return the text that stands in a cell of a file, as it was before `csv_text` wrote it."""
    return cell[1:] if cell.startswith("'") and _COMPUTED.match(cell) else cell


def _guarded(text: str) -> str:
    return f"'{text}" if _COMPUTED.match(text) and not _NUMBER.fullmatch(text) else text


@attrs.frozen
class Rows:
    """Cells under headings, and what messages call a row.

    `headings`: without blanks around them; `cells`: by row, each as long as the headings; `places`: of each row, by
    the first of its lines; `head`: the place of the headings.
    """

    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    head: str

    def __iter__(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the place of each row, and its cells by heading."""
        for place, row in zip(self.places, self.cells, strict=True):
            yield place, dict(zip(self.headings, row, strict=True))

    def check(self, wanted: Collection[str], needed: Iterable[str], known: str = "") -> None:
        """Raise InputsFileError for a heading that is not wanted, is there twice, or is needed and missing.

        `known`: the columns as a message tells them; all that are wanted unless given.
        """
        fault = fault_of(self.headings, wanted, needed, known)
        if fault:
            raise InputsFileError(f"{self.head}: {fault}")


def fault_of(headings: Collection[str], wanted: Collection[str], needed: Iterable[str], known: str = "") -> str:
    """Return what is wrong with headings, as a sentence; "" where nothing is."""
    seen: set[str] = set()
    for heading in headings:
        if heading not in wanted:
            close = did_you_mean(heading, wanted)
            return f"unknown column {brief(heading)!r}.{close} Columns are {known or ', '.join(wanted)}."
        if heading in seen:
            return f"the column {heading!r} is there twice."
        seen.add(heading)
    return next((f"the column {each!r} is missing." for each in needed if each not in seen), "")


def rows_of(content: str, file: str) -> Rows:
    """Return the rows of a CSV text, without those that are empty; `file` is for messages. Raises InputsFileError."""
    reader = csv.reader(StringIO(content), strict=True)
    headings: tuple[str, ...] = ()
    head, end = f"{file}, line 1", 0
    cells: list[tuple[str, ...]] = []
    places: list[str] = []
    try:
        for row in reader:
            # A quoted cell may span lines; the message names the first.
            place, end = f"{file}, line {end + 1}", reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not headings:
                headings, head = tuple(cell.strip() for cell in row), place
            elif len(row) != len(headings):
                raise InputsFileError(f"{place}: {len(row)} cells under {len(headings)} headings.")
            else:
                cells.append(tuple(map(cell_text, row)))
                places.append(place)
    except csv.Error as broken:
        raise InputsFileError(f"{file}, line {reader.line_num}: not valid CSV: {broken}.") from None
    if len(headings) == 1 and ";" in headings[0]:
        raise InputsFileError(f"{head}: its columns are separated by semicolons. Save it with commas.")
    return Rows(headings, tuple(cells), tuple(places), head)
