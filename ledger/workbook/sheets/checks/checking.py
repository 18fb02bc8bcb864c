"""What the blocks of the sheet Checks are built from, and what several of their formulas share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import attrs

from unitledger.expression import Expression
from unitledger.model import Entries
from unitledger.workbook.grid import Entry, summed
from unitledger.workbook.grid.place import Key
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.second import Varying
from unitledger.workbook.sheets.tables.built import Built
from unitledger.workbook.study import Results

COUNT: Style = ("number", "0")


@attrs.frozen(slots=False)
class Checking:
    """A sheet Checks under construction.

    `heading`, `shown`: the options and the key figures on Summary; `varying`: what Sensitivity shows;
    `edited_over_time`: how many figures by period are not as built, by row; `damaged_over_time`: how much of a row is
    damaged; `tables`: what is wrong with tables.
    """

    checks: Checks
    results: Results
    heading: Entry
    shown: Entry
    varying: Varying | None
    edited_over_time: Entry | None = None
    damaged_over_time: tuple[Entry, ...] = ()
    tables: Built | None = None

    @property
    def entries(self) -> Entries:
        """The ledger."""
        return self.checks.entries

    @property
    def cells(self) -> LedgerCells:
        """Where the ledger stands on other sheets."""
        return self.checks.cells

    @property
    def put(self) -> Callable[..., Entry]:
        """Say what stands in cells of the sheet As built, see `Grid.put`."""
        return self.checks.working.put

    def put_counts(self, into: Entry, found: Mapping[Key, Expression]) -> None:
        """Put how many cells of rows differ, each count for its row and those beneath it down to the next count."""
        for first, count in summed(found):
            self.put(into, count, COUNT, rows=[first])

    @cached_property
    def figures(self) -> dict[str, list[float]]:
        """Values of inputs and lines, one per option."""
        return {name: [known[name] for known in self.results.values()] for name in self.cells.figures.keys}

    def pattern(self, name: str) -> str:
        """Number format of an input or line."""
        return self.cells.looks[name][1]
