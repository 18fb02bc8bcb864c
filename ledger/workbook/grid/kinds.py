"""The kind of a formula on a sheet, which must be that of the cells it stands in.

Sheets convert nothing: figures that meet are in one unit already. As in a spreadsheet, a condition counts 1 where it
holds, and an empty text, or words in the place of a figure, stand beside figures of any unit.
"""

from __future__ import annotations

from unitledger.errors import UnitMismatch
from unitledger.expression import (
    LOGICAL,
    TEXT,
    ZERO,
    Apply,
    Area,
    Expression,
    Factor,
    Kind,
    Number,
    Reference,
    Text,
    spelled,
)
from unitledger.expression.table.function import Disagreement, Signature
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook.grid.cell import Cell
from unitledger.workbook.grid.place import Key


def check_kind(tree: Expression, kind: Kind, name: str, row: Key = None) -> None:
    """Check that a formula gives what the cells of an entry hold, in the case `row`.

    Raises UnitMismatch, naming the entry and both kinds.
    """
    try:
        found = settled(tree, row)
    except Disagreement as disagreement:
        raise UnitMismatch(f"Entry {name!r} of a sheet: its formula {disagreement.reason}.") from None
    if found is not ZERO and found != kind and not (found is LOGICAL and kind == DIMENSIONLESS):
        raise UnitMismatch(f"Entry {name!r} of a sheet holds {spelled(kind)}, but its formula gives {spelled(found)}.")


def settled(node: Expression, row: Key) -> Kind:
    """Return the kind of a formula in the case `row`. Raises Disagreement where units meet that are not one."""
    match node:
        case Cell():
            return node.kind_in(row)
        case Reference():
            return node.kind
        case Number(value):
            return ZERO if value == 0 else DIMENSIONLESS
        case Text():
            return TEXT
        case Factor(step):
            return step.unit
        case Area(cells):
            return cells[0].kind
        case Apply(function, arguments):
            kinds = tuple(settled(argument, row) for argument in arguments)
            signature = _signature(node, kinds)
            for kind, target in zip(kinds, signature.targets, strict=True):
                if isinstance(kind, Unit) and isinstance(target, Unit) and kind != target:
                    raise Disagreement(f"needs {spelled(kind)} in {spelled(target)} in {function.name}")
            return signature.result


def _signature(node: Apply, kinds: tuple[Kind, ...]) -> Signature:
    """Apply the function's rule: to the kinds as they are, to conditions as numbers, to literal texts as nothing."""
    rule = node.function.rule
    counted = tuple(DIMENSIONLESS if kind is LOGICAL else kind for kind in kinds)
    silent = tuple(ZERO if isinstance(part, Text) else kind for part, kind in zip(node.arguments, kinds, strict=True))
    silent_counted = tuple(DIMENSIONLESS if kind is LOGICAL else kind for kind in silent)
    tried = dict.fromkeys((kinds, counted, silent, silent_counted))
    for each in tried:
        try:
            return rule(each)
        except Disagreement as found:
            last = found
    if last.second is None:
        raise last
    raise Disagreement(f"cannot {last.reason} {spelled(kinds[last.first])} and {spelled(kinds[last.second])}")
