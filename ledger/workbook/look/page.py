"""How a sheet is cut into pages: landscape, one page wide where print stays readable, on larger paper if need be."""

from __future__ import annotations

import math

from unitledger.workbook.look.styles import CHART_FONT, SIZE, SMALLEST_PRINTED, STYLES
from unitledger.workbook.sheet import Sheet

A4, A3 = 9, 8

# What fits on a landscape page at full size, within the margins: pixels across, points down.
_ACROSS = {A4: 1057.0, A3: 1522.0}
_DOWN = {A4: 516.0, A3: 762.0}
_STANDARD_HEIGHT = 15.0
# Of columns whose width is not set; what a column has for each character, in programs that do not round it to 7, and
# besides.
_STANDARD_WIDTH = 8.43
_CHARACTER, _PADDING = 7.44, 5
_POINTS = 0.75


def page(sheet: Sheet) -> tuple[int, int, int]:
    """Return the paper (in the numbers of the file format), how many pages wide the sheet prints, and how many high.

    As few pages as the smallest print of the sheet can be read on, on A4 where that takes no more of them. 0 pages
    high: as many as there are rows for, of a sheet that is wider than a page.
    """
    across, down = _extent(sheet)
    sizes = {STYLES[name].get("font_size", SIZE) for name, _ in sheet.styles}
    if sheet.charts:
        sizes.add(CHART_FONT["size"])
    # Some programs scale the footer with the page, whatever the file says; it has the size of plain text.
    least = SMALLEST_PRINTED / min(sizes | {SIZE})
    fitting = [paper for paper, held in _ACROSS.items() if across * least <= held]
    if fitting:
        high = {paper: _fewest(sheet, down, _DOWN[paper] / least) for paper in fitting}
        paper = min(high, key=high.__getitem__)
        return paper, 1, high[paper]
    # Each page repeats the columns that do not scroll, and leaves free what its last column would not fit into.
    stay = max(sheet.freeze[1], 1)
    repeated = _wide(sheet, stay)
    widest = max((_pixels(sheet, column) for column in range(stay, 1 + sheet.last_column)), default=0.0)
    free = _ACROSS[A3] / least - repeated - widest
    return A3, max(math.ceil((across - repeated) / free), 1), 0


def _fewest(sheet: Sheet, down: float, held: float) -> int:
    """How many pages high a sheet is whose pages hold so many points, each beneath its titles and of whole rows."""
    titles = _high(sheet, sheet.titles + 1)
    pages, filled, passed, row = 1, 0.0, 0.0, 0
    while passed < down:
        height = sheet.heights.get(row, _STANDARD_HEIGHT)
        if filled + height > held:
            pages, filled = pages + 1, titles
        filled, passed, row = filled + height, passed + height, row + 1
    return pages


def _extent(sheet: Sheet) -> tuple[float, float]:
    """Width in pixels and height in points of all that stands on a sheet."""
    across = _wide(sheet, 1 + sheet.last_column)
    last = sheet.last_row if sheet.last_printed is None else sheet.last_printed
    down = _high(sheet, 1 + last)
    for chart in sheet.charts:
        place = chart.place
        (row, column), (wide, high) = place.anchor, place.size
        across = max(across, _wide(sheet, column) + place.shift + wide)
        down = max(down, _high(sheet, row) + _POINTS * (place.drop + high))
    return across, down


def _wide(sheet: Sheet, columns: int) -> float:
    """Width in pixels of the first columns of a sheet."""
    return sum(_pixels(sheet, column) for column in range(columns))


def _pixels(sheet: Sheet, column: int) -> float:
    return _CHARACTER * sheet.widths.get(column, _STANDARD_WIDTH) + _PADDING


def _high(sheet: Sheet, rows: int) -> float:
    """Height in points of the first rows of a sheet."""
    return sum(sheet.heights.get(row, _STANDARD_HEIGHT) for row in range(rows))
