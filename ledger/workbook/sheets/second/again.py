"""Calc worked out once more: each line by its own formula, beside it its value when the workbook was built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, reduce
from itertools import count
from operator import add

import attrs

from unitledger.compute.cancellation import cancelled
from unitledger.expression import (
    TEXT,
    Apply,
    Expression,
    Factor,
    Number,
    Operand,
    Reference,
    apply,
    different,
    equal,
    when,
)
from unitledger.expression.table.arithmetic import DUST, ISFORMULA, ISNUMBER, ROUND
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, HEADING_ROW, LABEL_COLUMN, SECOND, UNIT_COLUMN, Layout
from unitledger.workbook.ledger_cells import LedgerCells, unit_of
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.calc import put_lines
from unitledger.workbook.sheets.second import said
from unitledger.workbook.study import Results

COUNT: Style = ("number", "0")
_LABEL_WIDTH, _FIGURE_WIDTH = 32, 13
# Rows of which one formula names the cells.
_MOST_NAMED = 40
LAST_COLUMN = FIRST_OPTION + 12
"""Last column of the rows beneath the lines."""


@attrs.frozen(slots=False)
class Again:
    """Entries over the options, by line.

    `results`: what lines come to, by option, which may be worked out after this is made. `lines`: each line again;
    `off`: in the first of some rows, how many of their cells on Calc are not that; `built`: the values when the
    workbook was built, `sizes`: beside those that are small beside an operand of a sum, the size of that.
    """

    entries: Entries
    results: Results
    cells: LedgerCells
    grid: Grid
    lines: Entry
    off: Entry
    built: Entry
    sizes: Entry

    @classmethod
    def begin(cls, entries: Entries, layout: Layout, cells: LedgerCells, results: Results) -> Again:
        """Begin the sheet, and take the rows."""
        sheet = frame.begin(SECOND, cells.values, said.TITLE, said.HINT)
        grid = Grid(sheet, dict(zip(layout.options, layout.option_columns, strict=True)), FIRST_ROW)
        lines = grid.rows({name: (line.label, line.unit.spelling, line.unit) for name, line in entries.lines.items()})
        off = layout.after_options

        def right_of(first: int) -> Entry:
            return attrs.evolve(lines, columns={option: first + at for at, option in enumerate(layout.options)})

        built, sizes = right_of(off + 1), right_of(off + 1 + len(layout.options))
        counts = attrs.evolve(lines, kind=DIMENSIONLESS, columns=off)
        return cls(entries, results, cells, grid, lines, counts, built, sizes)

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns are taken."""
        _, last = self.sizes.place(self.lines.keys[0], list(self.entries.options)[-1])
        return self.grid.next, last + 1

    def named(self, leaf: Reference | Factor) -> Entry:
        """Return the cell that a name or a factor of the ledger stands for; of a line that on this sheet."""
        if isinstance(leaf, Reference) and self.lines.has(leaf.name):
            return self.lines[leaf.name]
        return self.cells.named(leaf)

    def by_name(self, name: str) -> Entry:
        """Return the row of an input, on Calc, or that of a line, on this sheet."""
        return self.lines[name] if self.lines.has(name) else self.cells.figures[name]

    @cached_property
    def cancelled(self) -> Mapping[str, Mapping[str, float]]:
        """By option, the lines that are small beside an operand of a sum, with the size of that."""
        return {option: cancelled(self.entries, known) for option, known in self.results.items()}

    def off_built(self) -> Expression:
        """How many cells lie further from the values when built than the tolerance; sums by their largest operand."""
        there, here, size = (each.of(DIMENSIONLESS).block() for each in (self.lines, self.built, self.sizes))
        # A value may be below 0 here; beside an operand it counts for nothing.
        return off_by(there, here, self.cells.tolerance * (here + size if any(self.cancelled.values()) else here))


def off_by(there: Operand, here: Operand, allowed: Operand) -> Expression:
    """How many of neighbouring cells lie further from others than is allowed.

    Below one end or above the other: exactly one comparison holds outside, none or both inside, whatever the sign.
    """
    return count_where(different(here - allowed <= there, here + allowed >= there))


def count_where(condition: Operand) -> Expression:
    """How many of neighbouring cells a condition over ranges holds in."""
    return apply(SUMPRODUCT, 1 * condition)


def is_whole(figure: Operand) -> Apply:
    """True where a figure is a whole number, but for what converting units leaves."""
    return equal(*_rounded(figure))


def fractions(figures: Operand, known: Operand) -> Expression:
    """How many of neighbouring figures are no whole numbers; texts are none.

    0 in a program that does not know `known` to be a formula: such a one takes no functions cell by cell either.
    """
    # 1 divided by false is an error and so no number, as is what is rounded of a text.
    found = count_where(apply(ISNUMBER, 1 / different(*_rounded(figures))))
    return when(apply(ISFORMULA, known), found, 0)


def _rounded(figure: Operand) -> tuple[Apply, Apply]:
    return apply(ROUND, figure, Number(float(DUST))), apply(ROUND, figure, 0)


def other_head(there: Entry, here: Entry, unit: Operand | None = None) -> Expression:
    """How many of label and unit of a row are not what they are to be; `unit`: the unit, if it does not stand there."""
    return different(there.label, here.label) + different(there.unit, here.unit if unit is None else unit)


def put_again(again: Again, layout: Layout) -> Sheet:
    """Put the lines, how far Calc is off, and the values when built; return the sheet."""
    grid, entries, results, sheet = again.grid, again.entries, again.results, again.grid.sheet
    options = list(results)
    figures = {name: [known[name] for known in results.values()] for name in again.lines.keys}
    looks: dict[str, dict[str, Style]] = {
        style: {name: (style, again.cells.looks[name][1]) for name in figures} for style in ("number", "constant")
    }
    titles = [text.LINE, text.UNIT, *[None] * len(options), said.OFF]
    frame.headings(sheet, titles, range(FIRST_OPTION, len(titles)))
    with grid.mapped("again"):
        grid.put(attrs.evolve(again.lines, kind=TEXT, rows=HEADING_ROW), again.cells.options, frame.HEADING)
        put_lines(
            grid,
            again.cells,
            (entries, figures),
            again.lines,
            names=again.named,
            look=lambda name, _: looks["number"][name],
        )
        _put_off(again, layout.lines)

    def hold(there: Entry, called: str, known: Mapping[str, Mapping[str, float]]) -> None:
        heads, numbers = attrs.evolve(there, kind=TEXT, rows=HEADING_ROW), count(1)
        grid.put(heads, lambda *_: called.format(number=next(numbers)), frame.HEADING)
        grid.put(
            there,
            lambda name, option: known[option].get(name),
            lambda name, _: looks["constant"][name],
            rows=[name for name in figures if any(name in held for held in known.values())],
        )

    hold(again.built, said.WHEN_BUILT, results)
    if any(again.cancelled.values()):
        hold(again.sizes, said.LARGEST_OPERAND, again.cancelled)
    names = list(entries.lines)
    labels = (entries.lines[name].label for name in names)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
    units = (unit_of(entries, name).spelling for name in names)
    sheet.widths[UNIT_COLUMN] = frame.unit_width(units, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    columns = range(FIRST_OPTION, max(len(titles) + 2 * len(options), LAST_COLUMN + 1))
    frame.fit_figures(sheet, columns, frame.heading_width(options, _FIGURE_WIDTH))
    return sheet


def _put_off(again: Again, rows: Mapping[str, int]) -> None:
    """Put how many cells of Calc are off in a row and those beneath it, up to the next count; `rows`: those of Calc.

    One formula for all neighbours that are as many: what it names moves with it. Each cell is named, since rows may be
    inserted on one of the sheets.
    """
    there = attrs.evolve(again.lines, kind=DIMENSIONLESS, ground=again.cells.figures.ground, rows=rows)
    alike: dict[int, list[str]] = {}
    for names in _neighbours(rows, again.lines.label):
        alike.setdefault(len(names), []).append(names[0])
    for many, firsts in alike.items():
        found = []
        for by in range(many):
            calc, here = (_beneath(entry, firsts, by) for entry in (there, again.lines.of(DIMENSIONLESS)))
            found.append(other_head(calc, here) + count_where(different(calc.across(), here.across())))
        # Calc holds the same, of the same results.
        again.grid.put(again.off, reduce(add, found), COUNT, rows=firsts, values=[0.0] * len(firsts))


def _neighbours(rows: Mapping[str, int], here: Entry) -> Iterator[list[str]]:
    """Yield the names of rows that lie one beneath the other there and here, few enough for a formula."""
    found: list[str] = []
    for name, row in rows.items():
        place = row, here.place(name)[0]
        if found and (place != (rows[found[-1]] + 1, here.place(found[-1])[0] + 1) or len(found) == _MOST_NAMED):
            yield found
            found = []
        found.append(name)
    if found:
        yield found


def _beneath(entry: Entry, rows: Iterable[str], by: int) -> Entry:
    """Return what lies so many rows beneath each of some."""
    places = entry.rows
    assert not isinstance(places, int)
    return attrs.evolve(entry, rows={row: places[row] + by for row in rows})
