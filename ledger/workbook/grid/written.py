"""Sheets whose cells were put one by one, for formulas elsewhere that refer to them as to the entries of a grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.workbook.address import a1
from unitledger.workbook.grid.cell import Ground


class Written(Ground):
    """A sheet by its name; `values`: what the cells of all sheets show, by sheet and address."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self.name = name
        self._values = values

    def value(self, row: int, column: int) -> Any:
        """Return what a cell shows, None for an empty one."""
        held = self._values.get(f"{self.name}!{a1(row, column)}")
        # Such sheets take an empty cell for an empty text.
        return None if held == "" else held
