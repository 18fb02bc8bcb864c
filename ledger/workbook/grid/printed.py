"""The formulas of cells: one for many is printed once, with marks where the addresses of cells differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

from unitledger.errors import FormulaError
from unitledger.expression import Factor, Operand, Printed, Reference, excel, within_length
from unitledger.workbook.address import letters, on
from unitledger.workbook.grid.entry import Entry
from unitledger.workbook.grid.place import Cell, Key
from unitledger.workbook.grid.put import Put, as_cell

# With a letter after it, stands for a row or a column while a formula is printed; no text of a workbook holds it.
_MARK = "\0"

_FEWER = "It grows with the options: put fewer into one workbook, with only(...)."

_Find = Callable[[Key, Key], str]


def printed(put: Put) -> Iterator[str]:
    """Yield the formula of each cell, in the order of `Put.keys`. Raises FormulaError where Excel would not take it."""
    addresses, formulas = _Addresses(put), put.formulas
    by_form = Printed(addresses.locate)
    once = "" if put.tree is None else excel(put.tree, addresses.locate)
    for row in put.rows:
        try:
            if formulas:
                once = by_form.text(formulas[row])
            if not addresses.marks:
                yield from repeat(within_length(once), len(put.columns))
                continue
            begun, *marked = once.split(_MARK)
            for column in put.columns:
                here = {letter: find(row, column) for letter, find in addresses.marks.items()}
                yield within_length(begun + "".join([here[part[0]] + part[1:] for part in marked]))
        except FormulaError as refused:
            told = (
                f"Line {row!r}: {refused} Split the line."
                if formulas
                else f"Sheet {put.entry.ground.name}: {refused} {_FEWER}"
            )
            raise FormulaError(told) from None


def formula_text(entry: Entry, formula: Operand, row: Key = None, column: Key = None) -> str:
    """Return a formula as a cell of an entry would hold it, for rules of what cells accept and how they look.

    Raises UnitMismatch where it does not give what the entry holds.
    """
    return next(printed(Put(entry, (row,), (column,), formula, ("", ""), None)))


class _Addresses:
    """What is written for cells in a formula: an address, with marks for what moves when the formula is copied.

    A column that stays is fixed with a dollar sign, and then a row that stays too.
    """

    def __init__(self, put: Put) -> None:
        self.marks: dict[str, _Find] = {}
        self._put = put
        self._known: dict[Any, str] = {}
        self._named: dict[str | tuple[str], str] = {}
        self._begun: dict[tuple[str, int], str] = {}

    def locate(self, leaf: Reference | Factor) -> str:
        """Return the address of a leaf."""
        if isinstance(leaf, Cell):
            return self._address(leaf)
        # A line may have the name of a factor.
        name = (leaf.step.name,) if isinstance(leaf, Factor) else leaf.name
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = self._of(self._put.named(leaf))
        return found

    def _of(self, named: Operand) -> str:
        """Return the address of what a name stands for; of rows in the same columns they differ in the number."""
        if not isinstance(named, Entry) or not isinstance(named.rows, int):
            return self._address(as_cell(named))
        columns = named.ground.name, named.columns if isinstance(named.columns, int) else id(named.columns)
        if columns not in self._begun:
            self._begun[columns] = self._address(named.expression).removesuffix(f"{named.rows + 1}")
        return f"{self._begun[columns]}{named.rows + 1}"

    def _address(self, cell: Cell) -> str:
        if cell.called:
            return cell.called
        address = self._corner(cell, last=False)
        rows, columns = cell.picks
        if rows.many or columns.many:
            last = self._corner(cell, last=True)
            address = f"{address}:{last}" if address != last or _is_range(cell) else address
        return address if cell.ground.name == self._put.entry.ground.name else on(cell.ground.name, address)

    def _corner(self, cell: Cell, *, last: bool) -> str:
        put = self._put
        (rows, columns), (down, across) = cell.ends(put.rows[0], put.columns[0]), cell.axes
        row_moves, column_moves = cell.picks[0].moves(down)[last], cell.picks[1].moves(across)[last]
        number, letter = str(rows[last] + 1), letters(columns[last])
        if row_moves and len(put.rows) > 1:
            number = self._marked(cell, 0, last, lambda here, there: str(cell.ends(here, there)[0][last] + 1))
        if not column_moves:
            return f"${letter}{'' if row_moves else '$'}{number}"
        if len(put.columns) > 1:
            letter = self._marked(cell, 1, last, lambda here, there: letters(cell.ends(here, there)[1][last]))
        return f"{letter}{number}"

    def _marked(self, cell: Cell, axis: int, last: bool, find: _Find) -> str:
        """Return the mark for a row or column; cells that move alike share it."""
        pick = cell.picks[axis]
        key = axis, id(cell.axes[axis]), pick, last and pick.many
        if key not in self._known:
            letter = self._known[key] = chr(ord("A") + len(self._known))
            self.marks[letter] = find
        return f"{_MARK}{self._known[key]}"


def _is_range(cell: Cell) -> bool:
    """Whether one cell is written as a range too: not where it is one of several columns in the formula's own row."""
    rows, columns = cell.picks
    return rows.many or (columns.many and isinstance(cell.axes[0], int))
