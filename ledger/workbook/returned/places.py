"""Where a ledger's rows lie in a workbook that people have worked on: found by names and labels, not by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import attrs

from unitledger.compute import TOLERANCE
from unitledger.expression import Area, Expression, Factor, Reference, replaced
from unitledger.model import Choice, Entries, Setting
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import grid, text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import Block, Book, Place
from unitledger.workbook.cells.formula import MOST_CELLS
from unitledger.workbook.cells.rows import Head, find_head, labelled, rows_below
from unitledger.workbook.layout import (
    CALC,
    CONSTANTS,
    FACTOR,
    FIRST_OPTION,
    HEADINGS,
    INPUTS,
    UNIT_COLUMN,
    Layout,
    Own,
    layout,
    unit_lists,
)
from unitledger.workbook.returned.periods import PeriodPlaces, period_places
from unitledger.workbook.returned.rows import InputRows, RowRefused, as_in_ledger
from unitledger.workbook.returned.tables import TablePlaces, table_places
from unitledger.workbook.sheets.inputs.text import FACTOR as FACTOR_TITLE

Key = tuple[str, str]
"""A kind and a name: "input" on Inputs; "used" and "line" on Calc; on Constants "constant", "factor", "tolerance",
"word" (`name 1`), "unit" (`1 W in kW`) and "definition"."""


@attrs.frozen
class Written:
    """A row as the ledger writes it: its sheet and number, its label, and on Constants what stands there.

    `leaf`: what formulas on Calc refer to by it; None where that is no entry of the ledger.
    """

    sheet: str
    row: int
    key: Key
    label: str
    leaf: Reference | Factor | None = None
    content: float | str = ""


@attrs.frozen
class Places:
    """Rows, counted from 0, of what could be found.

    `inputs`, `calc`, `constants`: the headings above the figures of each sheet. `written`: every row as the ledger
    writes it, `rows`: where it is now, of an input where its name is. Of Inputs `found`: the rows of inputs by their
    labels; `stated`: rows that state something of what an input is set to, in the base option and in those whose own
    figure has a row; `factors`: the column of the factors of units, None where it is gone.
    """

    entries: Entries
    layout: Layout
    book: Book
    inputs: Head
    calc: Head
    constants: Head
    found: InputRows
    stated: dict[Own, int]
    factors: int | None
    written: dict[Key, Written] = attrs.field(repr=False)
    rows: dict[Key, int] = attrs.field(repr=False)
    periods: PeriodPlaces = attrs.field(repr=False)
    tables: TablePlaces = attrs.field(repr=False)
    _leaves: dict[tuple[str, int], Reference | Factor] = attrs.field(repr=False)
    _keys: dict[tuple[str, int], Key] = attrs.field(repr=False)
    _known: dict[tuple[str, int, int, int], Expression] = attrs.field(factory=dict, init=False, repr=False)

    def setting(self, own: Own) -> Setting:
        """Return what an input is set to in the base option, or in another that has its own figure."""
        name, option = own
        entries = self.entries
        return entries.input(name).setting if option == entries.base else entries.options[option].settings[name]

    def label(self, name: str) -> str:
        """Return the label of a ledger name; what is no such name is a text already."""
        return self.entries[name].label if name in self.entries else name

    def cell(self, sheet: str, row: int, column: int, option: int) -> Expression:
        """Return what a cell stands for in a formula of an option, by its place."""
        asked = sheet, row, column, option
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = self._cell(*asked)
        return known

    def _cell(self, sheet: str, row: int, column: int, option: int) -> Expression:
        options = tuple(self.entries.options)
        over_time = self.periods.stands_for(sheet, row, column, options[option])
        if over_time is not None:
            return over_time
        found = self._leaves.get((sheet, row))
        heads = {head.sheet: head for head in (self.inputs, self.calc, self.constants)}
        if sheet == self.inputs.sheet and column == self.factors and isinstance(found, Reference):
            return Reference(f"factor of the unit of {found.name}", DIMENSIONLESS)
        if found is None or column not in (columns := heads[sheet].columns):
            return Reference(on(sheet, a1(row, column)), DIMENSIONLESS)
        if isinstance(found, Factor) or sheet == self.constants.sheet or column == columns[option]:
            return found
        return Reference(f"{self.label(found.name)} of {options[column - columns.start]}", found.kind)

    def leaf(self, block: Block | None, written: str, option: int) -> Expression:
        """Return what an address or name, as written, stands for: a cell like `cell`, or all cells of a range."""
        of_table = self.tables.column(block, tuple(self.entries.options)[option])
        if of_table is not None:
            return of_table
        # A name of several cells is told as it is.
        if block is None or block.size > MOST_CELLS or (block.size > 1 and ":" not in written):
            return Reference(written, DIMENSIONLESS)
        return self._all(block.places(), written, option)

    def now(self, tree: Expression, name: str, option: int) -> Expression:
        """Return what a formula in the row of an input, over cells as the ledger writes them, stands for here."""
        return replaced(tree, lambda leaf: self._moved(leaf, name, option))

    def _moved(self, leaf: Reference, name: str, option: int) -> Expression:
        assert isinstance(leaf, grid.Cell), "inputs are fetched from cells"
        (first, last), (column, _) = leaf.ends(name, self.layout.options[option])
        sheet = leaf.ground.name
        head = self.inputs if sheet == INPUTS else self.constants
        keys = [self._keys[sheet, row] for row in range(first, last + 1)]
        rows: Sequence[int] = [self.rows.get(key, 0) for key in keys]
        if keys[0][0] == "unit":
            # Among units their order does not matter, nor what was put between them; places of words do.
            rows = range(min(rows), max(rows) + 1)
            if len(rows) > MOST_CELLS:
                return Reference(f"{on(head.sheet, a1(rows[0], 0))}, {len(rows):,} rows", DIMENSIONLESS)
        across = head.unit if column == UNIT_COLUMN else head.columns.start + column - FIRST_OPTION
        if sheet == INPUTS and column == self.layout.beside(FACTOR) and self.factors is not None:
            across = self.factors
        return self._all(((head.sheet, row, across) for row in rows), sheet, option)

    def _all(self, places: Iterable[Place], written: str, option: int) -> Expression:
        """Return what one cell stands for, or several, `written` like that where they cannot be told one by one."""
        cells = tuple(self.cell(*place, option) for place in places)
        if len(cells) == 1:
            return cells[0]
        return Area(tuple(cell if isinstance(cell, Reference) else Reference(written, DIMENSIONLESS) for cell in cells))


def find_places(entries: Entries, book: Book) -> Places:
    """Find sheets by defined names, rows by label. Raises WorkbookRefused when the file is no workbook of a ledger."""
    heads = inputs, calc, constants = tuple(find_head(book, name) for name in HEADINGS)
    titles = dict(zip((INPUTS, CALC, CONSTANTS), (head.sheet for head in heads), strict=True))
    labels = {CALC: labelled(book, calc), CONSTANTS: labelled(book, constants)}
    found = InputRows(entries, book, inputs)
    placed = layout(entries)
    written = {row.key: row for row in _written(entries, placed)}
    rows: dict[Key, int] = {}
    for key, row in written.items():
        if row.sheet == INPUTS:
            with suppress(RowRefused):
                rows[key] = found.named(key[1]).first_row
        elif labels[row.sheet].get(row.label):
            # Where a label is there twice (an input, then a line), the order decides.
            rows[key] = labels[row.sheet][row.label].pop(0)
    leaves: dict[tuple[str, int], Reference | Factor] = {}
    for key, number in rows.items():
        row, title = written[key], titles[written[key].sheet]
        unnamed = Reference(f"{row.label if row.sheet == INPUTS else key[1]} on {title}", DIMENSIONLESS)
        leaves[title, number] = unnamed if row.leaf is None else row.leaf
    keys = {(row.sheet, row.row): key for key, row in written.items()}
    stated = _stated(entries, found, placed)
    where = inputs, calc, constants, found, stated, inputs.beside.get(FACTOR_TITLE)
    along = period_places(entries, book), table_places(entries, book)
    return Places(entries, placed, book, *where, written, rows, *along, leaves, keys)


def _stated(entries: Entries, found: InputRows, placed: Layout) -> dict[Own, int]:
    """Return the rows of inputs, and by label those of options' own figures; a label of several rows tells nothing."""
    labels: dict[str, list[int]] = {}
    for number, row in rows_below(found.book, found.head).items():
        said = as_in_ledger(found.book, found.head.figures, placed.options, found.head.sheet, row.label)
        labels.setdefault(said, []).append(number)
    order = {(name, entries.base): row for name, row in placed.inputs.items()} | placed.own
    stated: dict[Own, int] = {}
    for name, option in sorted(order, key=order.__getitem__):
        if option == entries.base:
            with suppress(RowRefused):
                stated[name, option] = found.cells(name).first_row
            continue
        rows = labels.get(text.OWN.format(label=entries.input(name).label) + option, [])
        if len(rows) == 1:
            stated[name, option] = rows[0]
    return stated


def _written(entries: Entries, placed: Layout) -> Iterator[Written]:
    """Yield the rows of Inputs, Calc and Constants."""
    for name, row in placed.inputs.items():
        yield Written(INPUTS, row, ("input", name), entries.inputs[name].label)
    for name, row in placed.used.items():
        target = entries.input(name)
        unit = DIMENSIONLESS if isinstance(target, Choice) else target.unit
        yield Written(CALC, row, ("used", name), target.label, Reference(name, unit))
    for name, row in placed.lines.items():
        line = entries.lines[name]
        yield Written(CALC, row, ("line", name), line.label, Reference(name, line.unit))
    for name, row in placed.constants.items():
        constant = entries.constants[name]
        leaf = Reference(name, constant.unit)
        yield Written(CONSTANTS, row, ("constant", name), constant.label, leaf, constant.magnitude)
    for step, row in placed.factors.items():
        yield Written(CONSTANTS, row, ("factor", step.name), step.label, Factor(step), float(step.value))
    yield Written(CONSTANTS, placed.tolerance, ("tolerance", "tolerance of checks"), text.TOLERANCE, content=TOLERANCE)
    for name, first in placed.lists.items():
        choice = entries.choices[name]
        for place, word in enumerate(choice.words):
            label = text.WORD.format(choice=choice.label, place=place + 1)
            yield Written(CONSTANTS, first + place, ("word", f"{name} {place + 1}"), label, content=word)
    for own, listed in unit_lists(entries).items():
        for row, (other, factor) in zip(placed.units[own], listed, strict=True):
            label = text.UNIT_IN.format(unit=own, other=other)
            yield Written(CONSTANTS, row, ("unit", f"1 {other} in {own}"), label, content=factor)
    for definition, row in placed.definitions.items():
        label = text.OWN_UNIT.format(name=definition.word)
        yield Written(CONSTANTS, row, ("definition", definition.word), label, content=definition.line)
