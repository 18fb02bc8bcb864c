"""The bars of a waterfall: steps from one figure to another, each from where the one before ended.

What lies beneath a step, between it and zero, is drawn clear; what leads away from zero and what leads towards it are
two bars, of which a step that crosses zero has both.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.expression import Expression, Operand, median
from unitledger.units import Unit
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.grid.place import Key
from unitledger.workbook.sheet import CLEAR, Cells, Series, Style

HEADS = ("Beneath the bar", "Answer", "Away from zero", "Towards zero")

# Places among the fills of charts.
_NAVY, _AMBER, _TEAL = 0, 1, 4


@attrs.frozen
class Bars:
    """The lengths of bars by step, each in a column of its own."""

    grid: Grid
    beneath: Entry
    figures: Entry
    away: Entry
    towards: Entry

    @classmethod
    def begin(cls, grid: Grid, unit: Unit, rows: Mapping[Key, int], column: int) -> Bars:
        """Take four columns from `column` on, with a row for each step."""
        entries = (grid.entry("", unit, rows, column + place) for place in range(len(HEADS)))
        return cls(grid, *entries)

    def put_end(self, step: Key, figure: Operand, style: Style) -> None:
        """Put a bar that begins at zero."""
        self.grid.put(self.figures, figure, style, rows=[step])
        for bar in (self.beneath, self.away, self.towards):
            self.grid.put(bar, 0, style, rows=[step])

    def put_steps(self, first: Key, changes: Mapping[Key, Operand], style: Style) -> None:
        """Put steps one after the other, from the bar `first` on."""
        put = self.grid.put
        before: Expression = self.figures[first].expression
        for step, change in changes.items():
            reached: Expression = before + change
            put(self.figures, 0, style, rows=[step])
            put(self.beneath, median(0, before, reached), style, rows=[step])
            put(self.away, reached - self.beneath[step], style, rows=[step])
            put(self.towards, before - self.beneath[step], style, rows=[step])
            before = self.beneath[step] + self.away[step]

    def series(self, over: Cells) -> tuple[Series, ...]:
        """Return what a chart of stacked bars draws over the names of the steps."""
        looks = (self.beneath, CLEAR), (self.figures, _NAVY), (self.away, _AMBER), (self.towards, _TEAL)
        return tuple(Series(None, entry.area(), over, fill) for entry, fill in looks)
