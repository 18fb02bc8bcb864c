"""The sheet Years: every line over time by fiscal year, the options beside each other."""

from __future__ import annotations

from itertools import groupby

from unitledger.expression import TEXT, Along, Apply, Expression, Operand, Reference, apply, sentence, value
from unitledger.expression.digits import added_up
from unitledger.expression.table.statistics import AVERAGE, SUM
from unitledger.model import AxisLine, Entries
from unitledger.model.entry.axis import Timeline, cell_name
from unitledger.model.entry.over import Ruler
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, HEADING_ROW, LABEL_COLUMN, UNIT_COLUMN, YEARS
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.months import charts, said
from unitledger.workbook.sheets.months.charts import cumulated, put_compare, running_sum
from unitledger.workbook.sheets.months.places import Months
from unitledger.workbook.sheets.months.timeline import pattern_of
from unitledger.workbook.study import Results

LABEL_WIDTH, UNIT_WIDTH, YEAR_WIDTH = 33, 13, 11
_GAP = 3
ALL = "all"
"""Stands for all periods, as a fiscal year does for its own."""

Case = tuple[str, str]
"""An option, and a fiscal year or all periods."""


def fiscal_years(entries: Entries, axis: Timeline) -> dict[str, tuple[str, ...]]:
    """Return the periods of each fiscal year, by what it is called."""
    row = entries.rows["timeline.fiscal_year"]
    assert isinstance(row, Ruler)
    named = zip(row.magnitudes, axis.labels, strict=True)
    return {f"FY{year:.0f}": tuple(label for _, label in held) for year, held in groupby(named, lambda pair: pair[0])}


def of_years(entries: Entries) -> list[AxisLine]:
    """Return the lines that say something of a year: those that are added up, averaged or have an end."""
    return [row for row in entries.rows.values() if isinstance(row, AxisLine) and row.total != "none"]


def begin_years(entries: Entries, months: Months) -> Grid:
    """Begin the sheet, on which there is a column for each option and year."""
    cases: list[Case] = [(option, year) for option in entries.options for year in _periods(entries, months)]
    sheet = frame.begin(YEARS, said.YEARS_TITLE, said.YEARS_HINT)
    return Grid(sheet, {case: FIRST_OPTION + place for place, case in enumerate(cases)}, FIRST_ROW)


def _periods(entries: Entries, months: Months) -> dict[str, tuple[str, ...]]:
    years = fiscal_years(entries, months.axis)
    return years | ({ALL: months.axis.labels} if len(years) > 1 else {})


def years_sheet(entries: Entries, months: Months, grid: Grid, results: Results) -> Sheet:
    """Return the sheet."""
    sheet, cases = grid.sheet, list(grid.columns)
    alone = len(entries.options) == 1
    titles = [_title(case, alone=alone) for case in cases]
    shown = titles if alone else [None] * len(cases)
    frame.headings(sheet, [text.LINE, text.UNIT, *shown], range(FIRST_OPTION, FIRST_OPTION + len(cases)))
    lines = of_years(entries)
    rows = _rows(grid, lines, len(titles) + FIRST_OPTION)
    _put_heads(months, grid, rows, lines)
    reader = _Years(months, rows, _periods(entries, months), results)
    with grid.mapped("years"):
        for line in lines:
            reader.put(entries, grid, line, cases)
    running, drawn = cumulated(entries), running_sum(entries, months, results)
    if running is not None and entries.alternatives:
        with grid.mapped("compare"):
            put_compare(entries, months, running, grid, results)
    if drawn is not None:
        charts.put(sheet, grid.next + 1, LABEL_COLUMN, drawn)
    sheet.widths |= {LABEL_COLUMN: LABEL_WIDTH, UNIT_COLUMN: UNIT_WIDTH}
    columns = range(FIRST_OPTION, FIRST_OPTION + len(cases))
    frame.fit_figures(sheet, columns, frame.heading_width(titles, YEAR_WIDTH))
    sheet.left.append(lambda: _set_apart(grid, len(entries.options)))
    return sheet


def _set_apart(grid: Grid, options: int) -> None:
    """Leave a gap before the first year of each option, whose figures stand at the right of their columns."""
    columns = list(grid.columns.values())
    for column in columns[:: len(columns) // options]:
        grid.sheet.widths[column] += _GAP


def _title(case: Case, *, alone: bool) -> str:
    option, year = case
    if alone:
        return said.TOTAL_ALONE if year == ALL else year
    called = said.TOTAL_OF if year == ALL else said.YEAR
    return called.format(option=option, year=year)


def _rows(grid: Grid, lines: list[AxisLine], columns: int) -> Entry:
    """Take a row for each line, under the title of its section."""
    places, current = {}, ""
    for line in lines:
        if line.section != current:
            current = line.section
            grid.section(line.section or text.LINES, columns)
        places[line.name] = grid.take()
    return grid.entry("", {line.name: line.unit for line in lines}, places)


def _put_heads(months: Months, grid: Grid, rows: Entry, lines: list[AxisLine]) -> None:
    """Put labels and units as on the sheet of the base option, and what options are called."""
    there = next(iter(months.options.values())).figures
    for line in lines:
        label, unit = ("label_total", "unit_total") if line.parts else ("label", "unit")
        with grid.mapped("yearly"):
            grid.put(rows.label, there.label, (label, GENERAL), rows=[line.name])
            grid.put(rows.unit, there.unit, (unit, GENERAL), rows=[line.name])
    if len(months.options) > 1:
        heads = grid.entry("", TEXT, HEADING_ROW)
        for option, year in grid.columns:
            ending = _title(("", year), alone=False)
            called = sentence(months.cells.options.at(option), ending)
            with grid.mapped("options"):
                grid.put(heads, called, frame.HEADING, columns=[(option, year)])


class _Years:
    """What lines come to in the periods of fiscal years; see `years_sheet`."""

    def __init__(self, months: Months, rows: Entry, periods: dict[str, tuple[str, ...]], results: Results) -> None:
        self._months, self._rows, self._periods, self._results = months, rows, periods, results
        self._known: dict[tuple[str, Case], float] = {}

    def put(self, entries: Entries, grid: Grid, line: AxisLine, cases: list[Case]) -> None:
        """Put the row of a line."""
        trees = {case: self._tree(line, case) for case in cases}
        if any(tree is None for tree in trees.values()):
            return
        figures = [self._value(line, case) for case in cases]
        look = ("total" if line.parts else "number", pattern_of(entries, line.name, figures, exact=False))
        names = self._months.cells.named
        for case, figure in zip(cases, figures, strict=True):
            tree = trees[case]
            assert tree is not None
            grid.put(self._rows, tree, look, rows=[line.name], columns=[case], values=[figure], names=names)

    def _tree(self, line: AxisLine, case: Case) -> Operand | None:
        """Return what a line comes to over cells; None for one that comes to nothing."""
        option, year = case
        there = self._months.options[option].figures[line.name]
        periods = self._periods[year]
        if line.total == "closing":
            return there.at(periods[-1])
        if line.total == "formula":
            return self._over_totals(line.lowered, case)
        return apply(AVERAGE if line.total == "mean" else SUM, there.across(periods))

    def _over_totals(self, node: Expression, case: Case) -> Expression | None:
        """Return a ratio over what its operands come to; None where one of them comes to nothing."""
        match node:
            case Along():
                return None
            case Reference(name) if self._rows.has(name):
                return self._rows[name].at(case)
            case Reference(name):
                here = self._months.options[case[0]].figures
                return None if here.has(name) else self._months.named(case[0], node).expression
            case Apply(function, arguments):
                parts = [self._over_totals(argument, case) for argument in arguments]
                known = tuple(part for part in parts if part is not None)
                return Apply(function, known) if len(known) == len(parts) else None
        return node

    def _value(self, line: AxisLine, case: Case) -> float:
        option, year = case
        values, periods = self._results[option], self._periods[year]
        figures = [values[cell_name(line.name, period)] for period in periods]
        if line.total == "closing":
            found = figures[-1]
        elif line.total == "formula":
            found = float(value(line.lowered, lambda name: self._known.get((name, case), values.get(name, 0.0))))
        else:
            found = added_up(figures[1:], figures[0]) / (len(figures) if line.total == "mean" else 1)
        self._known[line.name, case] = found
        return found
