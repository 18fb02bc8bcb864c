"""Figures that documents publish, as a workbook is given them to compare with its own."""

from __future__ import annotations

from typing import Literal

import attrs

Bound = Literal["", "at most", "at least", "about"]


@attrs.frozen
class Published:
    """A figure as printed, and the cell of the workbook that it is compared with.

    `name`: a line, input or constant of the ledger; `option`: the column. `settings`: what the figure needs set
    differently, in words; such a variant is no column, so that its `computed` figure stands in the sheet as it is.
    `published`, `computed`: stored magnitudes in `unit`; None where nothing is printed. `rounding`: relative rounding
    of the print. `bound`: whether the print is a bound. `note`: why the figure is what it is. `case`: a stable id.
    """

    case: str
    name: str
    option: str
    settings: str
    unit: str
    published: float | None
    rounding: float | None
    computed: float
    bound: Bound
    note: str
