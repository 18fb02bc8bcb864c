"""`unitledger catalog`, `units`, `model`: figures that templates read, units, and the shape of a language model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import click

from unitledger import templates
from unitledger.cli.commands.files import put_inputs
from unitledger.cli.options import PATH, examples, take_json_or_csv, take_output
from unitledger.cli.output import STANDARD, Refusal, figure, print_csv, print_json, print_table, provenance
from unitledger.errors import brief, did_you_mean, listed
from unitledger.model import Assumption, Figure, day
from unitledger.templates import catalog
from unitledger.templates.catalog import read_config
from unitledger.units import Q, Unit, compatible_units, grouped_number, known_units, magnitude, quantity
from unitledger.views import Grid, sectioned

_ENTRIES = ("entry", "figures", "stale", "oldest", "newest", "source")
_FIGURES = ("field", "quantity", "as of", "age", "source", "note")
_MOST_FAULTS = 10
_DAY, _YEAR = Unit.parse("day"), 365


@attrs.frozen
class Stated:
    """A figure of a catalog, by its place, with its age in days on the day of the list."""

    book: str
    entry: str
    field: str
    figure: Figure
    age: int
    stale: bool


@click.command(
    "catalog",
    epilog=examples("unitledger catalog", "unitledger catalog h200_sxm", "unitledger catalog gpt_oss_120b --json"),
)
@click.argument("names", nargs=-1, metavar="[ENTRY]...")
@click.option("--check", type=PATH, metavar="FILE", help="Say whether a catalog file of yours fits the shipped ones.")
@click.option("--as-of", "on", metavar="DATE", help="The day on which ages are counted; today unless given.")
@click.option("--stale-after", default="1 year", show_default=True, metavar="TIME", help="Age beyond which to say so.")
@take_json_or_csv("one object for each figure", "each figure")
def list_catalog(
    *, names: tuple[str, ...], check: Path | None, on: str | None, stale_after: str, as_json: bool, as_csv: bool
) -> None:
    """List the figures of accelerators, language models and prices with age and source: all entries, or ENTRY in full.

    With --check only what is stale is listed: exit code 2 where a field of the file is unknown, missing or measures
    something else, or a figure is below 0 or of a day to come.
    """
    allowed = magnitude(Q(stale_after), _DAY)
    today = day(on) or date.today()  # noqa: DTZ011 - the day where the reader is.
    if check is not None:
        _check(check, today, allowed)
        return
    found = tuple(one for book in catalog.books() for one in _stated(book, catalog.opened(book), today, allowed))
    known = dict.fromkeys(one.entry for one in found)
    for name in names:
        if name not in known:
            raise Refusal(f"No catalog has an entry {name!r}.{did_you_mean(name, known)} See: unitledger catalog.")
    chosen = tuple(one for one in found if not names or one.entry in names)
    if as_json:
        print_json([_as_json(one) for one in chosen])
    elif as_csv:
        print_csv(map(_as_json, chosen))
    else:
        print_table(_figures(chosen) if names else _entries(chosen))
        stale = sum(one.stale for one in chosen)
        click.echo(f"\n{len(chosen)} figures, {stale} of them older than {stale_after}.")


def _check(path: Path, today: date, allowed: float) -> None:
    wrong = catalog.faults(path, today)
    if wrong:
        raise Refusal("\n".join(listed(wrong, _MOST_FAULTS)))
    click.echo(f"{path}: every field is known, every figure has unit, source and date.")
    found = tuple(one for one in _stated("", catalog.load(path), today, allowed) if one.stale)
    old = [f"{one.entry}.{one.field} is stale: of {one.figure.as_of}, {_age(one)} old." for one in found]
    click.echo("".join(f"{line}\n" for line in listed(old, _MOST_FAULTS)), nl=False)


def _stated(book: str, held: catalog.Catalog, today: date, allowed: float) -> Iterator[Stated]:
    for name, entry in held.contents.items():
        for field, given in entry.figures.items():
            for variant, stated in given.items():
                assert stated.as_of is not None
                age = (today - stated.as_of).days
                place = f"{field}.{variant}" if variant else field
                yield Stated(book, name, place, stated, age, age > allowed)


def _entries(found: tuple[Stated, ...]) -> Grid:
    held: dict[tuple[str, str], list[Stated]] = {}
    for one in found:
        held.setdefault((one.book, one.entry), []).append(one)
    rows = sectioned((book, _summary(name, stated)) for (book, name), stated in held.items())
    return Grid(_ENTRIES, tuple(rows), frozenset({1, 2}))


def _summary(name: str, held: list[Stated]) -> tuple[str, ...]:
    days = sorted(str(one.figure.as_of) for one in held)
    sources = tuple(dict.fromkeys(one.figure.source for one in held))
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return name, str(len(held)), str(sum(one.stale for one in held)), days[0], days[-1], f"{sources[0]}{more}"


def _figures(found: tuple[Stated, ...]) -> Grid:
    rows = sectioned((f"{one.entry} ({one.book})", _row(one)) for one in found)
    return Grid(_FIGURES, tuple(rows)).without_empty_columns()


def _row(one: Stated) -> tuple[str, ...]:
    stated = one.figure
    age = _age(one) + (", stale" if one.stale else "")
    return one.field, str(stated.quantity), str(stated.as_of), age, stated.source, stated.note


def _age(one: Stated) -> str:
    return f"{one.age / _YEAR:.1f} years"


def _as_json(one: Stated) -> dict[str, object]:
    place = {"catalog": one.book, "entry": one.entry, "field": one.field}
    aged = {"age_days": one.age, "stale": one.stale}
    return {**place, **figure(Q(one.figure.quantity)), **provenance(one.figure), **aged}


# A quantity begins with a digit or with one of these, a unit with a letter or a percent sign.
_BEGINS = "+-.$€¥£"


@click.command(
    "units", epilog=examples("unitledger units", "unitledger units USD/kWh", "unitledger units '3 MW' kWh/month")
)
@click.argument("given", required=False, metavar="[QUANTITY]")
@click.argument("wanted", nargs=-1, metavar="[UNIT]...")
@take_json_or_csv("one object for each unit", "each unit")
def list_units(*, given: str | None, wanted: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
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


@click.command(
    "model",
    epilog=examples("unitledger model config.json", "unitledger model config.json -o own.toml"),
    short_help="Write the shape in CONFIG as inputs.",
)
@click.argument("config", type=PATH)
@click.option("--for", "template", default="model_architecture", show_default=True, help="The template that reads it.")
@take_output("A .toml or .csv file of inputs; - prints TOML, as without it.", default=STANDARD)
def write_model(*, config: Path, template: str, output: Path, force: bool) -> None:
    """Write the shape of the language model in CONFIG, its config.json, as inputs of a template; nothing is fetched.

    Fields that are not known are named. Give the file to --inputs.
    """
    shape, ledger = read_config(config), templates.find(template)()
    own = [entry for entry in ledger.inputs.values() if isinstance(entry, Assumption) and entry.name.startswith("own.")]
    if not own:
        having = "model_architecture, roofline_serving and training_programme"
        raise Refusal(f"{template} takes no shape of a model; {having} do.")
    source = f"{config.name}, model_type {shape.model_type}"
    settings = {
        entry.name: Figure(quantity(shape.fields.get(entry.name.removeprefix("own."), 0), entry.unit), source)
        for entry in own
    }
    option = "own" if "own" in ledger.options else ledger.base
    ledger = ledger.only(option).with_settings({option: {"model": Figure("own", source), **settings}})
    of = f": a {shape.model_type} of {shape.fields['layers']:g} layers"
    put_inputs(ledger, template, output, force=force, of=of)
    if shape.unknown:
        click.echo(f"Not read, since not known: {brief(', '.join(shape.unknown))}.", err=True)
