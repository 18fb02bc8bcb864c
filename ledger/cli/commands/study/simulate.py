"""`unitledger simulate`: how answers are spread when inputs are drawn at random."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from unitledger.cli.inputs.drawn import drawn
from unitledger.cli.inputs.settings import Settings, pairs, take_settings
from unitledger.cli.options import PATH, examples, offer_inputs, take_json_or_csv, take_lines, take_template
from unitledger.cli.output import figure, print_csv, print_json
from unitledger.compute.simulation.sample import SAMPLINGS, Sampling
from unitledger.compute.simulation.simulation import SHOWN, Simulation
from unitledger.units import Quantity


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
def command(
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
        print_json({"template": template, **_as_json(found)})
    elif as_csv:
        print_csv(_row(found, line, option) for line in found.lines for option in found.options)
    else:
        click.echo(found)


def _figures(found: Simulation, line: str, option: str) -> dict[str, Quantity]:
    percentiles = {f"p{percent}": found.percentile(percent, option, line) for percent in SHOWN}
    return {**percentiles, "mean": found.mean(option, line), "deviation": found.deviation(option, line)}


def _as_json(found: Simulation) -> dict[str, object]:
    return {
        "cases": found.cases,
        "seed": found.seed,
        "sampling": found.sample.sampling,
        "inputs": found.inputs,
        "options": {
            option: {
                "lines": {
                    line: {name: figure(each) for name, each in _figures(found, line, option).items()}
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


def _row(found: Simulation, line: str, option: str) -> dict[str, object]:
    figures = {name: float(each.magnitude) for name, each in _figures(found, line, option).items()}
    return {"option": option, "line": line, "unit": found.units[line].spelling, **figures}
