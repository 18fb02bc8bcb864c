"""The formula of one case as one over all cases of a row or a column at once, by which these are worked out again.

Operators take ranges in every program. Functions of single figures, and sums of what stands beside something, take
them in spreadsheets, and are left to programs that know formulas from other cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate
from operator import add
from typing import TypeGuard

import attrs

from unitledger.expression import (
    Apply,
    Expression,
    Factor,
    Function,
    Number,
    Operand,
    Reference,
    apply,
    leaves,
    nodes,
    when,
)
from unitledger.expression.readers.excel import LONGEST_FORMULA
from unitledger.expression.table import arithmetic as table
from unitledger.expression.table.criterion import UP_TO
from unitledger.expression.table.statistics import INDEX, MATCH, MAX, MIN, SUM, SUMIFS, SUMPRODUCT, SUMXMY2
from unitledger.workbook.grid.place import Cell, Key, Over, Own
from unitledger.workbook.grid.put import Names

_ZERO, _ONE = Number(0.0), Number(1.0)
_SINGLE = {table.ABS, table.EXP, table.INT, table.LN, table.POWER}
_SINGLE |= {table.ROUND, table.ROUNDDOWN, table.ROUNDUP, table.SQRT}
_ADDING = {table.ADD, table.SUBTRACT, SUM}
_CHOOSING = {table.IF, table.CHOOSE, table.AND, MAX, MIN}
_DEFINED_IN_PART = {table.DIVIDE: 1, table.LN: 0, table.POWER: 0, table.SQRT: 0}
"""By the place of the operand that cannot be everything; 1 can."""
# So many characters an address takes beside the name of its sheet, with what stands between it and the next.
_ADDRESS = 35
# To compare more with each other takes spreadsheets seconds.
_MOST_COMPARED = 1_000_000


class NotAtOnce(Exception):
    """A formula that is worked out case by case only."""


@attrs.frozen
class AtOnce:
    """A reader of formulas of a row (`axis` 1) or a column (0), over neighbouring `cases`.

    `names`: the cells that names of the ledger stand for; `numbers`: those that hold the number of each case, from 1,
    where formulas may look for cases by it.
    """

    names: Names
    axis: int
    cases: Sequence[Key]
    numbers: Operand | None = None

    def off(self, now: Cell, formula: Operand, tolerance: Operand, known: Operand, *, gaps: bool = False) -> Expression:
        """1 where cells are not what the formula gives for their cases, as far as sums of its terms can be told apart.

        `known`: a formula, for programs that know these from other cells; `gaps`: some cells may hold a text, so that
        only what all come to is compared. Raises NotAtOnce.
        """
        node = formula.expression
        # One figure may stand for all.
        found = self._of(node, _ONE) if self._moves(node) else node + 0 * now
        sizes = [now, *(self._of(term, _ONE) for term in _terms(node))]
        allowed = tolerance * tolerance * reduce(add, (apply(SUMPRODUCT, size, size) for size in sizes))
        pair = (apply(SUM, now), apply(SUMPRODUCT, 1 * found)) if gaps else (now, found)
        check = when(apply(SUMXMY2, *pair) <= allowed, 0, 1)
        if sum(len(self._cell(leaf).ground.name) + _ADDRESS for leaf in leaves(check)) > LONGEST_FORMULA:
            raise NotAtOnce
        is_called = any(isinstance(each, Apply) and self._is_called(each) for each in nodes(node))
        return when(apply(table.ISFORMULA, known), check, 0) if is_called else check

    def every(self, formula: Operand) -> Expression:
        """Return the formula over all cases, as one gives the very figures that it gives for each; else NotAtOnce.

        Sums are left out, whose last digits are not the same in all programs, and functions that take no ranges.
        """
        match formula.expression:
            case Reference() | Factor() as leaf:
                cell = self._cell(leaf)
                return self._every(cell) if any(cell.picks[self.axis].moves(cell.axes[self.axis])) else leaf
            case Apply(function, arguments) if function.symbol and function not in _ADDING:
                return Apply(function, tuple(map(self.every, arguments)))
            case Apply(function, arguments) as choice if function in _CHOOSING:
                for each in arguments:
                    self.every(each)
                return self._of(choice, _ONE)
            case Number() as number:
                return number
        raise NotAtOnce

    def _is_called(self, node: Apply) -> bool:
        """Whether a function that is no operator is to take ranges."""
        among = node.function in (*_SINGLE, SUMIFS, INDEX) or any(map(self._is_window, node.arguments))
        return among and self._moves(node)

    def _cell(self, leaf: Reference | Factor) -> Cell:
        found = leaf if isinstance(leaf, Cell) else self.names(leaf).expression
        assert isinstance(found, Cell)
        return found

    def _moves(self, node: Expression) -> bool:
        """Whether a formula is another in each case."""
        return any(any(cell.picks[self.axis].moves(cell.axes[self.axis])) for cell in map(self._cell, leaves(node)))

    def _is_window(self, node: Expression) -> bool:
        return isinstance(node, Cell) and isinstance(pick := node.picks[self.axis], Over) and pick.to_own

    def _every(self, cell: Cell) -> Cell:
        """Return the cells of all cases where a formula has that of its own, of one beside it, or those up to it."""
        pick = cell.picks[self.axis]
        every = Over(self.cases[0], self.cases[-1], by=pick.by if isinstance(pick, Own) else 0)
        down, across = cell.picks
        return attrs.evolve(cell, picks=(down, every) if self.axis else (every, across))

    def _of(self, node: Expression, holds: Expression) -> Expression:
        """Return a formula of all cases; `holds`: 1 where it counts, and elsewhere it is not to be an error."""
        if not self._moves(node):
            return node
        match node:
            case Reference() | Factor():
                return self._every(self._cell(node))
            case Apply(function, (condition, yes, no)) if function is table.IF:
                asked = self._of(condition, holds)
                return self._chosen([(1 * asked, yes), (1 - asked, no)], holds)
            case Apply(function, (number, *cases)) if function is table.CHOOSE:
                counted = list(accumulate(cases, lambda left, _: left - 1, initial=self._of(number, holds)))[1:]
                chosen = [(left >= 0) * (left < 1) for left in counted]
                return self._chosen(list(zip(chosen, cases, strict=True)), holds)
            case Apply(function, (Reference() as window,)) if function is SUM and self._is_window(window):
                return self._summed((window,))
            case Apply(function, arguments) if function is SUMIFS:
                return self._summed(arguments)
            case Apply(function, (block, place)) if function is INDEX:
                return self._looked_up(block, place, holds)
            case Apply(function, arguments) if function in _FOLDED:
                return reduce(_FOLDED[function], [self._of(each, holds) for each in _single(function, arguments)])
            case Apply(function, arguments) if function.symbol or function in _SINGLE:
                parts = [self._of(each, holds) for each in arguments]
                if function in _DEFINED_IN_PART and holds is not _ONE:
                    at = _DEFINED_IN_PART[function]
                    parts[at] = parts[at] * holds + (1 - holds)
                return Apply(function, tuple(parts))
        raise NotAtOnce

    def _looked_up(self, block: Expression, place: Expression, holds: Expression) -> Expression:
        """Return what stands in a place of a block: it is the only one beside a word, or of its number."""
        match place:
            case Apply(function, (wanted, keys)) if function is MATCH:
                return self._sums(block, keys, self._of(wanted, holds))
        axis = block.axes[self.axis] if isinstance(block, Cell) else 0
        if isinstance(axis, int) or tuple(axis) != tuple(self.cases):
            raise NotAtOnce
        return self._sums(block, self.numbers, self._of(place, holds))

    def _chosen(self, cases: list[tuple[Expression, Expression]], holds: Expression) -> Expression:
        """Return the sum of cases, each times 1 where it is chosen."""
        every = ((asked, self._of(case, asked if holds is _ONE else holds * asked)) for asked, case in cases)
        return _weighed(every)

    def _summed(self, arguments: tuple[Expression, ...]) -> Expression:
        """Return sums of a block by what stands beside it; of blocks that end with the own case, up to its number."""
        found = [self._every(each) if _is_block(each) and self._moves(each) else each for each in arguments]
        found[2::2] = [self._of(each, _ONE) for each in arguments[2::2]]
        if any(map(self._is_window, arguments)):
            return self._sums(*found, self.numbers, None if self.numbers is None else apply(UP_TO, self.numbers))
        return self._sums(*found)

    def _sums(self, block: Expression, *pairs: Operand | None) -> Expression:
        """Return the sum of a block for each case."""
        if None in pairs or not _is_block(block) or _length(block) * len(self.cases) > _MOST_COMPARED:
            raise NotAtOnce
        return apply(SUMIFS, block, *pairs)


def _is_block(node: Expression) -> TypeGuard[Cell]:
    return isinstance(node, Cell) and any(pick.many for pick in node.picks)


def _length(block: Cell) -> int:
    return max(len(axis) for axis in block.axes if not isinstance(axis, int))


def _single(function: Function, arguments: Iterable[Expression]) -> Iterator[Expression]:
    """Yield arguments with blocks as what the function makes of each."""
    for each in arguments:
        yield apply(function, each) if _is_block(each) else each


def _weighed(cases: Iterable[tuple[Expression, Expression]]) -> Expression:
    """Return the sum of figures, each times its weight, but for those that are 0."""
    parts: list[Expression] = [weight * figure for weight, figure in cases if figure != _ZERO]
    return reduce(_FOLDED[SUM], parts or [_ZERO])


def _larger(one: Expression, other: Expression) -> Expression:
    return _weighed([(one >= other, one), (one < other, other)])


def _smaller(one: Expression, other: Expression) -> Expression:
    return _weighed([(one <= other, one), (one > other, other)])


_FOLDED: dict[Function, Callable[[Expression, Expression], Expression]] = {
    SUM: lambda one, other: one + other,
    MAX: _larger,
    MIN: _smaller,
    table.AND: lambda one, other: one * other,
}
"""Functions of any number of figures, two at a time."""


def _terms(node: Expression) -> Iterator[Expression]:
    """Yield what a sum adds up, with either sign; nothing for other formulas."""
    match node:
        case Apply(function, arguments) if function in _ADDING:
            for each in arguments:
                yield from (*_terms(each),) or (each,)
