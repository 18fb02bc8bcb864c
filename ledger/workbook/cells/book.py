"""What a workbook holds, whoever reads it: cells, blocks of them, and the places that defined names mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Literal, NamedTuple

import attrs

from unitledger.workbook.address import LAST_COLUMN, LAST_ROW, a1, column_number, on

Place = tuple[str, int, int]
"""Sheet, row and column, both counted from 0."""

Held = Literal["number", "text", "logical", "error", "date", "formula", "blank"]
_BLOCK = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


@attrs.frozen
class Cell:
    """What a cell holds; a formula with its equals sign, and the value that the file keeps of it, None for none.

    `percent`: whether it is shown in percent; `day`: the number of the date that it shows, None for what is none.
    """

    held: Held
    content: Any = None
    kept: Any = None
    percent: bool = attrs.field(default=False, eq=False)
    day: float | None = attrs.field(default=None, eq=False)

    @property
    def shown(self) -> Any:
        """The value that the file keeps, None for none; a date as a number of days."""
        if self.day is not None:
            return self.day
        return self.kept if self.held == "formula" else self.content


BLANK = Cell("blank")
_NO_CELLS: Mapping[tuple[int, int], Cell] = {}


def place_of(sheet: str, letters: str, digits: str) -> Place | None:
    """Return the place in a column and a row as an address names them, None beyond every sheet."""
    row, column = int(digits) - 1, column_number(letters)
    return (sheet, row, column) if 0 <= row < LAST_ROW and column < LAST_COLUMN else None


class Block(NamedTuple):
    """Neighbouring cells of a sheet, with rows and columns counted from 0, ends included."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell."""
        return self.first_row == self.last_row and self.first_column == self.last_column

    @property
    def first(self) -> Place:
        """Its first cell."""
        return self[:3]

    @classmethod
    def of(cls, sheet: str, address: str) -> Block | None:
        """Return the block that an address means, None when it is not one (a whole column, a lost reference)."""
        found = _BLOCK.fullmatch(address.upper())
        if found is None:
            return None
        letters, digits, letters_of_last, digits_of_last = found.groups()
        first = last = place_of(sheet, letters, digits)
        if letters_of_last is not None:
            last = place_of(sheet, letters_of_last, digits_of_last)
        if first is None or last is None:
            return None
        top, bottom = sorted((first[1], last[1]))
        left, right = sorted((first[2], last[2]))
        return cls(sheet, top, left, bottom, right)

    @classmethod
    def written(cls, address: str, home: str) -> Block | None:
        """Return the block that an address in a formula on the sheet `home` means."""
        if ":" not in address:
            sheet, mark, cell = address.rpartition("!")
            return cls.of(unquoted(sheet) if mark else home, cell)
        # A sheet may be named twice: Calc!A1:Calc!A9. No name of a sheet holds a colon.
        parts = [part.rpartition("!") for part in address.split(":")]
        sheet, mark, _ = parts[0]
        return cls.of(unquoted(sheet) if mark else home, ":".join([cell for _, _, cell in parts]))

    @property
    def columns(self) -> range:
        """The block's columns."""
        return range(self.first_column, self.last_column + 1)

    @property
    def rows(self) -> range:
        """The block's rows."""
        return range(self.first_row, self.last_row + 1)

    def places(self) -> Iterator[Place]:
        """Yield its cells, row by row."""
        return product((self.sheet,), self.rows, self.columns)

    def holds(self, place: Place) -> bool:
        """Whether a cell is one of its own."""
        sheet, row, column = place
        return sheet == self.sheet and row in self.rows and column in self.columns

    def place(self, column: int) -> str:
        """Return the address, with its sheet, of the cell of the first row in a column."""
        return on(self.sheet, a1(self.first_row, column))


@attrs.frozen
class Book:
    """The cells of a workbook by sheet, row and column (counted from 0), and its defined names in lower case.

    `spilled`: the cells that array formulas and data tables fill.
    """

    path: Path
    cells: Mapping[str, Mapping[tuple[int, int], Cell]] = attrs.field(repr=False)
    names: Mapping[str, Block | None] = attrs.field(repr=False)
    properties: Mapping[str, str]
    spilled: tuple[Block, ...] = ()

    def cell(self, sheet: str, row: int, column: int) -> Cell:
        """Return what a cell holds; one of a sheet that is not there holds nothing."""
        return self.cells.get(sheet, _NO_CELLS).get((row, column), BLANK)


def cached_values(read: Book) -> dict[str, dict[tuple[int, int], Any]]:
    """Return the value that the file of a book keeps for each cell, by sheet, row and column.

    Errors are texts, dates are days.
    """
    return {
        sheet: {at: value for at, cell in cells.items() if (value := cell.shown) is not None}
        for sheet, cells in read.cells.items()
    }


@lru_cache(maxsize=1024)
def unquoted(sheet: str) -> str:
    """Return the name of a sheet as a formula writes it."""
    return sheet.removeprefix("'").removesuffix("'").replace("''", "'")
