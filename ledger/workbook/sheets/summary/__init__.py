"""The sheet Summary: `summing` is what its blocks share, `of_checks` what it shows of Checks, `sheet` all of it.

The blocks: `top` (sentences, and the key figures), `alerts`, `moves`, `comparison` of options, `advice`; then `answer`
is what the sentences say, and `charts` stand beside or between.
"""

from unitledger.workbook.sheets.summary.sheet import summary_sheet

__all__ = ["summary_sheet"]
