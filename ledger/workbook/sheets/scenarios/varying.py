"""What the parts of the sheet Scenarios share: what it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.expression import TEXT
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.layout import FIRST_OPTION, HEADING_ROW
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.scenario_values import Column, ScenarioValues
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.scenarios.cases import Case, Cases
from unitledger.workbook.sheets.scenarios.rows import Rows
from unitledger.workbook.study import Results, Study

COUNT: Style = ("number", "0")
PLAIN: Style = ("number", GENERAL)
NAMED: Style = ("used_name", GENERAL)
FIXED_COUNT: Style = ("constant", "0")


@attrs.frozen
class Selectors:
    """The cells of Sensitivity in which a reader chooses what is analysed."""

    analysed: Entry
    compared: Entry
    driver: Entry


@attrs.frozen
class Varying:
    """A sheet Scenarios under construction, and what it is made from.

    `known`: what the columns are about and what lines come to in them, as Python finds it. `changes`: the ends of
    ranges that options were built with, on Changes, by option and input.
    """

    entries: Entries
    cells: LedgerCells
    results: Results
    study: Study
    known: ScenarioValues
    grid: Grid
    cases: Cases
    rows: Rows
    selectors: Selectors
    changes: Mapping[bool, Entry]

    @property
    def heading(self) -> Entry:
        """The headings of the sheet."""
        return self.grid.entry("option", TEXT, HEADING_ROW)

    def place(self, case: Case) -> int:
        """Place of a column among those of `known`."""
        return self.cases.columns[case] - FIRST_OPTION

    def column(self, case: Case) -> Column:
        """What a column evaluates, as built."""
        return self.known.columns[self.place(case)]

    def values(self, name: str) -> Sequence[float]:
        """What an input or line comes to in all columns."""
        return self.known.values[name]

    def value(self, name: str, case: Case) -> float:
        """What an input or line comes to in a column."""
        return self.values(name)[self.place(case)]

    def off(self, entry: Entry) -> Entry:
        """The column of counts beside rows."""
        return attrs.evolve(entry, kind=DIMENSIONLESS, columns=self.cases.off)
