"""Places of Scenarios and Sensitivity by number, for the sheets that are no grids yet."""

from __future__ import annotations

import attrs

from unitledger.expression import TEXT, Reference, apply, sentence
from unitledger.expression.table.arithmetic import HYPERLINK
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.printing import symbol
from unitledger.workbook.sheets.sensitivity.showing import Showing
from unitledger.workbook.study import Study

LOW, HIGH, AT_LOW, AT_HIGH, NAME, _, _, PLACE = range(FIRST_OPTION, FIRST_OPTION + 8)
PLACED = symbol("place in listed order")
TEXTS, NAMES = Reference("listed texts", TEXT), Reference("listed names", TEXT)
LINK = apply(HYPERLINK, sentence("#", apply(INDEX, NAMES, PLACED)), apply(INDEX, TEXTS, PLACED))

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

    @property
    def analysed(self) -> tuple[int, int]:
        """The selector of the analysed option."""
        return self.showing.rows.selectors.analysed.place()

    @property
    def told(self) -> list[int]:
        """Rows of the sentences that Summary repeats."""
        rows = self.showing.rows
        return [each.place()[0] for each in (rows.flip, rows.span) if each.keys]

    @property
    def ranked(self) -> list[int]:
        """Rows of the inputs by swing."""
        return [self.showing.rows.ranked.label.place(key)[0] for key in self.showing.rows.ranked.label.keys]

    @property
    def listed_rows(self) -> tuple[int, int]:
        """First and last row of the inputs in listed order."""
        return self.showing.rows.listed.label.area().rows
