"""Numbers out of a ledger.

- `evaluate`: lines in their order in one option, on floats; `alerts`: what to be warned of there
- `columns`: lines in the columns of a sheet; `arrays`: a million cases in chunks; `cases`: what varies there
- `sweep`: a table over combinations of inputs, with units
- `ranges`, `sensitivity`: how far an answer moves when inputs go to their low and high, one at a time
- `break_even`: the value of an input at which two options come out equal; `refine`: how it is found
- `cancellation`: how closely two programs agree
"""

from unitledger.compute.alerts import disqualifying, is_outside, is_plausible, outside, raised
from unitledger.compute.arrays import arrays
from unitledger.compute.break_even import break_even
from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.evaluate import applies, evaluate, input_values, varied
from unitledger.compute.sensitivity import Sensitivity, Swing, headline_of, sensitivity
from unitledger.compute.sweep import Column, Table, sweep

__all__ = [
    "TOLERANCE",
    "Column",
    "Sensitivity",
    "Swing",
    "Table",
    "applies",
    "arrays",
    "break_even",
    "disqualifying",
    "evaluate",
    "headline_of",
    "input_values",
    "is_outside",
    "is_plausible",
    "outside",
    "raised",
    "sensitivity",
    "sweep",
    "varied",
]
