"""What the blocks of the sheet Summary share: what it is made of, its columns, and the heights of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from unitledger.expression import TEXT, Text
from unitledger.model import Entries, Line, key_figures
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import HINT_ROW, LABEL_COLUMN, MOST_KEY_FIGURES, TITLE_ROW, UNIT_COLUMN, Layout
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look import measure
from unitledger.workbook.look.formats import GENERAL, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.second import Comparison
from unitledger.workbook.sheets.sensitivity.rows import Showing
from unitledger.workbook.sheets.summary.difference import Written
from unitledger.workbook.study import Results, figures_of

EMPTY = Text("")
COUNT: Style = ("foot", "0")
FOOT_TEXT: Style = ("foot_text", GENERAL)
MOST_BESIDE = 4
"""So many options leave room for a table beside theirs."""

# Columns after those of options, and how many there are at least: the width of the page.
_AFTER_OPTIONS, _COLUMNS = 5, 15
# Characters: of the label, of a unit, of an option and of any other column; of the page, and of one with long names.
_LABEL_WIDTH, _UNIT_WIDTH, _COLUMN_WIDTH, _NARROWEST, _WIDTH, _WIDEST = 36, 15, 10.0, 7.0, 181.0, 215.0
# Height of an empty row, in points.
_GAP = 6.0
# Amounts of one unit of which one is so large are shown without cents.
_WHOLE_MONEY = 100_000


@attrs.frozen
class Summing:
    """A sheet Summary under construction, and what it is made from.

    `showing`: the sheet Sensitivity, if any; `comparison`: which option is best, if one is.

    `room`: by row, texts that it must be high enough for besides those that it shows now.
    """

    entries: Entries
    layout: Layout
    results: Results
    showing: Showing | None
    comparison: Comparison | None
    grid: Grid
    cells: LedgerCells
    checks: Checks
    room: dict[int, list[str]] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        checks: Checks,
        layout: Layout,
        results: Results,
        *,
        showing: Showing | None,
        comparison: Comparison | None,
    ) -> Summing:
        """Begin on a sheet, and set the widths of its columns."""
        entries, grid = checks.entries, Grid(sheet, checks.options, HINT_ROW)
        summing = cls(entries, layout, results, showing, comparison, grid, checks.cells, checks)
        units = (entries.lines[name].unit.spelling for name in summing.key_figures)
        unit = frame.unit_width(units, _UNIT_WIDTH, frame.LABEL_WIDTH)
        needed = (shown_width(summing.figures(name), summing.pattern(name)) + 2 for name in summing.key_figures)
        others = range(layout.after_options, summing.last_column + 1)
        # Names of options are broken between words, where there is room for a word.
        words = (word for option in layout.options for word in option.split())
        word = max(measure.width(word, "heading_right") for word in words)
        word = max(word, frame.heading_width(layout.options, 0))
        room = (_WIDEST - _LABEL_WIDTH - unit - _NARROWEST * len(others)) / len(layout.options)
        option = min(max(_COLUMN_WIDTH, min(word, room), *needed), frame.WIDEST_FIGURE)
        left = (_WIDTH - _LABEL_WIDTH - unit - option * len(layout.options)) / len(others)
        other = min(max(left, _NARROWEST), _COLUMN_WIDTH)
        sheet.widths |= {LABEL_COLUMN: _LABEL_WIDTH, UNIT_COLUMN: unit}
        sheet.widths |= dict.fromkeys(layout.option_columns, option) | dict.fromkeys(others, other)
        return summing

    @property
    def key_figures(self) -> tuple[str, ...]:
        """The lines that are shown, the answer first."""
        return key_figures(self.entries)[:MOST_KEY_FIGURES]

    @property
    def line(self) -> Line:
        """The answer, or else the first key figure."""
        return self.entries.lines[self.key_figures[0]]

    @property
    def several(self) -> bool:
        """Whether there is more than one option."""
        return len(self.layout.options) > 1

    @property
    def beside(self) -> bool:
        """Whether a table has room beside that of the options."""
        return len(self.layout.options) <= MOST_BESIDE

    @property
    def watched(self) -> bool:
        """Whether alerts say where the answer is not plausible, or an option is spare."""
        return self.checks.flags is not None

    @property
    def last_column(self) -> int:
        """Last column of the page."""
        return max(self.layout.after_options + _AFTER_OPTIONS, _COLUMNS) - 1

    def figures(self, name: str) -> list[float]:
        """Values of a line that tell how its row is written."""
        return figures_of(self.entries, name, self.results)

    def pattern(self, name: str) -> str:
        """Number format of a line's row; rows in one unit of money look alike."""
        unit, money = self.entries.lines[name].unit, self.layout.currency_decimals
        if not unit.currencies:
            return number_format(unit, self.figures(name))
        alike = [each for each in self.key_figures if self.entries.lines[each].unit == unit]
        figures = [figure for each in alike for figure in self.figures(each)]
        sizes = [abs(figure) for figure in figures if figure]
        whole = sizes and max(sizes) >= _WHOLE_MONEY and min(sizes) >= 1
        return number_format(unit, figures, money=0 if whole and money is None else money)

    def written(self, name: str) -> Written:
        """How figures of a line are written in sentences."""
        return Written(self.entries.lines[name], self.pattern(name), self.figures(name), self.cells)

    def texts(self, names: Iterable[Key]) -> Entry:
        """Take a row for each text, which runs over the page."""
        return self.grid.entry("", TEXT, {name: self.grid.take() for name in names}, LABEL_COLUMN)

    def spread(self, said: Entry, style: str, last: int | None = None, room: Iterable[str] = ()) -> Style:
        """Let texts run from their cells to column `last`, else over the page, with room for others; return a style."""
        look: Style = (style, GENERAL)
        for key in said.keys:
            row, first = said.place(key)
            self.grid.sheet.merge(row, first, self.last_column if last is None else last, look)
            self.room.setdefault(row, []).extend(room)
        return look

    def set_heights(self) -> None:
        """Give every row beneath the title the height that it needs; the sheet must have been written."""
        sheet = self.grid.sheet
        filled = frame.heights(sheet, self.room)
        for row in (TITLE_ROW, *range(HINT_ROW, sheet.last_row + 1)):
            sheet.heights.setdefault(row, filled.get(row, _GAP))

    def spans(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield first and last column of so many blocks that share the width of the page."""
        widths = self.grid.sheet.widths
        whole = sum(widths[column] for column in range(self.last_column + 1))
        first, reached = LABEL_COLUMN, 0.0
        for place in range(1, number + 1):
            last = first
            reached += widths[last]
            while last < self.last_column and reached + widths[last + 1] / 2 <= whole * place / number:
                last += 1
                reached += widths[last]
            yield first, last
            first = last + 1


def shortened(names: Iterable[str], most: int) -> dict[str, str]:
    """Return names for a chart: longer ones are cut at a word; those that begin alike keep how they end.

    Those that end alike too keep what comes from where they differ.
    """
    short = {said: _begins(said, most) for said in names}
    for kept in (_ends, _differs):
        among: dict[str, list[str]] = {}
        for said, cut in short.items():
            among.setdefault(cut, []).append(said)
        alike = (group for group in among.values() if len(group) > 1)
        short |= {said: _begins(said, most // 2) + kept(said, group, most // 2) for group in alike for said in group}
    return short


def _begins(said: str, most: int) -> str:
    return said if len(said) <= most else f"{said[: most - 1].rsplit(' ', 1)[0]}…"


def _ends(said: str, _: Sequence[str], most: int) -> str:
    return f" {said[-most:].split(' ', 1)[-1]}"


def _differs(said: str, group: Sequence[str], most: int) -> str:
    columns = zip(*(each.split(" ") for each in group), strict=False)
    first = next((place for place, words in enumerate(columns) if len({*words}) > 1), 0)
    return f" {_begins(' '.join(said.split(' ')[first:]), most)}"
