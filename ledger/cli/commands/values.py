"""`unitledger eval`, `trace`: the values of a template, and what an answer is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from unitledger.cli.options import examples, offer_entries, offer_lines, take_json_or_csv, take_lines, take_template
from unitledger.cli.output import figure, print_csv, print_json, print_table, provenance
from unitledger.cli.settings import Settings, pairs, take_settings, told
from unitledger.cli.settings import as_json as reporting
from unitledger.errors import UnitMismatch
from unitledger.expression import words
from unitledger.ledger import Ledger
from unitledger.model import Choice, check_line
from unitledger.units import Quantity, Unit, magnitude, number_text, quantity
from unitledger.views import Grid, by_option, figure_of, recommended, sectioned
from unitledger.views.trace import Part


@click.command(
    "eval",
    epilog=examples(
        "unitledger eval serving_cost",
        "unitledger eval serving_cost --option h100 --set load=50% --unit token_cost=USD/ktoken",
        "unitledger eval serving_cost --currency CNY",
        "unitledger eval serving_cost --set load=50% --line token_cost",
        "unitledger eval serving_cost --json",
    ),
)
@take_template
@take_settings
@take_lines("Show this line only")
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="NAME=UNIT",
    shell_complete=offer_entries,
    help="Show a line or an input in another unit.",
)
@take_json_or_csv("inputs, outputs, advice and alerts of each option", "each input and output in each option")
def evaluate(
    *, template: str, settings: Settings, lines: tuple[str, ...], units: tuple[str, ...], as_json: bool, as_csv: bool
) -> None:
    """Work out TEMPLATE: its lines as rows, its options as columns."""
    ledger, chosen = settings.ledger(template)
    shown = _units(ledger, units)
    only = [check_line(ledger, name) for name in lines]
    if as_json or as_csv:
        report = {option: _as_json(ledger, option, shown, only) for option in chosen}
        if as_json:
            print_json({"template": template, **reporting(ledger), "options": report})
        else:
            print_csv(_rows(report))
        return
    # A line without a value is refused before anything is printed.
    table = _table(ledger, chosen, shown, only or list(ledger.lines))
    click.echo(ledger.title + (f", as of {ledger.as_of}" if ledger.as_of else "") + "\n")
    print_table(table)
    notes = by_option(recommended(ledger), {option: ledger.advised(option) for option in chosen})
    notes += by_option("Alert", {option: ledger.raised(option) for option in chosen})
    notes += told(ledger)
    if ledger.exclusions:
        notes.append(f"Not in these figures: {', '.join(ledger.exclusions)}.")
    if notes:
        click.echo("\n" + "\n".join(notes))


def _units(ledger: Ledger, texts: tuple[str, ...]) -> dict[str, Unit]:
    """Return the units to show entries in. Raises UnknownName, UnknownUnit or UnitMismatch."""
    found = {}
    for name, text in pairs("--unit", texts, "NAME=UNIT", "token_cost=USD/ktoken").items():
        own, wanted = ledger.unit(name), Unit.parse(text)
        if own.dimension != wanted.dimension:
            raise UnitMismatch(
                f"--unit {name}={text}: {name!r} is in {own} and cannot be shown in {wanted}. "
                f"Name a unit of the same kind as {own}."
            )
        found[name] = wanted
    return found


def _value(ledger: Ledger, option: str, name: str, units: Mapping[str, Unit]) -> Quantity:
    """Return the value of an entry in the unit to show it in."""
    value = quantity(ledger.values(option)[name], ledger.unit(name))
    wanted = units.get(name)
    return value if wanted is None else quantity(magnitude(value, wanted, ledger.calendar), wanted)


def _as_json(ledger: Ledger, option: str, units: Mapping[str, Unit], only: Sequence[str]) -> dict[str, Any]:
    """Return inputs and lines of an option, or the lines named alone."""
    inputs: dict[str, object] = {}
    for name, target in () if only else ledger.inputs.items():
        setting = ledger.setting(name, option)
        value = str(setting.value) if isinstance(target, Choice) else _value(ledger, option, name, units)
        inputs[name] = {**figure(value), "source": setting.figure.source}
    outputs = {
        name: {**figure(_value(ledger, option, name, units)), "formula": words(ledger.lines[name].written)}
        for name in only or ledger.lines
    }
    told = {"advice": list(ledger.advised(option)), "alerts": list(ledger.raised(option))}
    return {"inputs": inputs, "outputs": outputs, **told}


def _rows(report: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, object]]:
    """Yield a row for each figure of each option; what an input or an output does not have is empty."""
    for option, held in report.items():
        for kind in ("inputs", "outputs"):
            for name, stated in held[kind].items():
                beside = {key: stated.get(key) for key in ("value", "unit", "source", "formula")}
                yield {"option": option, "name": name, **beside}


def _table(ledger: Ledger, options: tuple[str, ...], units: Mapping[str, Unit], only: Sequence[str]) -> Grid:
    def row(name: str) -> tuple[str, ...]:
        values = (_value(ledger, option, name, units) for option in options)
        unit = units.get(name, ledger.unit(name))
        return name, *(number_text(float(value.magnitude), unit) for value in values), unit.spelling

    rows = sectioned((ledger.lines[name].section, row(name)) for name in only)
    return Grid(("line", *options, "unit"), tuple(rows), frozenset(range(1, len(options) + 1)))


@click.command(
    "trace",
    epilog=examples(
        "unitledger trace serving_cost token_cost",
        "unitledger trace serving_cost token_cost --option h100 --set load=50%",
        "unitledger trace serving_cost token_cost_cny --currency CNY",
        "unitledger trace serving_cost token_cost --json",
    ),
)
@take_template
@click.argument("line", shell_complete=offer_lines)
@take_settings
@take_json_or_csv("the parts for each option, from the top down", "each part in each option")
def trace_line(*, template: str, line: str, settings: Settings, as_json: bool, as_csv: bool) -> None:
    """Show what LINE of TEMPLATE is made of, as a tree down to the inputs.

    The base option is shown unless --option names others.
    """
    ledger, asked = settings.ledger(template)
    traces = [ledger.trace(line, option) for option in (asked if settings.options else (ledger.base,))]
    parts = {each.option: [_part(ledger, each.option, part) for part in each.parts] for each in traces}
    if as_json:
        told = {option: {"parts": held} for option, held in parts.items()}
        print_json({"template": template, "line": line, **reporting(ledger), "options": told})
    elif as_csv:
        print_csv({"option": option, **part} for option, held in parts.items() for part in held)
    else:
        click.echo("\n\n".join(map(str, traces)))


def _part(ledger: Ledger, option: str, part: Part) -> dict[str, object]:
    named = {"depth": part.depth, "name": part.name or None, "label": part.label, **figure(part.value)}
    stated = figure_of(ledger, part.name, option) if part.name else None
    told = {"source": part.source or None, "as_of": None} if stated is None else provenance(stated)
    return {**named, "formula": part.formula or None, **told, "remark": part.remark or None}
