"""The charts of the sheet Sensitivity: what moves the answer, and where two options meet; Summary shows them too."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.workbook import text
from unitledger.workbook.chart import Axis, Chart, Place, Series
from unitledger.workbook.look.formats import axis_format
from unitledger.workbook.sheets.sensitivity.showing import Showing


def count(showing: Showing) -> int:
    """How many charts there are."""
    return 1 + bool(showing.scenarios.cases.points)


def charts(showing: Showing, places: Iterator[Place], most: int) -> Iterator[Chart]:
    """Yield the tornado of at most so many inputs, then the answers over the driver if there is a table of them."""
    yield _tornado(showing, next(places), most)
    if showing.scenarios.cases.points:
        yield _lines(showing, next(places))


def _tornado(showing: Showing, place: Place, most: int) -> Chart:
    rows, line, cases = showing.rows, showing.line, showing.scenarios.cases
    table = rows.ranked
    shown = table.label.keys[:most]
    (as_is,) = showing.answers([showing.study.analysed])
    moved = [end - as_is for end in showing.answers([*cases.lows, *cases.highs])]
    return Chart(
        "tornado",
        rows.words["tornado"].area(),
        tuple(
            Series(table.heading(column).area(), column.area(shown), table.label.area(shown))
            for column in (table.change_at_low, table.change_at_high)
        ),
        over=Axis(),
        measure=Axis(rows.words["change"].area(), axis_format(line.unit, moved)),
        alt=text.ALT_TORNADO.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )


def _lines(showing: Showing, place: Place) -> Chart:
    rows, line, cases = showing.rows, showing.line, showing.scenarios.cases
    drawn = (rows.option, rows.other) if cases.other_points else (rows.option,)
    alt = text.ALT_LINES if cases.other_points else text.ALT_LINE
    return Chart(
        "lines",
        rows.words["lines"].area(),
        tuple(Series(row.label.area(), row.area(), rows.value.area()) for row in drawn),
        over=Axis(rows.words["driver"].area()),
        measure=Axis(
            rows.as_is.unit.area(), axis_format(line.unit, showing.answers([*cases.points, *cases.other_points]))
        ),
        alt=alt.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )
