"""The rows of the sheet Scenarios from the top down, each with its label, its unit, and what its cells hold."""

from __future__ import annotations

from collections.abc import Iterable

from unitledger.expression import TEXT, Kind
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.sheets.scenarios.cases import Cases
from unitledger.workbook.study import Study


class Rows:
    """Entries over the columns of the sheet; those that a study does not need have no rows.

    What the selectors of Sensitivity name: 1 in the column of the option (`analysed_is`, `compared_is`) and in the row
    of the input (`driver_is`), and their numbers, counted from 1; `unnamed`: how many selectors name nothing. What
    holds in each option, by input: its `low`, its `high`, and the number of the option whose cell is `taken`; the same
    for the driver, with what it is (`driver_now`); `together`: 1 where it moves in both options.
    """

    def __init__(self, grid: Grid, entries: Entries, study: Study, cases: Cases) -> None:
        self._grid, self._entries, self._study, self._width = grid, entries, study, cases.off + 1
        self._table, self._both = bool(cases.points), bool(cases.other_points)
        self._driver: Kind = unit_of(entries, study.driver or study.listed[0])
        self._answer = entries.lines[study.answer]
        self._take_selection()
        self._take_ranges()
        self._take_heads()
        self._take_body()
        self._take_built()

    def _take_selection(self) -> None:
        grid, first, flag = self._grid, FIRST_OPTION, text.ONE_IF_TRUE
        self._section("selection")
        self.analysed_is = grid.row(text.ANALYSED_IS, flag)
        self.analysed = grid.row(text.NUMBER_OF.format(which=text.ANALYSED_IS), text.NUMBER, column=first)
        self.compared_is = grid.row(text.COMPARED_IS, flag, there=self._both)
        number = text.NUMBER_OF.format(which=text.COMPARED_IS)
        self.compared = grid.row(number, text.NUMBER, column=first, there=self._both)
        self.driver_is = self._each(self._study.listed if self._table else (), text.ONE_IF_DRIVER, column=first)
        self.driver = grid.row(text.NUMBER_OF_DRIVER, text.NUMBER, column=first, there=self._table)
        self.unnamed = grid.row(text.SELECTORS_OF_NOTHING, text.CELLS, column=first)

    def _take_ranges(self) -> None:
        driver = self._driver
        self._section("low")
        self.low = self._each(self._study.listed)
        self._section("high")
        self.high = self._each(self._study.listed)
        self._section("taken", there=self._both)
        self.taken = self._each(self._study.listed if self._both else (), text.NUMBER_OF_OPTION)
        self._section("driver", there=self._table)
        self.driver_low = self._of_driver(text.LOW, driver, there=self._table)
        self.driver_high = self._of_driver(text.HIGH, driver, there=self._table)
        self.driver_now = self._of_driver(text.AS_IT_IS_NOW, driver, there=self._both)
        self.driver_taken = self._of_driver(text.OPTION_TAKEN, driver, there=self._both)
        self.together = self._grid.row(text.MOVES_IN_BOTH, text.ONE_IF_TRUE, column=FIRST_OPTION, there=self._both)

    def _take_heads(self) -> None:
        grid, driver, answer = self._grid, self._driver, self._answer.unit
        self._section("columns")
        self.option = grid.row(text.OPTION, text.NAME_OF_OPTION, TEXT)
        self.number = grid.row(text.OPTION_NUMBER, text.NUMBER)
        self.varied = grid.row(text.VARIED, text.NAME_OF_INPUT, TEXT)
        self.begin = self._of_driver(text.LOW, driver, there=self._table)
        self.end = self._of_driver(text.HIGH, driver, there=self._table)
        self.step = grid.row(text.STEP_OF_TABLE, text.NUMBER, there=self._table)
        self.left = grid.row(text.LEFT, text.AS_THE_INPUT, driver, there=self._both)
        self.at_left = grid.row(text.LEFT_DIFFERENCE, text.AS_THE_ANSWER, answer, there=self._both)
        self.right = grid.row(text.RIGHT, text.AS_THE_INPUT, driver, there=self._both)
        self.at_right = grid.row(text.RIGHT_DIFFERENCE, text.AS_THE_ANSWER, answer, there=self._both)
        self.root = grid.row(text.ROOT, text.AS_THE_ANSWER, answer, there=self._both)
        self.share = grid.row(text.SHARE_OF_HALF, text.PLAIN_NUMBER, there=self._both)
        self.set_to = grid.row(text.SET_TO, text.AS_THE_INPUT, driver)

    def _take_body(self) -> None:
        grid, answer, first = self._grid, self._answer.unit, FIRST_OPTION
        self._section("inputs")
        self.inputs = self._each(self._study.listed)
        self._section("others", there=bool(self._study.others))
        self.others = self._each(self._study.others)
        self._section("lines")
        self.lines = self._each(self._study.lines)
        self.answer = self.lines[self._study.answer]

        self._section("break_even", there=self._both)
        self.difference = grid.row(text.DIFFERENCE_OF_OPTIONS, answer.spelling, answer, there=self._both)
        self.changes = grid.row(text.CHANGES_SIGN, text.ONE_IF_TRUE, there=self._both)
        self.found = grid.row(text.BREAK_EVEN_FOUND, text.ONE_IF_TRUE, column=first, there=self._both)
        self.interval = grid.row(text.INTERVAL_OF_CHANGE, text.NUMBER, column=first, there=self._both)

    def _take_built(self) -> None:
        line, driver = self._answer, self._driver
        self._section("built")
        self.built_number = self._when_built(text.OPTION_NUMBER, text.NUMBER)
        self.built_varied = self._when_built(text.VARIED, text.NAME_OF_INPUT, TEXT)
        self.built_set_to = self._when_built(text.SET_TO, text.AS_THE_INPUT, driver)
        self.built_answer = self._when_built(line.label, line.unit.spelling, line.unit)
        self.built_size = self._when_built(text.LARGEST_SUMMED, line.unit.spelling, line.unit)
        self.same = self._grid.row(text.SAME_AS_BUILT, text.ONE_IF_TRUE)
        self.differs = self._grid.row(text.DIFFERS_FROM_BUILT, text.ONE_IF_TRUE)

    @property
    def placed(self) -> dict[str, Entry]:
        """The rows in which inputs and lines of the ledger are worked out anew, by name."""
        return {name: entry[name] for entry in (self.inputs, self.others, self.lines) for name in entry.keys}

    def _section(self, name: str, *, there: bool = True) -> None:
        if there:
            self._grid.section(text.SCENARIO_SECTIONS[name], self._width)

    def _each(self, names: Iterable[str], unit: str = "", *, column: int | None = None) -> Entry:
        """Take a row for each of some inputs or lines, of its own unit unless told."""
        entries = self._entries
        own = {name: DIMENSIONLESS if unit else unit_of(entries, name) for name in names}
        heads = {name: (entries[name].label, unit or kind.spelling, kind) for name, kind in own.items()}
        return self._grid.rows(heads, column=column)

    def _of_driver(self, what: str, kind: Kind, *, there: bool) -> Entry:
        return self._grid.row(text.OF_DRIVER.format(what=what), text.AS_THE_INPUT, kind, there=there)

    def _when_built(self, what: str, unit: str, kind: Kind | None = None) -> Entry:
        label = text.SCENARIO_WHEN_BUILT.format(what=what)
        return self._grid.row(label, unit) if kind is None else self._grid.row(label, unit, kind)
