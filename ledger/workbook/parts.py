"""The parts of the answer as the workbook shows them: each with its name, small ones together."""

from __future__ import annotations

from unitledger.compute.sensitivity import Values
from unitledger.expression import Expression, total, value
from unitledger.model import Breakdown, Entries, in_period, part_label
from unitledger.workbook import text

MOST_PARTS = 8
"""So many parts are shown; of more, the largest as built, and the others together."""


def count(found: Breakdown) -> int:
    """How many parts are shown."""
    return min(len(found.parts), MOST_PARTS)


def shown(entries: Entries, found: Breakdown, results: Values) -> list[tuple[str, Expression]]:
    """Return the parts to show, in the order of the total: label, and its tree in the unit of the total."""
    parts = [(part_label(entries, part), part) for part in found.parts]
    if len(parts) <= MOST_PARTS:
        return parts
    trees = [in_period(part, entries.rows, None) for part in found.parts]
    columns = [[abs(value(tree, known.__getitem__)) for tree in trees] for known in results.values()]
    shares = [max(sizes[place] / (max(sizes) or 1.0) for sizes in columns) for place in range(len(parts))]
    single = sorted(sorted(range(len(parts)), key=lambda place: -shares[place])[: MOST_PARTS - 1])
    rest = [part for place, (_, part) in enumerate(parts) if place not in single]
    return [*(parts[place] for place in single), (text.OTHER_PARTS, total(*rest))]
