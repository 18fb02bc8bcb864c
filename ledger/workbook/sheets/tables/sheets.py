"""The sheets of tables together: what the workbook asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import attrs

from unitledger.model import AxisLine, Entries
from unitledger.workbook.grid import Grid
from unitledger.workbook.grid.place import Area
from unitledger.workbook.layout import TABLES, TABLES_AS_BUILT
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.tables.built import Built, built_sheet
from unitledger.workbook.sheets.tables.places import (
    FIRST_ITEM,
    HEADS,
    KEY_COLUMN,
    TOTAL_ROW,
    Results,
    Tables,
    added_by,
    place_tables,
)
from unitledger.workbook.sheets.tables.table import table_sheet


@attrs.frozen
class OfTables:
    """The sheets of a ledger's tables; a ledger without one has none of them."""

    entries: Entries
    tables: Tables
    built: Built

    @classmethod
    def begin(cls, entries: Entries, cells: LedgerCells) -> OfTables:
        """Settle where every column stands."""
        tables = place_tables(entries, cells)
        return cls(entries, tables, Built.begin(tables))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, one for each table."""
        return tuple(placed.grid.name for placed in self.tables.placed.values())

    @property
    def left_out(self) -> set[str]:
        """The names of the sheets that would be empty, and that which stands for those of tables."""
        return {TABLES} if self.names else {TABLES, TABLES_AS_BUILT}

    def labels(self) -> Iterator[tuple[Grid, tuple[int, int], str]]:
        """Yield what is said of the rows above the headings."""
        for placed in self.tables.placed.values():
            yield from ((placed.grid, (row, KEY_COLUMN), label) for row, label in HEADS.items())

    def worked_out(self) -> Iterator[tuple[Grid, list[Area]]]:
        """Yield of each sheet the first and last row and column of what holds formulas that nobody is to type over."""
        for placed in self.tables.placed.values():
            areas: list[Area] = []
            for key, entry in placed.columns.items():
                held = self.tables.held(key)
                _, column = entry.place(next(iter(placed.rows)))
                if added_by(held) is not None:
                    areas.append(((TOTAL_ROW, TOTAL_ROW), (column, column)))
                if isinstance(held, AxisLine):
                    areas.append(((FIRST_ITEM, max(placed.rows.values())), (column, column)))
            yield placed.grid, areas

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
