"""What the blocks of the sheet Checks share: what they are made of, their headings, and their addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from unitledger.expression import Factor, Reference
from unitledger.model import Entries
from unitledger.workbook.address import fixed, letters, on
from unitledger.workbook.check_rows import FACTOR_AGAIN, CheckRows
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FIRST_OPTION,
    LABEL_COLUMN,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.printing import own
from unitledger.workbook.sheet import Sheet, Style, here
from unitledger.workbook.sheets.plan import Plan

COUNT: Style = ("number", "0")
LABEL_WIDTH = 44


@attrs.frozen(slots=False)
class Checking:
    """A sheet Checks under construction, and what it is made from.

    `patterns`: number formats of inputs and lines. `planned`: what Scenarios and Sensitivity hold, if there are any.
    """

    entries: Entries
    layout: Layout
    results: Mapping[str, Mapping[str, float]]
    rows: CheckRows
    sheet: Sheet
    patterns: Mapping[str, str]
    planned: Plan | None

    @property
    def across(self) -> str:
        """Address of the option cells in a formula's own row."""
        return own(FIRST_OPTION, self.last_option)

    @property
    def last_option(self) -> int:
        """Column of the last option."""
        return self.layout.after_options - 1

    @property
    def count_column(self) -> int:
        """Column in which a row's differing cells are counted."""
        return self.layout.after_options

    @property
    def tolerance(self) -> str:
        """Address of the tolerance."""
        return on(CONSTANTS, fixed(self.layout.tolerance, CONSTANT_COLUMN))

    def factor(self, name: str) -> str:
        """Return the address of an input's factor as it is worked out once more, from the unit on Inputs."""
        return f"${letters(self.layout.after_options + FACTOR_AGAIN)}{self.rows.inputs[name] + 1}"

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """Addresses of inputs, lines and constants in formulas that are copied along a row."""
        found = {name: on(CALC, here(row)) for name, row in (self.layout.used | self.layout.lines).items()}
        for name, row in self.layout.constants.items():
            found[name] = on(CONSTANTS, fixed(row, CONSTANT_COLUMN))
        return found

    def locate(self, leaf: Reference | Factor) -> str:
        """Return the address of a ledger name or factor, as `Layout.on_checks` does, each made once."""
        return self._addresses[leaf.name] if isinstance(leaf, Reference) else self.layout.on_checks(leaf)

    def figures(self, name: str) -> list[float]:
        """Values of a line or input, one per option."""
        return [self.results[option][name] for option in self.layout.options]

    def title(self, block: str, title: str, more: Sequence[str] = (), *, options: bool = True) -> None:
        """Put a block's heading: its title, the options, and the headings of the columns after them."""
        row = self.rows.titles[block]
        shown = self.layout.options if options else [""] * len(self.layout.options)
        self.sheet.text(row, LABEL_COLUMN, title, ("heading", GENERAL))
        self.sheet.blank(row, UNIT_COLUMN, ("heading", GENERAL))
        self.sheet.heights[row] = frame.TWO_LINES
        for column, heading in enumerate((*shown, *more), start=FIRST_OPTION):
            self.sheet.text(row, column, heading, ("heading_right", GENERAL))

    def bands(self, sheet: str, rows: Mapping[str, int], mirror: Mapping[str, int]) -> None:
        """Put the titles of sections between rows that mirror those of another sheet."""
        if not rows:
            return
        name = next(iter(rows))
        distance = mirror[name] - rows[name]
        first, last = min(mirror.values()), max(mirror.values())
        for row, title in self.layout.headings[sheet].items():
            if first <= row + distance <= last:
                self.sheet.text(row + distance, LABEL_COLUMN, title, frame.SECTION)

    def row_head(self, row: int, label: str, unit: str) -> None:
        """Put label and unit of a row."""
        self.sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
        self.sheet.text(row, UNIT_COLUMN, unit, frame.UNIT)
