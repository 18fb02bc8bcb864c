"""What the parts of the sheet Sensitivity share: what it is made of, and how figures are shown."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from unitledger.compute.ranges import ends
from unitledger.model import Entries, Line
from unitledger.workbook.grid import Grid
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.constants import PERCENT
from unitledger.workbook.sheets.scenarios.cases import Case
from unitledger.workbook.sheets.scenarios.varying import Varying
from unitledger.workbook.sheets.sensitivity.rows import Rows
from unitledger.workbook.study import Study

PLAIN: Style = ("number", GENERAL)
COUNT: Style = ("number", "0")
# A figure of an input in a sentence keeps four digits, within what can be read.
_DIGITS = 4
_MOST_DECIMALS = 15


@attrs.frozen
class Showing:
    """A sheet Sensitivity, and the sheet Scenarios that works out what it shows."""

    grid: Grid
    rows: Rows
    scenarios: Varying

    @property
    def entries(self) -> Entries:
        """The entries of the ledger."""
        return self.scenarios.entries

    @property
    def study(self) -> Study:
        """What is studied."""
        return self.scenarios.study

    @property
    def line(self) -> Line:
        """The line that is studied."""
        return self.entries.lines[self.study.answer]

    @property
    def pattern(self) -> str:
        """Number format of answers."""
        return number_format(self.line.unit, self.answers(self.scenarios.cases.base))

    def answers(self, cases: Iterable[Case]) -> list[float]:
        """Answers in columns of Scenarios, as built."""
        return [self.scenarios.value(self.study.answer, case) for case in cases]

    def times(self, name: str) -> float:
        """What a stored figure of an input is multiplied by to be shown beside its unit: 100 for percent."""
        return PERCENT if self.input_pattern(name).endswith("%") else 1.0

    def input_pattern(self, name: str) -> str:
        """Number format of an input."""
        return number_format(unit_of(self.entries, name), self._ends(name), exact=True)

    def decimals(self, name: str) -> float:
        """Decimals of an input's figure in a sentence."""
        size = max(map(abs, self._ends(name))) * self.times(name)
        return float(min(max(_DIGITS - 1 - math.floor(math.log10(size)), 0), _MOST_DECIMALS)) if size else 0.0

    def _ends(self, name: str) -> tuple[float, float]:
        return ends(self.entries, name, self.study.analysed)
