"""The cells of a sheet that holds nothing but plain ones, as most do, by one pattern.

A library builds an element of each cell and looks for its parts in it, which takes three times as long. A sheet with
anything else among its rows is left to it as a whole, and so is every question of what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import unescape

from unitledger.workbook.address import column_number
from unitledger.workbook.cells.guard import PIECE

PlainCell = tuple[int, int, int, str, str | None, float | str | None]
"""Row and column counted from 0, number of the style, kind, formula with its equals sign or None, value or None."""

# The name of an element means that of a spreadsheet if nothing but the first says what names mean.
_HEAD = re.compile(
    rb'(?:<\?xml [^<>]*\?>\s*+)?<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rb"(?:(?!<[!?r]|<sheetData|\sxmlns\s*+=).)*+<sheetData>",
    re.DOTALL,
)
_END_OF_ROW, _END = b"</row>", b"</sheetData>"
# Its groups: column and row of a cell, its style, its kind, ">" and its formula, its value if that is a number, and if
# not; anything else.
_ROW_OR_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([a-z]{1,3})")?'
    r'(?:/>|>(?:<f(?: aca="false")?(>[^<]*)</f>)?'
    r"(?:<v>(?:(-?[0-9.]{1,300}(?:[eE][-+]?[0-9]+)?)|([^<]*))</v>)?</c>)"
    r"|<row [^<>]*>|</row>|(.)",
    re.DOTALL,
)
_FRACTION = frozenset(".eE")
_QUOTES = {"&quot;": '"', "&apos;": "'"}


class NotPlain(Exception):
    """Something else than plain cells and their rows."""


def plain_cells(read: Callable[[int], bytes], strings: Sequence[str]) -> Iterator[PlainCell]:
    """Yield the cells of a sheet, its bytes as `read` gives them, well-formed; `strings`: texts that cells share.

    Raises NotPlain, which may come after some cells.
    """
    found = _HEAD.match(piece := read(PIECE))
    if found is None:
        raise NotPlain
    held = piece[found.end() :]
    while (end := held.find(_END)) < 0:
        whole = held.rfind(_END_OF_ROW) + len(_END_OF_ROW)
        if whole >= len(_END_OF_ROW):
            yield from _cells(held[:whole].decode(), strings)
            held = held[whole:]
        if not (piece := read(PIECE)):
            raise NotPlain
        held += piece
    yield from _cells(held[:end].decode(), strings)


def _cells(xml: str, strings: Sequence[str]) -> Iterator[PlainCell]:
    # A parser makes one sign of those that end a line; what is written by its number is not looked for.
    if "\r" in xml or "&#" in xml:
        raise NotPlain
    for letters, digits, style, kind, formula, number, text, other in _ROW_OR_CELL.findall(xml):
        if letters:
            value = _value(kind, number, text, strings)
            written = f"={unescape(formula[1:], _QUOTES) if '&' in formula else formula[1:]}" if formula else None
            yield int(digits) - 1, column_number(letters), int(style or 0), kind or "n", written, value
        elif other:
            raise NotPlain


def _value(kind: str, number: str, text: str, strings: Sequence[str]) -> float | str | None:
    """Return the value that is written in a cell, a truth value included; None for none."""
    if kind == "str":
        written = number or text
        return unescape(written, _QUOTES) if "&" in written else written or None
    if not number:
        if text:
            raise NotPlain
        return None
    try:
        if not kind or kind == "n":
            return float(number) if _FRACTION.intersection(number) else int(number)
        if kind == "s" and number.isdigit():
            return strings[int(number)]
        if kind == "b" and number in {"0", "1"}:
            return number == "1"
    except (ValueError, IndexError):
        # What is wrong is told by those who read every sheet.
        pass
    raise NotPlain
