"""The unit of a figure on Inputs: the list that it is chosen from, and the factor to the ledger's own unit."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import Expression, Operand, apply, equal
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Assumption, Entries
from unitledger.workbook.address import on
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import CONSTANT_COLUMN, CONSTANTS, UNIT_COLUMN, Layout
from unitledger.workbook.printing import span, symbol

UNIT = symbol("unit beside the figures")
LISTED = symbol("units of the list")
FACTORS = symbol("factors of the list")


def _factor(listed: Operand, factors: Operand, unit: Operand) -> Expression:
    # Compares instead of searching, because MATCH would take a typed * for the first unit; one that is not in the list
    # divides by zero.
    return 1 / apply(SUMPRODUCT, equal(listed, unit) / factors)


FACTOR = _factor(LISTED, FACTORS, UNIT)


def factor(listed: Entry, unit: Entry) -> Expression:
    """Return the factor of the unit that stands beside figures, from the factors of a list of units."""
    return _factor(listed.unit.down(), listed.down(), unit)


def by_unit(entries: Entries, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of assumptions by the spelling of their unit; choices have none."""
    found: dict[str, list[str]] = {}
    for name in names:
        target = entries.inputs[name]
        if isinstance(target, Assumption):
            found.setdefault(target.unit.spelling, []).append(name)
    return found


def listed(layout: Layout, spelling: str) -> dict[str, str]:
    """Return the addresses of a unit's list and of its factors."""
    rows = layout.units[spelling]
    units, factors = (
        on(CONSTANTS, span((rows[0], rows[-1]), (column, column))) for column in (UNIT_COLUMN, CONSTANT_COLUMN)
    )
    return {LISTED.name: units, FACTORS.name: factors}
