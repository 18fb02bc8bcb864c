"""`unitledger fill`: values written into a workbook that people have worked on."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.cli.inputs.currency import Currency, take_currency
from unitledger.cli.inputs.settings import built_with, changes, checked, read, take_set
from unitledger.cli.options import PATH, examples, take_output, take_template
from unitledger.cli.output import Refusal, put_into
from unitledger.model import Given


@click.command(
    "fill",
    epilog=examples(
        "unitledger fill serving_cost.xlsx serving_cost --set load=50% -o filled.xlsx --force",
        "unitledger fill serving_cost.xlsx serving_cost --option h100 --clear load -o filled.xlsx --force",
    ),
    short_help="Write values into an edited workbook.",
)
@click.argument("file", type=PATH)
@take_template
@take_set
@click.option(
    "--clear",
    "clears",
    multiple=True,
    metavar="NAME",
    help="Empty an input in the options named, else in all but the base, so that they take the base option's.",
)
@click.option("--inputs", type=PATH, metavar="FILE", help="Set what a .toml or .csv file says; - is standard input.")
@click.option("--option", "options", multiple=True, metavar="OPTION", help="Set in this option only; may be repeated.")
@take_output("An .xlsx file; - sends it to standard output.", "OUT", "OUT if there is one; it may be FILE itself.")
@take_currency
def command(
    *,
    file: Path,
    template: str,
    sets: tuple[str, ...],
    clears: tuple[str, ...],
    inputs: Path | None,
    options: tuple[str, ...],
    currency: Currency,
    output: Path,
    force: bool,
) -> None:
    """Write a copy of FILE, a workbook of TEMPLATE, in which inputs are set.

    Rows, sheets, charts and comments that people have added stay as they are, and so do their edits. Values are written
    in the unit that stands beside the cell.
    """
    if not (sets or clears or inputs):
        raise Refusal("Nothing to fill in. Give --set NAME=QUANTITY, --clear NAME or --inputs FILE.")
    whole = currency.ledger(template)
    ledger = whole.only(*built_with(whole, file))
    # As the workbook has it: which options set an input themselves is for the people who edited it to say.
    for edit in ledger.read_edits(file):
        if not edit.end:
            ledger = ledger.with_settings({edit.option: {edit.name: edit.new}})
    asked = checked(whole, options)
    if absent := [option for option in asked if option not in ledger.options]:
        built = ", ".join(ledger.options)
        raise Refusal(f"{file.name} was built with the options {built}; there is no column for {', '.join(absent)}.")
    chosen = asked or tuple(ledger.options)
    settings: dict[str, dict[str, Given | None]] = {option: {} for option in chosen}
    if inputs is not None:
        settings = {option: dict(figures) for option, figures in read(inputs, ledger).items()}
    for option, figures in changes(ledger, sets, chosen).items():
        settings.setdefault(option, {}).update(figures)
    for name in clears:
        others = [option for option in chosen if option != ledger.base]
        for option in chosen if options or not others else others:
            settings.setdefault(option, {})[ledger.input(name).name] = None
    with put_into(output, force=force) as path:
        ledger.fill(file, settings, path, overwrite=force)
