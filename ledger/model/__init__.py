"""What a ledger is made of; everything but the ledger itself is frozen.

- `entry`: what an entry is; `held`: what a ledger holds, and how it is looked up
- `axis`: what has a figure in each period of a timeline, or for each item of a table
- `written`: how entries are written down; `derived`: what follows from a ledger that is there
- `builder`: the append-only builder, whose methods call these; of these `axes` has those for a timeline, tables,
  curves and tiers
"""

from __future__ import annotations

from unitledger.model.axis.by_label import ByLabel
from unitledger.model.axis.formulas import figures, formulas, precedents
from unitledger.model.axis.reach import in_period, is_along
from unitledger.model.axis.spread import by_cell
from unitledger.model.axis.tables import checked_word
from unitledger.model.builder import Builder
from unitledger.model.derived.breakdown import Breakdown, breakdown, part_label
from unitledger.model.derived.reporting import key_figures
from unitledger.model.derived.stale import dated_prices, oldest_price, stale_prices, stale_rule
from unitledger.model.derived.variant import (
    Relisted,
    relisted,
    renamed,
    spare_option,
    take_booked,
    with_settings,
    with_spare,
    without_spare,
)
from unitledger.model.entry.axis import Items, cell_name
from unitledger.model.entry.entry import Named, ReplacedLedger, mark_replaced
from unitledger.model.entry.figure import Bounds, Figure, Setting, day
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Input, Words
from unitledger.model.entry.line import ACTUAL, PLAN, Advice, Alert, AnyEntry, Effect, Line, Outcome
from unitledger.model.entry.names import anchor, labelled, told_apart
from unitledger.model.entry.over import AxisInput, AxisLine, Balance, ItemTable, column, look_up
from unitledger.model.entry.settle import Given, as_given, bounded, setting_of, stored
from unitledger.model.held.entries import (
    Entries,
    check_line,
    check_not_empty,
    check_option,
    check_options,
    conditions,
    has_axes,
    name_of,
    names,
    own_settings,
)
from unitledger.model.written.costline import CostLine, SharedAssumption, Term, cost_line, term
from unitledger.model.written.points import Curve, Tiers

__all__ = [
    "ACTUAL",
    "PLAN",
    "Advice",
    "Alert",
    "AnyEntry",
    "Assumption",
    "AxisInput",
    "AxisLine",
    "Balance",
    "Bounds",
    "Breakdown",
    "Builder",
    "ByLabel",
    "Choice",
    "Constant",
    "CostLine",
    "Curve",
    "Effect",
    "Entries",
    "Figure",
    "Given",
    "Input",
    "ItemTable",
    "Items",
    "Line",
    "Named",
    "Outcome",
    "Relisted",
    "ReplacedLedger",
    "Setting",
    "SharedAssumption",
    "Term",
    "Tiers",
    "Words",
    "anchor",
    "as_given",
    "bounded",
    "breakdown",
    "by_cell",
    "cell_name",
    "check_line",
    "check_not_empty",
    "check_option",
    "check_options",
    "checked_word",
    "column",
    "conditions",
    "cost_line",
    "dated_prices",
    "day",
    "figures",
    "formulas",
    "has_axes",
    "in_period",
    "is_along",
    "key_figures",
    "labelled",
    "look_up",
    "mark_replaced",
    "name_of",
    "names",
    "oldest_price",
    "own_settings",
    "part_label",
    "precedents",
    "relisted",
    "renamed",
    "setting_of",
    "spare_option",
    "stale_prices",
    "stale_rule",
    "stored",
    "take_booked",
    "term",
    "told_apart",
    "with_settings",
    "with_spare",
    "without_spare",
]
