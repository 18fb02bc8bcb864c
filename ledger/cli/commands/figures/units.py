"""`unitledger units`: what there is, and what a quantity is in other units."""

from __future__ import annotations

from collections.abc import Iterator

import click

from unitledger.cli.options import examples, take_json_or_csv
from unitledger.cli.output import figure, print_csv, print_json, print_table
from unitledger.units import Q, Unit, compatible_units, grouped_number, known_units, magnitude, quantity
from unitledger.views import Grid, sectioned

# A quantity begins with a digit or with one of these, a unit with a letter or a percent sign.
_BEGINS = "+-.$€¥£"


@click.command(
    "units",
    epilog=examples("unitledger units", "unitledger units USD/kWh", "unitledger units '3 MW' kWh/month"),
)
@click.argument("given", required=False, metavar="[QUANTITY]")
@click.argument("wanted", nargs=-1, metavar="[UNIT]...")
@take_json_or_csv("one object for each unit", "each unit")
def command(*, given: str | None, wanted: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
    """List the units, or say what QUANTITY is in each UNIT; without one, in those that people write in its place.

    A unit alone stands for 1 of it. Months are of 730 hours.
    """
    rows = list(_all() if given is None else _in_others(given, wanted))
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(rows)
    elif given is None:
        listed = ((str(row["group"]), (str(row["name"]), str(row["also"]), str(row["means"]))) for row in rows)
        print_table(Grid(("unit", "also", "is"), tuple(sectioned(listed))))
    else:
        shown = ((_shown(row["value"]), str(row["unit"])) for row in rows)
        print_table(Grid(("value", "unit"), tuple(shown), frozenset({0})))


def _shown(value: object) -> str:
    """Return a number as people write it; a day as such."""
    return grouped_number(value) if isinstance(value, float) else str(value)


def _all() -> Iterator[dict[str, object]]:
    for unit in known_units():
        also, alike = ", ".join(unit.also), ", ".join(unit.alike)
        yield {"group": unit.group, "name": unit.name, "also": also, "means": unit.means, "converts_to": alike}


def _in_others(text: str, wanted: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """Yield a quantity in other units. Raises QuantityError, UnknownUnit or UnitMismatch."""
    first = text.strip()[:1]
    given = Q(text) if not first or first.isdigit() or first in _BEGINS else Q(1, text)
    unit = Unit.of(given)
    for spelling in wanted or [other for other, _ in compatible_units(unit)]:
        other = Unit.parse(spelling)
        yield figure(quantity(magnitude(given, other), other))
