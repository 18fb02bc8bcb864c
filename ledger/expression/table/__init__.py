"""The function table: what every reader needs to know about a function stands in one row.

- `function`: the shape of a row, and the table that a row enters when it is made
- `rules`: which units may meet, and what comes out
- `arithmetic`, `statistics`, `finance`, `dates`: the rows
- `criterion`: what is looked for in blocks, also in many cases at once
"""

from __future__ import annotations

from unitledger.expression.table import arithmetic, criterion, dates, finance, statistics
from unitledger.expression.table.function import FUNCTIONS, Function

__all__ = ["FUNCTIONS", "Function", "arithmetic", "criterion", "dates", "finance", "statistics"]
