"""The sheets of tables together: what the workbook asks of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import attrs

from unitledger.model import Entries
from unitledger.workbook.layout import TABLES, TABLES_AS_BUILT
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.tables.built import Built, built_sheet
from unitledger.workbook.sheets.tables.places import Tables, place_tables
from unitledger.workbook.sheets.tables.table import table_sheet
from unitledger.workbook.study import Results


@attrs.frozen
class OfTables:
    """The sheets of a ledger's tables; a ledger without one has none of them."""

    entries: Entries
    tables: Tables
    built: Built

    @classmethod
    def begin(cls, entries: Entries, cells: LedgerCells) -> OfTables:
        """Settle where every column stands."""
        tables = place_tables(entries, cells, cells.values)
        return cls(entries, tables, Built.begin(tables))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, one for each table."""
        return tuple(placed.grid.name for placed in self.tables.placed.values())

    @property
    def left_out(self) -> set[str]:
        """The names of the sheets that would be empty, and that which stands for those of tables."""
        return {TABLES} if self.names else {TABLES, TABLES_AS_BUILT}

    def makers(self, results: Results) -> dict[str, Callable[[], Sheet]]:
        """Return by the name of each sheet what makes it."""
        if not self.names:
            return {}
        entries, tables = self.entries, self.tables
        sheets: dict[str, Callable[[], Sheet]] = {
            placed.grid.name: partial(table_sheet, entries, tables, placed, results)
            for placed in tables.placed.values()
        }
        return {**sheets, TABLES_AS_BUILT: partial(built_sheet, entries, tables, self.built, results)}
