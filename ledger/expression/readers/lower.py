"""Reader: the kind of an expression, and the lowered tree whose magnitudes multiply as they stand in cells.

Every conversion of units becomes a named factor in the tree, and what is made whole is rounded to nine decimals first;
values, arrays and Excel formulas are read from the lowered tree, which is why they cannot disagree.
"""

from __future__ import annotations

from operator import is_

import attrs

from unitledger.errors import UnitMismatch
from unitledger.expression.kind import BY_DATE, TEXT, WORD, ZERO, Kind, by_word, disagreement, spelled, undeclared
from unitledger.expression.node import Along, Apply, Area, Expression, Factor, Number, Reference, Text
from unitledger.expression.readers.words import words
from unitledger.expression.table.arithmetic import DIVIDE, MULTIPLY, ROUND
from unitledger.expression.table.function import Disagreement, Function, Signature
from unitledger.units import BILLING, DATE, DIMENSIONLESS, Calendar, Unit, conversion


@attrs.frozen
class Lowered:
    """A lowered tree and the kind that its value has."""

    expression: Expression
    kind: Kind


def lower(node: Expression, line: str, unit: Unit | None = None, calendar: Calendar = BILLING) -> Lowered:
    """Check the units of a formula and make every conversion explicit.

    `line` names the line in messages; `unit` is what it is declared in, or None to take what the formula gives.
    Raises UnitMismatch, naming the line, the two units and the likely fix.
    """
    try:
        return _towards(*_lowered(node, calendar, unit), unit, calendar)
    except UnitMismatch as mismatch:
        raise UnitMismatch(f"Line {line!r}: {mismatch}") from None


def _towards(expression: Expression, kind: Kind, unit: Unit | None, calendar: Calendar) -> Lowered:
    if unit is None:
        return Lowered(expression, kind)
    if kind is not ZERO and not (isinstance(kind, Unit) and kind.dimension == unit.dimension):
        raise UnitMismatch(undeclared(kind, unit))
    # Equal units may be spelled differently; the line keeps its author's spelling.
    return Lowered(_converted(expression, kind, unit, calendar), unit)


def kind_of(node: Expression, line: str, calendar: Calendar = BILLING) -> Kind:
    """Return the kind of a formula: its unit, true or false, or text. Raises UnitMismatch like `lower`."""
    return lower(node, line, None, calendar).kind


def _lowered(node: Expression, calendar: Calendar, wanted: Kind | None = None) -> tuple[Expression, Kind]:
    match node:
        case Reference():
            return node, node.kind
        case Apply(function, arguments):
            parts = [_lowered(argument, calendar) for argument in arguments]
            signature = _settled(function, arguments, tuple(kind for _, kind in parts))
            if wanted is not None and not any(_is_block(part) for part, _ in parts):
                signature = signature.towards(wanted)
            converted = tuple(
                part if target is None else _converted(part, kind, target, calendar)
                for (part, kind), target in zip(parts, signature.targets, strict=True)
            )
            if function.dust is not None:
                converted = tuple(Apply(ROUND, (part, Number(float(function.dust)))) for part in converted)
            # What needs no conversion is shared with the tree as written.
            alike = all(map(is_, converted, arguments))
            return node if alike else Apply(function, converted), signature.result
        case Along(inner, span):
            part, kind = _lowered(inner, calendar)
            return node if part is inner else Along(part, span), kind
        case Number(value):
            return node, ZERO if value == 0 else DIMENSIONLESS
        case Text():
            return node, TEXT
        case Factor(step):
            return node, step.unit
        case Area(cells):
            if any(cell.kind != cells[0].kind for cell in cells):
                shown = ", ".join(sorted({spelled(cell.kind) for cell in cells}))
                raise UnitMismatch(f"the cells {cells[0].name} to {cells[-1].name} hold different units: {shown}.")
            return node, cells[0].kind


def _settled(function: Function, arguments: tuple[Expression, ...], kinds: tuple[Kind, ...]) -> Signature:
    try:
        return function.rule(kinds)
    except Disagreement as found:
        said = [words(argument) for argument in arguments]
        left = (said[found.first], kinds[found.first])
        if found.second is None:
            hint = f" {by_word(left[0])}" if left[1] is WORD else f" {BY_DATE}" if left[1] == DATE else ""
            raise UnitMismatch(f"{function.name} {found.reason}, but {left[0]} is {spelled(left[1])}.{hint}") from None
        right = (said[found.second], kinds[found.second])
        raise UnitMismatch(disagreement(found.reason, left, right)) from None


def _converted(node: Expression, kind: Kind, target: Kind, calendar: Calendar) -> Expression:
    if kind is target or kind == target or not (isinstance(kind, Unit) and isinstance(target, Unit)):
        return node
    if isinstance(node, Apply) and node.function.sought:
        return Apply(node.function, (_converted(node.arguments[0], kind, target, calendar),))
    if _is_block(node):
        raise UnitMismatch(
            f"{words(node)} is in {kind.spelling}, and {target.spelling} is needed here. Make a line of it in "
            f"{target.spelling} first, and take that."
        )
    for step in conversion(kind, target, calendar):
        node = Apply(MULTIPLY if step.multiplies else DIVIDE, (node, Factor(step)))
    return node


def _is_block(node: Expression) -> bool:
    """Whether it is several periods at once, which no formula converts one by one."""
    return isinstance(node, Along) and node.span.is_block
