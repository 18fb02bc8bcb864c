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
    ),
    short_help="Show what was changed in a workbook.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("template")
@take_settings
def command(*, file: Path, template: str, options: tuple[str, ...], sets: tuple[str, ...], inputs: Path | None) -> None:
    """Show what was changed in the workbook FILE since it was built from TEMPLATE.

    A workbook that was built with --option, --set or --inputs is compared with the same.
    """
    click.echo(str(Settings(options, sets, inputs).narrowed(template).read_edits(file)))
