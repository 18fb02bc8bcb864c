"""How a sheet is cut into pages: landscape, one page wide where print stays readable, on larger paper if need be."""

from __future__ import annotations

import math

from unitledger.workbook.sheet import Sheet
from unitledger.workbook.styles import SIZE, SMALLEST_PRINTED, STYLES

A4, A3 = 9, 8

# Characters of the default width that fit across a landscape page at full size, and points down it, within margins.
_ACROSS = {A4: 134.0, A3: 193.0}
_DOWN = {A4: 516.0, A3: 763.0}
_STANDARD_WIDTH = 8.43
_STANDARD_HEIGHT = 15.0


def page(sheet: Sheet) -> tuple[int, int]:
    """Return the paper (in the numbers of the file format) and how many pages wide the sheet prints.

    The smallest print of a sheet stays readable.
    """
    columns = 1 + max((column for _, column, *_ in sheet.cells), default=0)
    across = sum(sheet.widths.get(column, _STANDARD_WIDTH) for column in range(columns))
    sizes = {STYLES[name].get("font_size", SIZE) for name, _ in {style for *_, style in sheet.cells}}
    # Some programs scale the footer with the page, whatever the file says; it has the size of plain text.
    least = SMALLEST_PRINTED / min(sizes | {SIZE})
    down = sum(sheet.heights.get(row, _STANDARD_HEIGHT) for row in range(sheet.last_row + 1))
    for paper, held in _ACROSS.items():
        if across * least <= held and (not sheet.fits_one_page or down * least <= _DOWN[paper]):
            return paper, 1
    return A3, math.ceil(across * least / _ACROSS[A3])
