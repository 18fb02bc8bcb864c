"""The sheet Inputs: `sheet` is its rows, `rules` what its cells accept.

`history` is the right part: what was built, and what was changed since.
"""

from unitledger.workbook.sheets.inputs.sheet import REVIEW, inputs_sheet, stated

__all__ = ["REVIEW", "inputs_sheet", "stated"]
