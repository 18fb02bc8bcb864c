"""A grid as lines of text that no terminal wraps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from unitledger.views.figures import one_line
from unitledger.views.grid import Grid

WIDTH = 80
_GAP = "  "
# So wide at most is the first column, and each other: one of them between first and unit fits in any case.
_FIRST, _OTHER = 36, 20


def plain(grid: Grid) -> str:
    """Return the first column of a grid, those of numbers and their unit, the column after them.

    Where not all numbers fit side by side, tables follow one another. Texts that are too long are cut.
    """
    numbers = sorted(grid.right)
    unit = numbers[-1] + 1
    cut = Grid(_row(grid.headings), tuple(map(_row, grid.rows)), grid.right)
    tables = (cut.only((0, *some, unit)) for some in _side_by_side(numbers, unit, cut.widths(_width)))
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


def _side_by_side(numbers: Sequence[int], unit: int, widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the columns of numbers that fit between the first and the unit, as many as do at a time."""
    room = WIDTH - widths[0] - len(_GAP) - widths[unit]
    some: list[int] = []
    for place in numbers:
        if some and sum(widths[each] + len(_GAP) for each in (*some, place)) > room:
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
