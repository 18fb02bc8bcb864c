"""Numbers out of a ledger.

- `evaluate`: lines in their order in one option, on floats
- `conditions`: what holds in an option, whether it is refused, why a line has no value; `alerts`: what to be warned of
- `many`: many cases, as arrays or as tables over combinations of inputs
- `simulation`: answers when inputs are drawn at random
- `sensitivity`: lines in the columns of a sheet; how far an answer moves when inputs go to the ends of their ranges
- `break_even`: the value of an input at which two options come out equal
- `cancellation`: how closely two programs agree
"""

from __future__ import annotations

from unitledger.compute.alerts import disqualifying, is_plausible
from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.conditions import applies
from unitledger.compute.evaluate import evaluate

__all__ = ["TOLERANCE", "applies", "disqualifying", "evaluate", "is_plausible"]
