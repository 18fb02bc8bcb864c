"""Charts as the writing library draws them; it is known here by the objects that `write` hands over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.workbook.address import a1
from unitledger.workbook.chart import Axis, Cells, Chart, Kind
from unitledger.workbook.look.palette import Fill, fills
from unitledger.workbook.look.style import Style
from unitledger.workbook.look.styles import CHART_FONT, CHART_TITLE, GRID, RULE

_KINDS: dict[Kind, dict[str, str]] = {
    "columns": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "tornado": {"type": "bar"},
    "lines": {"type": "scatter", "subtype": "straight"},
}
_WHITE = "#FFFFFF"
_LINE_WIDTH = 2.25
_GAP, _OVERLAP = 60, 100
_GRID = {"visible": True, "line": {"color": GRID}}
_MOVES_WITHOUT_SIZING = 2


class _Word(str):
    """A word that may look like a number: the library asks for its value to find out."""

    __slots__ = ()

    def __float__(self) -> float:
        raise ValueError(self)


def draw(book: Any, target: Any, chart: Chart, values: Mapping[str, Any], own: Style) -> Any:
    """Put a chart on a sheet of the library; return the library's code, which is negative where it refuses.

    `values`: what the cells hold, by sheet and address; `own`: what the house has of its own.
    """
    font, title_font = own.over(CHART_FONT), own.over(CHART_TITLE)
    drawn = book.add_chart(dict(_KINDS[chart.kind]))
    for series, fill in zip(chart.series, fills(own.accent), strict=False):
        shown = {
            "name": _formula(series.name),
            "categories": _formula(series.over),
            "values": _formula(series.values),
            **_look(chart.kind, fill),
        }
        words = [values[f"{series.over.sheet}!{a1(*place)}"] for place in series.over.places()]
        if all(isinstance(each, str) for each in words):
            shown["categories_data"] = [_Word(each) for each in words]
        drawn.add_series(shown)
    title = chart.title and {"name": _formula(chart.title), "name_font": title_font, "overlay": False}
    drawn.set_title(title or {"none": True})
    over, measure = (
        _axis(chart.over, font),
        _axis(chart.measure, font) | {"line": {"none": True}, "major_gridlines": _GRID},
    )
    if chart.kind == "tornado":
        # The first row on top, its words left of all bars, and the numbers beneath.
        drawn.set_y_axis(over | {"reverse": True, "label_position": "low", "interval_unit": 1})
        drawn.set_x_axis(measure | {"label_position": "high"})
    else:
        # Beneath and beside the plot, also where figures lie on the other side of zero.
        drawn.set_x_axis(over | {"label_position": "low"})
        drawn.set_y_axis(measure | {"label_position": "low"})
    drawn.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": font})
    drawn.set_chartarea({"border": {"color": RULE, "width": 0.75}})
    drawn.set_size({"width": chart.place.size[0], "height": chart.place.size[1]})
    placed = {"x_offset": chart.place.shift, "y_offset": chart.place.drop, "description": chart.alt}
    return target.insert_chart(*chart.place.anchor, drawn, placed | {"object_position": _MOVES_WITHOUT_SIZING})


def _formula(cells: Cells) -> str:
    return f"={cells.address}"


def _look(kind: Kind, fill: Fill) -> dict[str, Any]:
    if kind == "lines":
        line = {"color": fill.colour, "width": _LINE_WIDTH, "dash_type": fill.dash}
        return {"line": line, "marker": {"type": "none"}}
    look: dict[str, Any] = {"gap": _GAP}
    if kind == "stacked":
        look["border"] = {"color": fill.colour if fill.pattern else _WHITE, "width": 0.75}
    if kind == "tornado":
        look["overlap"] = _OVERLAP
    if fill.pattern:
        return look | {"pattern": {"pattern": fill.pattern, "fg_color": fill.colour, "bg_color": _WHITE}}
    return look | {"fill": {"color": fill.colour}}


def _axis(axis: Axis, font: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"num_font": font, "major_gridlines": {"visible": False}}
    if axis.title is not None:
        shown |= {"name": _formula(axis.title), "name_font": font}
    if axis.pattern:
        shown["num_format"] = axis.pattern
    return shown
