"""Unit-aware cost ledger: one definition gives a checked number, an array function and a live workbook.

What a script needs is exported here; the parts live in

- `ledger`: `Ledger`, with everything that reads it; `errors`: what can be wrong, all of it a `LedgerError`
- `lines`: the cost lines that come with it; `model`: what a ledger is made of, and how to write a cost line
- `expression`: formulas, and the functions to write in them; `compute`: values, arrays, sweeps
- `workbook`: to Excel and back; `units`: quantities and units; `templates`: ready-made ledgers
"""

if __name__ != "unitledger":
    raise ImportError("Import unitledger, not 'ledger': the folder ledger/ is installed under that name.")

from unitledger.errors import LedgerError
from unitledger.expression import (
    absolute,
    all_of,
    annuity,
    any_of,
    average,
    choose,
    declining_balance,
    different,
    end_of_month,
    equal,
    exponential,
    interest,
    internal_rate,
    logarithm,
    maximum,
    median,
    minimum,
    month_of,
    months_later,
    negated,
    power,
    present_value,
    remainder,
    round_down,
    round_up,
    rounded,
    square_root,
    straight_line,
    total,
    when,
    whole_part,
    year_of,
)
from unitledger.ledger import Ledger
from unitledger.lines import (
    CacheHit,
    CapexAmortization,
    CapexAnnuity,
    CostAtMargin,
    GrossMargin,
    Power,
    PriceAtMargin,
    RackRent,
    RequestCost,
)
from unitledger.model import CostLine, Figure, ReplacedLedger, SharedAssumption, Term, cost_line, term
from unitledger.units import BILLING, Calendar, Q, Quantity, Unit, define

__all__ = [
    "BILLING",
    "CacheHit",
    "Calendar",
    "CapexAmortization",
    "CapexAnnuity",
    "CostAtMargin",
    "CostLine",
    "Figure",
    "GrossMargin",
    "Ledger",
    "LedgerError",
    "Power",
    "PriceAtMargin",
    "Q",
    "Quantity",
    "RackRent",
    "ReplacedLedger",
    "RequestCost",
    "SharedAssumption",
    "Term",
    "Unit",
    "absolute",
    "all_of",
    "annuity",
    "any_of",
    "average",
    "choose",
    "cost_line",
    "declining_balance",
    "define",
    "different",
    "end_of_month",
    "equal",
    "exponential",
    "interest",
    "internal_rate",
    "logarithm",
    "maximum",
    "median",
    "minimum",
    "month_of",
    "months_later",
    "negated",
    "power",
    "present_value",
    "remainder",
    "round_down",
    "round_up",
    "rounded",
    "square_root",
    "straight_line",
    "term",
    "total",
    "when",
    "whole_part",
    "year_of",
]
