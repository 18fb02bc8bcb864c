"""Tables: in colour on a terminal, as aligned text in a pipe or a file."""

from __future__ import annotations

import sys
from decimal import Decimal

import attrs
import click

from unitledger.units.spelling import plain_number


@attrs.frozen
class Table:
    """Headings and rows of text; a row of one cell is the title of a section. `right`: columns that hold numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


def number(value: float) -> str:
    """Write a number for people: six digits, thousands commas, powers of ten only for extremes."""
    text = plain_number(value)
    return text if "e" in text else f"{Decimal(text):,}"


def print_table(table: Table) -> None:
    """Print a table to standard output, as a terminal or a pipe needs it."""
    if sys.stdout.isatty():
        _print_rich(table)
    else:
        click.echo(aligned(table))


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


def _print_rich(table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=SIMPLE_HEAD, pad_edge=False)
    for column, heading in enumerate(table.headings):
        drawn.add_column(Text(heading), justify="right" if column in table.right else "left", overflow="fold")
    for row in table.rows:
        if len(row) == 1:
            drawn.add_section()
        drawn.add_row(*(Text(cell) for cell in row), style="bold" if len(row) == 1 else None)
    Console().print(drawn)
