"""The cells of a sheet as the XML of its rows, and the texts of all sheets as that of their table.

The library would check, keep, escape and assemble every cell by itself, and look in each formula for functions newer
than the file format, which the function table has none of: for a long ledger that is most of the time of writing. It
takes some texts for XML, too. What comes here was checked before (`audit.legal`), so that a row is put together at
once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from unitledger.units import day_number
from unitledger.workbook.address import letters
from unitledger.workbook.sheet import Cell, Style

_TEXTS = frozenset(("text", "link"))
# A text that begins like a formula is marked as text, so that editing the cell does not make it one.
_LIKE_A_FORMULA = frozenset("=+-@")
# How the file format writes signs that XML cannot hold; one that stands in a text is written so itself.
_LIKE_A_SIGN = re.compile("_(?=x[0-9a-fA-F]{4}_)")


class Rows:
    """The part of the library's worksheet that is about cells, for a class of both."""

    def hold(self: Any, cells: Sequence[Cell], rows: Iterable[tuple[int, str]], last: tuple[int, int]) -> None:
        """Take the cells, and each row of them as XML; `last`: their last row and column."""
        self.cells, self.rows = cells, dict(rows)
        self._check_dimensions(0, 0)
        self._check_dimensions(*last)

    def _write_rows(self: Any) -> None:
        """Write the rows that have cells or a height of their own, as the library calls it."""
        for row in sorted(self.rows.keys() | self.row_info.keys()):
            if row not in self.row_info:
                self.fh.write(f'<row r="{row + 1}">{self.rows[row]}</row>')
            elif row in self.rows:
                self._write_row(row, None, self.row_info[row])
                self.fh.write(f"{self.rows[row]}</row>")
            else:
                self._write_empty_row(row, None, self.row_info[row])

    def _get_range_data(self: Any, top: int, left: int, bottom: int, right: int) -> list[Any]:
        """Return what a chart is drawn from, as the library calls it: what its cells hold in the file."""
        held = {
            (row, column): cached if kind == "formula" else f"{content:.16g}" if kind == "number" else content or ""
            for row, column, kind, content, cached, _ in self.cells
            if top <= row <= bottom and left <= column <= right
        }
        return [held.get((row, column)) for row in range(top, bottom + 1) for column in range(left, right + 1)]


class Texts:
    """The part of the library's packager that is about the table of texts, for a class of both."""

    def _write_shared_strings_file(self: Any) -> None:
        """Write the table, as the library calls it."""
        table = self.workbook.str_table
        file = self._filename("xl/sharedStrings.xml")
        file.write('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
        file.write('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"')
        file.write(f' count="{table.count}" uniqueCount="{table.unique_count}">')
        file.write("".join(map(_text, table.string_array)))
        file.write("</sst>")


def _text(shown: str) -> str:
    written = _escaped(_LIKE_A_SIGN.sub("_x005F_", shown) if "_x" in shown else shown).replace("\r", "_x000D_")
    space = "" if shown == shown.strip() else ' xml:space="preserve"'
    return f"<si><t{space}>{written}</t></si>"


def rows(
    cells: Iterable[Cell], look: Callable[[Style, bool], int], shared: Callable[[str], int]
) -> Iterator[tuple[int, str]]:
    """Yield each row that has cells, and these as XML, from the top left; of several at one place the last.

    `look`: the number of a style, for a text that begins like a formula or for anything else; `shared`: that of a text.
    """
    plain: dict[Style, int] = {}
    by_row: dict[int, dict[int, Cell]] = defaultdict(dict)
    for cell in cells:
        by_row[cell[0]][cell[1]] = cell
    for row, beside in sorted(by_row.items()):
        written, called = [], row + 1
        for column, (_, _, kind, content, cached, style) in sorted(beside.items()):
            is_text = kind in _TEXTS
            if is_text and content[:1] in _LIKE_A_FORMULA:
                number = look(style, True)
            elif (number := plain.get(style, 0)) == 0:
                number = plain[style] = look(style, False)
            held = f' t="s"><v>{shared(content)}</v></c>' if is_text else _held(kind, content, cached)
            written.append(f'<c r="{letters(column)}{called}" s="{number}"{held}')
        yield row, "".join(written)


def _held(kind: str, content: Any, cached: Any) -> str:
    """Return what follows the place and the style of a cell that holds no text."""
    if kind == "formula":
        formula = _escaped(content[1:])
        if isinstance(cached, str):
            return f' t="str"><f>{formula}</f><v>{_escaped(cached)}</v></c>'
        if isinstance(cached, bool):
            return f' t="b"><f>{formula}</f><v>{cached:d}</v></c>'
        return f"><f>{formula}</f><v>{cached}</v></c>"
    if kind == "number":
        return f"><v>{content:.16G}</v></c>"
    if kind == "date":
        return f"><v>{day_number(content):.0f}</v></c>"
    assert kind == "blank", kind
    return "/>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
