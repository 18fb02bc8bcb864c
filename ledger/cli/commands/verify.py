"""`unitledger verify`: a workbook recalculated by another engine."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from unitledger.cli.options import PATH, examples, take_json_or_csv
from unitledger.cli.output import print_csv, print_json, waiting

if TYPE_CHECKING:
    from unitledger.workbook.audit.verify import Verification

_COLUMNS = ("cell", "cached", "recalculated", "label", "reason")


@click.command(
    "verify",
    epilog=examples("unitledger verify serving_cost.xlsx", "unitledger verify serving_cost.xlsx --json"),
    short_help="Recalculate a workbook, derive its units, compare.",
)
@click.argument("file", type=PATH)
@take_json_or_csv("file, formulas, differences, units, missing values", "each difference, of values and of units")
@click.pass_context
def command(ctx: click.Context, *, file: Path, as_json: bool, as_csv: bool) -> None:
    """Recalculate every formula of the workbook FILE, and compare with the values it shows.

    The unit of every row of Calc is derived anew from its formula and compared with the unit it shows. Exit code 1
    when there is a difference. Needs the extra 'verify' (pip install 'unitledger[verify]').
    """
    from unitledger.workbook.audit.verify import verify

    with waiting(f"Recalculating {file.name}"):
        verification = verify(file)
    if as_json:
        print_json(attrs.asdict(verification, value_serializer=_held))
    elif as_csv:
        print_csv(_rows(verification), _COLUMNS)
    else:
        click.echo(str(verification))
    ctx.exit(0 if verification else 1)


def _rows(verification: Verification) -> Iterator[dict[str, object]]:
    """Yield differences of values, and those of units, which have a label and a reason."""
    from unitledger.workbook.address import on

    units = () if verification.units is None else verification.units.differences
    for value in verification.differences:
        yield {**dict.fromkeys(_COLUMNS), **attrs.asdict(value), "cell": on(value.sheet, value.cell)}
    for unit in units:
        yield {**dict.fromkeys(_COLUMNS), **attrs.asdict(unit)}


def _held(_: object, __: object, held: object) -> object:
    """Return what a cell holds; a number that JSON lacks as text."""
    return str(held) if isinstance(held, float) and not math.isfinite(held) else held
