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
    cells = [_row(row) for row in (grid.headings, *grid.rows)]
    widths = [max(_width(row[place]) for row in cells if len(row) > 1) for place in range(unit + 1)]
    tables = (_table(cells, (0, *some, unit), widths, grid.right) for some in _side_by_side(numbers, unit, widths))
    return "\n\n".join(tables)


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


def _table(
    rows: Sequence[tuple[str, ...]], columns: Sequence[int], widths: Sequence[int], right: frozenset[int]
) -> str:
    written = []
    for row in rows:
        if len(row) == 1:
            written += ["", row[0]]
            continue
        written.append(
            _GAP.join(_padded(row[place], widths[place], right=place in right) for place in columns).rstrip()
        )
    written.insert(1, _GAP.join("-" * widths[place] for place in columns))
    return "\n".join(written)


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if right else cell + blanks


def _cut(cell: str, most: int) -> str:
    from rich.cells import set_cell_size

    text = one_line(cell)
    return text if _width(text) <= most else f"{set_cell_size(text, most - 1).rstrip()}…"


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: two for a sign of Chinese."""
    from rich.cells import cell_len

    return cell_len(text)
