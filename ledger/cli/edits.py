"""`unitledger edits`: what somebody changed in a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.cli.examples import examples
from unitledger.cli.settings import Settings, take_settings


@click.command(
    "edits",
    epilog=examples(
        "unitledger edits serving_cost.xlsx serving_cost",
        "unitledger edits serving_cost_cny.xlsx serving_cost --currency CNY",
    ),
    short_help="Show what was changed in a workbook.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("template")
@take_settings
def command(*, file: Path, template: str, settings: Settings) -> None:
    """Show what was changed in the workbook FILE since it was built from TEMPLATE.

    A workbook that was built with --option, --set, --inputs or --currency is compared with the same.
    """
    click.echo(str(settings.narrowed(template).read_edits(file)))
