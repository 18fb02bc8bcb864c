"""What a ledger is made of; everything but the ledger itself is frozen.

- `figure`: a quantity with its provenance; `inputs`: assumption, choice, constant and their settings
- `entry`: what inputs and lines have in common; `belongs`: whether one is of this ledger or of another; `again`: the
  same definition twice
- `bounds`: what figures may be at all; `section`: what those of a section have in common; `stale`: prices that are out
  of date
- `line`: line, alert, advice, headline, option; `costline`: cost lines as classes of terms; `breakdown`: what a line is
  made of; `plausible`: alerts on what it can be
- `entries`: the append-only builder over what is `held`; `record` makes its entries, `bill` those of a cost line;
  `settle` brings figures to an input's unit and bounds, `include` takes one ledger into another, `variant` copies one
  with other settings or fewer options, `reporting` with its key figures in another currency, `names` says which names
  a workbook can carry
"""

from unitledger.model.bill import SharedAssumption
from unitledger.model.bounds import Bounds
from unitledger.model.breakdown import Breakdown, breakdown, part_label
from unitledger.model.costline import CostLine, Term, cost_line, term
from unitledger.model.entries import Entries, Given
from unitledger.model.entry import Entry, ReplacedLedger
from unitledger.model.figure import Figure
from unitledger.model.held import Named
from unitledger.model.inputs import Assumption, Choice, Constant, Input, Setting
from unitledger.model.line import Advice, Alert, Headline, Line, Option
from unitledger.model.names import anchor
from unitledger.model.reporting import Rate, Reporting, exchange_rates, is_exchange_rate, key_figures
from unitledger.model.stale import dated_prices, oldest_price, stale_prices, stale_rule

__all__ = [
    "Advice",
    "Alert",
    "Assumption",
    "Bounds",
    "Breakdown",
    "Choice",
    "Constant",
    "CostLine",
    "Entries",
    "Entry",
    "Figure",
    "Given",
    "Headline",
    "Input",
    "Line",
    "Named",
    "Option",
    "Rate",
    "ReplacedLedger",
    "Reporting",
    "Setting",
    "SharedAssumption",
    "Term",
    "anchor",
    "breakdown",
    "cost_line",
    "dated_prices",
    "exchange_rates",
    "is_exchange_rate",
    "key_figures",
    "oldest_price",
    "part_label",
    "stale_prices",
    "stale_rule",
    "term",
]
