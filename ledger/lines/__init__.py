"""The cost lines that come with the ledger; each states its formula, the unit of every term and the convention.

- `hardware`: over its life, straight line or with interest; electricity; space
- `pricing`: gross margin, in all directions; requests at prices per token, and answers found in a cache
- `periods`: over time, growth and what is bought written off
"""

from __future__ import annotations

from unitledger.lines.hardware import CapexAmortization, CapexAnnuity, Power, RackRent
from unitledger.lines.periods import Growth, VintageDepreciation
from unitledger.lines.pricing import CacheHit, CostAtMargin, GrossMargin, PriceAtMargin, RequestCost

__all__ = [
    "CacheHit",
    "CapexAmortization",
    "CapexAnnuity",
    "CostAtMargin",
    "GrossMargin",
    "Growth",
    "Power",
    "PriceAtMargin",
    "RackRent",
    "RequestCost",
    "VintageDepreciation",
]
