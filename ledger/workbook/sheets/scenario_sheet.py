"""What the parts of the sheet Scenarios share: what it is made of, and addresses on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from unitledger.expression import Expression
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook.address import fixed, letters, on
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import CONSTANT_COLUMN, CONSTANTS, FIRST_OPTION, LABEL_COLUMN, UNIT_COLUMN, Layout
from unitledger.workbook.plan import Plan
from unitledger.workbook.printing import at, put, span
from unitledger.workbook.scenario_rows import ScenarioRows
from unitledger.workbook.scenario_values import ScenarioValues
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets import frame
from unitledger.workbook.study import Results, Study

COUNT: Style = ("number", "0")
PLAIN: Style = ("number", GENERAL)
NAMED: Style = ("used_name", GENERAL)


@attrs.frozen
class Varying:
    """A sheet Scenarios under construction, and what it is made from."""

    entries: Entries
    layout: Layout
    results: Results
    plan: Plan
    sheet: Sheet

    @property
    def study(self) -> Study:
        """What is studied."""
        return self.plan.study

    @property
    def rows(self) -> ScenarioRows:
        """Where it stands."""
        return self.plan.scenarios

    @property
    def known(self) -> ScenarioValues:
        """What the columns come to."""
        return self.plan.values

    def head(self, row: int, label: str, unit: str) -> None:
        """Put label and unit of a row."""
        self.sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
        self.sheet.text(row, UNIT_COLUMN, unit, frame.UNIT)

    def along(
        self,
        row: int,
        columns: range,
        tree: Expression,
        addresses: Mapping[str, str],
        shown: tuple[Sequence[Any], Style],
    ) -> None:
        """Put one formula along columns; `shown`: its values, one per column, and their style."""
        self.sheet.row_of_formulas(row, columns.start, tree, at(addresses), *shown)

    def one(self, row: int, tree: Expression, addresses: Mapping[str, str], cached: Any, style: Style = COUNT) -> None:
        """Put a formula that stands alone, in the first figure column."""
        put(self.sheet, row, FIRST_OPTION, tree, addresses, cached=cached, style=style)

    def unit(self, name: str) -> Unit:
        """Unit of an input or line; a choice is a plain number, the place of its word."""
        found = self.entries[name]
        return DIMENSIONLESS if isinstance(found, Choice) else found.unit

    @property
    def tolerance(self) -> str:
        """Address of the tolerance."""
        return on(CONSTANTS, fixed(self.layout.tolerance, CONSTANT_COLUMN))


def across(row: int, columns: range) -> str:
    """Return the address of a row's cells in neighbouring columns, fixed."""
    return span((row, row), (columns.start, columns.stop - 1))


def stays(row: int, column: int = FIRST_OPTION) -> str:
    """Return the address of a cell, fixed; one that stands alone unless another column is named."""
    return fixed(row, column)


def label_of(row: int) -> str:
    """Return the address of a row's label, for formulas in that row."""
    return f"${letters(LABEL_COLUMN)}{row + 1}"


def labels_of(rows: Mapping[str, int]) -> str:
    """Return the address of the labels of neighbouring rows, fixed."""
    return span((min(rows.values()), max(rows.values())), (LABEL_COLUMN, LABEL_COLUMN))
