"""Changing cells in the XML of a sheet: what is typed in, and what formulas show; all else stays byte for byte.

A part is cut open where its elements begin and end, in bytes, and closed again.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Container, Iterable, Mapping
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
    """Return the elements with these local names, in the order in which they end. Raises like `walk`."""
    found: list[Element] = []
    walk(xml, locals_, found.append)
    return found


def walk(
    xml: bytes,
    locals_: Container[str],
    ended: Callable[[Element], None],
    begins: Callable[[str, dict[str, str]], bool] | None = None,
) -> None:
    """Go through the elements with these local names: `begins(tag, attributes)`, then `ended` of those that it wants.

    The part has been found to be without DTD, in UTF-8. Raises ExpatError where it is not well-formed.
    """
    parser = expat.ParserCreate()
    opened: list[tuple[str, dict[str, str], int] | None] = []
    # By tag: None where it is none of these elements.
    closings: dict[str, re.Pattern[bytes] | None] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag not in closings:
            known = tag.rpartition(":")[2] in locals_
            closings[tag] = re.compile(rb"</%s\s*>" % re.escape(tag.encode())) if known else None
        if closings[tag] is not None:
            wanted = begins is None or begins(tag, attributes)
            opened.append((tag, attributes, parser.CurrentByteIndex) if wanted else None)

    def end(tag: str) -> None:
        if (closes := closings[tag]) is not None and (begun := opened.pop()) is not None:
            place = parser.CurrentByteIndex
            # Of <c/> the parser gives the byte after it, of <c></c> that of the closing tag.
            closing = closes.match(xml, place)
            last = closing.end() if closing else place
            ended(Element(*begun, last))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)


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


@attrs.frozen
class _Cell:
    """A cell of the XML: its element, and those of its formula and its value."""

    element: Element
    formula: Element | None
    value: Element | None


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
        element, formula_there = cells[at].element, cells[at].formula
        cuts.append((element.start, element.end, _cell(element, at, typed[at])))
        if formula_there is not None:
            gone = True
            orphans |= {formula_there.attributes.get("si")} if "ref" in formula_there.attributes else set()
    for at, cell in cells.items():
        if at in typed:
            continue
        shares = cell.formula is not None and cell.formula.attributes.get("si") in orphans - {None}
        text = formula(at) if shares else None
        if text is not None or at in shown:
            cuts += _showing(xml, cell, text, shown.get(at), keep=at not in shown)
    cuts += [_inserted(cells, at, typed[at]) for at in typed if at not in cells and typed[at] is not None]
    return cut(xml, cuts), gone


def _cells(xml: bytes, typed: Mapping[At, object], shown: Mapping[At, object]) -> dict[At, _Cell]:
    """Return the cells that may change, and all of the rows in which something is typed, in their order."""
    rows = {row for row, _ in typed}
    cells: dict[At, _Cell] = {}
    parts: dict[str, Element] = {}
    row = column = -1
    changes = False

    def begins(tag: str, attributes: dict[str, str]) -> bool:
        # Rows and cells are counted as they come: both may leave out where they are.
        nonlocal row, column, changes
        local = tag.rpartition(":")[2]
        if local == "row":
            row, column = int(attributes["r"]) - 1 if "r" in attributes else row + 1, -1
            return False
        if local == "c":
            address = _ADDRESS.fullmatch(attributes.get("r", ""))
            column = column + 1 if address is None else column_number(address[1])
            changes = row in rows or (row, column) in shown
            parts.clear()
            return True
        return changes or "si" in attributes

    def ended(element: Element) -> None:
        local = element.tag.rpartition(":")[2]
        if local != "c":
            parts[local] = element
            return
        formula = parts.get("f")
        shared = formula is not None and "si" in formula.attributes
        if shared or changes:
            cells[row, column] = _Cell(element, formula, parts.get("v"))

    walk(xml, {"row", "c", "f", "v"}, ended, begins)
    return cells


def _cell(like: Element, at: At, content: float | str | None) -> bytes:
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


def _showing(xml: bytes, cell: _Cell, text: str | None, shown: Shown, *, keep: bool) -> list[Cut]:
    """Return the cuts that give a cell another value (or none), and its own formula text where it shared one."""
    cuts: list[Cut] = []
    prefix, formula, value = cell.element.prefix, cell.formula, cell.value
    if text is not None and formula is not None:
        cuts.append((formula.start, formula.end, f"<{prefix}f>{escape(text[1:])}</{prefix}f>".encode()))
    if keep or (value is not None and _shows(xml, cell, value, shown)) or (value is None and shown is None):
        return cuts
    kind = "" if shown is None else "b" if isinstance(shown, bool) else "str" if isinstance(shown, str) else ""
    head = xml.index(b">", cell.element.start)
    written = _KIND.sub(b"", xml[cell.element.start : head]) + (f' t="{kind}"'.encode() if kind else b"")
    cuts.append((cell.element.start, head, written))
    content = b"" if shown is None else f"<{prefix}v>{_written(shown)}</{prefix}v>".encode()
    if value is not None:
        cuts.append((value.start, value.end, content))
    elif formula is not None:
        cuts.append((formula.end, formula.end, content))
    return cuts


def _shows(xml: bytes, cell: _Cell, value: Element, shown: Shown) -> bool:
    """Whether a cell keeps the value already."""
    kind = cell.element.attributes.get("t", "n")
    held = xml[value.start : value.end]
    if isinstance(shown, float) and kind == "n":
        number = held[held.index(b">") + 1 : held.rindex(b"<")]
        # Files keep 15 to 17 digits; the same to 15 is the same.
        return bool(number.strip()) and canonical(float(number)) == canonical(shown)
    expected = {bool: "b", str: "str"}.get(type(shown))
    return kind == expected and held == f"<{value.tag}>{_written(shown)}</{value.tag}>".encode()


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
    beside = cells[at[0], columns[max(place - 1, 0)]].element
    start = beside.end if place else beside.start
    return start, start, _cell(beside, at, content)
