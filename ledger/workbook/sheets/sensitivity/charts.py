"""The charts of the sheet Sensitivity: what moves the answer, and where two options meet; Summary shows them too."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.workbook import text
from unitledger.workbook.look.formats import axis_format
from unitledger.workbook.sheet import Axis, Chart, Place, Series
from unitledger.workbook.sheets.sensitivity.rows import Showing


def count(showing: Showing) -> int:
    """How many charts there are."""
    return 1 + (showing.study.driver is not None)


def charts(showing: Showing, places: Iterator[Place], most: int) -> Iterator[Chart]:
    """Yield the tornado of at most so many inputs, then the answers over the driver if there is a table of them."""
    yield _tornado(showing, next(places), most)
    if showing.study.driver is not None:
        yield _lines(showing, next(places))


def _tornado(showing: Showing, place: Place, most: int) -> Chart:
    line, table = showing.line, showing.rows.ranked
    shown = table.label.keys[:most]
    moved = [column.value(row) for column in (table.change_at_low, table.change_at_high) for row in table.label.keys]
    return Chart(
        "tornado",
        None,
        tuple(
            Series(table.heading(column).area(), column.area(shown), table.label.area(shown))
            for column in (table.change_at_low, table.change_at_high)
        ),
        over=Axis(),
        measure=Axis(showing.rows.as_is.unit.area(), axis_format(line.unit, moved)),
        alt=text.ALT_TORNADO.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )


def _lines(showing: Showing, place: Place) -> Chart:
    rows, line = showing.rows, showing.line
    drawn = [row for row in (rows.option, rows.other) if row.keys]
    found = [row.value(None, point) for row in drawn for point in showing.grid.columns]
    alt = text.ALT_LINES if rows.other.keys else text.ALT_LINE
    return Chart(
        "lines",
        None,
        tuple(Series(row.label.area(), row.area(), rows.value.area()) for row in drawn),
        over=Axis(rows.value.unit.area(), showing.points_pattern),
        measure=Axis(rows.as_is.unit.area(), axis_format(line.unit, found)),
        alt=alt.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )
