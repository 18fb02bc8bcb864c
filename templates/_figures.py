"""Figures of the catalog, restated for the unit that a template counts in."""

from __future__ import annotations

import attrs

from unitledger import Figure, Q, Unit
from unitledger.units import DIMENSIONLESS, magnitude, quantity


def as_ratio(figure: Figure) -> Figure:
    """Return a share as a plain ratio, so that a bare 0.5 set on the command line is a half."""
    return attrs.evolve(figure, quantity=quantity(magnitude(Q(figure.quantity), DIMENSIONLESS), DIMENSIONLESS))


def per_one(figure: Figure, counted: str, unit: str) -> Figure:
    """Return a figure stated of one thing with that thing in its unit: 32 GB/s of one "gpu" as 32 GB/s/gpu."""
    target = Unit.parse(unit)
    each = Q(figure.quantity) / Q(f"1 {counted}")
    return attrs.evolve(figure, quantity=quantity(magnitude(each, target), target))
