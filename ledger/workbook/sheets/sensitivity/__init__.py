"""The sheet Sensitivity.

`rows` are its places, `tables` the inputs one at a time, `along` the one-way table, `words` its sentences and the words
of its `charts`, which Summary shows too; `showing` is what they share. `static` is a sheet for answers over time.
"""

from __future__ import annotations

from unitledger.workbook.sheets.sensitivity.sheet import begin_study, sensitivity_sheet
from unitledger.workbook.sheets.sensitivity.static import has_static_table, static_sheet

__all__ = ["begin_study", "has_static_table", "sensitivity_sheet", "static_sheet"]
