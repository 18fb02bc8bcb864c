"""`unitledger list`: the templates there are."""

from __future__ import annotations

import click

from unitledger import templates
from unitledger.cli.options import examples, take_json_or_csv
from unitledger.cli.output import print_csv, print_json, print_table
from unitledger.errors import LedgerError, brief
from unitledger.views import Grid


@click.command("list", epilog=examples("unitledger list"))
@take_json_or_csv("names and descriptions", "each template")
def command(*, as_json: bool, as_csv: bool) -> None:
    """List the templates."""
    described = {name: _described(name) for name in templates.names()}
    if as_json:
        print_json(described)
    elif as_csv:
        print_csv({"template": name, "description": said} for name, said in described.items())
    else:
        print_table(Grid(("template", "what it answers"), tuple(described.items())))


def _described(name: str) -> str:
    try:
        return templates.describe(name)
    # One package that cannot be imported hides none of the others.
    except LedgerError as failed:
        return f"cannot be used: {brief(failed)}"
