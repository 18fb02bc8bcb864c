"""What is checked of a workbook without its ledger.

- `verify`: values recalculated by another engine; `units`: units derived from formulas and the unit column alone
- `legal`: what spreadsheets refuse, checked before a file is written
"""

from __future__ import annotations

from unitledger.workbook.audit.units import Rederived, UnitDifference
from unitledger.workbook.audit.verify import Difference, Verification, verify

__all__ = ["Difference", "Rederived", "UnitDifference", "Verification", "verify"]
