"""What the parts of the sheet Sensitivity share: what it is made of, and addresses on it and on Scenarios."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from unitledger.compute.ranges import ends
from unitledger.expression import Expression
from unitledger.model import Assumption, Entries, Line
from unitledger.units import Unit
from unitledger.workbook.address import fixed, letters, on
from unitledger.workbook.formats import GENERAL, number_format
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import CONSTANT_COLUMN, CONSTANTS, LABEL_COLUMN, SCENARIOS, UNIT_COLUMN, Layout
from unitledger.workbook.plan import Plan
from unitledger.workbook.printing import put, span
from unitledger.workbook.scenario_rows import ScenarioRows
from unitledger.workbook.sensitivity_rows import SELECTOR, SensitivityRows
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.constants import PERCENT
from unitledger.workbook.study import Results, Study

PLAIN: Style = ("number", GENERAL)
COUNT: Style = ("number", "0")
# A figure of an input in a sentence keeps four digits, within what can be read.
_DIGITS = 4
_MOST_DECIMALS = 15


@attrs.frozen
class Showing:
    """A sheet Sensitivity under construction, and what it is made from; Scenarios must have been built."""

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
    def rows(self) -> SensitivityRows:
        """Where it stands here."""
        return self.plan.sensitivity

    @property
    def scenarios(self) -> ScenarioRows:
        """Where it is worked out."""
        return self.plan.scenarios

    @property
    def line(self) -> Line:
        """The line that is studied."""
        return self.entries.lines[self.study.answer]

    @property
    def pattern(self) -> str:
        """Number format of answers."""
        return number_format(self.line.unit, self.answers(self.scenarios.columns.base))

    def answers(self, columns: Sequence[int]) -> list[float]:
        """Answers in columns of Scenarios."""
        known = self.plan.values.values[self.line.name]
        start = self.scenarios.columns.base.start
        return [known[column - start] for column in columns]

    @property
    def as_is(self) -> float:
        """The answer of the analysed option with every input as it is."""
        return self.results[self.study.analysed][self.study.answer]

    @property
    def driver(self) -> str:
        """The driver of the one-way table, which there must be."""
        assert self.study.driver is not None
        return self.study.driver

    def unit(self, name: str) -> Unit:
        """Unit of a listed input."""
        target = self.entries.input(name)
        assert isinstance(target, Assumption)
        return target.unit

    def ends(self, name: str) -> tuple[float, float]:
        """Low and high of a listed input in the analysed option."""
        return ends(self.entries, name, self.study.analysed)

    def times(self, name: str) -> float:
        """What a stored figure of an input is multiplied by to be shown beside its unit: 100 for percent."""
        return PERCENT if self.input_pattern(name).endswith("%") else 1.0

    def input_pattern(self, name: str) -> str:
        """Number format of an input."""
        return number_format(self.unit(name), self.ends(name), exact=True)

    def decimals(self, name: str) -> float:
        """Decimals of an input's figure in a sentence."""
        size = max(abs(end) for end in self.ends(name)) * self.times(name)
        return float(min(max(_DIGITS - 1 - math.floor(math.log10(size)), 0), _MOST_DECIMALS)) if size else 0.0

    def head(self, row: int, label: str, unit: str) -> None:
        """Put label and unit of a row."""
        self.sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
        self.sheet.text(row, UNIT_COLUMN, unit, frame.UNIT)

    def put(
        self, place: tuple[int, int], tree: Expression, addresses: Mapping[str, str], cached: Any, style: Style
    ) -> None:
        """Put a formula over symbols, with its value."""
        put(self.sheet, *place, tree, addresses, cached=cached, style=style)

    def on_scenarios(self, row: int, columns: range) -> str:
        """Address of a row's cells in neighbouring columns of Scenarios, fixed."""
        return on(SCENARIOS, span((row, row), (columns.start, columns.stop - 1)))

    def on_its_own(self, row: int) -> str:
        """Address of a figure of Scenarios that stands alone in its row."""
        return on(SCENARIOS, fixed(row, self.scenarios.columns.base.start))

    def listed(self, column: int) -> str:
        """Address of a column of the table in listed order, fixed."""
        return span(self.rows.listed_rows, (column, column))

    @property
    def percent(self) -> str:
        """Address of the 100 that makes percent of a share."""
        return on(CONSTANTS, fixed(self.layout.percent, CONSTANT_COLUMN))


def stays(row: int, column: int = SELECTOR) -> str:
    """Return the address of a cell, fixed."""
    return fixed(row, column)


def counted(first: int, column: int, last: str) -> str:
    """Return the address of a column's cells from the first row of a table to the own row, written as `last`."""
    return f"${letters(column)}${first + 1}:{last}"
