"""The sheet Variance of a ledger of plan and actual: `sheet` has the bridges, `said` the texts."""

from __future__ import annotations

from unitledger.workbook.sheets.variance.sheet import begin_variance

__all__ = ["begin_variance"]
