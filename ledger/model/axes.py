"""A ledger as it gets its axes: the periods of a timeline, and the items of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from unitledger.errors import ExpressionError
from unitledger.expression import Operand
from unitledger.model.axis.listed import Source
from unitledger.model.axis.rows import close
from unitledger.model.axis.tables import add_table
from unitledger.model.axis.timelines import add_timeline
from unitledger.model.curves import CurveBuilder
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.line import Line
from unitledger.model.entry.over import AxisLine, Balance
from unitledger.model.entry.table import ColumnGiven, ItemTable
from unitledger.model.entry.timeline import Timeline
from unitledger.model.held.growing import together


class Axes(CurveBuilder):
    """What has a figure in each period of a ledger's timeline, or for each item of one of its tables."""

    def timeline(
        self,
        start: date | str,
        periods: int,
        *,
        every: Literal["month", "quarter", "year"] = "month",
        fiscal_year: str = "January",
        calendar: Literal["uniform", "days"] = "uniform",
    ) -> Timeline:
        """Give the ledger its periods, the first beginning with the month `start`, such as "2026-04".

        What is assumed `over` the timeline has a figure in each period, and so has each line that refers to it.
        `fiscal_year`: the month with which one begins; it is named by the year in which it ends. `calendar`: "uniform",
        a month is a twelfth of the ledger's year, or "days", each has the days that it has. Raises ValueRefused, or
        NameRefused for other periods than before.
        """
        with together(self):
            return add_timeline(self, start, periods, every=every, fiscal_year=fiscal_year, calendar=calendar)

    def table(
        self,
        name: str,
        rows: Source,
        *,
        key: str,
        columns: Mapping[str, ColumnGiven] | None = None,
        label: str = "",
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
    ) -> ItemTable:
        """Add a table of items, such as a price list; its columns are operands, with a figure for each item.

        `rows`: a list of dicts, a dict of columns, a data frame, or the path of a CSV file. `key`: the column of words
        that tell items apart. `columns`: of each its unit, `str` for words, `date` for days, or what `column(...)`
        says; None: a heading such as "price [USD/gpu/h]" has the unit, and what has none holds words. Bare numbers are
        in the unit of their column. What follows is of all columns that say nothing else. A line that refers to a
        column has a figure for each item too.
        Raises InputsFileError, ValueRefused, UnitMismatch or NameRefused, naming table or file, row and column.
        """
        figure = Figure("", source, as_of, owner=owner, note=note).completed(self._section.figure)
        with together(self):
            return add_table(self, name, rows, key, columns, label=label, figure=figure)

    def plot(self, values: Line, over: Line) -> None:
        """Draw a line of a table over another of the same table, an option a curve; its sheet shows it beneath.

        Raises ExpressionError for lines that do not have the items of one table.
        """
        drawn, along = self.columns.get(values.name), self.columns.get(over.name)
        if not isinstance(drawn, AxisLine) or not isinstance(along, AxisLine) or drawn.axis != along.axis:
            raise ExpressionError(f"{values.name!r} over {over.name!r}: a plot takes two lines of one table.")
        self.plots = (*self.plots, (values.name, over.name))

    def close(self, name: str, added: Sequence[Operand], removed: Sequence[Operand]) -> Balance:
        """Say what is added to a balance in a period and what is removed; `Balance.close` calls this."""
        return close(self, name, added, removed)
