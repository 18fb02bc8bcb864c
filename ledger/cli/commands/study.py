"""`unitledger sweep`, `break-even`, `sensitivity`, `simulate`: how an answer moves with its inputs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import attrs
import click

from unitledger.cli.options import (
    PATH,
    examples,
    offer_input,
    offer_inputs,
    offer_lines,
    take_json_or_csv,
    take_lines,
    take_template,
)
from unitledger.cli.output import Refusal, figure, print_csv, print_json, print_table
from unitledger.cli.settings import Settings, pairs, take_settings
from unitledger.compute.sensitivity import Sensitivity, Swing
from unitledger.compute.simulation import distributions
from unitledger.compute.simulation.distributions import Discrete, Distribution, Observed
from unitledger.compute.simulation.sample import SAMPLINGS, Sampling
from unitledger.compute.simulation.simulation import SHOWN, Simulation
from unitledger.errors import did_you_mean
from unitledger.notation import quantity_text
from unitledger.units import Quantity


@click.command(
    "sweep",
    epilog=examples(
        "unitledger sweep serving_cost --over load=30%,60%,100% --over life=3,5",
        "unitledger sweep serving_cost --over load=50%,100% --line machine_hour --option h100 --csv",
    ),
)
@take_template
@click.option(
    "--over",
    multiple=True,
    metavar="NAME=VALUE,...",
    shell_complete=offer_inputs,
    help="An input and what it takes, without thousands commas; a bare number takes the input's unit. Repeatable.",
)
@take_lines("Look at this line instead of the headline")
@take_settings
@take_json_or_csv("one object for each case", "each case")
def sweep(
    *,
    template: str,
    over: tuple[str, ...],
    lines: tuple[str, ...],
    settings: Settings,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Work out TEMPLATE for every combination of inputs.

    The base option is shown unless --option names others.
    """
    said = pairs("--over", over, "NAME=VALUE,...", "load=30%,60%")
    if not said:
        raise Refusal("A sweep needs an input and its values: --over NAME=VALUE,..., such as --over load=30%,60%.")
    ledger, asked = settings.ledger(template)
    values = {
        name: [quantity_text(ledger.input(name), each) for each in text.split(",")] for name, text in said.items()
    }
    table = ledger.sweep(values, outputs=lines, options=asked if settings.options else [ledger.base])
    if as_json or as_csv:
        titles = [column.title for column in table.columns]
        rows = [dict(zip(titles, row, strict=True)) for row in table.rows()]
        (print_json if as_json else print_csv)(rows)
    else:
        print_table(table.grid())


@click.command(
    "break-even",
    epilog=examples(
        "unitledger break-even serving_cost load --option rtx4090 --option h100",
        "unitledger break-even serving_cost load --option rtx4090 --option h100 --line machine_hour --json",
    ),
)
@take_template
@click.argument("name", metavar="INPUT", shell_complete=offer_input)
@click.option(
    "--line", metavar="LINE", shell_complete=offer_lines, help="Compare this line; the headline unless named."
)
@take_settings
@take_json_or_csv("the options, the line, the input and its figure, null where there is none", "the figure")
def break_even(*, template: str, name: str, line: str | None, settings: Settings, as_json: bool, as_csv: bool) -> None:
    """Say at which figure of INPUT, from its low to its high, two options of TEMPLATE come out equal."""
    ledger, asked = settings.ledger(template)
    if len(asked) != 2:  # noqa: PLR2004 - a pair.
        raise Refusal(
            f"A break-even is between two options: give --option twice. There are {', '.join(ledger.options)}."
        )
    found = ledger.break_even(name, *asked, line)
    compared = line or (ledger.answer.line if ledger.answer else "")
    held = None if found is None else figure(found)
    if as_json:
        print_json({"template": template, "options": list(asked), "line": compared, "input": name, "figure": held})
        return
    if as_csv:
        row = {"option": asked[0], "other": asked[1], "line": compared, "input": name}
        print_csv([{**row, **(held or {"value": None, "unit": None})}])
        return
    alike = f"{compared} of {asked[0]} and {asked[1]}"
    click.echo(
        f"No figure of {name} in its range makes {alike} equal."
        if found is None
        else f"{alike} are equal at {name} = {found}."
    )


_SWINGS = tuple(field.name for field in attrs.fields(Swing) if field.name != "name")
_COLUMNS_OF_SWINGS = ("option", "line", "input", *(f"{name}{end}" for name in _SWINGS for end in ("", "_unit")))


@click.command(
    "sensitivity",
    epilog=examples(
        "unitledger sensitivity serving_cost",
        "unitledger sensitivity serving_cost machine_hour --option h100 --csv",
    ),
)
@take_template
@click.argument("line", required=False, shell_complete=offer_lines)
@take_settings
@take_json_or_csv("the answer and the swings of each option", "each ranged input in each option")
def sensitivity(*, template: str, line: str | None, settings: Settings, as_json: bool, as_csv: bool) -> None:
    """Show how far LINE of TEMPLATE moves with each ranged input alone, the strongest first; the headline unless named.

    The base option is shown unless --option names others.
    """
    ledger, asked = settings.ledger(template)
    found = [ledger.sensitivity(line, option) for option in (asked if settings.options else (ledger.base,))]
    if as_json:
        print_json({"template": template, "options": {each.option: _swings_as_json(each) for each in found}})
    elif as_csv:
        print_csv((_row_of_swing(each, swing) for each in found for swing in each), _COLUMNS_OF_SWINGS)
    else:
        click.echo("\n\n".join(map(str, found)))


def _swings_as_json(found: Sensitivity) -> dict[str, object]:
    swings = [{"input": each.name, **{name: figure(getattr(each, name)) for name in _SWINGS}} for each in found]
    told = {"line": found.line, "answer": figure(found.answer), "swings": swings}
    return {**told, "without_answer": list(found.without_answer)}


def _row_of_swing(found: Sensitivity, swing: Swing) -> dict[str, object]:
    held: list[Quantity] = [getattr(swing, name) for name in _SWINGS]
    cells = [cell for each in held for cell in figure(each).values()]
    return dict(zip(_COLUMNS_OF_SWINGS, (found.option, found.line, swing.name, *cells), strict=True))


@click.command(
    "simulate",
    epilog=examples(
        "unitledger simulate serving_cost --draw 'load=triangular(30 %, 70 %, 100 %)' --option rtx4090 --option h100",
        "unitledger simulate serving_cost --draw 'life=lognormal(3 year, spread=30 %)' --seed 7 --json",
    ),
)
@take_template
@click.option(
    "--draw",
    multiple=True,
    metavar="NAME=DISTRIBUTION",
    shell_complete=offer_inputs,
    help="An input and its distribution; what this does not say is the input's own low, figure and high. Every input "
    "with a range is triangular unless one is named. Repeatable.",
)
@click.option("--cases", type=int, default=10_000, show_default=True, help="So many cases in each option.")
@click.option("--seed", type=int, default=1, show_default=True, help="Equal seeds give equal cases.")
@click.option(
    "--sampling", type=click.Choice(SAMPLINGS), default="latin", show_default=True, help="How cases are drawn."
)
@take_lines("Look at this line instead of the headline")
@click.option("--parquet", type=PATH, metavar="FOLDER", help="Write the cases into this new folder, piece by piece.")
@take_settings
@take_json_or_csv("percentiles, chances and what the variance comes from", "each line in each option")
def simulate(
    *,
    template: str,
    draw: tuple[str, ...],
    cases: int,
    seed: int,
    sampling: str,
    lines: tuple[str, ...],
    parquet: Path | None,
    settings: Settings,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Draw inputs of TEMPLATE at random, the same for all options, and show how the answer is spread.

    All options are shown unless --option names some.
    """
    ledger, asked = settings.ledger(template)
    said = pairs("--draw", draw, "NAME=DISTRIBUTION", "load=uniform(30 %, 100 %)")
    found = ledger.simulate(
        cases,
        {name: drawn(name, typed) for name, typed in said.items()} or None,
        lines=lines,
        options=asked,
        seed=seed,
        sampling=cast("Sampling", sampling),
        parquet=parquet,
    )
    if as_json:
        print_json({"template": template, **_spread_as_json(found)})
    elif as_csv:
        print_csv(_row_of_spread(found, line, option) for line in found.lines for option in found.options)
    else:
        click.echo(found)


def _spread(found: Simulation, line: str, option: str) -> dict[str, Quantity]:
    percentiles = {f"p{percent}": found.percentile(percent, option, line) for percent in SHOWN}
    return {**percentiles, "mean": found.mean(option, line), "deviation": found.deviation(option, line)}


def _spread_as_json(found: Simulation) -> dict[str, object]:
    return {
        "cases": found.cases,
        "seed": found.seed,
        "sampling": found.sample.sampling,
        "inputs": found.inputs,
        "options": {
            option: {
                "lines": {
                    line: {name: figure(each) for name, each in _spread(found, line, option).items()}
                    for line in found.lines
                },
                "best": found.chance(option) if found.sign else None,
                "contributions": found.contributions(option),
                "outside": found.outside(option),
                "raised": found.raised(option),
            }
            for option in found.options
        },
    }


def _row_of_spread(found: Simulation, line: str, option: str) -> dict[str, object]:
    figures = {name: float(each.magnitude) for name, each in _spread(found, line, option).items()}
    return {"option": option, "line": line, "unit": found.units[line].spelling, **figures}


_KNOWN = {name: getattr(distributions, name) for name in (
    "uniform", "triangular", "pert", "normal", "lognormal", "discrete", "observed"
)}  # fmt: skip
_CALL = re.compile(r"\s*(\w+)\s*(?:\((.*)\))?\s*")
# A comma before three digits, without a space, is one between thousands.
_NEXT = re.compile(r",\s+|,(?!\d{3}(?!\d))")
_BARE_NUMBER = re.compile(r"[+-]?\d*\.?\d+([eE][+-]?\d+)?")


def drawn(name: str, typed: str) -> Distribution:
    """Return the distribution that is typed for an input. Raises Refusal."""
    call = _CALL.fullmatch(typed)
    if call is None or call[1] not in _KNOWN:
        hint = "" if call is None else did_you_mean(call[1], _KNOWN)
        raise Refusal(
            f"--draw {name}: expected a distribution such as 'triangular(30 %, 70 %, 100 %)', one of "
            f"{', '.join(_KNOWN)}, got {typed!r:.60}.{hint}"
        )
    made = _KNOWN[call[1]]
    parts = _NEXT.split(call[2].strip()) if call[2] and call[2].strip() else []
    if made is Observed:
        return Observed([_drawn_figure(part) for part in parts])
    if made is Discrete:
        pairs = [part.rpartition(":") for part in parts]
        return Discrete({_drawn_figure(value): _drawn_figure(chance) for value, _, chance in pairs})
    named = [part.partition("=") for part in parts]
    fields = [field.name for field in attrs.fields(made)]
    given = {said.strip() if at else fields[min(place, len(fields) - 1)]: _drawn_figure(value if at else said)
             for place, (said, at, value) in enumerate(named)}  # fmt: skip
    if len(given) < len(parts) or not given.keys() <= set(fields):
        raise Refusal(f"--draw {name}: {call[1]} takes {', '.join(fields)}, got {call[2]!r:.60}.")
    found: Distribution = made(**given)
    return found


def _drawn_figure(text: str) -> str | float:
    """Return a bare number as one, in the unit of the input as written."""
    text = text.strip()
    return float(text) if _BARE_NUMBER.fullmatch(text) else text
