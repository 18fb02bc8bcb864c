"""What a ledger is made of; everything but the ledger itself is frozen.

- `entry`: what an entry is; `held`: what a ledger holds, and how it is looked up
- `written`: how entries are written down; `derived`: what follows from a ledger that is there
- `builder`: the append-only builder, whose methods call these
"""

from unitledger.model.builder import Builder
from unitledger.model.derived.breakdown import Breakdown, breakdown, part_label
from unitledger.model.derived.reporting import key_figures
from unitledger.model.derived.stale import dated_prices, oldest_price, stale_prices, stale_rule
from unitledger.model.derived.variant import renamed, with_settings
from unitledger.model.entry.entry import Named, ReplacedLedger, mark_replaced
from unitledger.model.entry.figure import Bounds, Figure, Setting, day
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Input
from unitledger.model.entry.line import Advice, Alert, Line
from unitledger.model.entry.names import anchor, labelled, told_apart
from unitledger.model.entry.settle import Given, as_given, setting_of, stored
from unitledger.model.held.entries import (
    Entries,
    check_line,
    check_not_empty,
    check_option,
    conditions,
    name_of,
    own_settings,
)
from unitledger.model.written.bill import SharedAssumption
from unitledger.model.written.costline import CostLine, Term, cost_line, term

__all__ = [
    "Advice",
    "Alert",
    "Assumption",
    "Bounds",
    "Breakdown",
    "Builder",
    "Choice",
    "Constant",
    "CostLine",
    "Entries",
    "Figure",
    "Given",
    "Input",
    "Line",
    "Named",
    "ReplacedLedger",
    "Setting",
    "SharedAssumption",
    "Term",
    "anchor",
    "as_given",
    "breakdown",
    "check_line",
    "check_not_empty",
    "check_option",
    "conditions",
    "cost_line",
    "dated_prices",
    "day",
    "key_figures",
    "labelled",
    "mark_replaced",
    "name_of",
    "oldest_price",
    "own_settings",
    "part_label",
    "renamed",
    "setting_of",
    "stale_prices",
    "stale_rule",
    "stored",
    "term",
    "told_apart",
    "with_settings",
]
