"""The charts of Summary: beside the figures, or beneath them where many options leave no room beside."""

from __future__ import annotations

from unitledger.workbook import text
from unitledger.workbook.chart import Axis, Cells, Chart, Kind, Series
from unitledger.workbook.formats import axis_format
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, SUMMARY, UNIT_COLUMN
from unitledger.workbook.sheets.summary_answer import Summing
from unitledger.workbook.sheets.summary_rows import ROWS_OF_CHARTS

# Columns that stand free for charts beside the table, after a gap.
GAP_WIDTH = 2.0
COLUMNS_BESIDE = 7
COLUMN_WIDTH = 9.0
_HEIGHT = 280
_ROW = 20
_WIDEST = 960


def pixels(width: float) -> int:
    """Width of a column, given in characters, on the screen."""
    return int(7 * width + 5)


def put_charts(summing: Summing) -> None:
    """Put the charts; all rows that they show must have been put."""
    chart = answer_by_option(summing)
    if chart is not None:
        summing.sheet.charts.append(chart)


def answer_by_option(summing: Summing) -> Chart | None:
    """The answer in every option, in its parts where it has any; None where that is one column."""
    layout, rows = summing.layout, summing.rows
    line = summing.entries.lines[next(iter(rows.figures))]
    if not rows.made_of and len(layout.options) == 1:
        return None
    row = rows.figures[line.name]
    kind: Kind = "stacked" if rows.made_of else "columns"
    shown = rows.made_of or [row]
    options = _across(summing, rows.figures_title)
    title = rows.made_of[0] - 1 if rows.made_of else row
    alt = text.ALT_MADE_OF if rows.made_of else text.ALT_BY_OPTION
    return Chart(
        kind,
        Cells.at(SUMMARY, title, LABEL_COLUMN),
        tuple(Series(Cells.at(SUMMARY, each, LABEL_COLUMN), _across(summing, each), options) for each in shown),
        over=Axis(),
        measure=Axis(Cells.at(SUMMARY, row, UNIT_COLUMN), axis_format(line.unit, summing.figures(line))),
        alt=alt.format(figure=line.label, unit=line.unit.spelling),
        anchor=_anchor(summing),
        size=_size(summing),
    )


def _across(summing: Summing, row: int) -> Cells:
    return Cells(SUMMARY, (row, row), (FIRST_OPTION, summing.last_column))


def _anchor(summing: Summing) -> tuple[int, int]:
    rows = summing.rows
    if rows.charts is None:
        return rows.figures_title, summing.layout.after_options + 1
    return rows.charts, LABEL_COLUMN


def _size(summing: Summing) -> tuple[int, int]:
    if summing.rows.charts is None:
        return COLUMNS_BESIDE * pixels(COLUMN_WIDTH), _HEIGHT
    columns = range(LABEL_COLUMN, summing.layout.after_options)
    return min(sum(pixels(summing.sheet.widths[column]) for column in columns), _WIDEST), ROWS_OF_CHARTS * _ROW
