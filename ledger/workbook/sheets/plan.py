"""Places of Scenarios and Sensitivity by number, for the sheets that are no grids yet."""

from __future__ import annotations

import attrs

from unitledger.workbook.sheets.sensitivity.showing import Showing
from unitledger.workbook.study import Study


@attrs.frozen
class Plan:
    """Both sheets."""

    showing: Showing

    @property
    def study(self) -> Study:
        """What is studied."""
        return self.showing.study
