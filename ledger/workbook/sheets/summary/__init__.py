"""The sheet Summary: `summing` is what its blocks share, `sheet` all of it.

The blocks: `top` (sentences, and the key figures), `alerts`, `moves`, `comparison` of options, `advice`; then `answer`
is what the sentences say, and `charts` stand beside or between.
"""

from unitledger.workbook.sheets.summary.sheet import begin_summary, summary_sheet

__all__ = ["begin_summary", "summary_sheet"]
