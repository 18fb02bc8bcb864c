"""The sheet Summary: `summing` is what its blocks share, `sheet` all of it, `text` its words.

From the top down: `key_figures` with the rows of all sentences; `answer`, and the `notices` that qualify it; `charts`,
of which one draws a `waterfall`; `tables` behind them. At the foot, beyond what is printed, stands what these are made
from: the `comparison` of options, the order of notices, names and steps for charts. `difference` is how far two
figures are apart, in words.
"""

from __future__ import annotations

from unitledger.workbook.sheets.summary.sheet import begin_summary, summary_sheet

__all__ = ["begin_summary", "summary_sheet"]
