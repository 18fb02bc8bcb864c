"""The sheet Inputs: `sheet` is its rows, `rules` what its cells accept.

`changed` is the right end: what was changed since the workbook was built.
"""

from __future__ import annotations

from unitledger.workbook.sheets.inputs.sheet import inputs_sheet, put_stated, stated

__all__ = ["inputs_sheet", "put_stated", "stated"]
