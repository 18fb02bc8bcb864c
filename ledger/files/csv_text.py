"""Tables as CSV, in which every text stays a text: a spreadsheet that opens the file shows it and computes nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

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
