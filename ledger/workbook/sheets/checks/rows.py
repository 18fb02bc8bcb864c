"""The rows of the sheet Checks from the top down; what is counted there, other sheets show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from operator import itemgetter

import attrs

from unitledger.compute import disqualifying
from unitledger.expression import TEXT, Expression, Kind, Number, Operand, equal, when
from unitledger.model import Assumption, dated_prices, key_figures, spare_option, stale_rule
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.place import Cell, Key
from unitledger.workbook.layout import (
    AS_BUILT_SHEET,
    BUILT_OPTIONS,
    CHECKS,
    CONSTANT_COLUMN,
    FIRST_OPTION,
    FIRST_ROW,
    HEAD_OF_CALC,
    HEADING_ROW,
    HEADINGS,
    HIGH,
    LABEL_COLUMN,
    LOW,
    MOST_KEY_FIGURES,
    SPARE_OPTION,
    STATUS_COLUMN,
    SUMMARY,
    UNIT_COLUMN,
    Layout,
    answers,
    output_name,
)
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.second import Again

INTEGRITY_COUNTS = {
    "parts": (text.COUNT_OF_PARTS, text.ROWS),
    "lines": (text.COUNT_OF_LINES, text.CELLS),
    "inputs": (text.COUNT_OF_DAMAGED, text.CELLS),
    "built": (text.COUNT_OF_BUILT, text.CELLS),
    "shown": (text.COUNT_OF_SHOWN, text.CELLS),
    "names": (text.COUNT_OF_NAMES, text.CELLS),
    "constants": (text.COUNT_OF_CONSTANTS, text.CELLS),
    "varied_built": (text.COUNT_OF_VARIED_BUILT, text.CELLS),
    "selectors": (text.COUNT_OF_SELECTORS, text.CELLS),
    "periods": (text.COUNT_OF_PERIODS, text.ROWS),
    "typed": (text.COUNT_OF_TYPED, text.CELLS),
}
ALERT_COUNTS = {"ranges": (text.COUNT_OF_RANGES, text.CELLS), "warnings": (text.COUNT_OF_ALERTS, text.CELLS)}
COUNTS = {
    **INTEGRITY_COUNTS,
    "edits": (text.COUNT_OF_EDITS, text.CELLS),
    **ALERT_COUNTS,
    "static": (text.COUNT_OF_STATIC, text.TABLES),
}
"""Label and unit of each count, from the top down."""

# Columns beside the inputs as built, counted from the first after the options; low and high as built come before.
DAMAGED, OUTSIDE, CHANGED, LEAST, MOST = range(2, 7)

CHECKED = STATUS_COLUMN + 1

# Prices whose dates one formula looks at.
DATED = 100

# Stands before the names of alerts for the spare option that is not used.
SPARE = "spare option"

# Stands among the names of alerts for prices that are out of date.
STALE = "stale prices"

_ZERO = Number(0.0)


class Checks:
    """Entries of the sheet, over the options unless said otherwise; a block without rows has no heading.

    On the page itself: `integrity`, `state`, `alerts`: the status cells; `counts`: by name, see `COUNTS`, and how many
    cells or rows are `checked`; `conditions`: `unused`, 1 for a spare option that is not used, and `warnings`, 1 for
    alerts that apply, first those that say what is plausible, and of these first what the headline stands on.

    On the sheet As built, where it is counted: `parts`: of the answer, and what they leave. `shown`: key figures of
    Summary. `inputs`: as built, over options, LOW and HIGH, and `own`: the ranges of options' own figures beneath
    them. `bounds`: what inputs may be at all, LOW and HIGH. `stale`:
    1 for options' own prices before the `oldest` date, `dated`: how many others are, by the first of some.
    `built_options`: what options were called, `renamed`: how many are called otherwise; `names`: by defined
    name. `constants`: by row on Constants; `lists`: rows of each list there, `listed` of all lists. `static`: 1 for
    static tables that are out of date, by their sheet.
    """

    def __init__(self, again: Again, layout: Layout) -> None:
        self.again, self.entries, self.cells = again, again.entries, again.cells
        self.layout = layout
        sheet = frame.begin(CHECKS, text.CHECKS_TITLE, text.CHECKS_HINT)
        titles = (text.CHECK, text.UNIT, text.RESULT, text.CHECKED)
        frame.headings(sheet, titles, range(STATUS_COLUMN, CHECKED + 1))
        self.options = dict(zip(layout.options, layout.option_columns, strict=True))
        self.grid = Grid(sheet, self.options, FIRST_ROW)
        self.working = Grid(
            frame.begin(AS_BUILT_SHEET, text.AS_BUILT_TITLE, text.AS_BUILT_HINT), self.options, FIRST_ROW
        )
        self.titles: dict[str, int] = {}
        self._take_counts()
        self._take_parts()
        self._take_shown()
        self._take_inputs()
        self._take_warnings()
        self._take_written()

    @property
    def flags(self) -> Cell | None:
        """Cells one of which is 1 where the answer of an option is not to be compared, if anything watches that."""
        watching = [
            *([SPARE] if self.unused is not None else []),
            *(alert.name for alert in disqualifying(self.entries)),
        ]
        return self.conditions.down(watching) if watching else None

    def used(self, tree: Operand, otherwise: Operand = _ZERO) -> Expression:
        """Return a tree that holds what another does but in a spare option that is not used."""
        return tree.expression if self.unused is None else when(equal(self.unused, 0), tree, otherwise)

    def counting(self, found: Operand) -> Operand:
        """Return what holds in some options of a row, but for a spare option that is not used."""
        return found if self.unused is None else found * equal(self.unused.across(), 0)

    @property
    def built(self) -> Entry:
        """What lines came to when the workbook was built, by option."""
        return self.again.built

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns the sheet As built takes."""
        return self.working.next, self.layout.after_options + MOST + 1

    def beside(self, entry: Entry, place: int = 0) -> Entry:
        """Return a column beside rows, counted from the first after the options: that of their differing cells."""
        return attrs.evolve(entry, kind=DIMENSIONLESS, columns=self.layout.after_options + place)

    def block(self, name: str) -> AbstractContextManager[None]:
        """Say that the formulas put meanwhile are those of a block, which the formula map shows with its constants."""
        grid, title = self.working, self.titles[name]
        following = min((row for row in self.titles.values() if row > title), default=grid.next + 1)
        columns = range(FIRST_OPTION, self.layout.after_options + (MOST + 1 if name == "inputs" else 1))
        return grid.mapped(name, rows=range(title + 1, following - 1), columns=columns)

    def take_headings(self, rows: int) -> Entry:
        """Take rows of counts of headings and labels that differ."""
        if rows:
            self._title("headings", text.HEADINGS, [text.DIFFERING_CELLS])
        heads = dict.fromkeys(range(rows), (text.TOLD, text.CELLS, DIMENSIONLESS))
        return self.beside(self.working.rows(heads))

    def _take_counts(self) -> None:
        grid = self.grid
        self.integrity = grid.row(text.INTEGRITY_LABEL, "", TEXT, column=STATUS_COLUMN)
        self.state = grid.row(text.STATE_LABEL, "", TEXT, column=STATUS_COLUMN)
        self.alerts = grid.row(text.ALERTS_LABEL, "", column=STATUS_COLUMN)
        grid.section(text.COUNTS, CHECKED + 1)
        heads = {name: (label, unit, DIMENSIONLESS) for name, (label, unit) in COUNTS.items()}
        self.counts = grid.rows(heads, column=STATUS_COLUMN)
        self.checked = attrs.evolve(self.counts, columns=CHECKED)
        # Neighbours, so that one range holds all that watch the headline, and another all that watch lines.
        entries = self.entries
        of_lines = [alert for alert in entries.alerts if alert.line]
        said = {alert.name: alert.text for alert in (*disqualifying(entries), *of_lines, *entries.alerts)}
        if dated_prices(entries):
            said[STALE] = stale_rule(entries)
        if spare_option(entries):
            said = {SPARE: text.SPARE_UNUSED, **said}
        self.conditions = grid.entry("", DIMENSIONLESS, {})
        if said:
            grid.take()
            row = grid.take()
            grid.sheet.text(row, LABEL_COLUMN, text.WARNINGS, ("heading", GENERAL))
            grid.sheet.blank(row, UNIT_COLUMN, ("heading", GENERAL))
            with grid.mapped("options"):
                grid.put(grid.entry("options", TEXT, row), self.cells.options, frame.HEADING)
            grid.sheet.heights[row] = frame.TWO_LINES
            self.conditions = grid.rows({name: (shown, "", DIMENSIONLESS) for name, shown in said.items()})
        self.unused = self.conditions[SPARE] if self.conditions.has(SPARE) else None
        there = self.conditions.rows
        assert not isinstance(there, int)
        rows = {name: row for name, row in there.items() if name != SPARE}
        self.warnings = attrs.evolve(self.conditions, rows=rows)

    def _take_parts(self) -> None:
        there, heads = self.cells.rest, {}
        for name in there.keys:
            line = self.entries.lines[name]
            heads = dict.fromkeys(self.cells.parts.keys, ("", line.unit.spelling, DIMENSIONLESS))
            heads[name] = text.REST.format(answer=line.label), line.unit.spelling, DIMENSIONLESS
        self.parts = self._block("parts", text.PARTS, heads, [text.DIFFERING_CELLS])

    def _take_shown(self) -> None:
        shown = key_figures(self.entries)[:MOST_KEY_FIGURES] if SUMMARY in self.layout.sheets else ()
        lines = self.entries.lines
        heads = {name: (lines[name].label, text.CELLS, DIMENSIONLESS) for name in shown}
        self.shown = self._block("shown", text.SHOWN, heads, [text.DIFFERING_CELLS])

    def _take_inputs(self) -> None:
        layout, cells, inputs = self.layout, self.cells, self.entries.inputs
        after = layout.after_options
        more = [text.LOW, text.HIGH, text.DAMAGED, text.OUTSIDE, text.CHANGED, text.LEAST, text.MOST]
        ends = {LOW: after + LOW, HIGH: after + HIGH}
        self.typed = attrs.evolve(cells.given, columns=self.options | ends)
        self.own_typed = attrs.evolve(self.typed, kind=cells.own_low.kind, rows=layout.own)
        rows = sorted((layout.inputs | layout.own).items(), key=itemgetter(1))
        every = attrs.evolve(self.typed, kind=DIMENSIONLESS, rows=dict(rows))
        self.built_inputs = self._mirrored("inputs", text.INPUTS_BUILT, every, more)
        self.inputs = _among(self.built_inputs, self.typed)
        self.own = _among(self.built_inputs, self.own_typed)
        numbers = [target for name in layout.inputs if isinstance(target := inputs[name], Assumption)]
        after += LEAST
        kinds = {each.name: each.unit for each in numbers}
        self.bounds = attrs.evolve(
            self.inputs,
            kind=kinds,
            rows={name: self.inputs.place(name, LOW)[0] for name in kinds},
            columns={LOW: after, HIGH: after + 1},
        )

    def _take_warnings(self) -> None:
        entries = self.entries
        prices = dated_prices(entries)
        heads = {name: (entries.inputs[name].label, text.ONE_IF_TRUE, DIMENSIONLESS) for name in prices}
        self.stale = self._block("stale", text.STALE_PRICES, heads)
        self.dated = self.working.rows(dict.fromkeys(prices[::DATED], (text.BY_DATE, text.PRICES, DIMENSIONLESS)))
        self.oldest = self.working.row(text.OLDEST_PRICE, text.DATE, column=FIRST_OPTION, there=bool(heads))

    def _take_written(self) -> None:
        layout, cells = self.layout, self.cells
        named = [*HEADINGS, *map(output_name, answers(self.entries))]
        heads = {name: (name, text.CELLS, DIMENSIONLESS) for name in named}
        self._title("names", text.NAMES, [text.DIFFERING_CELLS])
        self.built_options = self.working.entry("options", TEXT, HEADING_ROW)
        self.working.sheet.names[BUILT_OPTIONS] = self.built_options.area().address
        spare = spare_option(self.entries)
        if spare:
            self.working.sheet.names[SPARE_OPTION] = self.built_options.area(columns=[spare]).address
        self.names = self.working.rows(heads)
        self.renamed = attrs.evolve(self.names[HEAD_OF_CALC], columns=FIRST_OPTION)
        lists = [
            range(layout.lists[name], layout.lists[name] + len(found.words))
            for name, found in self.entries.choices.items()
        ]
        units = [row for rows in layout.units.values() for row in rows]
        self.lists = [list(rows) for rows in (*lists, units) if rows]
        there = {row: row for row in _constant_rows(layout, self.lists)}
        self.listed = {row for rows in self.lists for row in rows}
        self.held = Entry(cells.constants.ground, "", DIMENSIONLESS, there, CONSTANT_COLUMN)
        self._title("constants", text.CONSTANTS_BUILT, [text.DIFFERING_CELLS])
        self.constants = self._repeated(self.held, range(len(there)))
        heads = {name: (text.STATIC_TABLE[name], text.ONE_IF_TRUE, DIMENSIONLESS) for name in layout.static}
        self.static = self._block("static", text.STATIC_TABLES, heads, column=FIRST_OPTION)

    def _title(self, name: str, title: str, more: Sequence[str] = ()) -> None:
        """Put a block's heading: its title, and what stands over the columns after those of options."""
        sheet, row = self.working.sheet, self.working.next + 1
        sheet.text(row, LABEL_COLUMN, title, ("heading", GENERAL))
        sheet.blank(row, UNIT_COLUMN, ("heading", GENERAL))
        for column, heading in enumerate(([""] * len(self.layout.options) + [*more]), start=FIRST_OPTION):
            sheet.text(row, column, heading, ("heading_right", GENERAL))
        sheet.heights[row] = frame.TWO_LINES
        self.titles[name] = row
        self.working.next = row + 1

    def _block(
        self,
        name: str,
        title: str,
        heads: Mapping[Key, tuple[str, str, Kind]],
        more: Sequence[str] = (),
        *,
        column: int | None = None,
    ) -> Entry:
        """Take a heading and rows beneath it."""
        if heads:
            self._title(name, title, more)
        return self.working.rows(heads, column=column)

    def _mirrored(self, name: str, title: str, there: Entry, more: Sequence[str]) -> Entry:
        """Take a heading, and rows as far apart as those of another sheet, with the titles of sections between them."""
        if not there.keys:
            return there
        self._title(name, title, more)
        assert not isinstance(there.rows, int)
        first, last = min(there.rows.values()), max(there.rows.values())
        up = first - self.working.next
        for row, section in self.layout.headings[there.ground.name].items():
            if first <= row <= last:
                self.working.sheet.text(row - up, LABEL_COLUMN, section, frame.SECTION)
        return self._repeated(there, (row - first for row in there.rows.values()))

    def _repeated(self, there: Entry, distances: Iterable[int]) -> Entry:
        """Take rows for those of another sheet, each so far below the first, with their labels and units."""
        grid, first = self.working, self.working.next
        places = {key: first + distance for key, distance in zip(there.keys, distances, strict=True)}
        grid.next = max(places.values()) + 1
        taken = attrs.evolve(there, ground=grid, rows=places)
        grid.put(taken.label, lambda row, _: there.label.value(row), frame.LABEL)
        grid.put(taken.unit, lambda row, _: there.unit.value(row), frame.UNIT)
        return taken


def _among(taken: Entry, wanted: Entry) -> Entry:
    """Return the rows of a block that are those of an entry elsewhere."""
    assert not isinstance(taken.rows, int)
    return attrs.evolve(taken, kind=wanted.kind, rows={key: taken.rows[key] for key in wanted.keys})


def _constant_rows(layout: Layout, lists: Iterable[Sequence[int]]) -> list[int]:
    """Rows of Constants that hold a value: constants, factors, tolerance and percent, words of choices, units."""
    rows = {*layout.constants.values(), *layout.factors.values(), *layout.definitions.values()}
    return sorted(rows.union({layout.tolerance, layout.percent}, *lists))
