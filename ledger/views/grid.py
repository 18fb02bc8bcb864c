"""A table of texts, for a terminal and for a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from unitledger.views.html import table

if TYPE_CHECKING:
    from rich.table import Table


@attrs.frozen
class Grid:
    """Headings and rows of text; a row of one cell is the title of a section. `right`: columns that hold numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()

    def without_empty_columns(self) -> Grid:
        """Return the grid with those columns alone in which a row says something."""
        full = [row for row in self.rows if len(row) > 1]
        used = [place for place in range(len(self.headings)) if any(row[place] for row in full)]
        return Grid(
            tuple(self.headings[place] for place in used),
            tuple(row if len(row) == 1 else tuple(row[place] for place in used) for row in self.rows),
            frozenset(new for new, old in enumerate(used) if old in self.right),
        )

    def to_html(self) -> str:
        """Return the grid as an HTML table; every text is escaped."""
        return table(self.headings, self.rows, self.right)

    def __rich__(self) -> Table:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
        for column, heading in enumerate(self.headings):
            drawn.add_column(Text(heading), justify="right" if column in self.right else "left", overflow="fold")
        for row in self.rows:
            if len(row) == 1:
                drawn.add_section()
            drawn.add_row(*(Text(cell) for cell in row), style="bold" if len(row) == 1 else None)
        return drawn


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as lines of text whose columns begin beneath their headings."""
    lines = (headings, *rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
