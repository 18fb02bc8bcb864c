"""What an answer is made of: the parts of the total that it is proportional to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from unitledger.expression import (
    Along,
    Apply,
    Expression,
    Factor,
    Function,
    Number,
    Reference,
    Span,
    folded,
    references,
    words,
)
from unitledger.expression.table.arithmetic import DIVIDE, MULTIPLY
from unitledger.expression.table.finance import SLN
from unitledger.expression.table.function import ADDED
from unitledger.model.entry.over import AxisLine, OnAxis
from unitledger.model.held.entries import Entries
from unitledger.units import Unit

_NOTHING = Number(0.0)


@attrs.frozen(order=False)
class Breakdown:
    """A line that is a total times factors which do not depend on that total; all trees are lowered.

    `answer`: the line. `total`: the total, by its name where it is a line. `parts`: what it adds up. The share of a
    part in the answer is answer × part ÷ total; where the total is the answer itself, it is the part.
    """

    answer: Reference
    total: Expression
    parts: tuple[Expression, ...]

    @property
    def is_total(self) -> bool:
        """Whether the answer is the total itself."""
        return self.total == self.answer


@attrs.frozen(order=False)
class _Trail:
    """The way from a line down to a total: the total with its parts, and on the way there a factor beside it."""

    total: Expression
    parts: tuple[Expression, ...]
    beside: Expression | None = None
    below: _Trail | None = None


def breakdown(entries: Entries, name: str) -> Breakdown | None:
    """Return what a line is made of, or None where it is not proportional to a total of several parts.

    The way to the total leads through lines, products, numerators, conversions, changes of sign, sums of one part and
    straight-line depreciation without a residual value or with one that is a share of the price. Where it forks, it
    goes to a total of money, else to the first. A total of all periods has the totals of what each period adds up.
    """
    summed = _on_the_way(entries, name)
    trails: dict[str, _Trail | None] = {}
    for line in entries.lines.values():
        if parts := summed.get(line.name, ()):
            trails[line.name] = _Trail(line.expression, parts)
        elif line.name in summed:
            trails[line.name] = _follow(line.lowered, trails, entries.rows)
    trail = trails[name]
    if trail is None or trail.total in _reached(entries, trail):
        return None
    return Breakdown(Reference(name, entries.lines[name].unit), trail.total, trail.parts)


def _on_the_way(entries: Entries, name: str) -> dict[str, tuple[Expression, ...]]:
    """Return the lines that the way to the total of a line can lead through, each with the parts that end it."""
    found: dict[str, tuple[Expression, ...]] = {}
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here in entries.lines and here not in found:
            line = entries.lines[here]
            found[here] = _parts(line.lowered, entries.rows)
            waiting.extend(() if found[here] else line.stands_on)
    return found


def part_label(entries: Entries, part: Expression) -> str:
    """Return what a reader calls a part: the label of an input or line, also of all its periods; else its formula."""
    return words(_in_each_period(folded(part)), lambda name: entries[name].label)


def _in_each_period(part: Expression) -> Expression:
    """Of what a line comes to in all periods, with either sign, the line."""
    match part:
        case Apply(function, (Along(row, Span.WHOLE),)) if function.loss is ADDED:
            return row
        case Apply(function, (operand,)) if function.loss.adds:
            return Apply(function, (_in_each_period(operand),))
    return part


def _follow(node: Expression, trails: Mapping[str, _Trail | None], rows: Mapping[str, OnAxis]) -> _Trail | None:
    match node:
        case Reference(name):
            return trails.get(name)
        case Apply(function, (operand,)) if function.loss.adds and not isinstance(operand, Along):
            return _follow(operand, trails, rows)
        case Apply(function, (above, below)) if function is DIVIDE:
            return _with(_follow(above, trails, rows), below)
        case Apply(function, (left, right)) if function is MULTIPLY:
            return _better(_with(_follow(left, trails, rows), right), _with(_follow(right, trails, rows), left))
        case Apply(function, (price, residual, life)) if function is SLN:
            trail = _with(_follow(price, trails, rows), life)
            match residual:
                case Number(0):
                    return trail
                case Apply(product, (whole, share)) if product is MULTIPLY and whole == price:
                    return _with(trail, share)
            return None
        case _:
            parts = _parts(node, rows)
            return _Trail(node, parts) if parts else None


def _with(trail: _Trail | None, beside: Expression) -> _Trail | None:
    return trail and _Trail(trail.total, trail.parts, beside, trail)


def _better(left: _Trail | None, right: _Trail | None) -> _Trail | None:
    """Of two totals that are multiplied, that of money, else the first."""
    return right if left is None or (right is not None and _is_money(right) and not _is_money(left)) else left


def _is_money(trail: _Trail) -> bool:
    return (
        isinstance(trail.total, Reference) and isinstance(trail.total.kind, Unit) and bool(trail.total.kind.currencies)
    )


def _parts(node: Expression, rows: Mapping[str, OnAxis]) -> tuple[Expression, ...]:
    """What a sum adds up, without zeros; nothing where that is one part, or a bare number is among it."""
    added = tuple(part for part in _added(node, rows) if part != _NOTHING)
    return added if len(added) > 1 and not any(isinstance(part, Number) for part in added) else ()


def _added(node: Expression, rows: Mapping[str, OnAxis]) -> Iterator[Expression]:
    match node:
        case Apply(function, (Along(Reference(name), Span.WHOLE),)) if function.loss is ADDED:
            row = rows.get(name)
            parts = _parts(row.lowered, rows) if isinstance(row, AxisLine) else ()
            wholes = [_of_all_periods(part, function, rows) for part in parts]
            yield from [whole for whole in wholes if whole is not None] if wholes and None not in wholes else [node]
        case Apply(function, arguments) if function.loss is ADDED and len(arguments) > 1:
            for argument in arguments:
                yield from _added(argument, rows) if function.symbol else (argument,)
        case _:
            yield node


def _of_all_periods(part: Expression, added: Function, rows: Mapping[str, OnAxis]) -> Expression | None:
    """What a part of each period comes to in all of them; None where it is no row as such, turned or converted."""
    match part:
        case Reference(name) if name in rows:
            return Apply(added, (Along(part, Span.WHOLE),))
        case Apply(function, (row, *factors)) if all(isinstance(each, Factor) for each in factors):
            whole = _of_all_periods(row, added, rows) if factors or function.loss.adds else None
            return None if whole is None else Apply(function, (whole, *factors))
    return None


def _reached(entries: Entries, trail: _Trail) -> Iterator[Expression]:
    """Yield a reference to every line that the factors on the way stand on."""
    waiting: list[str] = []
    step: _Trail | None = trail
    while step is not None:
        waiting.extend(references(step.beside) if step.beside is not None else ())
        step = step.below
    seen = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in entries.lines:
            continue
        seen.add(name)
        line = entries.lines[name]
        yield line.expression
        waiting.extend(line.stands_on)
