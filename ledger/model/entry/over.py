"""What has a figure in each period of a timeline, or for each item of a table: inputs, lines and the ruler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import attrs

from unitledger.expression import Expression, Operand
from unitledger.model.entry.figure import Setting
from unitledger.model.entry.inputs import Assumption, Constant
from unitledger.model.entry.items import Items
from unitledger.model.entry.line import Line
from unitledger.model.entry.timeline import Timeline, cell_name

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
    each = "for each item" if isinstance(row.axis, Items) else "in each period"
    taken = row.total if row.total in ("sum", "closing", "mean") else "largest"
    return (
        f"{row.name!r} has a figure {each}. Make a line of one of them or of all, such as "
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
    return Line(name, row.written, row.lowered, row.unit, label, row.section, row.note, **said)
