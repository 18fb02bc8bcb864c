"""Reports for programs: JSON in which every command says the same things in the same way.

A figure is {"value": 30.0, "unit": "%"}, as people write it; the word of a choice has the unit null.
"""

from __future__ import annotations

import json

import click

from unitledger.model import Figure
from unitledger.units import Quantity, Unit


def print_json(told: object) -> None:
    """Print a report to standard output; it holds no number that JSON lacks."""
    click.echo(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))


def figure(value: Quantity | str) -> dict[str, object]:
    """Return a quantity, or the word of a choice, as number and unit."""
    if isinstance(value, str):
        return {"value": value, "unit": None}
    return {"value": float(value.magnitude), "unit": Unit.of(value).spelling}


def provenance(stated: Figure) -> dict[str, object]:
    """Return where a figure is from, and the day it held."""
    return {"source": stated.source, "as_of": stated.as_of and stated.as_of.isoformat()}
