"""A table of texts: lines of text, drawn on a terminal, or HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from unitledger.views.html import text

if TYPE_CHECKING:
    from rich.table import Table

_LEFT, _RIGHT = (f' style="text-align: {side}"' for side in ("left", "right"))


@attrs.frozen
class Grid:
    """Headings and rows of text; a row of one cell is the title of a section. `right`: columns that hold numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()

    def only(self, places: Sequence[int]) -> Grid:
        """Return the grid with these columns alone."""
        return Grid(
            tuple(self.headings[place] for place in places),
            tuple(row if len(row) == 1 else tuple(row[place] for place in places) for row in self.rows),
            frozenset(new for new, old in enumerate(places) if old in self.right),
        )

    def without_empty_columns(self) -> Grid:
        """Return the grid with those columns alone in which a row says something."""
        full = [row for row in self.rows if len(row) > 1]
        return self.only([place for place in range(len(self.headings)) if any(row[place] for row in full)])

    def widths(self, width: Callable[[str], int] = len) -> list[int]:
        """Return how wide each column is, by the `width` of a text."""
        full = [row for row in (self.headings, *self.rows) if len(row) > 1]
        return [max(map(width, column)) for column in zip(*full, strict=True)]

    def to_text(self, width: Callable[[str], int] = len, *, rule: bool = True) -> str:
        """Return lines whose columns line up, two spaces between them; with a `rule` under the headings."""
        widths = self.widths(width)
        rows = (self.headings, *([tuple("-" * most for most in widths)] if rule else []), *self.rows)
        return "\n".join(f"\n{row[0]}" if len(row) == 1 else self._line(row, widths, width) for row in rows)

    def _line(self, row: tuple[str, ...], widths: Sequence[int], width: Callable[[str], int]) -> str:
        blanks = [" " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)]
        cells = (blank + row[at] if at in self.right else row[at] + blank for at, blank in enumerate(blanks))
        return "  ".join(cells).rstrip()

    def to_html(self) -> str:
        """Return the grid as an HTML table; every text is escaped."""
        sides = [_RIGHT if column in self.right else _LEFT for column in range(len(self.headings))]
        head = "".join(
            f'<th scope="col"{side}>{text(heading)}</th>' for side, heading in zip(sides, self.headings, strict=True)
        )
        body = "\n".join(
            f'<tr><th colspan="{len(sides)}"{_LEFT}>{text(row[0])}</th></tr>'
            if len(row) < len(sides)
            else f"<tr>{''.join(f'<td{side}>{text(cell)}</td>' for side, cell in zip(sides, row, strict=True))}</tr>"
            for row in self.rows
        )
        return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

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


def sectioned(rows: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """Yield rows, each given behind its section, with the section's title where another one begins."""
    section = ""
    for title, row in rows:
        if title != section:
            section = title
            yield (title or "Other",)
        yield row


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as lines of text whose columns begin beneath their headings."""
    return Grid(tuple(headings), tuple(map(tuple, rows))).to_text(rule=False)
