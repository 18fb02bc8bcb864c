"""The unit that stands beside an input in a workbook that comes back: one of its list, as the workbook computes."""

from __future__ import annotations

from unitledger.errors import LedgerError, ValueRefused
from unitledger.model import Assumption, Entries
from unitledger.units import Unit, compatible_units
from unitledger.workbook.cells.read import Cell


def unit_beside(entries: Entries, cell: Cell, target: Assumption) -> Unit:
    """Return the unit that the cell beside the label of an input states.

    Raises ValueRefused for one that the workbook cannot compute with: none, unknown, of another dimension, not in the
    list of the input.
    """
    expected = target.unit.spelling
    if cell.held == "blank":
        raise ValueRefused(f"its unit is empty; expected {expected}.")
    if cell.held != "text":
        raise ValueRefused(f"its unit is {cell.content!r}; expected {expected}.")
    if cell.content == expected:
        return target.unit
    # A spreadsheet compares texts whatever their case.
    listed = {unit.casefold(): unit for unit, _ in compatible_units(target.unit, entries.calendar)}
    spelling = listed.get(cell.content.casefold())
    if spelling is not None:
        return target.unit if spelling == expected else Unit.parse(spelling)
    try:
        unit = Unit.parse(cell.content)
    except LedgerError as unknown:
        raise ValueRefused(f"{unknown} Expected {expected}.") from None
    if unit.dimension != target.unit.dimension:
        raise ValueRefused(f"its unit is {unit.spelling}, which does not measure what {expected} does.")
    raise ValueRefused(
        f"its unit is {unit.spelling}, which is not in its list. Choose one of {', '.join(listed.values())}."
    )
