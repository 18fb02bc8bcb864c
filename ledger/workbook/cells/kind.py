"""The kind of a formula as it stands in a cell, worked out from those of the cells that it refers to.

Sheets convert nothing: figures that meet are in one unit already. As in a spreadsheet, a condition counts 1 where it
holds, and an empty text, or words in the place of a figure, stand beside figures of any unit.
"""

from __future__ import annotations

from collections.abc import Callable

from unitledger.expression import (
    LOGICAL,
    TEXT,
    ZERO,
    Along,
    Apply,
    Area,
    Expression,
    Factor,
    Kind,
    Number,
    Reference,
    Text,
    spelled,
    words,
)
from unitledger.expression.table.arithmetic import MULTIPLY
from unitledger.expression.table.function import Disagreement, Signature
from unitledger.units import DATE, DIMENSIONLESS, Unit, conversion_factor


class Unsettled(Exception):
    """Why a formula has no kind, in words."""


def cell_kind(node: Expression, known: Callable[[Reference], Kind]) -> Kind:
    """Return the kind of a formula; `known`: what a cell holds. Raises Unsettled where kinds meet that are not one."""
    match node:
        case Reference():
            return known(node)
        case Number(value):
            return ZERO if value == 0 else DIMENSIONLESS
        case Text():
            return TEXT
        case Factor(step):
            return step.unit
        case Area(cells):
            if not all(alike(cell.kind, cells[0].kind) for cell in cells):
                raise Unsettled(f"the cells {cells[0].name} to {cells[-1].name} are in different units")
            return cells[0].kind
        case Along(inner):
            return cell_kind(inner, known)
        case Apply(function, arguments):
            kinds = tuple(cell_kind(argument, known) for argument in arguments)
            # What is typed is multiplied by the factor of the unit that it is typed in, 1 where there is no other.
            if function is MULTIPLY and kinds == (DATE, DIMENSIONLESS):
                return DATE
            signature = _signature(node, kinds)
            for kind, target in zip(kinds, signature.targets, strict=True):
                if isinstance(target, Unit) and isinstance(kind, Unit) and not alike(kind, target):
                    raise Unsettled(f"{function.name} takes {said(kind)} together with {said(target)}, not converted")
            return signature.result


def alike(kind: Kind, other: Kind) -> bool:
    """Whether two kinds are one: units of one dimension and one size. A bare 0 fits any unit."""
    if isinstance(kind, Unit) and isinstance(other, Unit):
        return kind == other or (kind.dimension == other.dimension and conversion_factor(kind, other) == 1)
    return kind == other or (kind is ZERO and isinstance(other, Unit))


def said(kind: Kind) -> str:
    """Say a kind that came out of a formula."""
    return spelled(kind.simplified() if isinstance(kind, Unit) else kind)


def _signature(node: Apply, kinds: tuple[Kind, ...]) -> Signature:
    """Apply the function's rule: to the kinds as they are, to conditions as numbers, to literal texts as nothing."""
    silent = tuple(ZERO if isinstance(part, Text) else kind for part, kind in zip(node.arguments, kinds, strict=True))
    tried = [each for listed in (kinds, silent) for each in (listed, tuple(map(_counted, listed)))]
    for each in dict.fromkeys(tried):
        try:
            return node.function.rule(each)
        except Disagreement as found:
            # To keep the exception would keep all that is at work here.
            reason, places = found.reason, (found.first, found.second)
    first, *others = (
        f"{words(node.arguments[place])} in {said(kinds[place])}" for place in places if place is not None
    )
    if others:
        raise Unsettled(f"cannot {reason} {first} and {others[0]}")
    raise Unsettled(f"{node.function.name} {reason}: {first}")


def _counted(kind: Kind) -> Kind:
    return DIMENSIONLESS if kind is LOGICAL else kind
