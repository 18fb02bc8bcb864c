"""The sheet Variance: each line from plan to actual, effect by effect, by period and in all.

Figures are those of the options' own sheets; a line whose periods neither add up nor close is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

from unitledger.compute.against import bridged, has_effects
from unitledger.expression import TEXT, Operand, absolute, apply, maximum, when
from unitledger.expression.table.statistics import SUM
from unitledger.model import ACTUAL, PLAN, AxisLine, Effect, Entries, Line, Outcome, cell_name, key_figures
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, LABEL_COLUMN, UNIT_COLUMN, VARIANCE
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL, axis_format
from unitledger.workbook.sheet import Axis, Chart, Highlight, Place, Sheet, Style
from unitledger.workbook.sheets.fall import HEADS, Bars
from unitledger.workbook.sheets.months.places import Months
from unitledger.workbook.sheets.months.timeline import worked_pattern
from unitledger.workbook.sheets.variance import said
from unitledger.workbook.study import Results

TO_DATE, ALL = "to date", "all"
_LABEL_WIDTH, _UNIT_WIDTH, _FIGURE_WIDTH = 38, 13, 11
_ROWS_OF_CHART, _ROW_PIXELS, _CHART_WIDTH = 14, 18, 640
_TOTAL: tuple[Style, Style] = ("label_total", GENERAL), ("unit_total", GENERAL)
_CHECK: Style = ("foot", "0")
_FOOT_TEXT: Style = ("foot_text", GENERAL)

Step: TypeAlias = str | Effect
"""The plan, an effect, or what came."""


def begin_variance(entries: Entries, cells: LedgerCells, months: Months | None) -> _Variance | None:
    """Return the sheet to be filled; None for a ledger without actual figures, or whose figures move no line."""
    if entries.outcome is None:
        return None
    made = _Variance(entries, cells, months, entries.outcome)
    return made if made.lines else None


class _Variance:
    """The sheet under construction; see `begin_variance`."""

    def __init__(self, entries: Entries, cells: LedgerCells, months: Months | None, outcome: Outcome) -> None:
        self._entries, self._cells, self._months, self._outcome = entries, cells, months, outcome
        periods = self._outcome.so_far if months is not None else ()
        self._columns: list[str] = [*periods, *([TO_DATE] if periods else []), ALL]
        sheet = frame.begin(VARIANCE, said.TITLE, said.HINT)
        columns = {column: FIRST_OPTION + place for place, column in enumerate(self._columns)}
        self.grid = Grid(sheet, columns, FIRST_ROW)
        self._check_column = FIRST_OPTION + len(self._columns)
        self._steps: list[Step] = [PLAN, *self._outcome.steps.values(), ACTUAL]
        self._bridges: dict[str, Entry] = {}
        self.lines = self._bridged()
        current = ""
        for line in self.lines:
            section = line.section if isinstance(line, AxisLine) or months is None else said.KEY_FIGURES
            if section != current:
                self.grid.section(section or text.LINES, self._check_column + 1)
            current = section
            rows = {step: self.grid.take() for step in self._steps}
            self._bridges[line.name] = self.grid.entry("", line.unit, rows)
            if len(self._bridges) == 1:
                # The chart of the first line stands beneath it.
                self._heading = self.grid.entry("", TEXT, self.grid.take(_ROWS_OF_CHART + 3) + 1, LABEL_COLUMN)

    def _bridged(self) -> list[Line]:
        """Return the lines that have a bridge; where there are periods, key figures of one figure come first."""
        first = () if self._months is None else key_figures(self._entries)
        found = [self._entries[name] for name in (*first, *bridged(self._entries))]
        return [line for line in found if isinstance(line, Line) and has_effects(line)]

    def sheet(self, results: Results) -> Sheet:
        """Fill the sheet; return it."""
        grid, sheet = self.grid, self.grid.sheet
        last = said.FIGURE if self._months is None else said.ALL
        called = {TO_DATE: said.TO_DATE, ALL: last}
        titles = [text.LINE, text.UNIT, *(called.get(column, column) for column in self._columns), said.ADDS_UP]
        frame.headings(sheet, titles, range(FIRST_OPTION, self._check_column + 1))
        sheet.widths |= {LABEL_COLUMN: _LABEL_WIDTH, UNIT_COLUMN: _UNIT_WIDTH, self._check_column: 7}
        # What the chart is drawn from has columns of its own, and the chart is as wide as they are.
        after = max(self._check_column, FIRST_OPTION + len(HEADS))
        frame.fit_figures(sheet, range(FIRST_OPTION, after), _FIGURE_WIDTH)
        with grid.mapped("variance"):
            for line in self.lines:
                self._put(line, results)
        checks = self._off()
        places = [checks.place(key)[0] for key in checks.keys]
        column = (self._check_column, self._check_column)
        sheet.highlights.append(Highlight((min(places), max(places)), column, 1.0, ("bad", GENERAL)))
        sheet.last_printed = grid.next - 1
        self._put_chart(results)
        return sheet

    def _off(self) -> Entry:
        rows = {name: figures.place(ACTUAL, ALL)[0] for name, figures in self._bridges.items()}
        return self.grid.entry("", DIMENSIONLESS, rows, self._check_column)

    def _put(self, line: Line, results: Results) -> None:
        """Put the bridge of a line."""
        figures, pattern = self._bridges[line.name], worked_pattern(line.unit, self._known(line, results))
        options = [PLAN, *self._outcome.steps]
        trees: dict[Step, Callable[[str], Operand]] = {
            PLAN: lambda column: self._figure(line, PLAN, column),
            ACTUAL: lambda column: self._figure(line, options[-1], column),
        }
        for (before, after), effect in zip(pairwise(options), self._outcome.steps.values(), strict=True):
            trees[effect] = self._change(line, before, after)
        for step, tree in trees.items():
            self._head(line, step)
            style = "total" if step == ACTUAL else "used" if step == PLAN else "number"
            for column in self._columns:
                here = column == ALL or isinstance(line, AxisLine)
                found = self._to_date(line, figures[step]) if column == TO_DATE else tree(column) if here else None
                if here or step == ACTUAL:
                    shown = found if here else None
                    self.grid.put(figures, shown, (style, pattern), rows=[step], columns=[column])
        self._put_check(line, figures)

    def _change(self, line: Line, before: str, after: str) -> Callable[[str], Operand]:
        return lambda column: self._figure(line, after, column) - self._figure(line, before, column)

    def _figure(self, line: Line, option: str, column: str) -> Operand:
        """Return the figure of a line in an option, in a period or in all."""
        if not isinstance(line, AxisLine):
            return self._cells.where(line.name, option)
        assert self._months is not None
        rows = self._months.options[option]
        return rows.total[line.name] if column == ALL else rows.figures[line.name].at(column)

    def _to_date(self, line: Line, here: Entry) -> Operand:
        """Return what the periods with actual figures come to: their sum, or the last of them."""
        periods = self._outcome.so_far
        closes = isinstance(line, AxisLine) and line.total == "closing"
        return here.at(periods[-1]) if closes else apply(SUM, here.across(periods))

    def _put_check(self, line: Line, figures: Entry) -> None:
        """Put 1 where plan and effects do not add up to what came in all columns together."""
        columns = self._columns if isinstance(line, AxisLine) else [ALL]
        added = apply(SUM, figures.block(self._steps[:-1], columns))
        plan, came = (apply(SUM, figures[step].across(columns)) for step in (PLAN, ACTUAL))
        allowed = self._cells.tolerance * maximum(absolute(came), absolute(plan))
        self.grid.put(self._off(), when(absolute(added - came) <= allowed, 0, 1), _CHECK, rows=[line.name])

    def _head(self, line: Line, step: Step) -> None:
        row, _ = self._bridges[line.name].place(step, ALL)
        label = said.EFFECTS[step] if isinstance(step, Effect) else said.ENDS[step].format(label=line.label)
        styles = _TOTAL if step == ACTUAL else (frame.LABEL, frame.UNIT)
        self.grid.sheet.text(row, LABEL_COLUMN, label, styles[0])
        self.grid.sheet.text(row, UNIT_COLUMN, line.unit.spelling, styles[1])

    def _known(self, line: Line, results: Results) -> list[float]:
        over = isinstance(line, AxisLine)
        names = [cell_name(line.name, each) for each in self._outcome.so_far] if over else [line.name]
        return [values[name] for values in results.values() for name in names]

    def _put_chart(self, results: Results) -> None:
        """Put the waterfall of the first line, with its figures beneath the chart."""
        grid, sheet, line = self.grid, self.grid.sheet, self.lines[0]
        figures, pattern = self._bridges[line.name], worked_pattern(line.unit, self._known(line, results))
        style = ("foot", pattern)
        grid.take()
        told = {"label": line.label, "unit": line.unit.spelling}
        grid.put(self._heading, said.HEADING.format(**told), ("chart_heading", GENERAL))
        anchor = self._heading.place()[0] + 1
        titles = {head: FIRST_OPTION + place for place, head in enumerate(HEADS)}
        heads = grid.entry("", TEXT, grid.take(), titles)
        grid.put(heads.label, said.FALL, _FOOT_TEXT)
        grid.put(heads, lambda _, head: head, _FOOT_TEXT)
        bars = Bars.begin(grid, line.unit, {step: grid.take() for step in self._steps}, FIRST_OPTION)
        grid.put(bars.figures.label, lambda step, _: said.STEPS[step], _FOOT_TEXT)
        with grid.mapped("variance"):
            for end in (PLAN, ACTUAL):
                bars.put_end(end, figures[end].at(ALL), style)
            bars.put_steps(PLAN, {effect: figures[effect].at(ALL) for effect in self._outcome.steps.values()}, style)
        place = Place((anchor, LABEL_COLUMN), (_CHART_WIDTH, _ROWS_OF_CHART * _ROW_PIXELS))
        series = bars.series(bars.figures.label.area())
        axis = Axis(pattern=axis_format(line.unit, self._known(line, results)))
        drawn = Chart("stacked", None, series, Axis(), axis, said.ALT.format(**told), place)
        sheet.charts.append(drawn)
