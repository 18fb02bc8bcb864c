"""How a sheet is cut into pages: landscape, one page wide where print stays readable, on larger paper if need be."""

from __future__ import annotations

import math

from unitledger.workbook.sheet import Sheet
from unitledger.workbook.styles import SIZE, SMALLEST_PRINTED, STYLES

A4, A3 = 9, 8

# Characters of the default width that fit across a landscape page at full size, within the margins.
_ACROSS = {A4: 138.0, A3: 199.0}
_STANDARD_WIDTH = 8.43


def page(sheet: Sheet) -> tuple[int, int]:
    """Return the paper (in the numbers of the file format) and how many pages wide the sheet prints.

    The smallest print of a sheet stays readable.
    """
    columns = 1 + max((column for _, column, *_ in sheet.cells), default=0)
    across = sum(sheet.widths.get(column, _STANDARD_WIDTH) for column in range(columns))
    sizes = (STYLES[name].get("font_size", SIZE) for name, _ in {style for *_, style in sheet.cells})
    least = min(SMALLEST_PRINTED / min(sizes, default=SIZE), 1)
    for paper, held in _ACROSS.items():
        if across * least <= held:
            return paper, 1
    return A3, math.ceil(across * least / _ACROSS[A3])
