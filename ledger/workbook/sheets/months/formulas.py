"""The formulas of an option's sheet, each for its row from the first period to the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from unitledger.expression import TEXT, Apply, Expression, Factor, Operand, Reference, Text, different, equal, when
from unitledger.model import AxisLine, Balance, Entries
from unitledger.workbook.grid import AtOnce, NotAtOnce
from unitledger.workbook.grid.place import Key
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import Months, opening_of, total_of


@attrs.frozen
class Formulas:
    """What rows of an option's sheet are worked out by, as `Rows.figures` names them."""

    entries: Entries
    months: Months
    option: str

    def named(self, leaf: Reference | Factor) -> Operand:
        """Return the cell that a name or a factor stands for."""
        return self.months.named(self.option, leaf)

    def of(self, key: Key) -> Operand:
        """Return the formula of a row."""
        rows = self.months.options[self.option].figures
        if not isinstance(key, str):
            name, flow = key
            return rows[name].before if flow == said.OPENING_ROW else rows[flow]
        row = self.entries.rows[key]
        if isinstance(row, Balance) and row.flows is not None:
            return self._closing(row)
        if isinstance(row, AxisLine):
            return self.months.seen(row.lowered, self.option)
        there = self.months.timeline.figures
        if not there.has((key, self.option)):
            return there[key]
        own, base = there[key, self.option], there[key]
        return when(equal(own.of(TEXT), Text("")), base, own)

    def total(self, key: Key) -> Expression | None:
        """Return what all periods of a row come to; None where nothing stands there."""
        tree = total_of(self.entries, key)
        return None if tree is None else self.months.seen(tree, self.option)

    def beside(self, key: Key) -> Iterator[Expression]:
        """Yield 1 where total or opening of a row is not what it is to be."""
        rows = self.months.options[self.option]
        for there, tree in ((rows.total, self.total(key)), (rows.opening, opening_of(self.entries, key))):
            if tree is not None:
                yield 1 * different(there[key], tree)

    def off(self, key: Key, known: Operand) -> Expression | None:
        """1 where figures of a row are not what its formula gives, see `AtOnce.off`; None where that cannot be told."""
        labels, figures = self.months.axis.labels, self.months.options[self.option].figures
        numbers = self.months.timeline.figures["timeline.index"].across()
        reader = AtOnce(self.named, 1, labels, numbers)
        try:
            return reader.off(figures[key].across(), self.of(key), self.months.cells.tolerance, known)
        except NotAtOnce:
            return None

    def _closing(self, row: Balance) -> Operand:
        """Return a balance over the rows above it: its opening, what is added, what is removed."""
        rows = self.months.options[self.option].figures
        assert row.flows is not None
        here = {flow.name: rows[row.name, flow.name].expression for flow in (*row.flows[0], *row.flows[1])}
        tree = self.months.seen(row.lowered, self.option)
        return _with_opening(tree, rows[row.name].before, rows[row.name, said.OPENING_ROW].expression, here)


def _with_opening(
    node: Expression, before: Expression, opening: Expression, flows: Mapping[str, Expression]
) -> Expression:
    """Return the formula of a balance over the rows of its own block."""
    match node:
        case Reference(name) if name in flows:
            return flows[name]
        case Apply(function, arguments):
            return Apply(function, tuple(_with_opening(each, before, opening, flows) for each in arguments))
    return opening if node is before or node == before else node
