"""The unit of a figure on Inputs: the list that it is chosen from, and the factor to the ledger's own unit."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import apply, equal
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Assumption, Entries
from unitledger.workbook.address import on
from unitledger.workbook.layout import CONSTANT_COLUMN, CONSTANTS, UNIT_COLUMN, Layout, unit_lists
from unitledger.workbook.printing import span, symbol
from unitledger.workbook.stated.given import row_unit

UNIT = symbol("unit beside the figures")
LISTED = symbol("units of the list")
FACTORS = symbol("factors of the list")

# Compares instead of searching, because MATCH would take a typed * for the first unit; one that is not in the list
# divides by zero.
FACTOR = 1 / apply(SUMPRODUCT, equal(LISTED, UNIT) / FACTORS)


def by_unit(entries: Entries, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of assumptions by the spelling of their unit; choices have none."""
    found: dict[str, list[str]] = {}
    for name in names:
        target = entries.inputs[name]
        if isinstance(target, Assumption):
            found.setdefault(target.unit.spelling, []).append(name)
    return found


def factors(entries: Entries) -> dict[str, float]:
    """Return for each assumption the factor of the unit that stands beside its figures to the ledger's own unit."""
    lists = {spelling: dict(listed) for spelling, listed in unit_lists(entries).items()}
    numbers = [entry for entry in entries.inputs.values() if isinstance(entry, Assumption)]
    return {entry.name: lists[entry.unit.spelling][row_unit(entries, entry).spelling] for entry in numbers}


def listed(layout: Layout, spelling: str) -> dict[str, str]:
    """Return the addresses of a unit's list and of its factors."""
    rows = layout.units[spelling]
    units, factors = (
        on(CONSTANTS, span((rows[0], rows[-1]), (column, column))) for column in (UNIT_COLUMN, CONSTANT_COLUMN)
    )
    return {LISTED.name: units, FACTORS.name: factors}
