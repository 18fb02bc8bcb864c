"""What the blocks of the sheet Summary share: what it is made of, and texts that run over several columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap

import attrs

from unitledger.compute import disqualifying
from unitledger.expression import TEXT, Text
from unitledger.model import Entries, Line, key_figures
from unitledger.workbook import text
from unitledger.workbook.grid import Cell, Entry, Grid, frame
from unitledger.workbook.grid.place import Axis, Key
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, HEADING_ROW, LABEL_COLUMN, UNIT_COLUMN, Layout
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.look.styles import SIZE, STYLES
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.sensitivity.showing import Showing
from unitledger.workbook.study import Results

EMPTY = Text("")
MARK: Style = ("mark", GENERAL)
SMALL: Style = ("against", GENERAL)
SMALL_ROW = 12.0
"""Height of a row that stands close under the figure that it belongs to."""
COLUMNS_BESIDE = 7
"""Columns that stand free for charts beside the table, after a gap."""
MOST_BESIDE = 3
"""Charts stand beside the figures of so many options, and beneath those of more."""
FIGURES_OF_AN_INPUT = 4
"""Low and high of an input, and the answers there; where the table is narrower, these stand beneath."""

_LABEL_WIDTH, _UNIT_WIDTH = 31, 15
# Height of a line of text, of an empty row, and of the highest that can be, in points.
_LINE, _GAP, _HIGHEST = 12.75, 5.0, 409.0
# Letters of running text in the place of one digit, by which widths are measured; and letters of a style, large ones
# or bold ones, in the place of one of running text.
_LETTERS = 1.3
_LETTERS_OF = {"answer": 0.7, "advice": 0.85, "alert": 1.0}


@attrs.frozen
class Marked:
    """Texts by name, each with a mark per option: beside a short one, beneath one that is long."""

    said: Entry
    marks: Entry


@attrs.frozen
class Summing:
    """A sheet Summary under construction, and what it is made from; `showing`: the sheet Sensitivity, if any."""

    entries: Entries
    layout: Layout
    results: Results
    showing: Showing | None
    grid: Grid
    cells: LedgerCells
    checks: Checks
    _spread: list[tuple[int, str, int, Iterable[str]]] = attrs.field(factory=list, init=False)

    @classmethod
    def of(cls, sheet: Sheet, checks: Checks, layout: Layout, results: Results, showing: Showing | None) -> Summing:
        """Begin on a sheet."""
        entries, grid = checks.entries, Grid(sheet, checks.options, FIRST_ROW)
        lines = [entries.lines[name] for name in key_figures(entries)]
        labels = [line.label for line in lines]
        labels += [text.NEXT_VALUE.format(figure=labels[0]), text.BEST_AGAINST_BASE.format(base=entries.base)]
        sheet.widths[LABEL_COLUMN] = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
        units = (line.unit.spelling for line in lines)
        sheet.widths[UNIT_COLUMN] = frame.width(units, _UNIT_WIDTH, frame.LABEL_WIDTH)
        return cls(entries, layout, results, showing, grid, checks.cells, checks)

    @property
    def line(self) -> Line:
        """The answer, or else the first key figure."""
        return self.entries.lines[key_figures(self.entries)[0]]

    @property
    def compared(self) -> bool:
        """Whether options are compared."""
        return len(self.layout.options) > 1 and self.entries.answer is not None

    @property
    def watched(self) -> bool:
        """Whether alerts say where the answer is not plausible."""
        return bool(disqualifying(self.entries))

    @property
    def flags(self) -> Cell:
        """The cells of Checks one of which is 1 where the answer of an option is not plausible."""
        return self.checks.warnings.down(alert.name for alert in disqualifying(self.entries))

    @property
    def beneath(self) -> int:
        """How many rows beneath the low and the high of an input the answers there stand."""
        return int(len(self.layout.options) < FIGURES_OF_AN_INPUT - 1)

    @property
    def last_column(self) -> int:
        """Last column of the table."""
        least = 0 if self.showing is None else FIGURES_OF_AN_INPUT // (1 + self.beneath)
        return FIRST_OPTION + max(len(self.layout.options), least) - 1

    @property
    def last_of_page(self) -> int:
        """Last column of the table, or of the charts beside it."""
        beside = len(self.layout.options) <= MOST_BESIDE
        return self.last_column + (1 + COLUMNS_BESIDE) * beside

    def figures(self, name: str) -> list[float]:
        """Values of a line, one per option."""
        return [self.results[option][name] for option in self.layout.options]

    def pattern(self, name: str) -> str:
        """Number format of a line's row."""
        line, money = self.entries.lines[name], self.layout.currency_decimals
        return number_format(line.unit, self.figures(name), money=money)

    def section(self, title: str) -> Entry:
        """Take an empty row, and one for the title of a block; return its cell."""
        return self.grid.section(title, self.last_column + 1)

    def texts(self, names: Iterable[Key], columns: Axis = LABEL_COLUMN) -> Entry:
        """Take a row for each text."""
        return self.grid.entry("", TEXT, {name: self.grid.take() for name in names}, columns)

    def marked(self, texts: Mapping[str, str], beside: int) -> Marked:
        """Take the rows of texts with their marks, and put the texts; a short one has the columns up to `beside`."""
        width = sum(self.grid.sheet.widths[column] for column in range(beside + 1))
        short = {name: len(shown) <= _LETTERS * width for name, shown in texts.items()}
        said = {name: self.grid.take(1 if alone else 2) for name, alone in short.items()}
        marks = {name: row + (not short[name]) for name, row in said.items()}
        placed = Marked(self.grid.entry("", TEXT, said, LABEL_COLUMN), self.grid.entry("", TEXT, marks))
        for name, alone in short.items():
            self.spread(placed.said[name], "alert", beside if alone else self.last_column)
            self.grid.put(placed.said[name], texts[name], ("alert", GENERAL))
        return placed

    def spread(self, said: Entry, style: str, last: int, room: Iterable[str] = ()) -> None:
        """Let a text run from the label to column `last`, in a row that will be high enough for it and for others."""
        row, _ = said.area().rows
        self.grid.sheet.merge(row, LABEL_COLUMN, last, (style, GENERAL))
        self._spread.append((row, style, last, room))

    def set_heights(self, drawn: range) -> None:
        """Give every row beneath the title the height that it needs, so that all of them stand on one page.

        The sheet must have been written, and widths set. `drawn`: rows that hold charts.
        """
        sheet = self.grid.sheet
        for row, style, last, room in self._spread:
            across = _LETTERS_OF[style] * sum(sheet.widths[column] for column in range(last + 1))
            size = _LINE * STYLES[style].get("font_size", SIZE) / SIZE
            lines = max(_lines(shown, across) for shown in (self.grid.value(row, LABEL_COLUMN), *room))
            sheet.heights[row] = min(size * lines, _HIGHEST)
        labels = {row: shown for row, column, _, shown, _, style in sheet.cells if (column, style) == (0, frame.LABEL)}
        filled = {row for row, *_ in sheet.cells}
        for row in range(HEADING_ROW, sheet.last_row + 1):
            if row not in sheet.heights and row not in drawn:
                lines = _lines(labels.get(row, ""), sheet.widths[LABEL_COLUMN])
                sheet.heights[row] = lines * _LINE if row in filled else _GAP


def _lines(shown: str, width: float) -> int:
    """How many lines a text takes in cells of a width."""
    return max(len(wrap(shown, int(_LETTERS * width))), 1)
