"""Units worked out anew from a workbook alone: from each formula of Calc and the unit column, by dimensional analysis.

Nothing is converted on the way. A formula whose conversion factor is missing gives a unit of another size than the
one that its row shows, and is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from unitledger.errors import FormulaError, LedgerError, listed
from unitledger.expression import TEXT, Area, Expression, Kind, Reference, leaves, spelled
from unitledger.units import Dimension, Unit
from unitledger.workbook import text
from unitledger.workbook.address import a1, on, quoted
from unitledger.workbook.cells.book import Block, Book, Cell
from unitledger.workbook.cells.formula import MOST_CELLS, Formula
from unitledger.workbook.cells.kind import Unsettled, alike, cell_kind, said
from unitledger.workbook.cells.rows import Head, Row, find_head, rows_below
from unitledger.workbook.layout import HEAD_OF_MONTHS, HEAD_OF_TABLE, HEAD_OF_TIMELINE, HEADINGS
from unitledger.workbook.sheets.tables.said import WORD

MOST_SHOWN = 50


@attrs.frozen
class UnitDifference:
    """A row of Calc whose formula does not give the unit that the row shows: its cell, its label, and why."""

    cell: str
    label: str
    reason: str

    def __str__(self) -> str:
        return f"{self.cell}, {self.label}: {self.reason}."


@attrs.frozen
class Rederived:
    """How many rows of Calc had their units derived, and those that differ; true when none does."""

    rows: int
    differences: tuple[UnitDifference, ...]

    def __bool__(self) -> bool:
        return not self.differences

    def __str__(self) -> str:
        count = f"Units of {self.rows:,} rows re-derived, "
        if not self.differences:
            return f"{count}no difference."
        return "\n".join([f"{count}{len(self.differences):,} differ.", *shortened(self.differences)])


def shortened(found: Sequence[object]) -> list[str]:
    """Return the first of many findings beneath each other, indented, and how many more there are."""
    return [f"  {line}" for line in listed(found, MOST_SHOWN)]


def rederived(book: Book) -> Rederived | None:
    """Derive the unit of every row of Calc and compare it with the unit shown; None for no workbook of a ledger."""
    if not set(HEADINGS) <= _headings(book, *HEADINGS).keys():
        return None
    of_periods = _headings(book, HEAD_OF_MONTHS, HEAD_OF_TIMELINE)
    heads = inputs, calc, *_ = [find_head(book, name) for name in (*HEADINGS, *of_periods)]
    over_time = heads[len(HEADINGS) :]
    rows = {head.sheet: rows_below(book, head) for head in heads}
    computed = [
        row
        for head in (calc, *over_time)
        for row in rows[head.sheet].values()
        if any(cell.held == "formula" for cell in row.figures.values())
    ]
    tables = {head.sheet: head for head in _headings(book, HEAD_OF_TABLE).values()}
    reader = _Reader(book, calc.sheet, inputs.sheet, {head.sheet: head for head in heads}, rows, tables)
    wrong = [difference for row in computed for difference in reader.differences(row)]
    columns = [(sheet, column) for sheet, head in tables.items() for column in head.columns]
    wrong += [difference for place in columns for difference in reader.of_column(*place)]
    return Rederived(len(computed) + len(columns), tuple(wrong))


def _headings(book: Book, *begin: str) -> dict[str, Block]:
    """Return the headings whose names begin so, by these, as far as their sheets are there."""
    there = {name: head for name, head in book.names.items() if head is not None and head.sheet in book.cells}
    return {name: head for name, head in there.items() if name.startswith(begin)}


@attrs.frozen
class _Reader:
    """`heads` and `rows`: the headings above the figures of Calc, Inputs and Constants, and what is beneath them.

    `tables`: the headings of tables by their sheets.
    `settled`: shapes of formulas with the units of what they refer to and of their rows, which agree.
    """

    book: Book
    calc: str
    inputs: str
    heads: Mapping[str, Head]
    rows: Mapping[str, Mapping[int, Row]]
    tables: Mapping[str, Block]
    settled: set[tuple[object, ...]] = attrs.field(factory=set, init=False)
    kinds: dict[tuple[str, int], Kind] = attrs.field(factory=dict, init=False)

    def differences(self, row: Row) -> Iterator[UnitDifference]:
        """Yield what is wrong in a row, once for each formula."""
        seen = set()
        for column, cell in row.figures.items():
            if cell.held != "formula":
                continue
            formula = Formula.read(str(cell.content), row.head.sheet, self.book.names)
            units = formula.shape, row.unit.content, *map(self._units, formula.blocks)
            if units in self.settled:
                continue
            # In another option the same rows bear the same units.
            same = formula.shape, tuple((block.sheet, block.rows) for block in formula.blocks)
            if same in seen:
                continue
            seen.add(same)
            try:
                self._check(row, formula)
            except (Unsettled, FormulaError) as wrong:
                yield UnitDifference(row.address(column), str(row.label.shown or ""), str(wrong))
            else:
                self.settled.add(units)

    def of_column(self, sheet: str, column: int) -> Iterator[UnitDifference]:
        """Yield what is wrong in a column of a table, once for each formula."""
        seen = set()
        first = self.tables[sheet].first_row
        heading = str(self.book.cell(sheet, first, column).shown or "")
        for (row, across), cell in self.book.cells[sheet].items():
            if across != column or row <= first or cell.held != "formula":
                continue
            formula = Formula.read(str(cell.content), sheet, self.book.names)
            same = formula.shape, *((block.sheet, block.columns, block.size) for block in formula.blocks)
            if same in seen:
                continue
            seen.add(same)
            try:
                self._compare(self._of_column(sheet, column), formula.tree(self._leaf))
            except (Unsettled, FormulaError) as wrong:
                yield UnitDifference(on(sheet, a1(row, column)), heading, str(wrong))

    def _of_column(self, sheet: str, column: int) -> Kind:
        """Return what the cell above the heading of a column says of its unit; of the first, the key, there is none."""
        head = self.tables[sheet]
        if column == head.first_column:
            return TEXT
        return _stated(self.book.cell(sheet, head.first_row - 1, column), on(sheet, a1(head.first_row - 1, column)))

    def _compare(self, shown: Kind, tree: Expression) -> None:
        found = cell_kind(tree, lambda cell: cell.kind)
        if not alike(found, shown):
            raise Unsettled(f"it shows {spelled(shown)}, but its formula gives {said(found)}")

    def _units(self, block: Block) -> tuple[object, ...]:
        """Return all of a block that its units follow from."""
        if block.sheet in self.tables:
            return block.sheet, block.columns
        rows = self.rows.get(block.sheet)
        if rows is None or block.size > MOST_CELLS:
            return (block.sheet,)
        stated = (rows[row].unit.content if row in rows else None for row in block.rows)
        return block.sheet, len(block.columns), *dict.fromkeys(stated)

    def _check(self, row: Row, formula: Formula) -> None:
        """Compare the unit of a row with that of its formula."""
        shown = _kind(row)
        tree = formula.tree(self._leaf)
        sheets: dict[str, Kind] = {}
        for leaf in leaves(tree):
            assert isinstance(leaf, Reference), "what stands in a cell is no factor yet"
            sheets.setdefault(leaf.name.rpartition("!")[0], leaf.kind)
        typed = sheets.get(quoted(self.inputs))
        if typed is not None and quoted(self.calc) not in sheets:
            # Inputs are the ground: the unit in which one is typed may be another, what it measures may not.
            if _measured(typed) != _measured(shown):
                raise Unsettled(f"it shows {spelled(shown)}, but on {self.inputs} it is in {spelled(typed)}")
            return
        self._compare(shown, tree)

    def _leaf(self, block: Block | None, written: str) -> Expression:
        """Return the cell or the cells of a block, each of the kind that its row states."""
        if block is not None and block.sheet in self.tables and len(block.columns) == 1:
            return self._column(block)
        if block is None or block.sheet not in self.heads or block.size > MOST_CELLS:
            raise Unsettled(f"it refers to {written}, which has no unit")
        # One cell stands for all of its kind, and the last for where the block ends.
        kinds = [self._kind(block.sheet, row) for row in block.rows]
        rows = sorted({*(kinds.index(kind) for kind in dict.fromkeys(kinds)), len(kinds) - 1})
        ends = dict.fromkeys((block.first_column, block.last_column))
        cells = tuple(
            Reference(on(block.sheet, a1(block.first_row + row, column)), kinds[row]) for row in rows for column in ends
        )
        return cells[0] if len(cells) == 1 else Area(cells)

    def _column(self, block: Block) -> Expression:
        """Return the cells of a column of a table, all of the unit that it states."""
        column, ends = block.first_column, dict.fromkeys((block.first_row, block.last_row))
        kind = self._of_column(block.sheet, column)
        cells = tuple(Reference(on(block.sheet, a1(row, column)), kind) for row in ends)
        return cells[0] if len(cells) == 1 else Area(cells)

    def _kind(self, sheet: str, number: int) -> Kind:
        """Return what the unit column says of a row, by its number."""
        place = sheet, number
        if place not in self.kinds:
            self.kinds[place] = _kind(self.rows[sheet].get(number, Row(self.heads[sheet], number, {})))
        return self.kinds[place]


def _kind(row: Row) -> Kind:
    """Return what the unit column says of a row."""
    return _stated(row.unit, row.unit_address)


def _stated(stated: Cell, address: str) -> Kind:
    """Return the unit that a cell says."""
    if stated.held == "blank":
        raise Unsettled(f"{address} is empty, where a unit should stand")
    if stated.content in (text.CHOICE_UNIT, WORD):
        return TEXT
    try:
        return Unit.parse(str(stated.content))
    except LedgerError as unknown:
        raise Unsettled(f"{address}: {unknown}") from None


def _measured(kind: Kind) -> Dimension:
    """Return the dimension of an input; the place of a word is a plain number."""
    return kind.dimension if isinstance(kind, Unit) else ()
