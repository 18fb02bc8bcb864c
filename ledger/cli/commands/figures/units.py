"""`unitledger units`: what there is, and what a quantity is in other units."""

from __future__ import annotations

from collections.abc import Iterator

import click

from unitledger.cli.options import examples, take_json_or_csv
from unitledger.cli.output import print_csv, print_json, print_table
from unitledger.units import Q, Unit, compatible_units, grouped_number, known_units, magnitude
from unitledger.views import Grid, sectioned


@click.command(
    "units",
    epilog=examples("unitledger units", "unitledger units USD/kWh", "unitledger units '3 MW' kWh/month"),
)
@click.argument("quantity", required=False)
@click.argument("wanted", nargs=-1, metavar="[UNIT]...")
@take_json_or_csv("one object for each unit", "each unit")
def command(*, quantity: str | None, wanted: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
    """List the units, or say what QUANTITY is in each UNIT; without one, in those that people write in its place.

    A unit alone stands for 1 of it. Months are of 730 hours.
    """
    rows = list(_all() if quantity is None else _in_others(quantity, wanted))
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(rows)
    elif quantity is None:
        listed = ((str(row["group"]), (str(row["name"]), str(row["also"]), str(row["means"]))) for row in rows)
        print_table(Grid(("unit", "also", "is"), tuple(sectioned(listed))))
    else:
        shown = ((grouped_number(float(str(row["value"]))), str(row["unit"])) for row in rows)
        print_table(Grid(("value", "unit"), tuple(shown), frozenset({0})))


def _all() -> Iterator[dict[str, object]]:
    for unit in known_units():
        also, alike = ", ".join(unit.also), ", ".join(unit.alike)
        yield {"group": unit.group, "name": unit.name, "also": also, "means": unit.means, "converts_to": alike}


def _in_others(text: str, wanted: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """Yield a quantity in other units. Raises QuantityError, UnknownUnit or UnitMismatch."""
    given = Q(text) if any(sign.isdigit() for sign in text.split(maxsplit=1)[0]) else Q(1, text)
    unit = Unit.of(given)
    for spelling in wanted or [other for other, _ in compatible_units(unit)]:
        yield {"value": magnitude(given, Unit.parse(spelling)), "unit": spelling}
