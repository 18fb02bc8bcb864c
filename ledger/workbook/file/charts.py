"""Charts, and a logo at the top right; the writing library is known here by the objects that `write` hands over."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from unitledger.workbook.layout import STRIP_ROW, TITLE_ROW
from unitledger.workbook.look.style import Fill, Style, fills
from unitledger.workbook.look.styles import CHART_FONT, CHART_TITLE, EDGE, GRID, RULE
from unitledger.workbook.sheet import CLEAR, Axis, Cells, Chart, ChartKind, Sheet, pixels

_KINDS: dict[ChartKind, dict[str, str]] = {
    "bars": {"type": "bar"},
    "stacked": {"type": "bar", "subtype": "stacked"},
    "tornado": {"type": "bar"},
    "lines": {"type": "scatter", "subtype": "straight"},
    "columns": {"type": "column", "subtype": "stacked"},
    "periods": {"type": "line"},
}
_WHITE = "#FFFFFF"
_LINE_WIDTH, _EDGE_WIDTH = 2.25, 0.5
# Percent of a bar between bars: at least, and of one alone, so that a few bars are no blocks.
_GAP, _WIDEST_GAP, _OVERLAP = 45, 200, 100
_GRID = {"visible": True, "line": {"color": GRID}}
_NONE = {"none": True}
_MOVES_WITHOUT_SIZING = 2
# Pixels of a letter of a name, and shares of a chart: what names take at most, and what is left beside and beneath.
_LETTER = 6.4
_MOST_FOR_NAMES, _RIGHT, _LABELLED, _TOP, _LEGEND = 0.5, 0.03, 0.16, 0.02, 0.14


class _Word(str):
    """A word that may look like a number: the library asks for its value to find out."""

    __slots__ = ()

    def __float__(self) -> float:
        raise ValueError(self)


def draw(book: Any, target: Any, chart: Chart, sheets: Mapping[str, Sheet], own: Style) -> Any:
    """Put a chart on a sheet of the library; return the library's code, which is negative where it refuses.

    `sheets`: those of the workbook, by name; `own`: what the house has of its own.
    """
    drawn = book.add_chart(dict(_KINDS[chart.kind]))
    names, places = 0, max(len(list(series.values.places())) for series in chart.series)
    font, looks = own.over(CHART_FONT), fills(own.accent)
    own_fills = count()
    for series in chart.series:
        fill = next(own_fills) if series.fill is None else series.fill
        shown = {
            "categories": _formula(series.over),
            "values": _formula(series.values),
            **_look(chart.kind, None if fill == CLEAR else looks[fill], places),
        }
        if series.name is not None:
            shown["name"] = _formula(series.name)
        if series.labels:
            beside = {"position": "outside_end"} if chart.kind != "stacked" else {}
            shown["data_labels"] = {"value": True, "font": font, "num_format": series.labels, **beside}
        words = [sheets[series.over.sheet].values[place] for place in series.over.places()]
        if all(each is None or isinstance(each, str) for each in words):
            shown["categories_data"] = [_Word(each or "") for each in words]
            names = max(names, *map(len, shown["categories_data"]))
        drawn.add_series(shown)
    drawn.set_title(_NONE if chart.title is None else _titled(chart.title, own.over(CHART_TITLE)))
    unnamed = [place for place, series in enumerate(chart.series) if series.name is None]
    legend = len(chart.series) - len(unnamed) > 1
    position = "right" if chart.kind == "columns" else "bottom"
    drawn.set_legend({"position": position, "font": font, "delete_series": unnamed} if legend else _NONE)
    _axes(drawn, chart, font)
    if chart.measure is None:
        left = min((names + 2) * _LETTER / chart.place.size[0], _MOST_FOR_NAMES)
        right = _LABELLED if chart.kind == "bars" else _RIGHT
        layout = {"x": left, "y": _TOP, "width": 1 - left - right, "height": 1 - 2 * _TOP - legend * _LEGEND}
        drawn.set_plotarea({"layout": layout})
    drawn.set_chartarea({"border": _NONE if chart.title is None else {"color": RULE, "width": 0.75}})
    drawn.set_size({"width": chart.place.size[0], "height": chart.place.size[1]})
    placed = {"x_offset": chart.place.shift, "y_offset": chart.place.drop, "description": chart.alt}
    return target.insert_chart(*chart.place.anchor, drawn, placed | {"object_position": _MOVES_WITHOUT_SIZING})


def _axes(drawn: Any, chart: Chart, font: dict[str, Any]) -> None:
    """Set the axes: of bars the first row on top, its words left of all bars, and the numbers beneath."""
    over = _axis(chart.over, font)
    if chart.measure is None:
        hidden = {"label_position": "none", "major_tick_mark": "none", "line": _NONE}
        measure = hidden | {"major_gridlines": {"visible": False}}
    else:
        measure = _axis(chart.measure, font) | {"line": _NONE, "major_gridlines": _GRID}
    if chart.kind in ("columns", "periods"):
        drawn.set_x_axis(over | {"interval_unit": chart.over.every or 1, "label_position": "low"})
        drawn.set_y_axis(measure)
    elif chart.kind == "lines":
        # Beneath and beside the plot, also where figures lie on the other side of zero.
        drawn.set_x_axis(over | {"label_position": "low"})
        drawn.set_y_axis(measure | {"label_position": "low"})
    else:
        words = {"reverse": True, "label_position": "low", "interval_unit": 1, "major_tick_mark": "none"}
        drawn.set_y_axis(over | words)
        drawn.set_x_axis({"label_position": "high"} | measure)


def _titled(title: Cells, font: dict[str, Any]) -> dict[str, Any]:
    return {"name": _formula(title), "name_font": font, "overlay": False}


def _formula(cells: Cells) -> str:
    return f"={cells.address}"


def _look(kind: ChartKind, fill: Fill | None, places: int) -> dict[str, Any]:
    if kind in ("lines", "periods") and fill is not None:
        line = {"color": fill.colour, "width": _LINE_WIDTH, "dash_type": fill.dash}
        return {"line": line, "marker": {"type": "none"}}
    look: dict[str, Any] = {"gap": max(_GAP, _WIDEST_GAP // places)}
    if fill is None:
        return look | {"fill": _NONE, "border": _NONE}
    look["border"] = {"color": EDGE, "width": _EDGE_WIDTH}
    if kind in ("bars", "tornado"):
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


_PER_POINT = 96 / 72
# Of rows and columns whose size is not set.
_HEIGHT, _WIDTH = 15.0, 8.43
_MARGIN = 2
# A title begins at the left.
_MOST_OF_WIDTH = 0.25
_SAID = "Logo"


def place(target: Any, sheet: Sheet, image: Any) -> Any:
    """Put an image over the title rows of a sheet, its right edge where the cells and charts of the sheet end.

    Returns the library's code, which is negative where it refuses.
    """
    right = max(_before(sheet, 1 + max((column for _, column, *_ in sheet.cells), default=0)), *_ends(sheet))
    rows = range(TITLE_ROW, STRIP_ROW + 1)
    high = sum(int(_PER_POINT * sheet.heights.get(row, _HEIGHT)) for row in rows) - 2 * _MARGIN
    width, height = image.width * 96 / image.x_dpi, image.height * 96 / image.y_dpi
    scale = min(high / height, _MOST_OF_WIDTH * right / width)
    options = {
        "x_offset": int(right - scale * width) - _MARGIN,
        "y_offset": _MARGIN,
        "x_scale": scale,
        "y_scale": scale,
        "description": _SAID,
    }
    return target.insert_image(TITLE_ROW, 0, image, options)


def _ends(sheet: Sheet) -> list[int]:
    """Return where charts end, in pixels from the left."""
    places = [chart.place for chart in sheet.charts]
    return [_before(sheet, place.anchor[1]) + place.shift + place.size[0] for place in places] or [0]


def _before(sheet: Sheet, end: int) -> int:
    return sum(pixels(sheet.widths.get(column, _WIDTH)) for column in range(end))
