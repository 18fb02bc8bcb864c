"""The charts of the sheet Sensitivity: what moves the answer, and where two options meet; Summary shows them too."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.chart import Axis, Cells, Chart, Place, Series
from unitledger.workbook.formats import axis_format
from unitledger.workbook.layout import LABEL_COLUMN, SENSITIVITY, UNIT_COLUMN
from unitledger.workbook.plan import Plan
from unitledger.workbook.sensitivity_rows import CHANGE_AT_HIGH, CHANGE_AT_LOW, SELECTOR


def count(plan: Plan) -> int:
    """How many charts there are."""
    return 1 + plan.scenarios.has_table


def charts(entries: Entries, plan: Plan, places: Iterator[Place], most: int) -> Iterator[Chart]:
    """Yield the tornado of at most so many inputs, then the answers over the driver if there is a table of them."""
    yield _tornado(entries, plan, next(places), most)
    if plan.scenarios.has_table:
        yield _lines(entries, plan, next(places))


def _tornado(entries: Entries, plan: Plan, place: Place, most: int) -> Chart:
    rows, line = plan.sensitivity, entries.lines[plan.study.answer]
    shown = rows.ranked.start, min(rows.ranked.stop, rows.ranked.start + most) - 1
    labels = Cells(SENSITIVITY, shown, (LABEL_COLUMN, LABEL_COLUMN))
    columns = plan.scenarios.columns
    options = [column.option for column in plan.values.columns]
    as_is = plan.values.values[line.name][options.index(plan.study.analysed)]
    moved = [end - as_is for end in _answers(plan, range(columns.lows.start, columns.highs.stop))]
    return Chart(
        "tornado",
        _words(plan, "tornado"),
        tuple(
            Series(_head(rows.ranked.start - 1, column), Cells(SENSITIVITY, shown, (column, column)), labels)
            for column in (CHANGE_AT_LOW, CHANGE_AT_HIGH)
        ),
        over=Axis(),
        measure=Axis(_words(plan, "change"), axis_format(line.unit, moved)),
        alt=text.ALT_TORNADO.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )


def _lines(entries: Entries, plan: Plan, place: Place) -> Chart:
    rows, line, columns = plan.sensitivity, entries.lines[plan.study.answer], plan.scenarios.columns
    across = rows.table_columns.start, rows.table_columns.stop - 1
    over = Cells(SENSITIVITY, (rows.value, rows.value), across)
    drawn = (rows.option, rows.other) if plan.scenarios.compares else (rows.option,)
    figures = _answers(plan, columns.points) + _answers(plan, columns.other_points)
    alt = text.ALT_LINES if plan.scenarios.compares else text.ALT_LINE
    return Chart(
        "lines",
        _words(plan, "lines"),
        tuple(Series(_head(row, LABEL_COLUMN), Cells(SENSITIVITY, (row, row), across), over) for row in drawn),
        over=Axis(_words(plan, "driver")),
        measure=Axis(_head(rows.as_is, UNIT_COLUMN), axis_format(line.unit, figures)),
        alt=alt.format(figure=line.label, unit=line.unit.spelling),
        place=place,
    )


def _answers(plan: Plan, columns: range) -> list[float]:
    """Answers in columns of Scenarios, as built."""
    start = plan.scenarios.columns.base.start
    return list(plan.values.values[plan.study.answer][columns.start - start : columns.stop - start])


def _words(plan: Plan, kind: str) -> Cells:
    return _head(plan.sensitivity.words[kind], SELECTOR)


def _head(row: int, column: int) -> Cells:
    return Cells.at(SENSITIVITY, row, column)
