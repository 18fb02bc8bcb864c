"""The sheet Sensitivity.

`rows` are its places and what its parts share, `tables` what stands there, its sentences too; `sheet` has the charts
that Summary shows as well. `static` is a sheet for answers over time.
"""

from __future__ import annotations

from unitledger.workbook.sheets.sensitivity.sheet import begin_study, sensitivity_sheet
from unitledger.workbook.sheets.sensitivity.static import has_static_table, static_sheet

__all__ = ["begin_study", "has_static_table", "sensitivity_sheet", "static_sheet"]
