"""Charts beneath a table: one line of it over another, a curve for each option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.model import AxisLine, Entries
from unitledger.workbook.chart import Axis, Chart, Place, Series
from unitledger.workbook.grid import Entry
from unitledger.workbook.look.formats import GENERAL, axis_format
from unitledger.workbook.look.palette import FILLS
from unitledger.workbook.sheets.tables import said
from unitledger.workbook.sheets.tables.places import KEY_COLUMN, UNIT_ROW, Placed, Tables

_SIZE, _DROP = (800, 400), 22
# Of the row, in points: what heading and chart take.
_HEIGHT = 320.0


def put_plots(entries: Entries, tables: Tables, placed: Placed, results: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the plots of a table beneath it; of more options than there are colours, none."""
    sheet, labels = placed.grid.sheet, placed.items.labels
    row = max(placed.rows.values())
    for values, over in entries.plots:
        line, along = entries.columns[values], entries.columns[over]
        assert isinstance(line, AxisLine)
        assert isinstance(along, AxisLine)
        if line.axis != placed.items or not labels or len(entries.options) > len(FILLS):
            continue
        row += 2
        series = [
            Series(
                tables.cells.options.only(option).area(),
                tables.column(values, option).area(labels),
                tables.column(over, option).area(labels),
            )
            for option in entries.options
        ]
        known = {name: [each for found in results.values() for each in found[name].tolist()] for name in (values, over)}
        heading = said.PLOT.format(
            values=line.label, unit=line.unit.spelling, over=along.label, over_unit=along.unit.spelling
        )
        sheet.text(row, KEY_COLUMN, heading, ("top", GENERAL))
        sheet.heights[row] = _HEIGHT
        across, upward = (
            Axis(_unit(tables.column(name, entries.base)).area(), axis_format(held.unit, known[name]))
            for name, held in ((over, along), (values, line))
        )
        place = Place((row, KEY_COLUMN), _SIZE, drop=_DROP)
        sheet.charts.append(Chart("lines", None, tuple(series), across, upward, heading, place))


def _unit(column: Entry) -> Entry:
    """Return the cell above a column that says its unit."""
    return Entry(column.ground, column.name, column.kind, UNIT_ROW, column.columns)
