"""A table as it is written and as it stands in formulas: its columns, and what is said of one beside its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import attrs

from unitledger.errors import ExpressionError, UnknownName, did_you_mean
from unitledger.expression import Along, Expression, Operand, Span, Text, apply
from unitledger.expression.table import statistics
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.inputs import Words
from unitledger.model.entry.items import Items
from unitledger.model.entry.over import AxisInput
from unitledger.model.entry.settle import Limits, Stated


@attrs.frozen
class ColumnRule:
    """What a column holds: words, or figures of a unit within hard bounds; and where its figures are from."""

    unit: str | None
    label: str
    figure: Figure
    limits: Limits


def column(
    unit: str,
    label: str = "",
    *,
    source: str = "",
    as_of: date | str | None = None,
    owner: str = "",
    note: str = "",
    minimum: Stated | None = None,
    maximum: Stated | None = None,
    above: Stated | None = None,
    whole: bool = False,
) -> ColumnRule:
    """Say of a column of figures more than its unit: bounds of each figure, and provenance that is not the table's."""
    figure = Figure("", source, as_of, owner=owner, note=note)
    return ColumnRule(unit, label, figure, Limits(minimum, maximum, above, whole))


ColumnGiven: TypeAlias = str | type[str] | type[date] | ColumnRule
"""What a column holds: a unit, `str` for words, `date` for days, or what `column` says."""


@attrs.frozen
class ItemTable:
    """A table of a ledger: its columns are operands, `fleet.price` or `fleet["price"]`, with a figure for each item."""

    items: Items
    columns: Mapping[str, AxisInput | Words]

    def __getitem__(self, column: str) -> Any:
        """Return a column, which is an input or words. Raises UnknownName."""
        if column not in self.columns:
            raise UnknownName(
                f"Table {self.items.name!r} has no column {column!r}; it has {', '.join(self.columns)}."
                f"{did_you_mean(str(column), self.columns)}"
            )
        return self.columns[column]

    def __getattr__(self, column: str) -> Any:
        if column.startswith("_"):
            raise AttributeError(column)
        try:
            return self[column]
        except UnknownName as unknown:
            raise AttributeError(str(unknown)) from None

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[str]:
        return iter(self.items.labels)

    def count(self) -> Operand:
        """How many items there are."""
        keys = Along(self.items.keys, Span.WHOLE)
        return apply(statistics.ROWS, keys) - apply(statistics.COUNTIF, keys, Text(""))


def look_up(column: Operand, key: Operand | str) -> Expression:
    """What a column of a table is for the item of a key: a word, or a word for each item of another table."""
    axis = getattr(column, "axis", None)
    if not isinstance(axis, Items):
        raise ExpressionError(f"look_up(column, key) looks in a column of a table, not in {column!r:.60}.")
    return axis.found(column, Text(key) if isinstance(key, str) else key)
