"""Changing cells in the XML of a sheet: what is typed in, and what formulas show; all else stays byte for byte."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

import attrs

from unitledger.expression.digits import canonical
from unitledger.workbook.address import a1, column_number
from unitledger.workbook.patch.elements import Cut, Element, cut, walk

At = tuple[int, int]
"""Row and column of a cell, both counted from 0."""

Shown = float | bool | str | None

_KIND = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


@attrs.define
class _Cell:
    """A cell of the XML: its element, and those of its formula and its value."""

    at: At
    element: Element
    formula: Element | None
    value: Element | None


@attrs.define
class _Row:
    """A row in which something is typed: where it ends, and the columns of its cells with their first bytes."""

    end: int = 0
    columns: list[int] = attrs.field(factory=list)
    starts: list[int] = attrs.field(factory=list)


def patched_sheet(
    xml: bytes, typed: Mapping[At, float | str | None], shown: Mapping[At, Shown], formula: Callable[[At], str]
) -> tuple[bytes, bool]:
    """Return a sheet with cells typed over (None empties them), formulas showing `shown` (None: no value is kept).

    `formula` tells the text of a formula, with its equals sign, whatever it shares with its neighbours. The second
    result says whether a formula is gone. Raises KeyError with the row's number when a cell must be put into a row
    that is not there or is empty; UnicodeError for an encoding other than UTF-8.
    """
    found = _Found(typed, shown)
    walk(xml, {"row", "c", "f", "v"}, found.ended, found.begins)
    cuts: list[Cut] = []
    gone, orphans = False, set()
    for cell in found.cells:
        if cell.at in typed:
            cuts.append(
                (
                    cell.element.start,
                    cell.element.end,
                    _cell(cell.element.tag, cell.at, cell.element.attributes.get("s"), typed[cell.at]),
                )
            )
            gone |= cell.formula is not None
            if cell.formula is not None and "ref" in cell.formula.attributes:
                orphans.add(cell.formula.attributes.get("si"))
    for cell in found.cells:
        if cell.at in typed:
            continue
        shares = cell.formula is not None and cell.formula.attributes.get("si") in orphans - {None}
        text = formula(cell.at) if shares else None
        if text is not None or cell.at in shown:
            cuts += _showing(xml, cell, text, shown.get(cell.at), keep=cell.at not in shown)
    there = {cell.at for cell in found.cells}
    cuts += [_inserted(xml, found.rows, at, typed[at]) for at in typed if at not in there and typed[at] is not None]
    return cut(xml, cuts), gone


class _Found:
    """The cells of a sheet that may change, and the rows in which something is typed."""

    def __init__(self, typed: Mapping[At, object], shown: Mapping[At, object]) -> None:
        self.cells: list[_Cell] = []
        self.rows: dict[int, _Row] = {}
        self._typed, self._shown = typed, shown
        self._typed_rows = {row for row, _ in typed}
        self._row, self._column = -1, -1
        self._formula: Element | None = None
        self._value: Element | None = None

    def begins(self, tag: str, attributes: dict[str, str], start: int) -> None:
        """Count rows and cells as they come: both may leave out where they are."""
        local = tag.rpartition(":")[2]
        if local == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif local == "c":
            address = _ADDRESS.fullmatch(attributes.get("r", ""))
            self._column = self._column + 1 if address is None else column_number(address[1])
            self._formula = self._value = None
            if self._row in self._typed_rows:
                row = self.rows.setdefault(self._row, _Row())
                row.columns.append(self._column)
                row.starts.append(start)

    def ended(self, element: Element) -> None:
        """Keep a cell that may change."""
        local = element.tag.rpartition(":")[2]
        if local == "f":
            self._formula = element
        elif local == "v":
            self._value = element
        elif local == "row":
            if self._row in self.rows:
                self.rows[self._row].end = element.end
        else:
            at = (self._row, self._column)
            shared = self._formula is not None and "si" in self._formula.attributes
            if shared or at in self._typed or at in self._shown:
                self.cells.append(_Cell(at, element, self._formula, self._value))


def _cell(tag: str, at: At, style: str | None, content: float | str | None) -> bytes:
    """Return a cell with a number, a text that needs no other part of the file, or nothing."""
    prefix = tag[: tag.rfind(":") + 1]
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


def _inserted(xml: bytes, rows: Mapping[int, _Row], at: At, content: float | str | None) -> Cut:
    """Return the cut that puts a cell that is not there between its neighbours, looking like the one before it."""
    row = rows.get(at[0])
    if row is None:
        raise KeyError(at[0] + 1)
    place = bisect(row.columns, at[1])
    beside = row.starts[place - 1 if place else 0]
    tag, style = _look(xml, beside)
    end = xml.rindex(b"</", 0, row.end)
    start = row.starts[place] if place < len(row.starts) else end
    return start, start, _cell(tag, at, style, content)


def _look(xml: bytes, start: int) -> tuple[str, str | None]:
    """Return the tag and the style of the cell that begins at a byte."""
    head = xml[start : xml.index(b">", start)].decode()
    style = re.search(r"\ss\s*=\s*[\"']([0-9]+)", head)
    tag = re.match(r"<([\w:]+)", head)
    assert tag is not None
    return tag[1], style[1] if style else None
