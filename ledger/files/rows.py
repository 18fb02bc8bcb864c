"""Tables in CSV: as they are written, so that every text stays a text, and as every one of them is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import StringIO

import attrs

from unitledger.errors import InputsFileError, brief, did_you_mean

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
