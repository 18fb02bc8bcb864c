"""`unitledger build`: a template as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.cli.examples import examples
from unitledger.cli.refusal import Refusal, check_absent
from unitledger.cli.settings import Settings, take_settings


@click.command(
    "build",
    epilog=examples(
        "unitledger build serving_cost -o serving_cost.xlsx",
        "unitledger build serving_cost --option rtx4090 --option h100 --set load=50% -o compared.xlsx",
    ),
)
@click.argument("template")
@take_settings
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="An .xlsx file.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def command(
    *,
    template: str,
    options: tuple[str, ...],
    sets: tuple[str, ...],
    inputs: Path | None,
    output: Path,
    force: bool,
) -> None:
    """Write TEMPLATE as a workbook in which every number is a live formula."""
    if output.suffix.lower() != ".xlsx":
        raise Refusal(f"{output}: a workbook ends in .xlsx.")
    ledger = Settings(options, sets, inputs).narrowed(template)
    check_absent(output, force=force)
    ledger.to_excel(output, overwrite=force)
    click.echo(f"Wrote {output}.")
