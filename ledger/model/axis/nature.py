"""What a formula over time is in a period, and so what all its periods come to: amounts add up, levels do not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import assert_never

from unitledger.errors import UnitMismatch
from unitledger.expression import (
    Along,
    Apply,
    Area,
    Expression,
    Factor,
    Kind,
    Number,
    Reference,
    Span,
    Text,
    nodes,
    words,
)
from unitledger.expression.table import arithmetic as table
from unitledger.expression.table import statistics
from unitledger.expression.table.criterion import ABOVE
from unitledger.model.entry.axis import LENGTHS
from unitledger.model.entry.over import AxisInput, AxisLine, OnAxis, Ruler, Total
from unitledger.units import Unit


class Nature(Enum):
    """What the figure of a period is."""

    AMOUNT = "an amount of the period"
    LEVEL = "a level"
    RATIO = "a ratio of amounts"
    PLAIN = "without periods"


_SUMS = {statistics.SUM, statistics.SUMIFS}
_BLOCKS = {statistics.SUM, statistics.MIN, statistics.MAX, statistics.MEDIAN}


def total_of(node: Expression, kind: Kind, rows: Mapping[str, OnAxis], name: str) -> Total:
    """Return what all periods of a formula come to. Raises UnitMismatch where an amount meets a level."""
    nature = _nature(node, rows, name)
    if nature is Nature.AMOUNT:
        return "sum"
    return "formula" if nature is Nature.RATIO else total_of_level(kind)


def total_of_level(kind: Kind) -> Total:
    """Return what all periods of a level come to: the last, unless it is a rate or a plain number."""
    if not isinstance(kind, Unit) or not kind.dimension or any(power < 0 for _, power in kind.dimension):
        return "none"
    return "closing"


def check_sum(node: Expression, rows: Mapping[str, OnAxis], name: str) -> None:
    """Raise UnitMismatch where a formula adds up periods of what does not add up."""
    for each in nodes(node):
        match each:
            case Apply(function, (Along(Reference(row), span), *by)) if function in _SUMS and row in rows:
                if said := _written(span, by):
                    _check_adds_up(rows[row], name, said, span)


def _written(span: Span, by: list[Expression]) -> str:
    """Return how a sum over periods is written, with a place for what it adds up; "" for what looks at one of them."""
    match by:
        case []:
            return "{}.sum()" if span is Span.WHOLE else "cumulative({})"
        case [_, Apply(function)] if function is ABOVE:
            return "trailing({}, ...)"
    return "in_year({}, ...)" if span is Span.WHOLE else ""


def _check_adds_up(row: OnAxis, name: str, said: str, span: Span) -> None:
    times = dict(row.unit.dimension).get("[time]", 0)
    # A level adds up so far, to machine months for instance; in all it is a mistake more often than not.
    if of_row(row) is Nature.AMOUNT or row.unit.is_dimensionless or (span is not Span.WHOLE and times >= 0):
        return
    unit, called = row.unit, row.name
    if times:
        by_length = said.replace("{}.", "({}).").format(f"{called} * t.hours")
        raise UnitMismatch(
            f"Line {name!r}: {said.format(called)} adds up a rate ({unit.spelling}). Multiply by the length of the "
            f"period first: {by_length}."
        )
    raise UnitMismatch(
        f"Line {name!r}: {said.format(called)} adds up a level ({unit.spelling}). Take .closing(), .least() or "
        f".largest(), or say total='sum' on {called!r} if it is an amount."
    )


def of_row(row: OnAxis) -> Nature:
    """Return what the figure of a period of a row is."""
    if isinstance(row, Ruler):
        return Nature.AMOUNT if row.name.partition(".")[2] in LENGTHS else Nature.LEVEL
    return {"sum": Nature.AMOUNT, "formula": Nature.RATIO}.get(row.total, Nature.LEVEL)


def _nature(node: Expression, rows: Mapping[str, OnAxis], name: str) -> Nature:
    match node:
        case Reference(row):
            return of_row(rows[row]) if row in rows else Nature.PLAIN
        case Along(inner, span):
            return Nature.PLAIN if span is Span.WHOLE else _nature(inner, rows, name)
        case Apply(function, arguments):
            if function in _BLOCKS and any(isinstance(each, Along) and each.span.is_block for each in arguments):
                whole = all(isinstance(each, Along) and each.span is Span.WHOLE for each in arguments)
                return Nature.PLAIN if whole else Nature.LEVEL
            if function is statistics.SUMIFS or function is statistics.INDEX:
                of_block = _nature(_own(arguments[0]), rows, name)
                is_at_hand = of_block is not Nature.PLAIN or _nature(arguments[1], rows, name) is Nature.PLAIN
                # Of a block without periods, which cell it is follows the period.
                return of_block if is_at_hand else Nature.LEVEL
            natures = [_nature(each, rows, name) for each in arguments[_conditions(function) :]]
            return _joined(function, natures, arguments, name)
        case Number() | Text() | Factor() | Area():
            return Nature.PLAIN
        case _:
            assert_never(node)


def _own(node: Expression) -> Expression:
    return node.inner if isinstance(node, Along) else node


def _conditions(function: object) -> int:
    """How many arguments say which of the others counts."""
    return 1 if function in (table.IF, table.CHOOSE) else 0


def _joined(function: object, natures: list[Nature], arguments: tuple[Expression, ...], name: str) -> Nature:
    known = set(natures) - {Nature.PLAIN}
    if function is table.DIVIDE:
        below = natures[1] in (Nature.AMOUNT, Nature.RATIO) and natures[0] is Nature.AMOUNT
        if below:
            return Nature.RATIO
        return natures[0] if natures[0] is not Nature.PLAIN else Nature.LEVEL if known else Nature.PLAIN
    if function is table.MULTIPLY:
        if Nature.AMOUNT in known:
            return Nature.AMOUNT
        return known.pop() if len(known) == 1 else Nature.LEVEL if known else Nature.PLAIN
    if Nature.AMOUNT in known and len(known) > 1:
        amount, level = (
            next(i for i, n in enumerate(natures) if (n is Nature.AMOUNT) is wanted and n is not Nature.PLAIN)
            for wanted in (True, False)
        )
        given = arguments[_conditions(function) :]
        raise UnitMismatch(
            f"Line {name!r} mixes an amount of the period ({words(given[amount])}) and a level "
            f"({words(given[level])}). Say total='sum' if it is an amount, 'closing' if it is a level."
        )
    if len(known) > 1:
        return Nature.LEVEL
    return known.pop() if known else Nature.PLAIN


def is_amount(row: AxisLine | AxisInput) -> bool:
    """Whether the figure of a period is an amount, which adds up over periods."""
    return of_row(row) is Nature.AMOUNT
