"""The cost lines that come with the ledger; each states its formula, the unit of every term and the convention.

- `hardware`: over its life, straight line or with interest; electricity; space
- `requests`: at prices per token, and answers found in a cache; `pricing`: gross margin, in all directions
"""

from unitledger.lines.hardware import CapexAmortization, CapexAnnuity, Power, RackRent
from unitledger.lines.pricing import CostAtMargin, GrossMargin, PriceAtMargin
from unitledger.lines.requests import CacheHit, RequestCost

__all__ = [
    "CacheHit",
    "CapexAmortization",
    "CapexAnnuity",
    "CostAtMargin",
    "GrossMargin",
    "Power",
    "PriceAtMargin",
    "RackRent",
    "RequestCost",
]
