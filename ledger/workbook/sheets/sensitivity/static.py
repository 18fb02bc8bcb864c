"""The sheet Sensitivity of an answer that stands on periods or items: a static table, worked out in Python.

A second calculation of every period for each low and high would outgrow the model.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.compute.sensitivity import moved_alone, ranges, spread
from unitledger.model import Assumption, Entries
from unitledger.units import quantity as quantity_of
from unitledger.workbook import text
from unitledger.workbook.grid import Grid, frame
from unitledger.workbook.layout import FIRST_ROW, HINT_ROW, LABEL_COLUMN, SENSITIVITY, UNIT_COLUMN
from unitledger.workbook.look.formats import decimals_in_words, number_format
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.strip import put_freshness
from unitledger.workbook.study import MOST_LISTED, Results, stands_on_axis

LOW, HIGH, AT_LOW, AT_HIGH, CHANGE_AT_LOW, CHANGE_AT_HIGH, SWING = range(2, 9)
_FIGURE_WIDTH = 13


def has_static_table(entries: Entries) -> bool:
    """Whether what moves the answer is a static table: it stands on periods or items, and on an input with a range."""
    if entries.answer is None or not stands_on_axis(entries, entries.answer.line):
        return False
    return any(ranges(entries, entries.answer.line, option) for option in entries.options)


def static_sheet(checks: Checks, results: Results) -> Sheet:
    """Return the sheet: in each option the inputs that move the answer, the strongest first."""
    entries = checks.entries
    assert entries.answer is not None
    line = entries.lines[entries.answer.line]
    sheet = frame.begin(SENSITIVITY, text.SENSITIVITY_TITLE, text.SENSITIVITY_STATIC)
    titles = [title.format(answer=line.label) for title in (*text.TORNADO_TITLES[:-1], text.SWING)]
    frame.headings(sheet, titles, range(LOW, SWING + 1))
    grid = Grid(sheet, {}, FIRST_ROW)
    tables = [_Table.of(entries, option, results) for option in entries.options]
    pattern = number_format(line.unit, [figure for table in tables for figure in table.figures])
    for table in tables:
        table.put(entries, grid, pattern)
    with grid.mapped("swings", rows=range(HINT_ROW, grid.next), columns=range(LABEL_COLUMN, SWING + 1)):
        put_freshness(grid, SWING, checks)
    labels = (entries.inputs[name].label for table in tables for name in table.swings)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.UNIT_WIDTH
    frame.fit_figures(sheet, range(LOW, SWING + 1), _FIGURE_WIDTH)
    return sheet


@attrs.frozen
class _Table:
    """The inputs that move an answer in an option: its low and high, and the answer at these, the strongest first.

    `without`: inputs at whose low or high there is no answer.
    """

    option: str
    answer: float
    ends: Mapping[str, tuple[float, float]]
    swings: Mapping[str, tuple[float, float]]
    without: tuple[str, ...]

    @classmethod
    def of(cls, entries: Entries, option: str, results: Results) -> _Table:
        assert entries.answer is not None
        line = entries.answer.line
        answer, ends = results[option][line], ranges(entries, line, option)
        found = moved_alone(entries, line, {option: ends}, results)[option]
        order = sorted(found, key=lambda name: spread((*found[name], answer)), reverse=True)
        swings = {name: (found[name][0], found[name][1]) for name in order}
        return cls(option, answer, ends, swings, tuple(name for name in ends if name not in found))

    @property
    def figures(self) -> list[float]:
        """The answer, as it is and at all ends."""
        return [self.answer, *(figure for both in self.swings.values() for figure in both)]

    def put(self, entries: Entries, grid: Grid, pattern: str) -> None:
        """Put the table: a sentence, a row for each input, and what is not listed."""
        assert entries.answer is not None
        line, sheet = entries.lines[entries.answer.line], grid.sheet
        grid.section(self.option, SWING + 1)
        decimals, share = decimals_in_words(pattern, self.figures), 100 if pattern.endswith("%") else 1
        answer, least, most = (
            str(quantity_of(figure, line.unit))
            if line.unit.is_date
            else f"{share * figure:,.{decimals}f} {line.unit.spelling}"
            for figure in (self.answer, min(self.figures), max(self.figures))
        )
        said = text.SWINGS if self.swings else text.NO_SWING
        told = said.format(label=line.label, answer=answer, least=least, most=most)
        sheet.text(grid.take(), LABEL_COLUMN, told, frame.TEXT)
        for name in list(self.swings)[:MOST_LISTED]:
            target = entries.inputs[name]
            assert isinstance(target, Assumption)
            row, at = grid.take(), self.swings[name]
            grid.head(row, target.label, target.unit.spelling)
            own = number_format(target.unit, self.ends[name], exact=True)
            changes = at[0] - self.answer, at[1] - self.answer
            figures = (*at, *changes, spread((*at, self.answer)))
            for column, figure, look in zip(
                range(LOW, SWING + 1), (*self.ends[name], *figures), (own, own, *[pattern] * len(figures)), strict=True
            ):
                sheet.number(row, column, figure, ("constant", look))
        for kind, names in (("weaker", list(self.swings)[MOST_LISTED:]), ("broken", self.without)):
            if names:
                labels = ", ".join(entries.inputs[name].label for name in names)
                sheet.text(grid.take(), LABEL_COLUMN, text.NOT_LISTED_HERE[kind].format(labels=labels), frame.TEXT)
