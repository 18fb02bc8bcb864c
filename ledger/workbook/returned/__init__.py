"""A workbook that comes back: how it differs from its ledger.

- `rows`, `places`: where the rows of inputs and of all else lie now; `compare`: puts together what the rest find, and
  reads the inputs of an earlier workbook of the ledger
- `inputs`: figures that were changed, in the unit beside them, their ranges, and what stands beside them
- `structure`, `calculations`: headings of Calc, labels and names; units, constants and `formulas`
- `periods`, `tables`: where the rows and columns of a timeline and of tables lie, and their inputs
- `edits`: the report, and the new ledger once it is approved
"""

from __future__ import annotations

from unitledger.workbook.returned.compare import options_of, read_earlier, read_edits
from unitledger.workbook.returned.edits import Calculation, Edit, Edits, Problem, Renamed

__all__ = ["Calculation", "Edit", "Edits", "Problem", "Renamed", "options_of", "read_earlier", "read_edits"]
