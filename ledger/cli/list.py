"""`unitledger list`: the templates there are."""

from __future__ import annotations

import click

from unitledger import templates
from unitledger.cli.examples import examples
from unitledger.cli.output import Table, print_table
from unitledger.cli.report import print_json


@click.command(
    "list",
    epilog=examples(
        "unitledger list",
    ),
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: names and descriptions.")
def command(*, as_json: bool) -> None:
    """List the templates."""
    described = {name: templates.describe(name) for name in templates.names()}
    if as_json:
        print_json(described)
    else:
        print_table(Table(("template", "what it answers"), tuple(described.items())))
