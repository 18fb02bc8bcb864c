"""`unitledger list`: the templates there are."""

import click

from unitledger import templates
from unitledger.cli.options import examples, take_json
from unitledger.cli.output import print_json, print_table
from unitledger.views import Grid


@click.command("list", epilog=examples("unitledger list"))
@take_json("names and descriptions")
def command(*, as_json: bool) -> None:
    """List the templates."""
    described = {name: templates.describe(name) for name in templates.names()}
    if as_json:
        print_json(described)
    else:
        print_table(Grid(("template", "what it answers"), tuple(described.items())))
