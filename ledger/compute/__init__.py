"""Numbers out of a ledger.

- `evaluate`: every line in one option, on floats
- `arrays`: lines for a million cases, numpy, in chunks
- `sweep`: a table over combinations of inputs, with units
"""

from unitledger.compute.arrays import arrays
from unitledger.compute.evaluate import applies, evaluate, input_values, varied
from unitledger.compute.sweep import Column, Table, sweep

__all__ = ["Column", "Table", "applies", "arrays", "evaluate", "input_values", "sweep", "varied"]
