"""Changing cells in the XML of a sheet: what is typed in, and what formulas show; all else stays byte for byte.

A part is cut open where its elements begin and end, in bytes, and closed again.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Container, Iterable, Mapping
from html import unescape
from math import isclose
from xml.parsers import expat
from xml.sax.saxutils import escape

import attrs

from unitledger.expression.digits import canonical
from unitledger.workbook.address import a1, column_number

Cut = tuple[int, int, bytes]
"""First byte, byte after the last, and what stands there instead."""


@attrs.frozen
class Element:
    """An element: its tag as written, with a prefix if there is one; its attributes; where it begins and ends."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int

    @property
    def prefix(self) -> str:
        """What stands before the name of every element of this kind: "" or, from some programs, "x:"."""
        return self.tag[: self.tag.rfind(":") + 1]

    def attribute(self, local: str) -> str:
        """Return an attribute whatever its prefix, "" where there is none."""
        return next((held for name, held in self.attributes.items() if name.rpartition(":")[2] == local), "")


def elements(xml: bytes, locals_: Container[str]) -> list[Element]:
    """Return the elements with these local names, in the order in which they end.

    The part has been found to be without DTD, in UTF-8. Raises ExpatError where it is not well-formed.
    """
    found: list[Element] = []
    parser = expat.ParserCreate()
    opened: list[tuple[str, dict[str, str], int]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] in locals_:
            opened.append((tag, attributes, parser.CurrentByteIndex))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] in locals_:
            place = parser.CurrentByteIndex
            # Of <c/> the parser gives the byte after it, of <c></c> that of the closing tag.
            closing = re.compile(rb"</%s\s*>" % re.escape(tag.encode())).match(xml, place)
            found.append(Element(*opened.pop(), closing.end() if closing else place))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)
    return found


def cut(xml: bytes, cuts: Iterable[Cut]) -> bytes:
    """Return a part with pieces replaced; the pieces do not overlap."""
    parts = []
    place = 0
    for start, end, instead in sorted(cuts):
        parts += [xml[place:start], instead]
        place = end
    return b"".join([*parts, xml[place:]])


At = tuple[int, int]
"""Row and column of a cell, both counted from 0."""

Shown = float | bool | str | None

_KIND = re.compile(rb"(?<!\s)\s++t\s*+=\s*(?:\"[^\"]*\"|'[^']*')")
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_PLAIN_ADDRESS = re.compile(rb' r="([A-Z]*)([0-9]+)"')
_PLAIN_HEAD = re.compile(rb' r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="([a-zA-Z]+)")?/?')
_ATTRIBUTE = re.compile(rb"([^\s=\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")

# A sheet is known to be well-formed. What is commented out is passed over; a head may hold a ">" in quotes.
_ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_PREFIX = rb"[^\s<>/:!?]++:|"
_HEAD = rb"(?=[\s/>])((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>"
_INNER = rb"(<\3%b" + _HEAD + rb"(?:(?<=/>)|(?:[^<]++|" + _ASIDE + rb")*+</\3%b\s*>))"
_INSIDE = rb"|".join([rb"[^<]++", _ASIDE, _INNER % (b"f", b"f"), _INNER % (b"v", b"v"), rb"<(?!/\2\s*>)[^>]*>"])
_ROW = rb"<(?:" + _PREFIX + rb")row" + _HEAD
_CELL = rb"<((" + _PREFIX + rb")c)" + _HEAD + rb"(?:(?<=/>)|(?:" + _INSIDE + rb")*</\2\s*>)"
# Its groups: what the head of a row says; tag and prefix of a cell, its head; its formula, value, each with its head.
_ROW_OR_CELL = re.compile(rb"|".join([_ASIDE, _ROW, _CELL]), re.DOTALL)


@attrs.frozen
class _Cell:
    """A cell of the XML, as it was found."""

    found: re.Match[bytes]

    @property
    def tag(self) -> str:
        """Its tag as written."""
        return self.found[2].decode()

    @property
    def prefix(self) -> str:
        """What stands before the name of every element of this kind."""
        return self.found[3].decode()

    @property
    def attributes(self) -> dict[str, str]:
        """What its head says."""
        return _attributes(self.found[4])

    @property
    def kind(self) -> str:
        """What its head says of its value, "" for nothing."""
        plain = _PLAIN_HEAD.fullmatch(self.found[4])
        return self.attributes.get("t", "") if plain is None else (plain[1] or b"").decode()

    @property
    def formula(self) -> dict[str, str] | None:
        """What the head of its formula says, None where there is no formula."""
        of_formula = self.found[6]
        return _attributes(of_formula) if of_formula else None if of_formula is None else {}

    @property
    def value(self) -> bytes | None:
        """The element of its value, None where there is none."""
        return self.found[7]


def patched_sheet(
    xml: bytes, typed: Mapping[At, float | str | None], shown: Mapping[At, Shown], formula: Callable[[At], str]
) -> tuple[bytes, bool]:
    """Return a sheet with cells typed over (None empties them), formulas showing `shown` (None: no value is kept).

    `formula` tells the text of a formula, with its equals sign, whatever it shares with its neighbours. The second
    result says whether a formula is gone. Raises LookupError naming the row when a cell must be put into a row
    that is not there or is empty.
    """
    cells = _cells(xml, typed, shown)
    cuts: list[Cut] = []
    gone, orphans = False, set()
    for at in cells.keys() & typed.keys():
        cuts.append((*cells[at].found.span(), _cell(cells[at], at, typed[at])))
        if (formula_there := cells[at].formula) is not None:
            gone = True
            orphans |= {formula_there["si"]} if {"ref", "si"} <= formula_there.keys() else set()
    for at, cell in cells.items():
        if at in typed:
            continue
        shares = orphans and cell.formula is not None and cell.formula.get("si") in orphans
        text = formula(at) if shares else None
        if text is not None or at in shown:
            cuts += _showing(cell, text, shown.get(at), keep=at not in shown)
    cuts += [_inserted(cells, at, typed[at]) for at in typed if at not in cells and typed[at] is not None]
    return cut(xml, cuts), gone


def _cells(xml: bytes, typed: Mapping[At, object], shown: Mapping[At, object]) -> dict[At, _Cell]:
    """Return the cells that may change, and all of the rows in which something is typed, in their order."""
    rows = {row for row, _ in typed}
    cells: dict[At, _Cell] = {}
    row = column = -1
    for found in _ROW_OR_CELL.finditer(xml):
        # Rows and cells are counted as they come: both may leave out where they are.
        of_row, tag, head, of_formula = found.group(1, 2, 4, 6)
        if of_row is not None:
            plain = _PLAIN_ADDRESS.match(of_row)
            row, column = int(plain[2] if plain else _attributes(of_row).get("r", row + 2)) - 1, -1
        elif tag is not None:
            if (plain := _PLAIN_ADDRESS.match(head)) is not None:
                letters = plain[1].decode()
            else:
                address = _ADDRESS.fullmatch(_attributes(head).get("r", ""))
                letters = "" if address is None else address[1]
            column = column_number(letters) if letters else column + 1
            if (row, column) in shown or row in rows or (of_formula and "si" in _attributes(of_formula)):
                cells[row, column] = _Cell(found)
    return cells


def _attributes(head: bytes) -> dict[str, str]:
    """Return the attributes that the head of an element says."""
    return {name.decode(): unescape((one or other).decode()) for name, one, other in _ATTRIBUTE.findall(head)}


def _cell(like: _Cell, at: At, content: float | str | None) -> bytes:
    """Return a cell, looking like another, with a number, a text that needs no other part of the file, or nothing."""
    tag, prefix, style = like.tag, like.prefix, like.attributes.get("s")
    head = f'<{tag} r="{a1(*at)}"' + ("" if style is None else f' s="{style}"')
    if content is None:
        return f"{head}/>".encode()
    if isinstance(content, str):
        space = ' xml:space="preserve"' if content != content.strip() else ""
        text = f"<{prefix}is><{prefix}t{space}>{escape(content)}</{prefix}t></{prefix}is>"
        return f'{head} t="inlineStr">{text}</{tag}>'.encode()
    return f"{head}><{prefix}v>{_number(content)}</{prefix}v></{tag}>".encode()


def _showing(cell: _Cell, text: str | None, shown: Shown, *, keep: bool) -> list[Cut]:
    """Return the cuts that give a cell another value (or none), and its own formula text where it shared one."""
    cuts: list[Cut] = []
    prefix, found, value, now = cell.prefix, cell.found, cell.value, cell.kind
    if text is not None:
        cuts.append((*found.span(5), f"<{prefix}f>{escape(text[1:])}</{prefix}f>".encode()))
    if keep or (value is not None and _shows(now, value, shown)) or (value is None and shown is None):
        return cuts
    kind = "b" if isinstance(shown, bool) else "str" if isinstance(shown, str) else ""
    if now != kind:
        start, end = found.start(), found.end(4)
        written = _KIND.sub(b"", found.string[start:end]) + (f' t="{kind}"'.encode() if kind else b"")
        cuts.append((start, end, written))
    content = b"" if shown is None else f"<{prefix}v>{_written(shown)}</{prefix}v>".encode()
    if value is not None:
        cuts.append((*found.span(7), content))
    elif found[5] is not None:
        cuts.append((found.end(5), found.end(5), content))
    return cuts


def _shows(kind: str, held: bytes, shown: Shown) -> bool:
    """Whether a value of a kind is that already."""
    if isinstance(shown, float) and kind in {"", "n"}:
        number = held[held.index(b">") + 1 : held.rindex(b"<")]
        # Files keep 15 to 17 digits; the same to 15 is the same.
        return bool(number.strip()) and isclose(float(number), shown) and canonical(float(number)) == canonical(shown)
    expected = {bool: "b", str: "str"}.get(type(shown))
    return kind == expected and held[held.index(b">") + 1 : held.rindex(b"<")] == _written(shown).encode()


def _written(shown: Shown) -> str:
    if isinstance(shown, bool):
        return str(int(shown))
    return escape(shown) if isinstance(shown, str) else _number(shown or 0.0)


def _number(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _inserted(cells: Mapping[At, _Cell], at: At, content: float | str | None) -> Cut:
    """Return the cut that puts a cell that is not there between its neighbours, looking like the one before it."""
    columns = sorted(column for row, column in cells if row == at[0])
    if not columns:
        raise LookupError(f"row {at[0] + 1} is not there")
    place = bisect(columns, at[1])
    beside = cells[at[0], columns[max(place - 1, 0)]]
    start = beside.found.end() if place else beside.found.start()
    return start, start, _cell(beside, at, content)
