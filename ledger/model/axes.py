"""What a builder gives a ledger beside single entries: a timeline, tables, curves and tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from unitledger.errors import ExpressionError, ValueRefused
from unitledger.expression import Operand
from unitledger.model.axis.listed import Source
from unitledger.model.axis.rows import close
from unitledger.model.axis.tables import add_table
from unitledger.model.axis.timelines import add_timeline
from unitledger.model.entry.axis import Timeline
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.line import Line
from unitledger.model.entry.over import AxisLine, Balance, ColumnGiven, ItemTable
from unitledger.model.entry.settle import Given
from unitledger.model.held.entries import Entries
from unitledger.model.held.growing import together
from unitledger.model.written.points import Curve, Tiers


class Axes(Entries):
    """What has a figure in each period of a ledger's timeline, or for each item of a table, and small tables of points.

    The figures of points are inputs that can be changed like any other.
    """

    def curve(
        self,
        name: str,
        points: Mapping[Any, Given],
        label: str = "",
        *,
        outside: Literal["refuse", "hold"] = "refuse",
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
    ) -> Curve:
        """Add a curve, such as throughput by batch; in formulas `curve.at(x)` lies on straight lines between points.

        `points`: what is known, by where, rising: {"1 request": "90 token/s", "8 request": "610 token/s"}. They become
        the inputs `<name>.1.at`, `<name>.2.at` ... and `<name>.1`, `<name>.2` ..., in the units of the first point,
        with the provenance that follows unless a figure brings its own. `outside`: what holds beyond the points:
        "refuse", no value; "hold", that of the first or last point, with an alert. Raises QuantityError, UnitMismatch,
        NameRefused, or ValueRefused for fewer than two points, points that do not rise, or one with a range.
        """
        if outside not in {"refuse", "hold"}:
            raise ValueRefused(f"Curve {name!r}: outside is 'refuse' or 'hold', not {outside!r:.60}.")
        said = self._said(source, as_of, owner, note)
        return Curve.written(self, name, points, label, said, holds=outside == "hold")

    def tiers(
        self,
        name: str,
        prices: Mapping[Any, Given],
        label: str = "",
        *,
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
    ) -> Tiers:
        """Add prices by volume: {"0 Mtoken": "3 USD/Mtoken", "100 Mtoken": "2 USD/Mtoken"}, each from there on.

        A tier ends where the next begins. In formulas `tiers.marginal(x)` has each slice of x at the price of its
        tier, `tiers.whole(x)` all of it at that of the tier it reaches, and `tiers.reached(x)` is that price. The
        inputs are `<name>.1.from`, `<name>.2.from` ... and `<name>.1`, `<name>.2` .... Raises like `curve`.
        """
        return Tiers.written(self, name, prices, label, self._said(source, as_of, owner, note))

    def _said(self, source: str, as_of: date | str | None, owner: str, note: str) -> Figure:
        return Figure("", source, as_of, owner=owner, note=note).completed(self._section.figure)

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
        figure = self._said(source, as_of, owner, note)
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
