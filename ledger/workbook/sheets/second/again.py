"""Calc worked out once more: each line by its own formula, beside it its value when the workbook was built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, reduce
from itertools import count
from operator import add

import attrs

from unitledger.compute.cancellation import cancelled
from unitledger.expression import TEXT, Apply, Expression, Number, Operand, apply, different, equal, when
from unitledger.expression.table.arithmetic import DUST, ISFORMULA, ISNUMBER, ROUND
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import Entries, is_along
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import AtOnce, Entry, Grid, NotAtOnce, frame, summed
from unitledger.workbook.grid.place import Key, keys
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

    `results`: what lines come to, by option, which may be worked out after this is made. `lines`: each line again, but
    for those worked out `at_once`, by formulas over all options; `off`: in the first of some rows, how many of their
    cells on Calc are not that; `off_built`: not what they were when the workbook was built, where that is not told by
    the lines; `built`: the values then, `sizes`: beside those that are small beside an operand of a sum, the size of
    that.
    """

    entries: Entries
    results: Results
    cells: LedgerCells
    grid: Grid
    at_once: Mapping[Key, Expression]
    lines: Entry
    off: Entry
    off_built: Entry
    built: Entry
    sizes: Entry

    @classmethod
    def begin(cls, entries: Entries, layout: Layout, cells: LedgerCells, results: Results) -> Again:
        """Begin the sheet, and take the rows."""
        sheet = frame.begin(SECOND, said.TITLE, said.HINT)
        grid = Grid(sheet, dict(zip(layout.options, layout.option_columns, strict=True)), FIRST_ROW)
        lines = grid.rows({name: (line.label, line.unit.spelling, line.unit) for name, line in entries.lines.items()})
        off = layout.after_options

        def right_of(first: int) -> Entry:
            return attrs.evolve(lines, columns={option: first + at for at, option in enumerate(layout.options)})

        at_once = _at_once(entries, cells)
        counts = [attrs.evolve(lines, kind=DIMENSIONLESS, columns=column) for column in (off, off + 1)]
        first = off + 2 if at_once else off + 1
        built, sizes = right_of(first), right_of(first + len(layout.options))
        return cls(entries, results, cells, grid, at_once, lines, counts[0], counts[1], built, sizes)

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns are taken."""
        _, last = self.sizes.place(self.lines.keys[0], list(self.entries.options)[-1])
        return self.grid.next, last + 1

    @cached_property
    def cancelled(self) -> Mapping[str, Mapping[str, float]]:
        """By option, the lines that are small beside an operand of a sum, with the size of that."""
        return {option: cancelled(self.entries, known) for option, known in self.results.items()}

    def off_lines(self) -> Expression:
        """How many lines lie further from their values when built than the tolerance, where all stand here."""
        return self.further(*(each.of(DIMENSIONLESS).block() for each in (self.lines, self.built, self.sizes)))

    def further(self, now: Operand, then: Operand, size: Operand) -> Expression:
        """How many cells lie further from others than the tolerance; sums by their largest operand, `size`."""
        # A value may be below 0 here; beside an operand it counts for nothing.
        return off_by(now, then, self.cells.tolerance * (then + size if any(self.cancelled.values()) else then))


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


def _at_once(entries: Entries, cells: LedgerCells) -> dict[Key, Expression]:
    """Return the formulas of lines over all options, where there are several, as far as there are such."""
    found: dict[Key, Expression] = {}
    reader = AtOnce(cache(cells.named), 1, list(entries.options))
    for name, line in entries.lines.items():
        if len(entries.options) > 1 and not is_along(line.lowered):
            with suppress(NotAtOnce):
                found[name] = reader.every(line.lowered)
    return found


def put_again(again: Again, layout: Layout) -> Sheet:
    """Put the lines, how far Calc is off, and the values when built; return the sheet."""
    grid, entries, results, sheet = again.grid, again.entries, again.results, again.grid.sheet
    options = list(results)
    figures = {name: [known[name] for known in results.values()] for name in again.lines.keys}
    looks: dict[str, dict[str, Style]] = {
        style: {name: (style, again.cells.looks[name][1]) for name in figures} for style in ("number", "constant")
    }
    titles = [text.LINE, text.UNIT, *[None] * len(options), said.OFF, *([said.OFF_BUILT] if again.at_once else [])]
    frame.headings(sheet, titles, range(FIRST_OPTION, len(titles)))
    by_option = {name: again.lines.label.place(name)[0] for name in again.lines.keys if name not in again.at_once}
    with grid.mapped("again"):
        grid.put(attrs.evolve(again.lines, kind=TEXT, rows=HEADING_ROW), again.cells.options, frame.HEADING)
        put_lines(
            grid,
            again.cells,
            (entries, figures),
            attrs.evolve(again.lines, rows=by_option),
            names=again.cells.named,
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

    One formula for all neighbours that are as many: what it names moves with it, but for lines worked out at once. Each
    cell is named, since rows may be inserted on one of the sheets.
    """
    there = attrs.evolve(again.lines, kind=DIMENSIONLESS, ground=again.cells.figures.ground, rows=rows)
    here, built, sizes = (each.of(DIMENSIONLESS) for each in (again.lines, again.built, again.sizes))
    alike: dict[int, list[str]] = {}
    for names in _neighbours(rows, again.lines.label):
        alike.setdefault(len(names), []).append(names[0])
        found = {name: _off(there[name], here[name], again.at_once.get(name)) for name in names if again.at_once}
        for first, counted in summed(found):
            again.grid.put(again.off, counted, COUNT, rows=[first], values=[0.0], names=again.cells.named)
    for many, firsts in alike.items():
        counts = []
        for by in range(many):
            now, once_more, then, size = (_beneath(entry, firsts, by) for entry in (there, here, built, sizes))
            if again.at_once:
                counts.append(again.further(now.across(), then.across(), size.across()))
            else:
                counts.append(_off(now, once_more))
        # Calc holds the same, of the same results.
        entry, values = again.off_built if again.at_once else again.off, [0.0] * len(firsts)
        again.grid.put(entry, reduce(add, counts), COUNT, rows=firsts, values=values)


def _off(there: Entry, here: Entry, every: Expression | None = None) -> Expression:
    """How many cells of a row of Calc are not those here, or not what `every` gives, a formula over all options."""
    off = different(there.across(), here.across() if every is None else every)
    return other_head(there, here) + (off if len(keys(there.columns)) == 1 else count_where(off))


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
