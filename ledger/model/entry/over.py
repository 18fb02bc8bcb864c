"""What has a figure in each period of a timeline, or for each item of a table: inputs, lines, the ruler, a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

import attrs

from unitledger.errors import ExpressionError, UnknownName, did_you_mean
from unitledger.expression import Along, Expression, Operand, Span, Text, apply
from unitledger.expression.table import statistics
from unitledger.model.entry.axis import Items, Timeline, cell_name
from unitledger.model.entry.figure import Figure, Setting
from unitledger.model.entry.inputs import Assumption, Constant, Words
from unitledger.model.entry.line import Line
from unitledger.model.entry.settle import Limits, Stated
from unitledger.model.entry.shown import Shown

Axis: TypeAlias = Timeline | Items
"""What there is a figure for each of: the periods of a timeline, or the items of a table."""

Total: TypeAlias = Literal["sum", "closing", "mean", "formula", "none"]
"""What the figures of all periods, of a fiscal year, or of all items come to."""


@attrs.frozen(order=False)
class Ruler(Constant):
    """A figure of each period that follows from the timeline; `magnitudes` by period."""

    axis: Timeline
    magnitudes: tuple[float, ...]


@attrs.frozen(order=False)
class AxisInput(Assumption):
    """An assumption with a figure in each period or for each item; `settings` in their order.

    `setting`: the first of them; in a table without items, none was given. `total`: what all its figures come to.
    """

    axis: Axis = attrs.field(kw_only=True)
    settings: tuple[Setting, ...] = attrs.field(kw_only=True)
    total: Total = attrs.field(kw_only=True)


@attrs.frozen(order=False)
class AxisLine(Line):
    """A line with a figure in each period or for each item.

    `total`: what all its figures come to. `initial`: what it is before the first period, None where nothing says it.
    """

    axis: Axis = attrs.field(kw_only=True)
    total: Total = attrs.field(kw_only=True)
    initial: Expression | None = attrs.field(default=None, kw_only=True)


Flows: TypeAlias = tuple[tuple[AxisLine | AxisInput, ...], tuple[AxisLine | AxisInput, ...]]
"""What is added to a balance in a period, and what is removed."""


@attrs.frozen(order=False)
class Balance(AxisLine):
    """A stock: what it was at the end of the period before, and what is added and removed in the period.

    Flows may refer to its `opening`. `flows`: the lines added and those removed, None until it is closed.
    """

    flows: Flows | None = attrs.field(default=None, kw_only=True)

    def close(self, *, added: Sequence[Operand] = (), removed: Sequence[Operand] = ()) -> None:
        """Say which lines are added in a period and which are removed; each must be an amount of the period.

        Raises UnitMismatch for a level, CircularLedger where a flow needs the balance of its own period.
        """
        self.ledger.close(self.name, added, removed)


OnAxis: TypeAlias = Ruler | AxisInput | AxisLine
"""What has a figure in each period, or for each item."""


def one_figure_of(row: AxisLine) -> str:
    """Say that a line has a figure in each period or for each item, and how to come to one."""
    taken = row.total if row.total in ("sum", "closing", "mean") else "largest"
    return (
        f"{row.name!r} has a figure {row.axis.each}. Make a line of one of them or of all, such as "
        f"line('{row.name}_{taken}', {row.name}.{taken}())."
    )


def in_period(row: OnAxis, period: str) -> Assumption | Constant | Line:
    """Return the figure of one period or item as an entry of its own."""
    place = row.axis.place(period)
    said: dict[str, Any] = {"ledger": row.ledger, "home": row.home}
    name, label = cell_name(row.name, period), f"{row.label}, {period}"
    match row:
        case Ruler():
            return Constant(name, row.magnitudes[place], row.unit, row.figure, label, **said)
        case AxisInput():
            return Assumption(name, row.settings[place], label, row.section, row.unit, row.bounds, **said)
    return Line(name, row.written, row.formed, row.unit, label, row.section, row.note, **said)


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
class ItemTable(Shown):
    """A table of a ledger: its columns are operands, `fleet.price` or `fleet["price"]`, with a figure for each item."""

    items: Items
    columns: Mapping[str, AxisInput | Words]

    def __str__(self) -> str:
        held = (f"{name} [{each.unit}]" if isinstance(each, AxisInput) else name for name, each in self.columns.items())
        return f"{self.items.name} ({', '.join(held)}), {len(self)} in all"

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
