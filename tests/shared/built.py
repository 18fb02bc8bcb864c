"""A ledger and its workbook together: which cell of the file holds what, found as a reader would find it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import attrs
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from recalculate import Cells, agree, formulas, held, named_cells, part

from unitledger.ledger import Ledger
from unitledger.model import anchor


@attrs.frozen(slots=False)
class Built:
    """A ledger written to `path`; inputs and outputs are found by defined name, lines by label."""

    ledger: Ledger
    path: Path

    @classmethod
    def of(cls, ledger: Ledger, path: Path, sheets: Sequence[str] | None = None) -> Built:
        """Write a ledger."""
        return cls(ledger, ledger.to_excel(path, sheets=sheets))

    @cached_property
    def formulas(self) -> dict[tuple[str, str], str]:
        """Every formula by sheet and address."""
        return formulas(self.path)

    @cached_property
    def cached(self) -> Cells:
        """What every cell that is not empty holds, formulas as cached in the file."""
        return held(self.path)

    @cached_property
    def book(self) -> Workbook:
        """The file as openpyxl loads it."""
        return load_workbook(self.path)

    def part_of(self, sheet: str) -> str:
        """The part of the file that holds a sheet, as text."""
        return part(self.path, f"xl/worksheets/sheet{self.book.sheetnames.index(sheet) + 1}.xml")

    @cached_property
    def _columns(self) -> dict[str, str]:
        """Letters of each option's column, as it is called on Inputs; they are the same on Calc."""
        sheet, cells = named_cells(self.path, "head_inputs")["head_inputs"]
        return {str(self.cached[sheet, cell]): cell.rstrip("0123456789") for cell in cells}

    @cached_property
    def _inputs(self) -> dict[str, list[str]]:
        return {name: cells for name, (_, cells) in named_cells(self.path, "in_").items()}

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Row of each label on Calc; of a label that an input and a line share, that of the line, which is lower."""
        return {str(self.cached["Calc", f"A{row}"]): row for row in self.calculation_rows()}

    def input(self, name: str, option: str) -> str:
        """Address on Inputs of an option's cell."""
        return self._inputs[f"in_{anchor(name)}"][list(self._columns).index(option)]

    def line(self, name: str, option: str) -> str:
        """Address on Calc of a line in an option."""
        return f"{self._columns[option]}{self._rows[self.ledger.lines[name].label]}"

    def lines(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Sheet and address of every line in every option, by name and option."""
        return {
            (name, option): ("Calc", self.line(name, option))
            for option in self.ledger.options
            for name in self.ledger.lines
        }

    def unlike(self, found: Cells, ledger: Ledger | None = None) -> list[str]:
        """Lines whose value among those found is not what the ledger says, or another one in its place."""
        expected = ledger or self.ledger
        return [
            f"{name} in {option}: {found.get(place)!r}, Python {expected.values(option)[name]!r}"
            for (name, option), place in self.lines().items()
            if not agree(found.get(place), expected.values(option)[name])
        ]

    def calculation_rows(self) -> list[int]:
        """Rows of Calc that hold formulas: inputs used, lines, and what the answer is made of."""
        return sorted({int(re.sub("[A-Z]", "", at)) for sheet, at in self.formulas if sheet == "Calc"} - {2, 4})

    def period_rows(self) -> set[tuple[str, int]]:
        """Sheet and row of what holds formulas on the sheets of options, by period."""
        cells = ((sheet, int(re.sub("[A-Z]", "", at))) for sheet, at in self.formulas if sheet.startswith("Months "))
        return {(sheet, row) for sheet, row in cells if row > 4}

    @cached_property
    def tables(self) -> dict[str, list[str]]:
        """Addresses of the headings on each sheet of a table."""
        return dict(named_cells(self.path, "head_table_").values())

    def columns(self) -> list[str]:
        """Letters of the options' columns."""
        return list(self._columns.values())

    def warned(self) -> int:
        """How many warnings of the ledger hold, over all options, as Python finds."""
        return sum(len(self.ledger.raised(option)) for option in self.ledger.options)
