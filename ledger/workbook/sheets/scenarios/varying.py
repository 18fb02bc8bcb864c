"""What the parts of the sheet Scenarios share: what it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.expression import TEXT
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.layout import FIRST_OPTION, HEADING_ROW
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.scenarios.cases import Case, Cases
from unitledger.workbook.sheets.scenarios.known import Column
from unitledger.workbook.sheets.scenarios.rows import Rows
from unitledger.workbook.study import Results, Study

COUNT: Style = ("number", "0")
PLAIN: Style = ("number", GENERAL)
NAMED: Style = ("used_name", GENERAL)
FIXED_COUNT: Style = ("constant", "0")


@attrs.frozen
class Varying:
    """A sheet Scenarios, and what it is made from.

    `columns`: what they evaluate; `values`: what inputs and lines come to in them, as Python finds it.
    """

    entries: Entries
    cells: LedgerCells
    results: Results
    study: Study
    columns: Sequence[Column]
    values: Mapping[str, Sequence[float]]
    grid: Grid
    cases: Cases
    rows: Rows

    @property
    def heading(self) -> Entry:
        """The headings of the sheet."""
        return self.grid.entry("option", TEXT, HEADING_ROW)

    def place(self, case: Case) -> int:
        """Place of a column among all of them."""
        return self.cases.columns[case] - FIRST_OPTION

    def column(self, case: Case) -> Column:
        """What a column evaluates, as built."""
        return self.columns[self.place(case)]

    def value(self, name: str, case: Case) -> float:
        """What an input or line comes to in a column."""
        return self.values[name][self.place(case)]

    def off(self, entry: Entry) -> Entry:
        """The column of counts beside rows."""
        return attrs.evolve(entry, kind=DIMENSIONLESS, columns=self.cases.off)
