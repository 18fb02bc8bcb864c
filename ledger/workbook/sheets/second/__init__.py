"""The sheet Second calculation: all lines once more, and what they come to as inputs move within their ranges.

`again` is Calc worked out once more, with the values when built, `comparison` which option is best; `places` the rows
beneath, for a ledger whose answer moves: `chosen` which options are looked at, `sheet` one input at a time at its low
and high, and one from its low to its high; `said` are the words of the sheet.
"""

from __future__ import annotations

from unitledger.workbook.sheets.second.again import Again, put_again
from unitledger.workbook.sheets.second.comparison import Comparison, near
from unitledger.workbook.sheets.second.sheet import put_varying
from unitledger.workbook.sheets.second.varying import Varying

__all__ = ["Again", "Comparison", "Varying", "near", "put_again", "put_varying"]
