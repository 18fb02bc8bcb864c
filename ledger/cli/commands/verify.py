"""`unitledger verify`: a workbook recalculated by another engine."""

from __future__ import annotations

import math
from pathlib import Path

import attrs
import click

from unitledger.cli.options import PATH, examples, take_json
from unitledger.cli.output import print_json, waiting


@click.command(
    "verify",
    epilog=examples("unitledger verify serving_cost.xlsx", "unitledger verify serving_cost.xlsx --json"),
    short_help="Recalculate a workbook, derive its units, compare.",
)
@click.argument("file", type=PATH)
@take_json("file, formulas, differences, units, missing values")
@click.pass_context
def command(ctx: click.Context, *, file: Path, as_json: bool) -> None:
    """Recalculate every formula of the workbook FILE, and compare with the values it shows.

    The unit of every row of Calc is derived anew from its formula and compared with the unit it shows. Exit code 1
    when there is a difference. Needs the extra 'verify' (pip install 'unitledger[verify]').
    """
    from unitledger.workbook.audit.verify import verify

    with waiting(f"Recalculating {file.name}"):
        verification = verify(file)
    if as_json:
        print_json(attrs.asdict(verification, value_serializer=_held))
    else:
        click.echo(str(verification))
    ctx.exit(0 if verification else 1)


def _held(_: object, __: object, held: object) -> object:
    """Return what a cell holds; a number that JSON lacks as text."""
    return str(held) if isinstance(held, float) and not math.isfinite(held) else held
