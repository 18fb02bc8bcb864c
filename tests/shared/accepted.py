"""What the cells of a sheet accept, cell by cell: neighbours and others share a rule in the file."""

from __future__ import annotations

from copy import copy

from openpyxl.formula.translate import Translator
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet


def accepted(sheet: Worksheet) -> dict[str, DataValidation]:
    """The rule of each cell that has one, with its formulas as that cell sees them. No cell has two."""
    found: dict[str, DataValidation] = {}
    for each in sheet.data_validations.dataValidation:
        areas = sorted((part.min_row, part.min_col, part.max_row, part.max_col) for part in each.sqref.ranges)
        first = sheet.cell(areas[0][0], areas[0][1]).coordinate
        for top, left, bottom, right in areas:
            for row in sheet.iter_rows(top, bottom, left, right):
                for cell in row:
                    assert cell.coordinate not in found
                    found[cell.coordinate] = _seen(each, first, cell.coordinate)
    return found


def _seen(rule: DataValidation, first: str, place: str) -> DataValidation:
    seen = copy(rule)
    for name in ("formula1", "formula2"):
        text = getattr(rule, name)
        if text is not None:
            setattr(seen, name, Translator(f"={text}", first).translate_formula(place)[1:])
    return seen
