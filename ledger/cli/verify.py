"""`unitledger verify`: a workbook recalculated by another engine."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.cli.examples import examples


@click.command(
    "verify",
    epilog=examples("unitledger verify serving_cost.xlsx"),
    short_help="Recalculate a workbook, derive its units, compare.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, *, file: Path) -> None:
    """Recalculate every formula of the workbook FILE, and compare with the values it shows.

    The unit of every row of Calc is derived anew from its formula and compared with the unit it shows. Exit code 1
    when there is a difference. Needs the extra 'verify' (pip install 'unitledger[verify]').
    """
    from unitledger.workbook.verify import verify

    verification = verify(file)
    click.echo(str(verification))
    ctx.exit(0 if verification else 1)
