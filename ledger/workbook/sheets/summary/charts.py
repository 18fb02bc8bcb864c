"""The charts of Summary: beside the figures, or beneath them where many options leave no room beside."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.workbook import text
from unitledger.workbook.chart import Axis, Chart, Place, Series, pixels
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import LABEL_COLUMN
from unitledger.workbook.look.formats import axis_format
from unitledger.workbook.sheets.sensitivity.charts import charts, count
from unitledger.workbook.sheets.summary.moves import MOST_MOVING
from unitledger.workbook.sheets.summary.summing import COLUMNS_BESIDE, Summing
from unitledger.workbook.sheets.summary.top import Top

COLUMN_WIDTH = 9.0
"""Width of the columns that stand free for charts."""

# Pixels: of a row of charts, between charts, and what a chart measures at least and at most.
_ROW = 20
_GAP = 8
_LOWEST, _HIGHEST = 200, 280
_NARROWEST, _WIDEST = 390, 960
_WIDTH_OF_AN_OPTION = 70
_PIXELS_OF_A_POINT = 4 / 3


def put_charts(summing: Summing, top: Top, parts: tuple[Entry, Entry] | None, beneath: range) -> None:
    """Put the charts; the sheet must have been written, and heights and widths set.

    `parts`: of the answer, if it has any, after their title; `beneath`: rows for charts that do not stand beside.
    """
    showing, shown = summing.showing, summing.grid.sheet.charts
    by_option = parts is not None or len(summing.layout.options) > 1
    number = by_option + (0 if showing is None else count(showing))
    places = _beneath(summing, beneath, number) if beneath else _beside(summing, top, number)
    if by_option:
        shown.append(_answer_by_option(summing, top, parts, next(places)))
    if showing is not None:
        shown.extend(charts(showing, places, MOST_MOVING))


def _answer_by_option(summing: Summing, top: Top, parts: tuple[Entry, Entry] | None, place: Place) -> Chart:
    """The answer in every option, in its parts where it has any."""
    line = summing.line
    answer = top.figures[line.name]
    title, rows = (answer.label, [answer]) if parts is None else (parts[0], [parts[1][key] for key in parts[1].keys])
    alt = text.ALT_BY_OPTION if parts is None else text.ALT_MADE_OF
    return Chart(
        "columns" if parts is None else "stacked",
        title.area(),
        tuple(Series(row.label.area(), row.area(), top.heading.area()) for row in rows),
        over=Axis(),
        measure=Axis(answer.unit.area(), axis_format(line.unit, summing.figures(line.name))),
        alt=alt.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )


def _beside(summing: Summing, top: Top, number: int) -> Iterator[Place]:
    """Yield places beside the table, one beneath the other, as far down as the table goes if that suits a chart."""
    sheet, (first, _) = summing.grid.sheet, top.heading.area().rows
    points = sum(sheet.heights[row] for row in range(first, sheet.last_row + 1))
    fitting = int(_PIXELS_OF_A_POINT * points + _GAP) // max(number, 1) - _GAP
    size = COLUMNS_BESIDE * pixels(COLUMN_WIDTH), min(max(fitting, _LOWEST), _HIGHEST)
    for place in range(number):
        yield Place((first, summing.last_column + 2), size, drop=place * (size[1] + _GAP))


def _beneath(summing: Summing, rows: range, number: int) -> Iterator[Place]:
    """Yield places side by side beneath the figures, the first with room for the names of all options."""
    widths = summing.grid.sheet.widths
    table = sum(pixels(widths[column]) for column in range(summing.last_column + 1))
    needed = len(summing.layout.options) * _WIDTH_OF_AN_OPTION
    first = min(max((table + _GAP) // number - _GAP, _NARROWEST, needed), _WIDEST)
    following = max((table - first) // max(number - 1, 1) - _GAP, _NARROWEST)
    shift = 0
    for width in (first, *[following] * (number - 1)):
        yield Place((rows.start, LABEL_COLUMN), (width, len(rows) * _ROW - _GAP), shift)
        shift += width + _GAP
