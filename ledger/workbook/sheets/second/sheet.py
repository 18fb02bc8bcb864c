"""The part of Second calculation for Sensitivity, put when the cells of Sensitivity are known."""

from __future__ import annotations

from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.sheets.second.along import put_along
from unitledger.workbook.sheets.second.chosen import put_chosen
from unitledger.workbook.sheets.second.comparison import Comparison
from unitledger.workbook.sheets.second.moved import put_moved
from unitledger.workbook.sheets.second.varying import Varying


def put_varying(varying: Varying, comparison: Comparison | None, on: Grid, value: Entry, difference: Entry) -> None:
    """Put what stands there.

    `comparison`: which option is best, if one is. `on` Sensitivity stand the `value` of the driver at its points, and
    the `difference` of the two options there.
    """
    mapped = varying.again.grid.mapped
    with mapped("chosen"):
        put_chosen(varying.again, varying.places, varying.selectors, comparison, varying.patterns)
    with mapped("moved"):
        put_moved(varying)
    if varying.study.driver is not None:
        with mapped("along"):
            put_along(varying, on, value, difference)
