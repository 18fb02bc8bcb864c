"""Places of Scenarios and Sensitivity by number, for the sheets that are no grids yet."""

from __future__ import annotations

import attrs

from unitledger.workbook.sheets.sensitivity.showing import Showing
from unitledger.workbook.study import Study

Block = tuple[tuple[int, int], tuple[int, int]]
"""First and last row, first and last column."""


@attrs.frozen
class Plan:
    """Both sheets; rows and columns are counted from 0."""

    showing: Showing

    @property
    def study(self) -> Study:
        """What is studied."""
        return self.showing.study

    @property
    def off(self) -> Block:
        """The counts of cells of Scenarios that are off Calc."""
        rows = self.showing.scenarios.rows
        placed = [row.place(column=self.study.analysed)[0] for row in rows.placed.values()]
        column = self.showing.scenarios.cases.off
        return (min(placed), max(placed)), (column, column)

    @property
    def differs(self) -> Block:
        """1 in the columns of Scenarios with another answer than when built."""
        scenarios = self.showing.scenarios
        area = scenarios.rows.differs.area(columns=scenarios.cases.varied)
        return area.rows, area.columns

    @property
    def unnamed(self) -> Block:
        """How many selectors name nothing."""
        area = self.showing.scenarios.rows.unnamed.area()
        return area.rows, area.columns
