"""A picture at the top right of a sheet; the writing library is known here by the objects that `write` hands over."""

from __future__ import annotations

from typing import Any

from unitledger.workbook.chart import pixels
from unitledger.workbook.layout import STRIP_ROW, TITLE_ROW
from unitledger.workbook.sheet import Sheet

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
