"""The cells of a sheet as the XML of its rows.

The library would check, keep, escape and assemble every cell by itself, and look in each formula for functions newer
than the file format, which the function table has none of: for a long ledger that is most of the time of writing. What
comes here was checked before (`audit.legal`), so that a row is put together at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from unitledger.units import day_number
from unitledger.workbook.address import letters
from unitledger.workbook.sheet import Cell, Style

_ROW, _PLACE = itemgetter(0), itemgetter(0, 1)
_TEXTS = frozenset(("text", "link"))
# A text that begins like a formula is marked as text, so that editing the cell does not make it one.
_LIKE_A_FORMULA = ("=", "+", "-", "@")


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


def rows(
    cells: Iterable[Cell], look: Callable[[Style, bool], int], shared: Callable[[str], int]
) -> Iterator[tuple[int, str]]:
    """Yield each row that has cells, and these as XML, from the top left; of several at one place the last.

    `look`: the number of a style, for a text that begins like a formula or for anything else; `shared`: that of a text.
    """
    plain: dict[Style, int] = {}
    for row, beside in groupby(sorted(cells, key=_PLACE), key=_ROW):
        written = []
        for column, (_, _, kind, content, cached, style) in {cell[1]: cell for cell in beside}.items():
            if kind in _TEXTS and content.startswith(_LIKE_A_FORMULA):
                number = look(style, True)
            elif (number := plain.get(style, 0)) == 0:
                number = plain[style] = look(style, False)
            written.append(f'<c r="{letters(column)}{row + 1}" s="{number}"{_held(kind, content, cached, shared)}')
        yield row, "".join(written)


def _held(kind: str, content: Any, cached: Any, shared: Callable[[str], int]) -> str:
    """Return what follows the place and the style of a cell."""
    if kind in _TEXTS:
        return f' t="s"><v>{shared(content)}</v></c>'
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
