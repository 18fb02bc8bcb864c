"""The places of the sheet Sensitivity: selectors, sentences, charts, tables; and how figures are shown there."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.compute.break_even import driver_points
from unitledger.expression import TEXT, Apply, Kind, apply, sentence
from unitledger.expression.table.arithmetic import HYPERLINK
from unitledger.expression.table.statistics import INDEX
from unitledger.model import Entries, Line
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import Varying, said
from unitledger.workbook.sheets.second.chosen import Selectors
from unitledger.workbook.sheets.second.places import Places
from unitledger.workbook.study import Study

SELECTOR = FIRST_OPTION
"""Column of the selectors, of every figure that stands alone, and of the first of a table."""

LAST_COLUMN = SELECTOR + 8
ROWS_OF_CHARTS = 15


class Ranked:
    """Inputs one beneath the other, the strongest first, under their headings.

    An input's `low` and `high`, the answer `at_low` and `at_high`, and how far that changes at each; its `place` among
    the listed inputs. `beside`: empty cells, to count rows by.
    """

    def __init__(self, grid: Grid, titles: Mapping[str, str], count: int, answer: Kind) -> None:
        self._heading = grid.take()
        grid.sheet.heights[self._heading] = frame.TWO_LINES
        for column, title in enumerate(titles.values()):
            style = "heading_right" if column >= SELECTOR else "heading_in" if column else "heading"
            grid.sheet.text(self._heading, column, title, (style, GENERAL))
        rows = {place: grid.take() for place in range(count)}
        # Which input stands in a row, a formula finds: figures of any unit are plain numbers there.
        kinds = DIMENSIONLESS, DIMENSIONLESS, answer, answer, answer, answer, DIMENSIONLESS, DIMENSIONLESS
        columns = [grid.entry("", kind, rows, column) for column, kind in enumerate(kinds, start=SELECTOR)]
        self.low, self.high, self.at_low, self.at_high, *changes, self.place, self.beside = columns
        self.change_at_low, self.change_at_high = changes
        self.label, self.unit = self.low.label, self.low.unit

    def heading(self, column: Entry) -> Entry:
        """The heading of a column."""
        return attrs.evolve(column, kind=TEXT, rows=self._heading)


class Rows:
    """Entries of the sheet; those that a study does not need have no rows.

    `selectors`: what is analysed; `analysed`, `compared`: the options that are. `about`, `span`, `flip`: sentences that
    say it, the range of the answer, and where two options come out equal. `charts`: the first row of the charts, under
    their headings `over`. `ranked`: the inputs by swing, the strongest first; `as_is`, `least`, `greatest`: the answer
    as it is and over all changes. `value`: values of the driver, over its points; `option`, `other`: the answers there;
    `difference`: of the two. `break_even`: the value there, or that there is none. `apart`: inputs that are not listed,
    in words.
    """

    def __init__(self, grid: Grid, entries: Entries, study: Study, places: Places) -> None:
        self._grid = grid
        line, driver = entries.lines[study.answer], study.driver
        table, both = driver is not None, driver is not None and study.compared is not None
        answer, spelled = line.unit, line.unit.spelling
        self.link_name, self.link_label = places.name_of, places.ends.label
        self.analysed = places.name.only(said.ANALYSED)
        self.compared = places.name.only(said.COMPARED) if len(places.pair) > 1 else None
        grid.section(text.SELECTION, LAST_COLUMN + 1)
        self.selectors = Selectors(
            self._alone(text.ANALYSED_OPTION, kind=TEXT),
            self._alone(text.COMPARED_OPTION, kind=TEXT, there=self.compared is not None),
        )
        grid.next += 1
        self.about, self.span = self._sentence(), self._sentence()
        self.flip = self._sentence(there=both)
        grid.take()
        self.over = grid.take()
        self.charts = grid.take(ROWS_OF_CHARTS)
        grid.section(text.TORNADO, LAST_COLUMN + 1)
        titles = {title: title.format(answer=line.label) for title in text.TORNADO_TITLES}
        self.ranked = Ranked(grid, titles, len(study.listed), answer)
        self.as_is = self._alone(kind=answer)
        self.least = self._alone(text.LEAST_ANSWER, spelled, answer)
        self.greatest = self._alone(text.GREATEST_ANSWER, spelled, answer)
        if table:
            grid.section(text.ONE_WAY, LAST_COLUMN + 1)
        kind = DIMENSIONLESS if driver is None else unit_of(entries, driver)
        label = "" if driver is None else entries.inputs[driver].label
        self.value = grid.row("", "", kind, there=table)
        self.value_label = label, kind.spelling
        self.option = grid.row("", spelled, answer, there=table)
        self.other = grid.row("", spelled, answer, there=both)
        self.difference = grid.row(text.DIFFERENCE_OF_OPTIONS, spelled, answer, there=both)
        self.break_even = self._alone(kind=kind, there=both)
        self.apart = {why: self._sentence() for why in study.not_listed}

    @property
    def link(self) -> Apply:
        """What names the input in a row of the sorted ones, and leads to its cell."""
        place = self.ranked.place
        name, label = (apply(INDEX, column.down(), place) for column in (self.link_name, self.link_label))
        return apply(HYPERLINK, sentence("#", name), label)

    def _alone(self, label: str = "", unit: str = "", kind: Kind = DIMENSIONLESS, *, there: bool = True) -> Entry:
        """Take a row of one figure."""
        return self._grid.row(label, unit, kind, column=SELECTOR, there=there)

    def _sentence(self, *, there: bool = True) -> Entry:
        return self._grid.row("", "", TEXT, column=LABEL_COLUMN, there=there)


PLAIN: Style = ("number", GENERAL)


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
