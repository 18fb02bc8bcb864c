"""A copy of a workbook that somebody works on with a spreadsheet: what is done to it by what plays which part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
from built import Built
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import coordinate_from_string, get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reshape import insert

from unitledger.model import Choice

HEADING = 4
"""Row of the headings of options."""


@attrs.frozen
class Parts:
    """What plays which part in a ledger, by name.

    `moves`: an input that moves the total when it is changed a little. `ranged`: an input with a high end. `choice`: a
    choice. `line` stands on the total. `inherited`: an input of which the second option has no figure of its own;
    `own`: one of which it has.
    """

    total: str
    line: str
    moves: str
    ranged: str
    choice: str
    inherited: str
    own: str


class WorkingCopy:
    """The workbook of a ledger, loaded to be changed; the second option is a column beside the base option."""

    def __init__(self, built: Built, parts: Parts) -> None:
        self.built = built
        self.parts = parts
        self.book: Workbook = load_workbook(built.path)
        self.base, self.second = list(built.ledger.options)[:2]

    def sheet(self, name: str) -> Worksheet:
        """A sheet by its name as built."""
        page = self.book[name]
        assert isinstance(page, Worksheet)
        return page

    def cell(self, sheet: str, address: str) -> Cell:
        """A cell of a sheet."""
        found = self.sheet(sheet)[address]
        assert isinstance(found, Cell)
        return found

    def type(self, sheet: str, address: str, content: Any) -> None:
        """Type into a cell; None empties it."""
        self.cell(sheet, address).value = content

    def line(self, name: str, *, second: bool = False) -> str:
        """Address on Calc of a line."""
        return self.built.line(name, self.second if second else self.base)

    def used(self, name: str) -> str:
        """Address on Calc of an input that is used, in the base option."""
        label = self.built.ledger.inputs[name].label
        rows = [row for row in self.built.calculation_rows() if self.built.cached["Calc", f"A{row}"] == label]
        return f"{self.built.columns()[0]}{rows[0]}"

    def input(self, name: str, *, second: bool = False) -> str:
        """Address on Inputs of an input."""
        return self.built.input(name, self.second if second else self.base)

    def beside(self, address: str, column: str) -> str:
        """The address in the same row and another column."""
        return f"{column}{row_of(address)}"

    def high(self, name: str) -> str:
        """Address on Inputs of the high end of an input's range."""
        return f"{get_column_letter(4 + len(self.built.ledger.options))}{row_of(self.input(name))}"

    def labelled(self, sheet: str, label: str) -> str:
        """Address of the first figure in the first row with a label."""
        pages = self.sheet(sheet).iter_rows(max_col=1)
        row = next(cell.row for (cell,) in pages if cell.value == label)
        return f"C{row}"

    def base_figure(self, name: str) -> Any:
        """What an input of the base option holds."""
        return self.built.cached["Inputs", self.input(name)]

    def nudged(self, name: str = "") -> float:
        """A little more than the base option has."""
        return float(self.base_figure(name or self.parts.moves) * 1.01)

    def beyond(self) -> float:
        """More than the high end of the range."""
        high = self.built.ledger.setting(self.parts.ranged).high
        assert high is not None
        return high * 1.5

    def same_word(self) -> str:
        """The base option's word of the choice."""
        return str(self.base_figure(self.parts.choice))

    def other_word(self, *, second: bool = False) -> str:
        """A word that the option has not."""
        choice = self.built.ledger.inputs[self.parts.choice]
        assert isinstance(choice, Choice)
        now = self.built.cached.get(("Inputs", self.input(self.parts.choice, second=second)))
        return next(word for word in choice.words if word != now)

    def conversion(self) -> str:
        """Address of the first conversion factor."""
        heading = self.labelled("Constants", "Conversion factors")
        return f"C{row_of(heading) + 1}"

    def word(self) -> str:
        """Address of the first word of the choice's list."""
        return self.labelled("Constants", f"{self.built.ledger.inputs[self.parts.choice].label}: word 1")

    def answer_line(self) -> str:
        """Name of the line that answers the question."""
        answer = self.built.ledger.answer
        assert answer is not None
        return answer.line

    def key_figure(self) -> str:
        """Address on Summary of the answer."""
        return self.labelled("Summary", self.built.ledger.lines[self.answer_line()].label)

    def two_names(self) -> tuple[str, str]:
        """Two inputs, which have different units."""
        return self.parts.moves, self.parts.own

    def two_inputs(self) -> tuple[int, int]:
        """Their rows on Inputs."""
        one, other = self.two_names()
        return row_of(self.input(one)), row_of(self.input(other))

    def last_option(self) -> int:
        """The column of the last option, counted from 1."""
        return 2 + len(self.built.ledger.options)

    def paste_option(self) -> None:
        """Insert a copy of the last option's column beside it."""
        page, last = self.sheet("Inputs"), self.last_option()
        insert(self.book, "Inputs", "columns", last + 1)
        for row in range(HEADING, page.max_row + 1):
            page.cell(row, last + 1).value = page.cell(row, last).value

    def swap_rows(self, sheet: str, one: int, other: int) -> None:
        """Exchange what stands in two rows, as sorting does: formulas elsewhere do not follow."""
        page = self.sheet(sheet)
        for column in range(1, page.max_column + 1):
            _swap(page.cell(one, column), page.cell(other, column))

    def swap_columns(self, sheet: str, one: str, other: str) -> None:
        """Exchange what stands in two columns from the headings on."""
        for row in range(HEADING, self.sheet(sheet).max_row + 1):
            self.swap_cells(sheet, f"{one}{row}", f"{other}{row}")

    def swap_cells(self, sheet: str, one: str, other: str) -> None:
        """Exchange what stands in two cells."""
        page = self.sheet(sheet)
        _swap(page[one], page[other])

    def save(self, path: Path) -> Path:
        """Save the copy; values that formulas showed are gone."""
        self.book.save(path)
        return path


def row_of(address: str) -> int:
    """The row of an address."""
    return coordinate_from_string(address)[1]


def _swap(one: Any, other: Any) -> None:
    one.value, other.value = other.value, one.value


def strip(shown: dict[tuple[str, str], Any]) -> tuple[str, str, str]:
    """What the status cells say on top of Summary."""
    said = [str(shown["Summary", f"{column}2"]) for column in "ABC"]
    assert [re.sub(": .*", "", each) for each in said] == ["Integrity", "State", "Alerts"]
    integrity, state, alerts = (each.partition(": ")[2] for each in said)
    return integrity, state, alerts
