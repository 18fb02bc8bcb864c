"""A sheet before it is written: cells with their styles and cached values, its charts, and how it is shown.

No Excel library is known here. Formulas come from grids only; what cells show is kept, for formulas that refer to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, Literal

import attrs

from unitledger.workbook.address import fixed, on

ChartKind = Literal["bars", "stacked", "tornado", "lines", "columns", "periods"]
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

    kind: ChartKind
    title: Cells | None
    series: tuple[Series, ...]
    over: Axis
    measure: Axis | None
    alt: str
    place: Place


def pixels(width: float) -> int:
    """Width of a column, given in characters, on the screen."""
    return int(7 * width + 5)


Style = tuple[str, str]
"""The name of a style and a number format; the format is "" for General."""

Cell = tuple[int, int, str, Any, Any, Style]
"""Row and column counted from 0, kind, content, cached value or link target, style.

The kind is one of "text", "number", "formula", "blank", "link", "date".
"""


@attrs.frozen
class Validation:
    """What cells accept, and what to tell who types something else: `rule` in the terms of the writer.

    `others`: rows and columns of more cells that accept the same, beneath the first; formulas are as the first cell
    of all sees them.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    rule: dict[str, Any]
    others: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


@attrs.frozen
class Condition:
    """The text of a formula that is true or false, as the first of some cells sees it."""

    formula: str


@attrs.frozen
class Highlight:
    """Cells that take on a style while they show some text or number, or while a condition holds.

    `others`: rows and columns of more cells of which the same is true.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    shows: str | float | Condition
    style: Style
    others: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


@attrs.define
class Sheet:
    """One sheet under construction.

    `values`: what cells show, by row and column counted from 0, None for an empty one. `widths`: column widths in
    characters. `heights`: heights of rows in points. `freeze`: first row and column that scroll. `titles`: last row
    repeated on printed pages. `names`: defined names and the address that each points at. `merged`: row, first and last
    column of cells that are one. `blocks`: rows and columns of each kind of formulas, for the formula map. `left`: what
    is left to do when all sheets are said. `tab`: the colour of its tab. `logo`: the file of a picture to show at the
    top right. `last_printed`: last row on paper, if those beneath are not for it. `on_paper`: whether it is printed
    with the workbook. `filtered`: row of headings, first column, last row and column of a list that can be filtered.
    Which cells a reader can edit on a protected sheet is said by their styles.
    """

    name: str
    cells: list[Cell] = attrs.field(factory=list, repr=False)
    values: dict[tuple[int, int], Any] = attrs.field(factory=dict, repr=False)
    widths: dict[int, float] = attrs.field(factory=dict)
    heights: dict[int, float] = attrs.field(factory=dict)
    freeze: tuple[int, int] = (0, 0)
    titles: int = 0
    names: dict[str, str] = attrs.field(factory=dict)
    validations: list[Validation] = attrs.field(factory=list)
    highlights: list[Highlight] = attrs.field(factory=list)
    charts: list[Chart] = attrs.field(factory=list)
    merged: list[tuple[int, int, int]] = attrs.field(factory=list)
    blocks: dict[str, tuple[range, range]] = attrs.field(factory=dict)
    left: list[Callable[[], None]] = attrs.field(factory=list, repr=False)
    tab: str = ""
    logo: bytes = attrs.field(default=b"", repr=False)
    fits_one_page: bool = False
    on_paper: bool = True
    last_printed: int | None = None
    protected: bool = True
    filtered: tuple[int, int, int, int] | None = None

    def finish(self) -> None:
        """Do what is left, in the order in which it was left."""
        while self.left:
            self.left.pop(0)()

    @property
    def last_row(self) -> int:
        """Last row that holds a cell; 0 for a sheet without cells."""
        return max(map(itemgetter(0), self.cells), default=0)

    @property
    def last_column(self) -> int:
        """Last column that holds a cell; 0 for a sheet without cells."""
        return max(map(itemgetter(1), self.cells), default=0)

    @property
    def links(self) -> list[Cell]:
        """Its texts that lead to cells."""
        return [cell for cell in self.cells if cell[2] == "link"]

    @property
    def styles(self) -> set[Style]:
        """How its cells look."""
        return set(map(itemgetter(5), self.cells))

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Put a text, which stays a text whatever it looks like."""
        self.cells.append((row, column, "text", text, None, style))
        self.values[row, column] = text

    def number(self, row: int, column: int, number: float, style: Style) -> None:
        """Put a number."""
        self.cells.append((row, column, "number", number, None, style))
        self.values[row, column] = number

    def date(self, row: int, column: int, day: Any, style: Style) -> None:
        """Put a date."""
        self.cells.append((row, column, "date", day, None, style))
        self.values[row, column] = day

    def blank(self, row: int, column: int, style: Style) -> None:
        """Put an empty cell that has a style."""
        self.cells.append((row, column, "blank", None, None, style))
        self.values[row, column] = None

    def link(self, row: int, column: int, text: str, target: str, style: Style) -> None:
        """Put a text that leads to a cell of the workbook, given as an address with its sheet."""
        self.cells.append((row, column, "link", text, target, style))
        self.values[row, column] = text

    def merge(self, row: int, first: int, last: int, style: Style) -> None:
        """Make neighbours one cell, which shows what the first of them holds."""
        for column in range(first + 1, last + 1):
            self.blank(row, column, style)
        if last > first:
            self.merged.append((row, first, last))
