"""The working sheet of tables as they were built: how many cells differ now, and how many cannot be used."""

from __future__ import annotations

from typing import Any

import attrs

from unitledger.expression import (
    LOGICAL,
    TEXT,
    Along,
    Apply,
    Expression,
    Operand,
    Reference,
    Text,
    absolute,
    all_of,
    apply,
    different,
    equal,
    maximum,
    total,
    when,
)
from unitledger.expression.table.arithmetic import ISFORMULA
from unitledger.expression.table.statistics import COUNTIF, ROWS, SUMIFS, SUMPRODUCT
from unitledger.model import AxisInput, AxisLine, Entries, Words, cell_name
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import FIRST_ROW, HEADING_ROW, LABEL_COLUMN, TABLES_AS_BUILT
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.second.again import COUNT, count_where, fractions
from unitledger.workbook.sheets.tables import said
from unitledger.workbook.sheets.tables.again import NONE, OFF_BUILT, Again
from unitledger.workbook.sheets.tables.places import HEAD_ROW, KEY_COLUMN, UNIT_ROW, Placed, Results, Tables, added_by
from unitledger.workbook.sheets.tables.table import style_of, unit_text

_EMPTY = Text("")
_LAST, _BEYOND = "last", "beyond"
_HEADING, _UNIT, _EDITED, _LEFT_OUT, _TYPED = 1, 2, 3, 4, 5
_FIRST = OFF_BUILT + 2
_LABEL_WIDTH, _TEXT_WIDTH, _COUNT_WIDTH = 34, 18, 11


@attrs.frozen
class Built:
    """A row for each column of the tables: how many cells are `edited`, `left_out` or `typed` over.

    `again`: those that are worked out, once more.
    """

    grid: Grid
    edited: Entry
    left_out: Entry
    typed: Entry
    again: Again

    @classmethod
    def begin(cls, tables: Tables) -> Built:
        """Take the rows."""
        keys = [(name, key) for name, placed in tables.placed.items() for key in placed.columns]
        rows = {key: FIRST_ROW + place for place, key in enumerate(keys)}
        grid = Grid(Sheet(TABLES_AS_BUILT), {}, FIRST_ROW)
        edited, left_out, typed = (
            grid.entry("", DIMENSIONLESS, rows, column) for column in (_EDITED, _LEFT_OUT, _TYPED)
        )
        return cls(grid, edited, left_out, typed, Again.begin(tables, grid, rows))


def built_sheet(entries: Entries, tables: Tables, built: Built, results: Results) -> Sheet:
    """Return the sheet."""
    sheet = frame.entitled(built.grid.sheet, said.BUILT_TITLE, said.BUILT_HINT)
    titles = [said.COLUMN, said.HEADING, said.UNIT, said.EDITED, said.LEFT_OUT, said.TYPED]
    titles += [said.OFF, said.SUM_BUILT, said.OFF_BUILT]
    frame.headings(sheet, titles, range(_EDITED, OFF_BUILT + 1))
    widths = {LABEL_COLUMN: _LABEL_WIDTH, _HEADING: _TEXT_WIDTH, _UNIT: _TEXT_WIDTH}
    sheet.widths |= {**widths, **dict.fromkeys(range(_EDITED, OFF_BUILT + 1), _COUNT_WIDTH)}
    column = _FIRST
    for name, placed in tables.placed.items():
        for key in placed.columns:
            reader = _Column(entries, tables, built, placed, (name, key))
            reader.put_counts()
            with built.grid.mapped("tables"):
                built.again.put(placed, key, built.left_out[name, key], results)
            if reader.is_given:
                reader.put_built(column, results)
                column += 1
    return sheet


@attrs.frozen
class _Column:
    """A column of a table, by its key among the rows of `Built`."""

    entries: Entries
    tables: Tables
    built: Built
    placed: Placed
    row: tuple[str, Key]

    @property
    def key(self) -> Key:
        return self.row[1]

    @property
    def held(self) -> AxisInput | AxisLine | Words:
        return self.tables.held(self.key)

    @property
    def option(self) -> str:
        return self.tables.option(self.key)

    @property
    def is_given(self) -> bool:
        return not isinstance(self.held, AxisLine)

    @property
    def now(self) -> Entry:
        return self.placed.columns[self.key]

    def put_counts(self) -> None:
        """Put how many cells cannot be used, and how many formulas were typed over."""
        grid, (row, _) = self.built.grid, self.built.edited.place(self.row)
        label = said.OF_TABLE.format(table=self.placed.title, label=self.placed.headings[self.key])
        grid.sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
        with grid.mapped("options"):
            grid.put(grid.entry("", TEXT, row, _HEADING), self.tables.heading(self.key), frame.LABEL)
        if self.now.columns != KEY_COLUMN:
            grid.sheet.text(row, _UNIT, unit_text(self.held), frame.LABEL)
        with grid.mapped("tables"):
            found = self._left_out() + self._out_of_place()
            grid.put(self.built.left_out, found, COUNT, rows=[self.row], values=NONE)
            if typed := self._typed():
                known = apply(ISFORMULA, self.built.left_out[self.row])
                grid.put(self.built.typed[self.row], when(known, sum(typed[1:], typed[0]), 0), COUNT, values=NONE)

    def _typed(self) -> list[Operand]:
        """How many cells hold no formula any more: of what is worked out, and of what it comes to above."""
        block = self.now.of(LOGICAL).down()
        items: list[Operand] = (
            [] if self.is_given else [apply(ROWS, block) - apply(SUMPRODUCT, 1 * apply(ISFORMULA, block))]
        )
        total = self.placed.total(self.key).of(LOGICAL)
        return items if added_by(self.held) is None else [*items, when(apply(ISFORMULA, total), 0, 1)]

    def put_built(self, column: int, results: Results) -> None:
        """Put the column as it was built, and how many of its cells differ."""
        held, grid, labels = self.held, self.built.grid, self.placed.items.labels
        assert not isinstance(held, AxisLine)
        rows = {key: FIRST_ROW + place for place, key in enumerate(self.placed.rows)}
        then = grid.entry(self.now.name, self.now.kind, rows, column)
        figures = list(held.words) if isinstance(held, Words) else results[self.option][held.name].tolist()
        known: dict[Any, Any] = dict(zip(labels, figures, strict=True))
        own = self.entries.options[self.option].settings
        typed = [each for each in labels if isinstance(self.key, str) or cell_name(held.name, each) in own]
        look = style_of(held, [known[each] for each in typed])
        grid.put(then, lambda label, _: known[label], look, rows=typed)
        grid.sheet.text(HEADING_ROW, column, self.placed.headings[self.key], ("heading_right", GENERAL))
        frame.fit_figures(grid.sheet, range(column, column + 1), _COUNT_WIDTH)
        with grid.mapped("tables"):
            grid.put(self.built.edited, self._edited(then), COUNT, rows=[self.row], values=NONE)

    def _edited(self, then: Entry) -> Expression:
        """How many cells are not as built; where rows were inserted or deleted, at least so many."""
        now, built = self.now.down(), then.down()
        other: Expression = different(now, built)
        if not isinstance(self.key, str):
            base = self.placed.columns[self.key[0]].down()
            other = different(built, _EMPTY) * other
            other = other + equal(built, _EMPTY) * different(now, base) * different(now, _EMPTY)
        rows = apply(ROWS, self.now.of(LOGICAL).down()), apply(ROWS, then.of(LOGICAL).down())
        return when(equal(*rows), apply(SUMPRODUCT, 1 * other), absolute(rows[0] - rows[1]))

    def _left_out(self) -> Expression:
        """How many cells hold no figure or no word that can be, or stand beside none; sums that leave something out.

        What functions have to be taken cell by cell for is counted by programs that know formulas from other cells.
        """
        held, now = self.held, self.now.down()
        if isinstance(held, AxisLine):
            return self._short_of(held)
        keys = self.placed.columns[f"{self.placed.items.name}.{self.placed.items.key}"].of(TEXT).down()
        wrong = now < _EMPTY if isinstance(held, Words) else now > _EMPTY
        found: Expression = 1 * wrong + different(equal(keys, _EMPTY), equal(now, _EMPTY))
        if isinstance(held, AxisInput) and held.bounds.above and held.bounds.least == 0:
            figures = self.now.of(DIMENSIONLESS).down()
            found = found + different(figures, _EMPTY) * (figures <= 0)
        left_out, edited = apply(SUMPRODUCT, found), self.built.edited[self.row]
        if isinstance(held, AxisInput) and held.bounds.whole:
            left_out = left_out + fractions(self.now.of(DIMENSIONLESS).down(), edited)
        if self.now.columns == KEY_COLUMN:
            # To compare each with each takes long lists seconds: not before one was edited.
            twice = count_where(different(now, _EMPTY) * (apply(COUNTIF, now, now) > 1))
            left_out = left_out + when(all_of(apply(ISFORMULA, edited), edited > 0), twice, 0)
        return left_out

    def _out_of_place(self) -> Expression:
        """How many of heading and unit are not as built, and of cells that follow the rows which formulas look at."""
        last = max(self.placed.rows.values())
        ends = attrs.evolve(self.now, kind=TEXT, rows={_LAST: last, _BEYOND: last + 1})
        found: Expression = apply(SUMPRODUCT, 1 * different(ends.down(), _EMPTY)) - 1 * different(ends[_LAST], _EMPTY)
        for row, column in ((HEAD_ROW, _HEADING), (UNIT_ROW, _UNIT)):
            if row == HEAD_ROW or self.now.columns != KEY_COLUMN:
                here = self.built.grid.entry("", TEXT, self.built.edited.rows, column)[self.row]
                found = found + different(attrs.evolve(self.now, kind=TEXT, rows=row), here)
        return found

    def _short_of(self, line: AxisLine) -> Expression:
        """1 where sums by word do not come to all that they add up."""
        match line.lowered:
            case Apply(function, (Along(Reference(name)), Along(), Reference())) if function is SUMIFS:
                parts, whole = (total(self.tables.column(each, self.option).down()) for each in (line.name, name))
                allowed = self.tables.cells.tolerance * maximum(absolute(parts), absolute(whole))
                return when(absolute(parts - whole) <= allowed, 0, 1)
        return when(equal(apply(ROWS, self.now.of(LOGICAL).down()), 0), 1, 0)
