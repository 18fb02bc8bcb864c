"""The kind of a formula on a sheet, which must be that of the cells it stands in."""

from __future__ import annotations

from unitledger.errors import UnitMismatch
from unitledger.expression import LOGICAL, ZERO, Expression, Kind, Reference, spelled
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.cells.kind import Unsettled, alike, cell_kind
from unitledger.workbook.grid.cell import Cell
from unitledger.workbook.grid.place import Key


def check_kind(tree: Expression, kind: Kind, name: str, row: Key = None) -> None:
    """Check that a formula gives what the cells of an entry hold, in the case `row`.

    Raises UnitMismatch, naming the entry and both kinds.
    """

    def known(leaf: Reference) -> Kind:
        return leaf.kind_in(row) if isinstance(leaf, Cell) else leaf.kind

    try:
        found = cell_kind(tree, known)
    except Unsettled as reason:
        raise UnitMismatch(f"Entry {name!r} of a sheet: {reason}.") from None
    if found is not ZERO and not alike(found, kind) and not (found is LOGICAL and kind == DIMENSIONLESS):
        raise UnitMismatch(f"Entry {name!r} of a sheet holds {spelled(kind)}, but its formula gives {spelled(found)}.")
