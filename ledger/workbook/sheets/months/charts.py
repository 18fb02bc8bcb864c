"""Charts over the periods: what a total is made of, and cumulative figures by option."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import attrs

from unitledger.expression import Along, Apply, Reference, Span
from unitledger.expression.table.statistics import SUM
from unitledger.model import AxisLine, Entries
from unitledger.model.entry.axis import cell_name
from unitledger.workbook.layout import HEADING_ROW, LABEL_COLUMN
from unitledger.workbook.look.formats import GENERAL, axis_format
from unitledger.workbook.look.style import FILLS
from unitledger.workbook.sheet import Axis, Cells, Chart, Kind, Place, Series, Sheet, Style
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import FIRST_PERIOD, Months
from unitledger.workbook.study import Results

_SIZE, _DROP = (800, 320), 22
# Of the row, in points: what heading and chart take.
_HEIGHT = 260.0
_HEADING: Style = ("top", GENERAL)
_MOST_NAMED = 12
_HEADINGS: dict[Kind, str] = {"columns": said.MADE_OF, "periods": said.BY_OPTION}


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
    # Columns before the periods are repeated on every printed page.
    _put(rows.grid.sheet, row, FIRST_PERIOD, _chart("columns", months, total, series, results))


def put_cumulated(months: Months, line: AxisLine, sheet: Sheet, row: int, results: Results) -> None:
    """Put a running sum of all options from a row on."""
    series = [
        Series(months.cells.options.only(option).area(), rows.figures[line.name].area(), _over(months))
        for option, rows in months.options.items()
    ]
    _put(sheet, row, LABEL_COLUMN, _chart("periods", months, line, series, results))


def _over(months: Months) -> Cells:
    return attrs.evolve(months.timeline.figures, rows=HEADING_ROW).area()


def _chart(kind: Kind, months: Months, line: AxisLine, series: Sequence[Series], results: Results) -> Chart:
    periods = Axis(every=ceil(len(months.axis) / _MOST_NAMED))
    known = [values[cell_name(line.name, label)] for values in results.values() for label in months.axis.labels]
    heading = _HEADINGS[kind].format(label=line.label, unit=line.unit.spelling)
    return Chart(
        kind, None, tuple(series), periods, Axis(pattern=axis_format(line.unit, known)), heading, Place((0, 0), _SIZE)
    )


def _put(sheet: Sheet, row: int, column: int, chart: Chart) -> None:
    """Put a chart beneath its heading, which is what it says of itself, in one row: no page ends within a row."""
    sheet.text(row, column, chart.alt, _HEADING)
    sheet.heights[row] = _HEIGHT
    sheet.charts.append(attrs.evolve(chart, place=Place((row, column), _SIZE, drop=_DROP)))
