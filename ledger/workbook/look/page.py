"""How a sheet is cut into pages: landscape, one page wide where print stays readable, on larger paper if need be."""

import math

from unitledger.workbook.look.styles import CHART_FONT, SIZE, SMALLEST_PRINTED, STYLES
from unitledger.workbook.sheet import Sheet

A4, A3 = 9, 8

# What fits on a landscape page at full size, within the margins: characters of the default width, points of height.
_ACROSS = {A4: 134.0, A3: 193.0}
_DOWN = {A4: 516.0, A3: 762.0}
_STANDARD_WIDTH = 8.43
_STANDARD_HEIGHT = 15.0
# What a chart takes of these for each of its pixels.
_CHARACTERS, _POINTS = 1 / 7, 0.75


def page(sheet: Sheet) -> tuple[int, int, int]:
    """Return the paper (in the numbers of the file format), how many pages wide the sheet prints, and how many high.

    0 pages high: as many as there are rows for. The smallest print of a sheet stays readable, so a sheet that is meant
    for one page takes more of them where the largest paper does not hold it, and one that is not for readers takes as
    few as can be.
    """
    across, down = _extent(sheet)
    sizes = {STYLES[name].get("font_size", SIZE) for name, _ in {style for *_, style in sheet.cells}}
    if sheet.charts:
        sizes.add(CHART_FONT["size"])
    # Some programs scale the footer with the page, whatever the file says; it has the size of plain text.
    least = SMALLEST_PRINTED / min(sizes | {SIZE})
    for paper, held in _ACROSS.items():
        if across * least <= held and (not sheet.fits_one_page or down * least <= _DOWN[paper]):
            return (
                paper,
                1,
                _fewest(sheet, down, _DOWN[paper] / least) if sheet.is_working else int(sheet.fits_one_page),
            )
    # Each page repeats the columns that do not scroll, and leaves free what its last column would not fit into.
    stay = max(sheet.freeze[1], 1)
    repeated = _before(sheet.widths, stay, _STANDARD_WIDTH)
    widest = max((width for column, width in sheet.widths.items() if column >= stay), default=_STANDARD_WIDTH)
    free = _ACROSS[A3] / least - repeated - widest
    return A3, max(math.ceil((across - repeated) / free), 1), 0


def _fewest(sheet: Sheet, down: float, held: float) -> int:
    """How many pages high a sheet is whose pages hold so many points, each beneath its titles."""
    titles = _before(sheet.heights, sheet.titles + 1, _STANDARD_HEIGHT)
    return max(math.ceil((down - titles) / (held - titles)), 1)


def _extent(sheet: Sheet) -> tuple[float, float]:
    """Width in characters and height in points of all that stands on a sheet."""
    across = _before(sheet.widths, 1 + sheet.last_column, _STANDARD_WIDTH)
    last = sheet.last_row if sheet.last_printed is None else sheet.last_printed
    down = _before(sheet.heights, 1 + last, _STANDARD_HEIGHT)
    for chart in sheet.charts:
        place = chart.place
        (row, column), (wide, high) = place.anchor, place.size
        across = max(across, _before(sheet.widths, column, _STANDARD_WIDTH) + _CHARACTERS * (place.shift + wide))
        down = max(down, _before(sheet.heights, row, _STANDARD_HEIGHT) + _POINTS * (place.drop + high))
    return across, down


def _before(sizes: dict[int, float], end: int, standard: float) -> float:
    return sum(sizes.get(place, standard) for place in range(end))
