"""The cost lines that come with the ledger; each states its formula, the unit of every term and the convention.

- `capex`: hardware over its life, straight line or with interest; `power`: electricity; `rack`: space
- `machine`: the hour of a machine, what idle time adds, and what a token costs by it
- `tokens`: requests at prices per token; `cache`: answers found in a cache
- `pricing`: gross margin and markup, in both directions
"""

from unitledger.lines.cache import CacheHit
from unitledger.lines.capex import CapexAmortization, CapexAnnuity
from unitledger.lines.machine import CostPerToken, IdleTime, MachineHour, SoldHour, Throughput
from unitledger.lines.power import Power
from unitledger.lines.pricing import CostAtMargin, GrossMargin, Markup, PriceAtMargin, PriceAtMarkup
from unitledger.lines.rack import RackRent
from unitledger.lines.tokens import RequestCost, TokenPrice

__all__ = [
    "CacheHit",
    "CapexAmortization",
    "CapexAnnuity",
    "CostAtMargin",
    "CostPerToken",
    "GrossMargin",
    "IdleTime",
    "MachineHour",
    "Markup",
    "Power",
    "PriceAtMargin",
    "PriceAtMarkup",
    "RackRent",
    "RequestCost",
    "SoldHour",
    "Throughput",
    "TokenPrice",
]
