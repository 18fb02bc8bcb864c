"""The rows of the sheet Checks from the top down; what is counted there, other sheets show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from operator import itemgetter
from typing import Any

import attrs

from unitledger.compute import disqualifying
from unitledger.expression import TEXT, Kind, kind_of, spelled
from unitledger.model import Assumption, Breakdown, Entries, dated_prices, key_figures, stale_rule
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import (
    CHECKS,
    CONSTANT_COLUMN,
    FIRST_OPTION,
    FIRST_ROW,
    HEADINGS,
    HIGH,
    LABEL_COLUMN,
    LOW,
    STATUS_COLUMN,
    SUMMARY,
    UNIT_COLUMN,
    Layout,
    answers,
    input_name,
    output_name,
)
from unitledger.workbook.ledger_cells import ledger_cells
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.parts import count

INTEGRITY_COUNTS = {
    "totals": (text.COUNT_OF_TOTALS, text.ROWS),
    "parts": (text.COUNT_OF_PARTS, text.ROWS),
    "lines": (text.COUNT_OF_LINES, text.ROWS),
    "built": (text.COUNT_OF_BUILT, text.ROWS),
    "shown": (text.COUNT_OF_SHOWN, text.ROWS),
    "input_units": (text.COUNT_OF_INPUT_UNITS, text.ROWS),
    "unusable": (text.COUNT_OF_UNUSABLE, text.ROWS),
    "names": (text.COUNT_OF_NAMES, text.ROWS),
    "constants": (text.COUNT_OF_CONSTANTS, text.ROWS),
    "scenarios": (text.COUNT_OF_SCENARIOS, text.CELLS),
    "scenarios_built": (text.COUNT_OF_SCENARIOS_BUILT, text.CELLS),
    "selectors": (text.COUNT_OF_SELECTORS, text.CELLS),
}
ALERT_COUNTS = {
    "ranges": (text.COUNT_OF_RANGES, text.CELLS),
    "warnings": (text.COUNT_OF_ALERTS, text.CELLS),
    "units_alone": (text.COUNT_OF_UNITS_ALONE, text.CELLS),
}
COUNTS = {
    **INTEGRITY_COUNTS,
    "edits": (text.COUNT_OF_EDITS, text.CELLS),
    **ALERT_COUNTS,
    "static": (text.COUNT_OF_STATIC, text.TABLES),
}
"""Label and unit of each count, from the top down."""

# Columns beside the inputs as built, counted from the first after the options; low and high as built come before.
DIFFERS, FACTOR_AGAIN, NAMED_WRONG, UNUSABLE, UNIT_ALONE = range(2, 7)

# Stands among the names of alerts for prices that are out of date.
STALE = "stale prices"


class Checks:
    """Entries of the sheet, over the options unless said otherwise; a block without rows has no heading.

    `integrity`, `state`, `alerts`: the status cells; `counts`: by name, see `COUNTS`. `sums`, `largest`, `unequal`: by
    total; `parts`: of the answer, by their place. `again`: all that Calc works out; `built`: lines, `sizes` what their
    distance is measured by; `shown`: key figures of Summary. `inputs`: as built, over options, LOW and HIGH, and `own`:
    the ranges of options' own figures beneath them; `weights`: what a changed cell of each column counts. `whole`:
    1 for inputs that are no whole numbers; `ranges`: 1 for inputs that are outside; `bounds`: what they may be at all,
    `lows` and `highs` what is likely; `outside`: how many are not. `stale`: 1 for prices before the `oldest` date.
    `warnings`: 1 for alerts that apply, first those that say what is plausible, and of these first what the headline
    stands on. `names`: by defined name. `constants`: by row on Constants. `static`:
    1 for static tables that are out of date, by their sheet.
    """

    def __init__(self, entries: Entries, layout: Layout, values: dict[str, Any]) -> None:
        self.entries, self.layout, self.values = entries, layout, values
        self.cells = ledger_cells(entries, layout, values)
        sheet = frame.begin(CHECKS, values, text.CHECKS_TITLE, text.CHECKS_HINT)
        frame.headings(sheet, (text.CHECK, text.UNIT, text.RESULT), range(STATUS_COLUMN, STATUS_COLUMN + 1))
        self.options = dict(zip(layout.options, layout.option_columns, strict=True))
        self.grid = Grid(sheet, self.options, FIRST_ROW)
        self.titles: dict[str, int] = {}
        self._take_counts()
        self._take_totals()
        self._take_parts(layout.made_of)
        self._take_lines()
        self._take_inputs()
        self._take_warnings()
        self._take_written()

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns the sheet takes."""
        options = len(self.layout.options)
        after = 2 + 2 * options if self.ranges.keys else 1 + options
        return self.grid.next, self.layout.after_options + max(after, UNIT_ALONE + 1)

    def beside(self, entry: Entry, place: int = 0) -> Entry:
        """Return a column beside rows, counted from the first after the options: that of their differing cells."""
        return attrs.evolve(entry, kind=DIMENSIONLESS, columns=self.layout.after_options + place)

    def block(self, name: str) -> AbstractContextManager[None]:
        """Say that the formulas put meanwhile are those of a block, which the formula map shows with its constants."""
        title = self.titles[name]
        following = min((row for row in self.titles.values() if row > title), default=self.grid.next + 1)
        more = {"ranges": 2 + 2 * len(self.layout.options), "inputs": UNIT_ALONE + 1}.get(name, 1)
        columns = range(FIRST_OPTION, self.layout.after_options + more)
        return self.grid.mapped(name, rows=range(title + 1, following - 1), columns=columns)

    def _take_counts(self) -> None:
        grid = self.grid
        self.integrity = grid.row(text.INTEGRITY_LABEL, "", TEXT, column=STATUS_COLUMN)
        self.state = grid.row(text.STATE_LABEL, "", TEXT, column=STATUS_COLUMN)
        self.alerts = grid.row(text.ALERTS_LABEL, "", column=STATUS_COLUMN)
        grid.section(text.COUNTS, STATUS_COLUMN + 1)
        heads = {name: (label, unit, DIMENSIONLESS) for name, (label, unit) in COUNTS.items()}
        self.counts = grid.rows(heads, column=STATUS_COLUMN)

    def _take_totals(self) -> None:
        heads: dict[Key, tuple[str, str, Kind]] = {}
        for name, line in self.entries.lines.items():
            if line.parts:
                for what in (text.SUM_OF_PARTS, text.LARGEST_PART):
                    heads[what, name] = what.format(total=line.label), line.unit.spelling, line.unit
                label = text.DOES_NOT_ADD_UP.format(total=line.label)
                heads[text.DOES_NOT_ADD_UP, name] = label, text.ONE_IF_TRUE, DIMENSIONLESS
        taken = self._block("totals", text.TOTALS_ADD_UP, heads, [text.DIFFERING_CELLS])
        self.sums = _part(taken, text.SUM_OF_PARTS)
        self.largest = _part(taken, text.LARGEST_PART)
        self.unequal = _part(taken, text.DOES_NOT_ADD_UP)

    def _take_parts(self, found: Breakdown | None) -> None:
        """Take the rows of the answer taken apart: none where it is not made of parts.

        Where the answer is a total times something, the largest part of that total comes first: a total that is
        nothing beside it has no shares. Which parts there are, and so their labels, is not known yet.
        """
        grid = self.grid
        self.parts = self.parts_unequal = grid.entry("", DIMENSIONLESS, {})
        if found is None:
            return
        answer = self.entries.lines[found.answer.name]
        self._title("breakdown", text.PARTS_OF_ANSWER, [text.DIFFERING_CELLS])
        unit = kind_of(found.total, answer.name, self.entries.calendar)
        self.size_of_total = grid.row(text.LARGEST_OF_TOTAL, spelled(unit), unit, there=not found.is_total)
        spelling = answer.unit.spelling
        self.parts = grid.rows(dict.fromkeys(range(count(found)), ("", spelling, answer.unit)))
        self.sum_of_parts = grid.row(text.SUM_OF_PARTS.format(total=answer.label), spelling, answer.unit)
        self.largest_part = grid.row(text.LARGEST_PART.format(total=answer.label), spelling, answer.unit)
        label = text.DOES_NOT_ADD_UP.format(total=answer.label)
        self.parts_unequal = grid.rows({answer.name: (label, text.ONE_IF_TRUE, DIMENSIONLESS)})

    def _take_lines(self) -> None:
        layout, cells, lines = self.layout, self.cells, self.entries.lines
        self.again = self._mirrored("again", text.AGAIN, cells.figures, [text.DIFFERING_CELLS])
        calculated = attrs.evolve(cells.figures, rows=layout.lines)
        self.built = self._mirrored("built", text.BUILT, calculated, [text.DIFFERING_CELLS])
        first = layout.after_options + 1
        places = {option: first + place for place, option in enumerate(layout.options)}
        self.sizes = attrs.evolve(self.built, columns=places)
        shown = key_figures(self.entries) if SUMMARY in layout.sheets else ()
        heads = {name: (lines[name].label, text.CELLS, DIMENSIONLESS) for name in shown}
        self.shown = self._block("shown", text.SHOWN, heads, [text.DIFFERING_CELLS], options=False)

    def _take_inputs(self) -> None:
        layout, cells, inputs = self.layout, self.cells, self.entries.inputs
        after, options = layout.after_options, layout.options
        more = [text.LOW, text.HIGH, text.DIFFERING_CELLS, text.FACTOR_AGAIN, text.LABEL_AND_UNIT, text.WITHOUT_FIGURE]
        ends = {LOW: after + LOW, HIGH: after + HIGH}
        self.typed = attrs.evolve(cells.given, columns=self.options | ends)
        self.own_typed = attrs.evolve(self.typed, kind=cells.own_low.kind, rows=layout.own)
        rows = sorted((layout.inputs | layout.own).items(), key=itemgetter(1))
        every = attrs.evolve(self.typed, kind=DIMENSIONLESS, rows=dict(rows))
        self.built_inputs = self._mirrored("inputs", text.INPUTS_BUILT, every, [*more, text.UNIT_ALONE])
        self.inputs = _among(self.built_inputs, self.typed)
        self.own = _among(self.built_inputs, self.own_typed)
        weights = self.grid.row(text.WEIGHT, text.NUMBER, there=bool(rows))
        self.weights = attrs.evolve(weights, columns=self.typed.columns)
        numbers = [target for name in layout.inputs if isinstance(target := inputs[name], Assumption)]
        heads = {each.name: (each.label, text.ONE_IF_TRUE, DIMENSIONLESS) for each in numbers if each.bounds.whole}
        self.whole = self._block("whole", text.NOT_WHOLE, heads)
        heads = {each.name: (each.label, each.unit.spelling, DIMENSIONLESS) for each in numbers}
        limits = [text.LEAST, text.MOST]
        limits += [said.format(option=option) for said in (text.LOW_OF, text.HIGH_OF) for option in options]
        self.ranges = self._block("ranges", text.RANGES, heads, limits)
        self.outside = self.grid.row(text.OUTSIDE, text.CELLS, there=bool(heads))
        ranged = attrs.evolve(self.ranges, kind={each.name: each.unit for each in numbers})
        self.bounds = attrs.evolve(ranged, columns=ends)
        places = {option: after + 2 + place for place, option in enumerate(options)}
        self.lows = attrs.evolve(ranged, columns=places)
        self.highs = attrs.evolve(ranged, columns={option: column + len(options) for option, column in places.items()})

    def _take_warnings(self) -> None:
        entries, grid = self.entries, self.grid
        prices = dated_prices(entries)
        heads = {name: (entries.inputs[name].label, text.ONE_IF_TRUE, DIMENSIONLESS) for name in prices}
        self.stale = self._block("stale", text.STALE_PRICES, heads)
        self.oldest = grid.row(text.OLDEST_PRICE, text.DATE, column=FIRST_OPTION, there=bool(heads))
        # Neighbours, so that one range holds all that watch the headline, and another all that watch lines.
        of_lines = [alert for alert in entries.alerts if alert.line]
        said = {alert.name: alert.text for alert in (*disqualifying(entries), *of_lines, *entries.alerts)}
        if heads:
            said[STALE] = stale_rule(entries)
        heads = {name: (label, text.ONE_IF_TRUE, DIMENSIONLESS) for name, label in said.items()}
        self.warnings = self._block("alerts", text.WARNINGS, heads)

    def _take_written(self) -> None:
        layout, cells = self.layout, self.cells
        named = [*HEADINGS, *map(input_name, layout.inputs), *map(output_name, answers(self.entries))]
        heads = {name: (name, text.CELLS, DIMENSIONLESS) for name in named}
        self.names = self._block("names", text.NAMES, heads, [text.DIFFERING_CELLS])
        there = {row: row for row in _constant_rows(self.entries, layout)}
        self.held = Entry(cells.constants.ground, "", DIMENSIONLESS, there, CONSTANT_COLUMN)
        self._title("constants", text.CONSTANTS_BUILT, [text.DIFFERING_CELLS], options=False)
        self.constants = self._repeated(self.held, range(len(there)))
        heads = {name: (text.STATIC_TABLE[name], text.ONE_IF_TRUE, DIMENSIONLESS) for name in layout.static}
        self.static = self._block("static", text.STATIC_TABLES, heads, options=False, column=FIRST_OPTION)

    def _title(self, name: str, title: str, more: Sequence[str] = (), *, options: bool = True) -> None:
        """Put a block's heading: its title, the options, and the headings of the columns after them."""
        sheet, row = self.grid.sheet, self.grid.next + 1
        sheet.text(row, LABEL_COLUMN, title, ("heading", GENERAL))
        sheet.blank(row, UNIT_COLUMN, ("heading", GENERAL))
        shown = self.layout.options if options else [""] * len(self.layout.options)
        for column, heading in enumerate((*shown, *more), start=FIRST_OPTION):
            sheet.text(row, column, heading, ("heading_right", GENERAL))
        sheet.heights[row] = frame.TWO_LINES
        self.titles[name] = row
        self.grid.next = row + 1

    def _block(
        self,
        name: str,
        title: str,
        heads: Mapping[Key, tuple[str, str, Kind]],
        more: Sequence[str] = (),
        *,
        options: bool = True,
        column: int | None = None,
    ) -> Entry:
        """Take a heading and rows beneath it."""
        if heads:
            self._title(name, title, more, options=options)
        return self.grid.rows(heads, column=column)

    def _mirrored(self, name: str, title: str, there: Entry, more: Sequence[str]) -> Entry:
        """Take a heading, and rows as far apart as those of another sheet, with the titles of sections between them."""
        if not there.keys:
            return there
        self._title(name, title, more)
        assert not isinstance(there.rows, int)
        first, last = min(there.rows.values()), max(there.rows.values())
        up = first - self.grid.next
        for row, section in self.layout.headings[there.ground.name].items():
            if first <= row <= last:
                self.grid.sheet.text(row - up, LABEL_COLUMN, section, frame.SECTION)
        return self._repeated(there, (row - first for row in there.rows.values()))

    def _repeated(self, there: Entry, distances: Iterable[int]) -> Entry:
        """Take rows for those of another sheet, each so far below the first, with their labels and units."""
        grid, first = self.grid, self.grid.next
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


def _part(taken: Entry, what: str) -> Entry:
    """Return the rows of a block whose keys begin with a word, by the rest of their keys."""
    assert not isinstance(taken.rows, int)
    rows = {key[1]: row for key, row in taken.rows.items() if key[0] == what}
    return attrs.evolve(taken, kind={name: taken.kind_of((what, name)) for name in rows}, rows=rows)


def _constant_rows(entries: Entries, layout: Layout) -> list[int]:
    """Rows of Constants that hold a value: constants, factors, tolerance and percent, words of choices, units."""
    rows = {*layout.constants.values(), *layout.factors.values(), *layout.definitions.values()}
    rows |= {layout.tolerance, layout.percent}
    for name, choice in entries.choices.items():
        rows |= {layout.lists[name] + place for place in range(len(choice.words))}
    return sorted(rows.union(*layout.units.values()))
