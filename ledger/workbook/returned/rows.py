"""The row of Inputs that states an input: its name, its label and its unit agree, or else the label tells whose it is.

Sorting moves what cells hold and leaves defined names where they are.
"""

from __future__ import annotations

from functools import cached_property

import attrs

from unitledger.errors import LedgerError, ValueRefused, brief
from unitledger.model import Assumption, Choice, Entries
from unitledger.units import Unit, compatible_units
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import Block, Book, Cell
from unitledger.workbook.cells.rows import Head, labelled
from unitledger.workbook.layout import input_name


class RowRefused(ValueRefused):
    """A row of Inputs that cannot be read at all, and the cell or name that says why."""

    def __init__(self, cell: str, text: str) -> None:
        super().__init__(text)
        self.cell = cell


@attrs.frozen(slots=False)
class InputRows:
    """Where the inputs of a ledger stand on the sheet Inputs of a workbook, whose headings are `head`."""

    entries: Entries
    book: Book
    head: Head

    @cached_property
    def _labelled(self) -> dict[str, list[int]]:
        return labelled(self.book, self.head)

    def named(self, name: str) -> Block:
        """Return the cells that bear the name of an input. Raises RowRefused where it cannot be theirs."""
        title, head = input_name(name), self.head
        block = self.book.names.get(title.casefold())
        if block is None or block.sheet not in self.book.cells:
            state = "points nowhere" if title.casefold() in self.book.names else "is not there"
            said = f"the name {title} {state}: its row was deleted, or the name was. Bring the row back."
            raise RowRefused(title, said)
        first = block.place(block.first_column)
        if block.first_row != block.last_row:
            raise RowRefused(first, f"the name {title} means more than one row.")
        options = self.entries.options
        if len(block.columns) != len(head.columns):
            count = f"{len(block.columns)} columns for {len(options)} options ({', '.join(options)})"
            raise RowRefused(first, f"it has {count}. Options are added or removed in Python.")
        if block.sheet != head.sheet or block.columns != head.columns:
            raise RowRefused(first, f"the name {title} means cells that are not in the columns of the options.")
        return block

    def label(self, row: int) -> str:
        """Return the label of a row, "" for none."""
        return str(self.book.cell(self.head.sheet, row, self.head.label).content or "")

    def cells(self, name: str) -> Block:
        """Return the cells of an input in the options that a workbook has.

        Where its name and its label are in two rows, the label tells, unless several rows bear it. Raises RowRefused.
        """
        block, label = self.named(name), self.entries.input(name).label
        there = self.label(block.first_row)
        if there == label:
            return block
        place = on(self.head.sheet, a1(block.first_row, self.head.label))
        found = self._labelled.get(label, [])
        if len(found) == 1:
            return attrs.evolve(block, first_row=found[0], last_row=found[0])
        carried = f"the label '{brief(there, 60)}'" if there else "no label"
        rows = f"{len(found)} rows bear" if found else "no row bears"
        said = f"its row has {carried}, and {rows} its own, {label!r}. Put labels and rows back as they were."
        raise RowRefused(place, said)

    def in_place(self, name: str) -> Block:
        """Return the cells of an input that formulas on Calc fetch. Raises RowRefused where it stands elsewhere."""
        block, there = self.named(name), self.cells(name)
        if there != block:
            found, place = self.label(block.first_row), on(self.head.sheet, a1(block.first_row, self.head.label))
            said = f"its row has the label '{brief(found, 60)}'; its own is in row {there.first_row + 1}."
            raise RowRefused(place, f"{said} Put the rows back in their order.")
        return block

    def unit(self, name: str) -> Unit | None:
        """Return the unit beside an input, None for a choice. Raises RowRefused."""
        target, row = self.entries.input(name), self.cells(name).first_row
        if isinstance(target, Choice):
            return None
        try:
            return _unit_beside(self.entries, self.book.cell(self.head.sheet, row, self.head.unit), target)
        except ValueRefused as refused:
            raise RowRefused(on(self.head.sheet, a1(row, self.head.unit)), str(refused)) from None


def _unit_beside(entries: Entries, cell: Cell, target: Assumption) -> Unit:
    """Return the unit that the cell beside the label of an input states.

    Raises ValueRefused for one that the workbook cannot compute with: none, unknown, of another dimension, not in the
    list of the input.
    """
    expected = target.unit.spelling
    if cell.held == "blank":
        raise ValueRefused(f"its unit is empty; expected {expected}.")
    if cell.held != "text":
        raise ValueRefused(f"its unit is {brief(repr(cell.content))}; expected {expected}.")
    if cell.content == expected:
        return target.unit
    # A spreadsheet compares texts whatever their case.
    listed = {unit.casefold(): unit for unit, _ in compatible_units(target.unit, entries.calendar)}
    spelling = listed.get(cell.content.casefold())
    if spelling is not None:
        return target.unit if spelling == expected else Unit.parse(spelling)
    try:
        unit = Unit.parse(cell.content)
    except LedgerError as unknown:
        raise ValueRefused(f"{unknown} Expected {expected}.") from None
    if unit.dimension != target.unit.dimension:
        raise ValueRefused(f"its unit is {unit.spelling}, which does not measure what {expected} does.")
    raise ValueRefused(
        f"its unit is {unit.spelling}, which is not in its list. Choose one of {', '.join(listed.values())}."
    )
