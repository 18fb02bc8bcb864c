"""What the parts of the sheet Sensitivity share: what it is made of, and how figures are shown."""

from __future__ import annotations

import attrs

from unitledger.compute.break_even import driver_points
from unitledger.model import Entries, Line
from unitledger.workbook.grid import Grid
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import Varying
from unitledger.workbook.sheets.second.places import Places
from unitledger.workbook.sheets.sensitivity.rows import Rows
from unitledger.workbook.study import Study

PLAIN: Style = ("number", GENERAL)
COUNT: Style = ("number", "0")


@attrs.frozen
class Showing:
    """A sheet Sensitivity, and the part of Second calculation that works out what it shows."""

    grid: Grid
    rows: Rows
    varying: Varying

    @property
    def entries(self) -> Entries:
        """The entries of the ledger."""
        return self.varying.again.entries

    @property
    def study(self) -> Study:
        """What is studied."""
        return self.varying.study

    @property
    def there(self) -> Places:
        """The rows of Second calculation."""
        return self.varying.places

    @property
    def line(self) -> Line:
        """The line that is studied."""
        return self.varying.line

    @property
    def pattern(self) -> str:
        """Number format of answers."""
        return self.varying.pattern

    @property
    def answers(self) -> list[float]:
        """The answer in each option, as built."""
        return [known[self.study.answer] for known in self.varying.results.values()]

    @property
    def has_dates(self) -> bool:
        """Whether some input that is listed is a date."""
        return any(unit_of(self.entries, name).is_date for name in self.study.listed)

    @property
    def points_pattern(self) -> str:
        """Number format of the driver at its points, as built."""
        driver = self.study.driver
        assert driver is not None, "only a table of a driver has points"
        points = driver_points(self.entries, driver, self.study.analysed)
        return number_format(unit_of(self.entries, driver), points)
