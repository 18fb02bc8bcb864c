"""Tables: in colour on a terminal, as aligned text in a pipe or a file."""

from __future__ import annotations

import sys

import click

from unitledger.units import grouped_number as number
from unitledger.views.grid import Grid as Table

__all__ = ["Table", "aligned", "draw", "number", "print_table"]


def print_table(table: Table) -> None:
    """Print a table to standard output, as a terminal or a pipe needs it."""
    if sys.stdout.isatty():
        draw(table)
    else:
        click.echo(aligned(table))


def draw(shown: object) -> None:
    """Draw what rich can draw on standard output, a terminal."""
    from rich.console import Console

    Console().print(shown)


def aligned(table: Table) -> str:
    """Return a table as text whose columns line up, two spaces between them."""
    full = [row for row in (table.headings, *table.rows) if len(row) > 1]
    widths = [max(len(row[column]) for row in full) for column in range(len(table.headings))]
    written = [_line(table.headings, widths, table.right), "  ".join("-" * width for width in widths)]
    for row in table.rows:
        written += ["", row[0]] if len(row) == 1 else [_line(row, widths, table.right)]
    return "\n".join(written)


def _line(row: tuple[str, ...], widths: list[int], right: frozenset[int]) -> str:
    cells = (
        cell.rjust(width) if column in right else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()
