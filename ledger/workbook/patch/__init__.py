"""Values written into a workbook that people have worked on; all else in its file stays byte for byte.

- `fill`: what is set, and where; `refresh`: what formulas show then
- `package`: parts of the zip; `sheet`: cells in the XML of a sheet, by where elements begin and end
"""

from __future__ import annotations

from unitledger.workbook.patch.fill import fill

__all__ = ["fill"]
