"""`unitledger inputs`: a template's inputs as a file to edit."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.cli.options import examples, take_output, take_template
from unitledger.cli.output import STANDARD, check_absent
from unitledger.cli.settings import Currency, take_currency
from unitledger.files.save import save
from unitledger.notation import written


@click.command(
    "inputs",
    epilog=examples(
        "unitledger inputs serving_cost -o inputs.toml",
        "unitledger inputs serving_cost -o inputs.csv",
        "unitledger eval serving_cost --inputs inputs.toml",
    ),
    short_help="Write the inputs of TEMPLATE to a file.",
)
@take_template
@take_output("A .toml or .csv file; - prints TOML.")
@take_currency
def command(*, template: str, output: Path, force: bool, currency: Currency) -> None:
    """Write the inputs of TEMPLATE to a file; edit it, then give it to --inputs.

    With --currency the exchange rate is among them; give --currency again where the file is read.
    """
    is_printed = str(output) == STANDARD
    text = written(Path("inputs.toml") if is_printed else output, template, currency.ledger(template))
    if is_printed:
        click.echo(text, nl=False)
        return
    check_absent(output, force=force)
    save(text.encode(), output, overwrite=force)
    click.echo(f"Wrote {output}.")
