"""The cost lines that come with the ledger; each states its formula, the unit of every term and the convention.

- `capex`: hardware over its life, straight line or with interest; `power`: electricity; `rack`: space
- `tokens`: requests at prices per token; `cache`: answers found in a cache; `pricing`: gross margin, in all directions
"""

from unitledger.lines.cache import CacheHit
from unitledger.lines.capex import CapexAmortization, CapexAnnuity
from unitledger.lines.power import Power
from unitledger.lines.pricing import CostAtMargin, GrossMargin, PriceAtMargin
from unitledger.lines.rack import RackRent
from unitledger.lines.tokens import RequestCost

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
