"""The places of the sheet Sensitivity from the top down: selectors, sentences, tables, the words of charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.expression import TEXT, Apply, Kind, apply, sentence
from unitledger.expression.table.arithmetic import HYPERLINK
from unitledger.expression.table.statistics import INDEX
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.scenarios.selection import Selectors
from unitledger.workbook.sheets.scenarios.varying import Varying

SELECTOR = FIRST_OPTION
"""Column of the selectors, of every figure that stands alone, and of the first of a table."""

LAST_COLUMN = SELECTOR + 8
ROWS_OF_CHARTS = 15


class Table:
    """Inputs one beneath the other, under their headings.

    An input's `low` and `high`, the answer `at_low` and `at_high`, the `swing` between them, and a `place`: of the
    sorted ones in listed order, of the listed ones by swing. Beside the sorted ones the change of the answer at each
    end; beside the listed ones their defined `name`, what figures are shown `times`, and the `decimals` of sentences.
    """

    def __init__(self, grid: Grid, title: str, titles: Sequence[str], inputs: Mapping[Key, Kind], answer: Kind) -> None:
        grid.section(title, LAST_COLUMN + 1)
        self._heading = grid.next
        grid.sheet.heights[self._heading] = frame.TWO_LINES
        for column, said in enumerate(titles):
            style = "heading_right" if column >= SELECTOR else "heading_in" if column else "heading"
            grid.sheet.text(self._heading, column, said, (style, GENERAL))
        rows = {each: row for row, each in enumerate(inputs, start=self._heading + 1)}
        grid.next += 1 + len(rows)
        kinds = inputs, inputs, answer, answer, answer, answer, answer, DIMENSIONLESS, DIMENSIONLESS
        columns = [grid.entry(titles[place], kind, rows, place) for place, kind in enumerate(kinds, start=SELECTOR)]
        self.low, self.high, self.at_low, self.at_high, *changes, self.swing, self.place, self.decimals = columns
        self.change_at_low, self.change_at_high = changes
        self.name, self.times = self.change_at_low.of(TEXT), self.change_at_high.of(DIMENSIONLESS)
        self.label, self.unit = self.low.label, self.low.unit

    def heading(self, column: Entry) -> Entry:
        """The heading of a column."""
        return attrs.evolve(column, kind=TEXT, rows=self._heading)


class Rows:
    """Entries of the sheet; those that a study does not need have no rows.

    `selectors`: what is analysed. `about`, `span`, `flip`: sentences that say it, the range of the answer, and the
    break-even. `charts`: the first row of the charts. `ranked`: the inputs by swing, the strongest first; `as_is`,
    `least`, `greatest`: the answer as it is and over all changes. `value`: values of the driver, over the points of the
    one-way table; `option`, `other`: the answers there; `difference`: of the two. `driver_is`: the driver as it is;
    `break_even`: its value there, or that there is none; `remaining`: the difference there. `listed`: the inputs in the
    order of Scenarios. `apart`: inputs that are not listed, in words. `words`: of the charts, by what they title.
    """

    def __init__(self, grid: Grid, scenarios: Varying) -> None:
        self._grid = grid
        entries, study, cases = scenarios.entries, scenarios.study, scenarios.cases
        table, both, line = bool(cases.points), bool(cases.other_points), entries.lines[study.answer]
        answer, driver = line.unit, scenarios.rows.set_to.kind_of(None)
        grid.section(text.SELECTION, LAST_COLUMN + 1)
        self.selectors = Selectors(
            self._alone(text.ANALYSED_OPTION, kind=TEXT),
            self._alone(text.COMPARED_OPTION, kind=TEXT, there=both),
            self._alone(text.DRIVER_OF_TABLE, kind=TEXT, there=table),
        )
        grid.next += 1
        self.about, self.span = self._sentence(), self._sentence()
        self.flip = self._sentence(there=both)
        self.charts = grid.next + 1
        grid.next = self.charts + ROWS_OF_CHARTS
        sorted_titles, listed_titles = (
            [said.format(answer=line.label) for said in titles] for titles in (text.TORNADO_TITLES, text.LISTED_TITLES)
        )
        plain = dict.fromkeys(range(len(study.listed)), DIMENSIONLESS)
        # Which input stands in a row of the sorted ones, a formula finds: figures of any unit are plain numbers there.
        self.ranked = Table(grid, text.TORNADO, sorted_titles, plain, answer)
        self.as_is = self._alone(kind=answer)
        self.least = self._alone(text.LEAST_ANSWER, answer.spelling, answer)
        self.greatest = self._alone(text.GREATEST_ANSWER, answer.spelling, answer)
        if table:
            grid.section(text.ONE_WAY, LAST_COLUMN + 1)
        self.value = grid.row("", "", driver, there=table)
        self.option = grid.row("", answer.spelling, answer, there=table)
        self.other = grid.row("", answer.spelling, answer, there=both)
        self.difference = grid.row(text.DIFFERENCE_OF_OPTIONS, answer.spelling, answer, there=both)
        self.driver_is = self._alone(text.DRIVER_IS, kind=driver, there=both)
        self.break_even = self._alone(kind=driver, there=both)
        self.remaining = self._alone(text.REMAINING, answer.spelling, answer, there=both)
        kinds = {name: unit_of(entries, name) for name in study.listed}
        self.listed = Table(grid, text.LISTED, listed_titles, kinds, answer)
        self.apart = {
            said: self._sentence()
            for said, names in (("weaker", study.weaker), ("broken", study.without_answer))
            if names
        }
        grid.section(text.WORDS_OF_CHARTS, LAST_COLUMN + 1)
        titled = ("tornado", "change", *("lines", "driver") * table)
        self.words = grid.rows({each: (text.CHART_WORDS[each], "", TEXT) for each in titled}, column=SELECTOR)

    @property
    def link(self) -> Apply:
        """What names the input in a row of the sorted ones, and leads to its cell."""
        place = self.ranked.place
        name, label = (apply(INDEX, column.down(), place) for column in (self.listed.name, self.listed.label))
        return apply(HYPERLINK, sentence("#", name), label)

    def _alone(self, label: str = "", unit: str = "", kind: Kind = DIMENSIONLESS, *, there: bool = True) -> Entry:
        """Take a row of one figure."""
        return self._grid.row(label, unit, kind, column=SELECTOR, there=there)

    def _sentence(self, *, there: bool = True) -> Entry:
        return self._grid.row("", "", TEXT, column=LABEL_COLUMN, there=there)
