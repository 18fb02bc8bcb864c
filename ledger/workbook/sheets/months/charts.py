"""Over the periods: what a total is made of, running sums, and how these compare with those of the base option."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil

import attrs

from unitledger.compute import TOLERANCE
from unitledger.expression import (
    TEXT,
    Along,
    Apply,
    Expression,
    Reference,
    Span,
    Text,
    absolute,
    apply,
    equal,
    fixed,
    maximum,
    sentence,
    when,
)
from unitledger.expression.kind import Kind
from unitledger.expression.table.statistics import INDEX, MAX, MIN, SUM, SUMPRODUCT
from unitledger.model import AxisLine, Entries
from unitledger.model.entry.axis import cell_name
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, HEADING_ROW
from unitledger.workbook.look.formats import GENERAL, axis_format, number_format
from unitledger.workbook.look.style import FILLS
from unitledger.workbook.sheet import CLEAR, Axis, Cells, Chart, ChartKind, Place, Series, Sheet, Style
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import FIRST_PERIOD, Months
from unitledger.workbook.sheets.second.again import COUNT
from unitledger.workbook.study import Results

_SIZE, _DROP = (800, 320), 22
# Of the row, in points: what heading and chart take.
_HEIGHT = 260.0
_HEADING: Style = ("top", GENERAL)
_MOST_NAMED, _RIGHT_OF_HEADING = 12, 8
_HEADINGS: dict[ChartKind, str] = {"columns": said.MADE_OF, "periods": said.BY_OPTION}


def total_of_parts(entries: Entries) -> tuple[AxisLine, list[str]] | None:
    """Return the total over time that is no part of another, with its parts; None where there is no or no single one.

    Of several a reader could not tell which one an option is about.
    """
    rows = entries.rows
    totals = {name: row for name, row in rows.items() if isinstance(row, AxisLine) and len(row.parts) > 1}
    parts = {name: [part.name for part in row.parts if isinstance(part, Reference)] for name, row in totals.items()}
    tops = totals.keys() - {part for listed in parts.values() for part in listed}
    if len(tops) != 1:
        return None
    (top,) = tops
    are_drawn = len(parts[top]) == len(totals[top].parts) <= len(FILLS) and all(part in rows for part in parts[top])
    return (totals[top], parts[top]) if are_drawn else None


def cumulated(entries: Entries) -> AxisLine | None:
    """Return the last line that is a running sum; None where there is none, or nothing to compare, or too much."""
    if not 1 < len(entries.options) <= len(FILLS):
        return None
    for row in reversed(list(entries.rows.values())):
        match row:
            case AxisLine(lowered=Apply(function, (Along(_, Span.SO_FAR),))) if function is SUM:
                return row
    return None


def put_stack(entries: Entries, months: Months, option: str, results: Results) -> None:
    """Put beneath the rows of an option what its total is made of, period by period."""
    found, rows = total_of_parts(entries), months.options[option]
    if found is None:
        return
    total, parts = found
    row = rows.figures.place(rows.figures.keys[-1], months.axis.labels[0])[0] + 2
    series = [Series(rows.figures[part].label.area(), rows.figures[part].area(), _over(months)) for part in parts]
    # Where columns begin, which spreadsheets leave out of an axis whose figures are much alike; beneath the chart, and
    # right of its heading.
    zero = rows.grid.entry("", total.unit, row, FIRST_PERIOD + _RIGHT_OF_HEADING)
    rows.grid.put(zero, 0, ("foot", "0"))
    series.insert(0, Series(None, zero.area(), _over(months), CLEAR))
    # Columns before the periods are repeated on every printed page.
    put(rows.grid.sheet, row, FIRST_PERIOD, _chart("columns", months, total, series, results))


def running_sum(entries: Entries, months: Months, results: Results) -> Chart | None:
    """Return what all options come to by and by, as a chart without a place; None where no line is a running sum."""
    line = cumulated(entries)
    if line is None:
        return None
    series = [
        Series(months.cells.options.only(option).area(), rows.figures[line.name].area(), _over(months))
        for option, rows in months.options.items()
    ]
    return _chart("periods", months, line, series, results)


def put(sheet: Sheet, row: int, column: int, chart: Chart) -> None:
    """Put a chart beneath its heading, which is what it says of itself, in one row: no page ends within a row."""
    sheet.text(row, column, chart.alt, _HEADING)
    sheet.heights[row] = _HEIGHT
    sheet.charts.append(attrs.evolve(chart, place=Place((row, column), _SIZE, drop=_DROP)))


def _over(months: Months) -> Cells:
    return attrs.evolve(months.timeline.figures, rows=HEADING_ROW).area()


def _chart(kind: ChartKind, months: Months, line: AxisLine, series: Sequence[Series], results: Results) -> Chart:
    periods = Axis(every=ceil(len(months.axis) / _MOST_NAMED))
    known = [values[cell_name(line.name, label)] for values in results.values() for label in months.axis.labels]
    heading = _HEADINGS[kind].format(label=line.label, unit=line.unit.spelling)
    return Chart(
        kind, None, tuple(series), periods, Axis(pattern=axis_format(line.unit, known)), heading, Place((0, 0), _SIZE)
    )


def put_compare(entries: Entries, months: Months, line: AxisLine, grid: Grid, results: Results) -> None:
    """Put a column for each option but the base: the difference at the end, and the periods in which it is above.

    What differs by dust does not differ. Where the two change places more than once, the periods are counted.
    """
    labels, base = months.axis.labels, entries.base
    others = {option: FIRST_OPTION + place for place, option in enumerate(list(entries.options)[1:])}

    def row(label: str, unit: str = "", kind: Kind = DIMENSIONLESS) -> Entry:
        number = grid.take()
        grid.head(number, label, unit)
        return grid.entry("", kind, number, others)

    grid.section(said.COMPARE.format(label=line.label), FIRST_OPTION + len(others))
    head = row("", "", TEXT)
    for option in others:
        grid.put(head, months.cells.options.at(option), frame.HEADING, columns=[option])
    ahead = row(said.AHEAD.format(last=labels[-1]), line.unit.spelling, line.unit)
    least = row(said.LEAST_DIFFERENCE, line.unit.spelling, line.unit)
    above = row(said.ABOVE, said.PERIODS_UNIT)
    changes = row(said.CHANGES, said.TIMES)
    when_above = row(said.WHEN_ABOVE, "", TEXT)
    there = {option: months.options[option].figures[line.name] for option in entries.options}
    closing = {option: results[option][cell_name(line.name, labels[-1])] for option in entries.options}
    pattern = number_format(line.unit, [closing[option] - closing[base] for option in others])
    dust = number_format(line.unit, [TOLERANCE * max(map(abs, closing.values()))])
    first = there[base]
    for option in others:
        own, put = there[option], partial(grid.put, columns=[option])
        ends = [absolute(apply(end, each.across())) for each in (own, first) for end in (MAX, MIN)]
        put(ahead, own.at(labels[-1]) - first.at(labels[-1]), ("number", pattern))
        put(least, months.cells.tolerance * maximum(*ends), ("number", dust))
        put(above, apply(SUMPRODUCT, _above(own, first, least, labels)), COUNT)
        if len(labels) > 1:
            step = _above(own, first, least, labels[1:]) - _above(own, first, least, labels[:-1])
            put(changes, apply(SUMPRODUCT, step * step), COUNT)
        else:
            put(changes, 0.0, COUNT)
    heads = Entry(months.timeline.grid, "", TEXT, HEADING_ROW, first.columns)
    all_of_them = apply(MAX, months.timeline.figures["timeline.index"].across())
    from_then = sentence(said.SINCE, apply(INDEX, heads.across(), all_of_them - above + 1))
    until_then = sentence(said.UNTIL, apply(INDEX, heads.across(), above))
    some = sentence(fixed(above, 0), said.OF, fixed(all_of_them, 0), said.OF_PERIODS)
    once = when(ahead > least, from_then, until_then)
    never = when(ahead > least, Text(said.THROUGHOUT), Text(said.NEVER))
    grid.put(when_above, when(equal(changes, 0), never, when(equal(changes, 1), once, some)), ("against", GENERAL))


def _above(own: Entry, first: Entry, least: Entry, periods: tuple[str, ...]) -> Expression:
    """1 for each of some periods in which the one is above the other."""
    return 1 * (own.across(periods) - first.across(periods) > least)
