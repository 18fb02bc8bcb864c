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
_PLAIN_ROW = re.compile(rb' r="([0-9]+)"')
_ATTRIBUTE = re.compile(rb"([^\s=\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")

# A sheet is known to be well-formed. What is commented out is passed over; a head may hold a ">" in quotes.
_ASIDE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_PREFIX = rb"[^\s<>/:!?]++:|"
_SAID = rb"(?=[\s/>])(?P<%b>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>"
_PLAIN_HEAD = rb' r="(?P<letters>[A-Z]+)(?P<digits>[0-9]+)"(?: s="[0-9]+")?(?: t="(?P<kind>[a-zA-Z]+)")?'
_INNER = rb"(?P<%b><(?P=prefix)%b" + _SAID + rb"(?:(?<=/>)|(?:[^<]++|" + _ASIDE + rb")*+</(?P=prefix)%b\s*>))"
_FORMULA, _VALUE = _INNER % (b"formula", b"f", b"of_formula", b"f"), _INNER % (b"value", b"v", b"of_value", b"v")
_INSIDE = rb"|".join([rb"[^<]++", _ASIDE, _FORMULA, _VALUE, rb"<(?!/(?P=tag)\s*>)[^>]*>"])
_ROW = rb"<(?:" + _PREFIX + rb")row" + _SAID % b"of_row"
_CELL = rb"<(?P<tag>(?P<prefix>" + _PREFIX + rb")c)(?:(?=" + _PLAIN_HEAD + rb"/?>))?" + _SAID % b"head"
_CELL += rb"(?:(?<=/>)|(?:" + _INSIDE + rb")*</(?P=tag)\s*>)"
_ROW_OR_CELL = re.compile(rb"|".join([_ASIDE, _ROW, _CELL]), re.DOTALL)
# A formula as most are written, found in a quarter of the time; its groups have the same names.
_PLAIN_FORMULA = re.compile(
    rb"<(?P<tag>(?P<prefix>)c)(?P<head>" + _PLAIN_HEAD + rb")>"
    rb"(?P<formula><f(?P<of_formula>)>[^<]*</f>)(?P<value><v>[^<]*</v>)?</c>"
)


_Cell = re.Match[bytes]
"""A cell of the XML, as it was found."""


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
        cuts.append((*cells[at].span(), _cell(cells[at], at, typed[at])))
        if (of_formula := cells[at]["of_formula"]) is not None:
            gone, says = True, _attributes(of_formula)
            orphans |= {says["si"]} if {"ref", "si"} <= says.keys() else set()
    for at, cell in cells.items():
        if at in typed:
            continue
        text = formula(at) if orphans and _attributes(cell["of_formula"] or b"").get("si") in orphans else None
        if text is not None or at in shown:
            cuts += _showing(cell, text, shown.get(at), keep=at not in shown)
    cuts += [_inserted(cells, at, typed[at]) for at in typed if at not in cells and typed[at] is not None]
    return cut(xml, cuts), gone


def _cells(xml: bytes, typed: Mapping[At, object], shown: Mapping[At, object]) -> dict[At, _Cell]:
    """Return the cells that may change, and all of the rows in which something is typed, in their order."""
    cells: dict[At, _Cell] = {}
    if not typed and b"<!" not in xml and xml.count(b"<?") <= 1:
        for found in _PLAIN_FORMULA.finditer(xml):
            letters, digits = found.group("letters", "digits")
            cells[int(digits) - 1, column_number(letters.decode())] = found
        if cells.keys() >= shown.keys():
            return cells
    rows = {row for row, _ in typed}
    cells = {}
    row = column = -1
    for found in _ROW_OR_CELL.finditer(xml):
        # Rows and cells are counted as they come: both may leave out where they are.
        of_row, tag, head, letters, of_formula = found.group("of_row", "tag", "head", "letters", "of_formula")
        if of_row is not None:
            plain_row = _PLAIN_ROW.match(of_row)
            row, column = int(plain_row[1] if plain_row else _attributes(of_row).get("r", row + 2)) - 1, -1
        elif tag is not None:
            if letters is None:
                address = _ADDRESS.fullmatch(_attributes(head).get("r", ""))
                letters = b"" if address is None else address[1].encode()
            column = column_number(letters.decode()) if letters else column + 1
            if (row, column) in shown or row in rows or (of_formula and "si" in _attributes(of_formula)):
                cells[row, column] = found
    return cells


def _attributes(head: bytes) -> dict[str, str]:
    """Return the attributes that the head of an element says."""
    return {name.decode(): unescape((one or other).decode()) for name, one, other in _ATTRIBUTE.findall(head)}


def _cell(like: _Cell, at: At, content: float | str | None) -> bytes:
    """Return a cell, looking like another, with a number, a text that needs no other part of the file, or nothing."""
    tag, prefix, style = like["tag"].decode(), like["prefix"].decode(), _attributes(like["head"]).get("s")
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
    prefix, letters, now, value = cell.group("prefix", "letters", "kind", "value")
    if letters is None:
        now = _attributes(cell["head"]).get("t", "").encode()
    if text is not None:
        cuts.append((*cell.span("formula"), b"<%bf>%b</%bf>" % (prefix, escape(text[1:]).encode(), prefix)))
    kind, content = _stored(shown)
    if keep or (value is None if content is None else value is not None and _shows(now or b"", value, kind, content)):
        return cuts
    if (now or b"") != kind:
        start, end = cell.start(), cell.end("head")
        cuts.append((start, end, _KIND.sub(b"", cell.string[start:end]) + (b' t="%b"' % kind if kind else b"")))
    element = b"" if content is None else b"<%bv>%b</%bv>" % (prefix, content, prefix)
    if value is not None:
        cuts.append((*cell.span("value"), element))
    elif cell["formula"] is not None:
        cuts.append((cell.end("formula"), cell.end("formula"), element))
    return cuts


def _shows(now: bytes, value: bytes, kind: bytes, content: bytes) -> bool:
    """Whether the value of a cell is `content` of a `kind` already."""
    held = value[value.index(b">") + 1 : value.rindex(b"<")]
    if not kind and now in {b"", b"n"} and held and not held.isspace():
        one, other = float(held), float(content)
        # Files keep 15 to 17 digits; the same to 15 is the same.
        return isclose(one, other) and canonical(one) == canonical(other)
    return now == kind and held == content


def _stored(shown: Shown) -> tuple[bytes, bytes | None]:
    """Return the kind of a cell that shows this, b"" for a number, and what is written in it, None for nothing."""
    if isinstance(shown, float):
        return b"", _number(shown).encode()
    if isinstance(shown, bool):
        return b"b", b"%d" % shown
    return (b"", None) if shown is None else (b"str", escape(shown).encode())


def _number(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _inserted(cells: Mapping[At, _Cell], at: At, content: float | str | None) -> Cut:
    """Return the cut that puts a cell that is not there between its neighbours, looking like the one before it."""
    columns = sorted(column for row, column in cells if row == at[0])
    if not columns:
        raise LookupError(f"row {at[0] + 1} is not there")
    place = bisect(columns, at[1])
    beside = cells[at[0], columns[max(place - 1, 0)]]
    start = beside.end() if place else beside.start()
    return start, start, _cell(beside, at, content)
