"""The sheets of a timeline together: what the workbook asks of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import attrs

from unitledger.model import Entries
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.layout import MONTHS, TIMELINE, TIMELINE_AS_BUILT, YEARS
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Chart, Sheet
from unitledger.workbook.sheets.months.built import Built, built_sheet
from unitledger.workbook.sheets.months.charts import running_sum
from unitledger.workbook.sheets.months.months import months_sheet
from unitledger.workbook.sheets.months.places import Months, months
from unitledger.workbook.sheets.months.timeline import timeline_sheet
from unitledger.workbook.sheets.months.years import begin_years, of_years, years_sheet
from unitledger.workbook.study import Results


@attrs.frozen
class OverTime:
    """The sheets of a ledger's timeline; a ledger without one has none of them."""

    entries: Entries
    stand: LedgerCells
    months: Months | None
    built: Built | None
    years: Grid | None

    @classmethod
    def begin(cls, entries: Entries, cells: LedgerCells) -> OverTime:
        """Settle where every row stands."""
        placed = months(entries, cells)
        if placed is None:
            return cls(entries, cells, None, None, None)
        years = begin_years(entries, placed) if of_years(entries) else None
        return cls(entries, cells, placed, Built.begin(entries, placed), years)

    @property
    def cells(self) -> LedgerCells:
        """Where the ledger stands, with what formulas look at along periods and items."""
        return self.stand if self.months is None else attrs.evolve(self.stand, along=self.months.seen)

    @property
    def edited(self) -> Entry | None:
        """How many figures by period are not as they were built, by row; None where there is no such row."""
        return None if self.built is None or not self.built.edited.keys else self.built.edited

    @property
    def damaged(self) -> tuple[Entry, ...]:
        """How much of each row by period is damaged, on Timeline and on the sheets of options."""
        return () if self.built is None else (self.built.damaged, self.built.off)

    @property
    def counted(self) -> tuple[Grid, ...]:
        """The sheets on which formulas are counted."""
        return () if self.built is None else (*self.by_case, self.built.rows.grid)

    @property
    def by_case(self) -> tuple[Grid, ...]:
        """The options' sheets and that of the years."""
        return self.grids if self.years is None else (*self.grids, self.years)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The options' sheets, to be filled."""
        return () if self.months is None else tuple(rows.grid for rows in self.months.options.values())

    @property
    def by_option(self) -> tuple[str, ...]:
        """The names of the options' sheets."""
        return tuple(grid.name for grid in self.grids)

    @property
    def left_out(self) -> set[str]:
        """The names of the sheets that would be empty, and that which stands for those of options."""
        if self.months is None:
            return {TIMELINE, TIMELINE_AS_BUILT, MONTHS, YEARS}
        return {MONTHS} if self.years is not None else {MONTHS, YEARS}

    def running_sum(self, results: Results) -> Chart | None:
        """Return the chart of what all options come to by and by; None where there is no such line."""
        return None if self.months is None else running_sum(self.entries, self.months, results)

    def makers(self, results: Results) -> dict[str, Callable[[], Sheet]]:
        """Return by the name of each sheet what makes it."""
        if self.months is None or self.built is None:
            return {}
        entries, placed, years = self.entries, self.months, self.years
        options = {
            rows.grid.name: partial(months_sheet, entries, placed, option, results)
            for option, rows in placed.options.items()
        }
        return {
            TIMELINE: partial(timeline_sheet, entries, placed),
            **options,
            **({} if years is None else {YEARS: partial(years_sheet, entries, placed, years, results)}),
            TIMELINE_AS_BUILT: partial(built_sheet, entries, placed, self.built),
        }
