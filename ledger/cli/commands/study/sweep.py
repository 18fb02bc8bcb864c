"""`unitledger sweep`: outputs over every combination of inputs."""

from __future__ import annotations

import click

from unitledger.cli.inputs.settings import Settings, pairs, take_settings
from unitledger.cli.options import examples, offer_inputs, take_json_or_csv, take_lines, take_template
from unitledger.cli.output import Refusal, print_csv, print_json, print_table
from unitledger.notation import quantity_text


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
def command(
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
