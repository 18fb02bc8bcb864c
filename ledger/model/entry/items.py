"""The items of a table: what its rows are called."""

from __future__ import annotations

from functools import cached_property

import attrs

from unitledger.errors import UnknownName, brief, did_you_mean
from unitledger.expression import TEXT, Along, Expression, Home, Operand, Reference, Span, Text, apply
from unitledger.expression.table import statistics


@attrs.frozen
class Items:
    """The items of a table, by the words of its key column; `name`: that of the table, `key`: that of the column."""

    name: str
    key: str
    labels: tuple[str, ...]
    home: Home = attrs.field(repr=False)

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
