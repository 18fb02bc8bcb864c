"""The charts of Summary: beside the figures, or beneath them where many options leave no room beside."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.workbook import text
from unitledger.workbook.chart import Axis, Cells, Chart, Kind, Place, Series, pixels
from unitledger.workbook.formats import axis_format
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, SUMMARY, UNIT_COLUMN
from unitledger.workbook.sheets.sensitivity.charts import charts, count
from unitledger.workbook.sheets.summary_answer import Summing
from unitledger.workbook.sheets.summary_rows import MOST_MOVING, ROWS_OF_CHARTS

# Columns that stand free for charts beside the table, after a gap.
GAP_WIDTH = 2.0
COLUMNS_BESIDE = 7
COLUMN_WIDTH = 9.0
# Pixels: of a row of charts, between charts, and what a chart measures at least and at most.
_ROW = 20
_GAP = 8
_LOWEST, _HIGHEST = 200, 280
_NARROWEST, _WIDEST = 390, 960
_WIDTH_OF_AN_OPTION = 70
_PIXELS_OF_A_POINT = 4 / 3


def put_charts(summing: Summing) -> None:
    """Put the charts; all rows that they show must have been put, and heights and widths set."""
    rows, plan = summing.rows, summing.plan
    by_option = bool(rows.made_of) or len(summing.layout.options) > 1
    number = by_option + (0 if plan is None else count(plan.showing))
    places = _beside(summing, number) if rows.charts is None else _beneath(summing, rows.charts, number)
    if by_option:
        summing.sheet.charts.append(_answer_by_option(summing, next(places)))
    if plan is not None:
        summing.sheet.charts.extend(charts(plan.showing, places, MOST_MOVING))


def _answer_by_option(summing: Summing, place: Place) -> Chart:
    """The answer in every option, in its parts where it has any."""
    rows = summing.rows
    line = summing.entries.lines[next(iter(rows.figures))]
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
        place=place,
    )


def _across(summing: Summing, row: int) -> Cells:
    return Cells(SUMMARY, (row, row), (FIRST_OPTION, summing.last_column))


def _beside(summing: Summing, number: int) -> Iterator[Place]:
    """Yield places beside the table, one beneath the other, as far down as the table goes if that suits a chart."""
    rows, sheet = summing.rows, summing.sheet
    points = sum(sheet.heights[row] for row in range(rows.figures_title, sheet.last_row + 1))
    fitting = int(_PIXELS_OF_A_POINT * points + _GAP) // max(number, 1) - _GAP
    height = min(max(fitting, _LOWEST), _HIGHEST)
    for place in range(number):
        anchor = rows.figures_title, rows.last_column + 2
        yield Place(anchor, (COLUMNS_BESIDE * pixels(COLUMN_WIDTH), height), drop=place * (height + _GAP))


def _beneath(summing: Summing, row: int, number: int) -> Iterator[Place]:
    """Yield places side by side beneath the figures, the first with room for the names of all options."""
    table = sum(pixels(summing.sheet.widths[column]) for column in range(summing.rows.last_column + 1))
    needed = len(summing.layout.options) * _WIDTH_OF_AN_OPTION
    first = min(max((table + _GAP) // number - _GAP, _NARROWEST, needed), _WIDEST)
    following = max((table - first) // max(number - 1, 1) - _GAP, _NARROWEST)
    shift = 0
    for width in (first, *[following] * (number - 1)):
        yield Place((row, LABEL_COLUMN), (width, ROWS_OF_CHARTS * _ROW - _GAP), shift)
        shift += width + _GAP
