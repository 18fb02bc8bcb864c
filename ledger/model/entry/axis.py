"""What figures lie along: the periods of the timeline of a ledger, and the items of a table."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

import attrs

from unitledger.errors import UnknownName, brief, did_you_mean
from unitledger.expression import TEXT, Along, Expression, Home, Operand, Reference, Span, Text, apply
from unitledger.expression.table import statistics
from unitledger.model.entry.shown import Shown
from unitledger.units import DATE, DIMENSIONLESS, Unit

RULER = {
    "index": (DIMENSIONLESS, "Number of the period"),
    "start": (DATE, "First day"),
    "end": (DATE, "Last day"),
    "days": (Unit.parse("day"), "Days of the period"),
    "hours": (Unit.parse("h"), "Hours of the period"),
    "months": (Unit.parse("month"), "Months of the period"),
    "elapsed": (Unit.parse("month"), "Time since the first period"),
    "fiscal_year": (DIMENSIONLESS, "Fiscal year"),
    "month": (DIMENSIONLESS, "Month of the year"),
}
"""What a timeline says of each period, with unit and label."""

LENGTHS = ("days", "hours", "months")
"""Of these the lengths, by which a rate becomes the amount of a period."""


ONE_FIGURE = (
    "{} is one figure, without periods. Take it as it is, or give it periods: assume it over the timeline, or multiply "
    "it by a length such as t.months."
)
"""What is said of something that has no periods where somebody looks at these."""


@attrs.frozen(cache_hash=True)
class Timeline(Shown):
    """The periods of a ledger, and operands that say of each period its number, first and last day, length and year.

    `starts`: the first day of each period. `step`: its months. `labels`: its name, such as 2026-04, 2026-Q2 or 2026.
    `fiscal_year_from`: the month, 1 to 12, with which a fiscal year begins; it is named by the year in which it ends.
    `true_days`: whether a period has the days that it has, or those of the ledger's calendar.
    """

    starts: tuple[date, ...]
    step: int
    labels: tuple[str, ...]
    fiscal_year_from: int
    true_days: bool
    home: Home = attrs.field(repr=False)
    each: ClassVar[str] = "in each period"

    def __str__(self) -> str:
        return f"{self.labels[0]} to {self.labels[-1]}, {len(self)} in all"

    def __len__(self) -> int:
        return len(self.labels)

    def __contains__(self, label: object) -> bool:
        return label in self.labels

    def place(self, label: str) -> int:
        """Return the place of a period, counted from 0. Raises UnknownName with what comes closest."""
        if label not in self.labels:
            raise UnknownName(
                f"There is no period {brief(label)!r}; they go from {self.labels[0]} to {self.labels[-1]}."
                f"{did_you_mean(str(label), self.labels)}"
            )
        return self.labels.index(label)

    def _ruler(self, name: str) -> Reference:
        return Reference(f"timeline.{name}", RULER[name][0], self.home)

    @property
    def index(self) -> Reference:
        """The number of the period, from 1."""
        return self._ruler("index")

    @property
    def start(self) -> Reference:
        """The first day of the period."""
        return self._ruler("start")

    @property
    def end(self) -> Reference:
        """The last day of the period."""
        return self._ruler("end")

    @property
    def days(self) -> Reference:
        """The length of the period [day]; a rate times it is the amount of the period."""
        return self._ruler("days")

    @property
    def hours(self) -> Reference:
        """The length of the period [h]."""
        return self._ruler("hours")

    @property
    def months(self) -> Reference:
        """The length of the period [month], always whole."""
        return self._ruler("months")

    @property
    def elapsed(self) -> Reference:
        """The time from the first day of the timeline to that of the period [month]."""
        return self._ruler("elapsed")

    @property
    def fiscal_year(self) -> Reference:
        """The fiscal year of the period, named by the year in which it ends."""
        return self._ruler("fiscal_year")

    @property
    def month(self) -> Reference:
        """The month of the year with which the period begins, 1 to 12."""
        return self._ruler("month")


def cell_name(name: str, label: str) -> str:
    """Return the name of the figure of a line or input in one period."""
    return f"{name}@{label}"


@attrs.frozen
class Items:
    """The items of a table, by the words of its key column; `name`: that of the table, `key`: that of the column."""

    name: str
    key: str
    labels: tuple[str, ...]
    home: Home = attrs.field(repr=False)
    each: ClassVar[str] = "for each item"

    def __len__(self) -> int:
        return len(self.labels)

    def __contains__(self, label: object) -> bool:
        return label in self._places

    def place(self, label: str) -> int:
        """Return the place of an item, counted from 0. Raises UnknownName with what comes closest."""
        if label not in self._places:
            hint = did_you_mean(str(label), self.labels)
            raise UnknownName(f"Table {self.name!r} has no item {brief(label)!r}.{hint}")
        return self._places[label]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {label: place for place, label in enumerate(self.labels)}

    @property
    def keys(self) -> Reference:
        """The word of the key of each item."""
        return Reference(f"{self.name}.{self.key}", TEXT, self.home)

    def at(self, label: str, column: Operand) -> Expression:
        """Return what a column is for one item, wherever that stands in the table. Raises UnknownName."""
        self.place(label)
        return self.found(column, Text(label))

    def found(self, column: Operand, key: Operand) -> Expression:
        """Return what a column is for the item of a key."""
        place = apply(statistics.MATCH, key, Along(self.keys, Span.WHOLE))
        return apply(statistics.INDEX, Along(column.expression, Span.WHOLE), place)
