"""A table of texts: lines of text, also such that no terminal wraps, or HTML without style sheet and script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from textwrap import fill
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.table import Table


# Notebooks would read what stands between two dollar signs as a formula.
_PAGE = '<div class="tex2jax_ignore mathjax_ignore">\n{}\n</div>'


def one_line(text: str) -> str:
    """Return a text with blanks for whatever does not print, so that it can break neither a line nor a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def text(plain: str) -> str:
    """Return a text that shows itself, whatever it holds."""
    return escape(one_line(plain))


def page(*blocks: str) -> str:
    """Return blocks, one beneath the other, for a notebook."""
    return _PAGE.format("\n".join(blocks))


def paragraph(plain: str, *, strong: bool = False) -> str:
    """Return a paragraph of one text."""
    return f"<p><strong>{text(plain)}</strong></p>" if strong else f"<p>{text(plain)}</p>"


def preformatted(plain: str) -> str:
    """Return lines of text as they stand."""
    return "<pre>" + "\n".join(text(line) for line in plain.split("\n")) + "</pre>"


def details(summary: str, block: str) -> str:
    """Return a block that is folded away behind its summary."""
    return f"<details>\n<summary>{text(summary)}</summary>\n{block}\n</details>"


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

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table]:
        """Yield tables as wide as a terminal: one, or several where the numbers of options do not fit side by side."""
        del console
        numbers = sorted(self.right)
        texts = [place for place in range(len(self.headings)) if place not in self.right]
        widths = [self.narrowest(place) for place in range(len(self.headings))]
        room = options.max_width + 1 - sum(widths[place] + len(_DRAWN) for place in texts)
        beneath = len(texts) <= _REPEATED
        for some in _side_by_side(numbers, widths, room, _DRAWN) if beneath else [numbers]:
            whole = sum(widths[place] + len(_DRAWN) for place in some) <= room
            yield _drawn(self.only(sorted((*texts, *some))), whole=whole)

    def narrowest(self, place: int) -> int:
        """Return how narrow a column can be: texts and headings are folded, numbers are not."""
        cells = [_width(row[place]) for row in self.rows if len(row) > 1]
        widest = max([min(_FOLDED, _width(self.headings[place])), *cells])
        return widest if place in self.right else min(_FOLDED, widest)


def _drawn(grid: Grid, *, whole: bool) -> Table:
    """Return a grid as a table in which texts are folded, and numbers unless they are to be `whole`."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, heading in enumerate(grid.headings):
        number = place in grid.right
        drawn.add_column(
            Text(heading),
            justify="right" if number else "left",
            overflow="fold",
            width=grid.narrowest(place) if number and whole else None,
        )
    for row in grid.rows:
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


WIDTH = 80
_GAP = "  "
# So wide at most is the first column, and each other: one of them between first and unit fits in any case.
_FIRST, _OTHER = 36, 20
# On a terminal texts are folded, but not narrower than this while numbers can go into a table beneath.
_DRAWN, _FOLDED = "   ", 10
# In the table beneath, line and unit are said again; more texts would be too much.
_REPEATED = 2


def plain(grid: Grid) -> str:
    """Return the first column of a grid, those of numbers and their unit, the column after them.

    Where not all numbers fit side by side, tables follow one another. Texts that are too long are cut.
    """
    numbers = sorted(grid.right)
    unit = numbers[-1] + 1
    cut = Grid(_row(grid.headings), tuple(map(_row, grid.rows)), grid.right)
    widths = cut.widths(_width)
    room = WIDTH - widths[0] - len(_GAP) - widths[unit]
    tables = (cut.only((0, *some, unit)) for some in _side_by_side(numbers, widths, room, _GAP))
    return "\n\n".join(table.to_text(_width) for table in tables)


def wrapped(text: str) -> str:
    """Return a text in lines that fit; from the second on they are indented."""
    said = one_line(text)
    wide = _width(said) > len(said)
    return fill(said, WIDTH // 2 if wide else WIDTH, subsequent_indent="  ")


def _row(row: tuple[str, ...]) -> tuple[str, ...]:
    if len(row) == 1:
        return (_cut(row[0], WIDTH),)
    return tuple(_cut(cell, _OTHER if place else _FIRST) for place, cell in enumerate(row))


def _side_by_side(numbers: Sequence[int], widths: Sequence[int], room: int, gap: str) -> Iterator[list[int]]:
    """Yield columns of numbers that fit into a room, as many as do at a time, each with a gap."""
    some: list[int] = []
    for place in numbers:
        if some and sum(widths[each] + len(gap) for each in (*some, place)) > room:
            yield some
            some = []
        some.append(place)
    yield some


def _cut(cell: str, most: int) -> str:
    from rich.cells import set_cell_size

    text = one_line(cell)
    return text if _width(text) <= most else f"{set_cell_size(text, most - 1).rstrip()}…"


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: two for a sign of Chinese."""
    from rich.cells import cell_len

    return cell_len(text)
