"""What a command prints: tables, in colour on a terminal and as aligned text elsewhere, or JSON for programs.

In JSON a figure is {"value": 30.0, "unit": "%"}, as people write it; the word of a choice has the unit null.
"""

from __future__ import annotations

import json
import sys

import click

from unitledger.cli.encoding import is_unicode
from unitledger.model import Figure
from unitledger.units import Quantity, Unit
from unitledger.views import Grid


def print_table(table: Grid) -> None:
    """Print a table to standard output, as a terminal or a pipe needs it."""
    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(table)
    else:
        click.echo(table.to_text())


def print_json(told: object) -> None:
    """Print a report to standard output; it holds no number that JSON lacks."""
    click.echo(json.dumps(told, indent=2, ensure_ascii=not is_unicode(sys.stdout.encoding), allow_nan=False))


def figure(value: Quantity | str) -> dict[str, object]:
    """Return a quantity, or the word of a choice, as number and unit."""
    if isinstance(value, str):
        return {"value": value, "unit": None}
    unit = Unit.of(value)
    return {"value": str(value) if unit.is_date else float(value.magnitude), "unit": unit.spelling}


def provenance(stated: Figure) -> dict[str, object]:
    """Return where a figure is from, and the day it held."""
    return {"source": stated.source, "as_of": stated.as_of and stated.as_of.isoformat()}
