"""A chart before it is drawn: what it shows, in which cells, and where it stands. No Excel library is known here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from unitledger.workbook.address import fixed, on

Kind = Literal["bars", "stacked", "tornado", "lines", "columns", "periods"]
"""Bars one beneath the other, the first row on top; bars of parts beside each other; bars to both sides of zero;
straight lines over numbers; over periods, columns of parts and lines."""


CLEAR = -1
"""The fill of a series that only takes room."""


@attrs.frozen
class Cells:
    """A cell, or neighbours along one row or down one column of a sheet; rows and columns counted from 0."""

    sheet: str
    rows: tuple[int, int]
    columns: tuple[int, int]

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of each cell."""
        for row in range(self.rows[0], self.rows[1] + 1):
            for column in range(self.columns[0], self.columns[1] + 1):
                yield row, column

    @property
    def address(self) -> str:
        """The address, with its sheet, as a chart refers to it."""
        first, last = fixed(self.rows[0], self.columns[0]), fixed(self.rows[1], self.columns[1])
        return on(self.sheet, first if first == last else f"{first}:{last}")


@attrs.frozen
class Series:
    """Figures of one colour: the cell with their name, the figures, and what each stands over (words, or numbers).

    A chart has a legend where it has several, all with names. `fill`: which of the fills it has, if not that of its
    place; `labels`: the number format of the figures written beside the bars, if they are.
    """

    name: Cells | None
    values: Cells
    over: Cells
    fill: int | None = None
    labels: str = ""


@attrs.frozen
class Axis:
    """The cell that says what an axis measures and in which unit, if it has a title; a number format.

    `every`: of an axis of periods, which of them are named: each second, each third.
    """

    title: Cells | None = None
    pattern: str = ""
    every: int = 0


@attrs.frozen
class Place:
    """Where a chart stands: `shift` pixels right of the upper left corner of the cell `anchor`, `drop` pixels below.

    `anchor`: row and column; `size`: width and height in pixels.
    """

    anchor: tuple[int, int]
    size: tuple[int, int]
    shift: int = 0
    drop: int = 0


@attrs.frozen
class Chart:
    """One chart of a sheet; it follows the cells that it refers to.

    `title`: none where a heading stands in cells. `over`: the axis of words, or of the numbers that lines run over;
    `measure`: the axis of the figures, if any stand along it. `alt`: what the chart shows, for who cannot see it.
    """

    kind: Kind
    title: Cells | None
    series: tuple[Series, ...]
    over: Axis
    measure: Axis | None
    alt: str
    place: Place


def pixels(width: float) -> int:
    """Width of a column, given in characters, on the screen."""
    return int(7 * width + 5)
