"""A line over time or of a table as it is read: a figure for each period or item, with what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.errors import ValueRefused
from unitledger.expression.digits import added_up
from unitledger.model.entry.axis import Items, cell_name
from unitledger.model.entry.over import AxisInput, AxisLine, OnAxis
from unitledger.units import Quantity, quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


@attrs.frozen
class ByLabel:
    """The figures of a row in an option: by period or item as quantities, as an array, as a column of a frame."""

    row: OnAxis
    stored: tuple[float, ...]

    @classmethod
    def of(cls, row: OnAxis, values: Mapping[str, Any]) -> ByLabel:
        """Return the figures of a row among the values of an option."""
        if isinstance(row.axis, Items):
            return cls(row, tuple(values[row.name].tolist()))
        return cls(row, tuple(values[cell_name(row.name, label)] for label in row.axis.labels))

    def __getitem__(self, label: str) -> Quantity:
        """Return the figure of a period, such as "2026-04", or of an item. Raises UnknownName."""
        return quantity(self.stored[self.row.axis.place(label)], self.row.unit)

    def __iter__(self) -> Iterator[Quantity]:
        return (quantity(figure, self.row.unit) for figure in self.stored)

    def __len__(self) -> int:
        return len(self.stored)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the periods or items are called."""
        return self.row.axis.labels

    @property
    def array(self) -> NDArray[np.float64]:
        """The figures in the unit as written, 30 for 30 %, of shape (periods,) or (items,)."""
        import numpy as np

        return np.array(self.stored) * float(1 / self.row.unit.written)

    @property
    def total(self) -> Quantity:
        """What the figures come to: their sum, the last of them, or their mean.

        Raises ValueRefused where they come to nothing, as rates do, or to the formula of the line over totals.
        """
        rule = self.row.total if isinstance(self.row, AxisLine | AxisInput) else "none"
        if rule == "sum":
            return quantity(added_up(self.stored), self.row.unit)
        if rule == "closing":
            return quantity(self.stored[-1], self.row.unit)
        if rule == "mean":
            return quantity(added_up(self.stored) / len(self), self.row.unit)
        raise ValueRefused(f"The figures of {self.row.name!r} come to no total: it is {rule!r}.")

    def to_frame(self) -> pd.DataFrame:
        """Return a table with a row for each period or item and one column, in the unit as written; it needs pandas."""
        import pandas as pd

        column = f"{self.row.name} [{self.row.unit.spelling}]"
        return pd.DataFrame({column: self.array}, index=pd.Index(self.labels, name=self._called))

    @property
    def _called(self) -> str:
        axis = self.row.axis
        return axis.key if isinstance(axis, Items) else "period"

    def __str__(self) -> str:
        if not self.stored:
            return f"{self.row.name}: no items"
        first, last = quantity(self.stored[0], self.row.unit), quantity(self.stored[-1], self.row.unit)
        of = "of" if isinstance(self.row.axis, Items) else "in"
        return f"{self.row.name}: {first} {of} {self.labels[0]} to {last} {of} {self.labels[-1]}"
