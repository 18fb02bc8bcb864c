"""What the blocks of the sheet Checks are built from, and what several of their formulas share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import attrs

from unitledger.expression import Apply, Expression, Operand, apply, different
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.calc import look_of
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.scenarios.varying import Varying
from unitledger.workbook.study import Results

COUNT: Style = ("number", "0")


@attrs.frozen
class Elsewhere:
    """Cells of Summary and Scenarios; those that are not there have no rows.

    `shown`: the key figures on Summary. On Scenarios `off`: how many cells are off Calc; `differs`: 1 where an answer
    is another than when built; `unnamed`: how many selectors name nothing.
    """

    shown: Entry
    off: Entry
    differs: Entry
    unnamed: Entry

    @classmethod
    def of(cls, shown: Entry, scenarios: Varying | None) -> Elsewhere:
        """The key figures `shown`, and what is counted on Scenarios."""
        if scenarios is None:
            return cls(shown, *(attrs.evolve(shown, kind=DIMENSIONLESS, rows={}),) * 3)
        rows, cases = scenarios.rows, scenarios.cases
        placed = {name: row.place(column=cases.base[0])[0] for name, row in rows.placed.items()}
        return cls(
            shown=shown,
            off=attrs.evolve(rows.unnamed, rows=placed, columns=cases.off),
            differs=attrs.evolve(rows.differs, columns={case: cases.columns[case] for case in cases.varied}),
            unnamed=attrs.evolve(rows.unnamed, rows={"unnamed": rows.unnamed.place()[0]}),
        )


@attrs.frozen(slots=False)
class Checking:
    """A sheet Checks under construction."""

    checks: Checks
    results: Results
    elsewhere: Elsewhere

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
        """Say what stands in cells, see `Grid.put`."""
        return self.checks.grid.put

    @cached_property
    def figures(self) -> dict[str, list[float]]:
        """Values of inputs and lines, one per option."""
        return {name: [known[name] for known in self.results.values()] for name in self.cells.figures.keys}

    def pattern(self, name: str) -> str:
        """Number format of an input or line."""
        return look_of(self.entries, self.cells, name, self.figures)[1]


def count_where(condition: Operand) -> Apply:
    """How many of neighbouring cells a condition over ranges holds in."""
    return apply(SUMPRODUCT, 1 * condition)


def other_head(there: Entry, here: Entry) -> Expression:
    """How many of label and unit of a row are not what they are to be."""
    return different(there.label, here.label) + different(there.unit, here.unit)
