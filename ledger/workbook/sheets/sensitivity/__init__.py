"""The sheet Sensitivity.

`rows` are its places, `tables` the inputs one at a time, `along` the one-way table, `words` its sentences and the words
of its `charts`, which Summary shows too; `showing` is what they share.
"""

from unitledger.workbook.sheets.sensitivity.sheet import begin_study, sensitivity_sheet

__all__ = ["begin_study", "sensitivity_sheet"]
