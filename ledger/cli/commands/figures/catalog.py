"""`unitledger catalog`: the figures that templates read, how old they are, and whether a file of one's own fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import click

from unitledger.cli.options import PATH, examples, take_json_or_csv
from unitledger.cli.output import Refusal, print_csv, print_json, print_table, provenance
from unitledger.cli.output import figure as as_json_figure
from unitledger.errors import did_you_mean
from unitledger.model import Figure, day
from unitledger.templates import catalog
from unitledger.units import Q, Unit, magnitude
from unitledger.views import Grid, sectioned

_ENTRIES = ("entry", "figures", "stale", "oldest", "newest", "source")
_FIGURES = ("field", "quantity", "as of", "age", "source", "note")
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
def command(
    *, names: tuple[str, ...], check: Path | None, on: str | None, stale_after: str, as_json: bool, as_csv: bool
) -> None:
    """List the figures of accelerators, language models and prices with age and source: all entries, or ENTRY in full.

    With --check nothing is listed: exit code 2 where a field of the file is unknown or measures something else.
    """
    if check is not None:
        _check(check)
        return
    allowed = magnitude(Q(stale_after), _DAY)
    found = tuple(_stated(day(on) or date.today(), allowed))  # noqa: DTZ011 - the day where the reader is.
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


def _check(path: Path) -> None:
    wrong = catalog.faults(path)
    if wrong:
        raise Refusal("\n".join(wrong))
    click.echo(f"{path}: every field is known, every figure has unit, source and date.")


def _stated(today: date, allowed: float) -> Iterator[Stated]:
    for book in catalog.books():
        for name, entry in catalog.opened(book).contents.items():
            for field, given in entry.figures.items():
                for variant, figure in given.items():
                    assert figure.as_of is not None
                    age = (today - figure.as_of).days
                    place = f"{field}.{variant}" if variant else field
                    yield Stated(book, name, place, figure, age, age > allowed)


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
    age = f"{one.age / _YEAR:.1f} years" + (", stale" if one.stale else "")
    return one.field, str(stated.quantity), str(stated.as_of), age, stated.source, stated.note


def _as_json(one: Stated) -> dict[str, object]:
    place = {"catalog": one.book, "entry": one.entry, "field": one.field}
    aged = {"age_days": one.age, "stale": one.stale}
    return {**place, **as_json_figure(Q(one.figure.quantity)), **provenance(one.figure), **aged}
