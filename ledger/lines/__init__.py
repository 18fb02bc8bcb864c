"""The cost lines that come with the ledger; each states its formula, the unit of every term and the convention.

- `hardware`: over its life, straight line or with interest; electricity; space
- `requests`: at prices per token, and answers found in a cache; `pricing`: gross margin, in all directions
- `periods`: over time, growth and what is bought written off
"""

from __future__ import annotations

from unitledger.lines.hardware import CapexAmortization, CapexAnnuity, Power, RackRent
from unitledger.lines.periods import Growth, VintageDepreciation
from unitledger.lines.pricing import CostAtMargin, GrossMargin, PriceAtMargin
from unitledger.lines.requests import CacheHit, RequestCost

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
