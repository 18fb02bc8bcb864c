"""The unit of a figure on Inputs: the list that it is chosen from, and the factor to the ledger's own unit."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import Expression, apply, equal
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Assumption, Entries
from unitledger.workbook.grid import Entry


def factor(listed: Entry, unit: Entry) -> Expression:
    """Return the factor of the unit that stands beside figures, from the factors of a list of units."""
    # Compares instead of searching, because MATCH would take a typed * for the first unit; one that is not in the list
    # divides by zero.
    return 1 / apply(SUMPRODUCT, equal(listed.unit.down(), unit) / listed.down())


def by_unit(entries: Entries, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of assumptions by the spelling of their unit; choices have none."""
    found: dict[str, list[str]] = {}
    for name in names:
        target = entries.inputs[name]
        if isinstance(target, Assumption):
            found.setdefault(target.unit.spelling, []).append(name)
    return found
