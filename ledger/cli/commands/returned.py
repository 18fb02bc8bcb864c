"""`unitledger edits`, `fill`, `verify`: a workbook that came back: what changed, values written in, recalculated."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from unitledger.cli.options import PATH, examples, take_json_or_csv, take_output, take_template
from unitledger.cli.output import Refusal, figure, print_csv, print_json, put_into, waiting
from unitledger.cli.settings import (
    Currency,
    Settings,
    built_with,
    changes,
    checked,
    read,
    take_currency,
    take_set,
    take_settings,
)
from unitledger.cli.settings import as_json as reporting
from unitledger.ledger import Ledger
from unitledger.model import Given
from unitledger.units import Quantity
from unitledger.workbook import Edit, Edits, fill, read_edits
from unitledger.workbook.cells import read_book
from unitledger.workbook.text import FAIL

if TYPE_CHECKING:
    from unitledger.workbook.audit.verify import Verification


_CHANGE = ("name", "option", "end", "old", "old_unit", "new", "new_unit", "cell", "note")


@click.command(
    "edits",
    epilog=examples(
        "unitledger edits serving_cost.xlsx serving_cost",
        "unitledger edits serving_cost_cny.xlsx serving_cost --currency CNY",
        "unitledger edits serving_cost.xlsx serving_cost --strict --json",
    ),
    short_help="Show what was changed in a workbook.",
)
@click.argument("file", type=PATH)
@take_template
@take_settings
@click.option(
    "--strict", is_flag=True, help="End with exit code 1 for changed inputs, ranges, names and sources as well."
)
@take_json_or_csv("options, renamed, changes, problems, calculations, notes and status", "each changed figure")
@click.pass_context
def list_edits(
    ctx: click.Context, *, file: Path, template: str, settings: Settings, strict: bool, as_json: bool, as_csv: bool
) -> None:
    """Show what was changed in the workbook FILE since it was built from TEMPLATE.

    The options are those that FILE was built with. A workbook that was built with --set, --inputs or --currency is
    compared with the same. Exit code 1 when a calculation, a name or the structure differs, an input cannot be read or
    Integrity says FAIL; 0 when nothing differs, or changed inputs and what stands beside them alone.
    """
    ledger, narrowed = settings.of_workbook(template, file)
    with waiting(f"Reading {file.name}"):
        edits = ledger.read_edits(file)
    if as_json:
        print_json({"template": template, **reporting(ledger), **_as_json(edits)})
    elif as_csv:
        print_csv(map(_row, edits.changes), _CHANGE)
    else:
        click.echo(str(edits))
        if narrowed:
            click.echo(f"\nCompared in the options that it was built with: {', '.join(ledger.options)}.")
    beyond_inputs = edits.problems or edits.calculations or edits.status.integrity == FAIL
    ctx.exit(1 if beyond_inputs or (strict and (edits.changes or edits.renamed or edits.notes)) else 0)


def _as_json(edits: Edits[Ledger]) -> dict[str, object]:
    changes = [
        {**attrs.asdict(edit), "old": _figure(edit.old), "new": _figure(edit.new), "end": edit.end or None}
        for edit in edits.changes
    ]
    return {
        "file": edits.file,
        "options": list(edits.ledger.options),
        "renamed": [attrs.asdict(each) for each in edits.renamed],
        "changes": changes,
        "problems": [{**attrs.asdict(problem), "option": problem.option or None} for problem in edits.problems],
        "calculations": [attrs.asdict(calculation) for calculation in edits.calculations],
        "notes": list(edits.notes),
        "status": attrs.asdict(edits.status),
    }


def _row(edit: Edit) -> dict[str, object]:
    """Return a changed figure with what it was, which is nothing where the option took that of the base option."""
    was, now = (_figure(held) or {"value": None, "unit": None} for held in (edit.old, edit.new))
    figures = was["value"], was["unit"], now["value"], now["unit"]
    return dict(zip(_CHANGE, (edit.name, edit.option, edit.end, *figures, edit.cell, edit.note), strict=True))


def _figure(held: Quantity | str | None) -> dict[str, object] | None:
    """Return what an option has of its own; None where it takes what the base option has."""
    return None if held is None else figure(held)


_COLUMNS_OF_DIFFERENCES = ("cell", "cached", "recalculated", "label", "reason")


@click.command(
    "verify",
    epilog=examples("unitledger verify serving_cost.xlsx", "unitledger verify serving_cost.xlsx --json"),
    short_help="Recalculate a workbook, derive its units, compare.",
)
@click.argument("file", type=PATH)
@take_json_or_csv("file, formulas, differences, units, missing values", "each difference, of values and of units")
@click.pass_context
def verify_file(ctx: click.Context, *, file: Path, as_json: bool, as_csv: bool) -> None:
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
        print_csv(_rows_of_differences(verification), _COLUMNS_OF_DIFFERENCES)
    else:
        click.echo(str(verification))
    ctx.exit(0 if verification else 1)


def _rows_of_differences(verification: Verification) -> Iterator[dict[str, object]]:
    """Yield differences of values, and those of units, which have a label and a reason."""
    from unitledger.workbook.address import on

    units = () if verification.units is None else verification.units.differences
    for value in verification.differences:
        yield {**dict.fromkeys(_COLUMNS_OF_DIFFERENCES), **attrs.asdict(value), "cell": on(value.sheet, value.cell)}
    for unit in units:
        yield {**dict.fromkeys(_COLUMNS_OF_DIFFERENCES), **attrs.asdict(unit)}


def _held(_: object, __: object, held: object) -> object:
    """Return what a cell holds; a number that JSON lacks as text."""
    return str(held) if isinstance(held, float) and not math.isfinite(held) else held


@click.command(
    "fill",
    epilog=examples(
        "unitledger fill serving_cost.xlsx serving_cost --set load=50% -o filled.xlsx --force",
        "unitledger fill serving_cost.xlsx serving_cost --option h100 --clear load -o filled.xlsx --force",
    ),
    short_help="Write values into an edited workbook.",
)
@click.argument("file", type=PATH)
@take_template
@take_set
@click.option(
    "--clear",
    "clears",
    multiple=True,
    metavar="NAME",
    help="Empty an input in the options named, else in all but the base, so that they take the base option's.",
)
@click.option("--inputs", type=PATH, metavar="FILE", help="Set what a .toml or .csv file says; - is standard input.")
@click.option("--option", "options", multiple=True, metavar="OPTION", help="Set in this option only; may be repeated.")
@take_output("An .xlsx file; - sends it to standard output.", "OUT", "OUT if there is one; it may be FILE itself.")
@take_currency
def fill_in(
    *,
    file: Path,
    template: str,
    sets: tuple[str, ...],
    clears: tuple[str, ...],
    inputs: Path | None,
    options: tuple[str, ...],
    currency: Currency,
    output: Path,
    force: bool,
) -> None:
    """Write a copy of FILE, a workbook of TEMPLATE, in which inputs are set.

    Rows, sheets, charts and comments that people have added stay as they are, and so do their edits. Values are written
    in the unit that stands beside the cell.
    """
    if not (sets or clears or inputs):
        raise Refusal("Nothing to fill in. Give --set NAME=QUANTITY, --clear NAME or --inputs FILE.")
    whole = currency.ledger(template)
    ledger = whole.only(*built_with(whole, file))
    book = read_book(file)
    # As the workbook has it: which options set an input themselves is for the people who edited it to say.
    for edit in read_edits(ledger, book):
        if not edit.end:
            ledger = ledger.with_settings({edit.option: {edit.name: edit.new}})
    asked = checked(whole, options)
    if absent := [option for option in asked if option not in ledger.options]:
        built = ", ".join(ledger.options)
        raise Refusal(f"{file.name} was built with the options {built}; there is no column for {', '.join(absent)}.")
    chosen = asked or tuple(ledger.options)
    settings: dict[str, dict[str, Given | None]] = {option: {} for option in chosen}
    if inputs is not None:
        settings = {option: dict(figures) for option, figures in read(inputs, ledger).items()}
    for option, figures in changes(ledger, sets, chosen).items():
        settings.setdefault(option, {}).update(figures)
    for name in clears:
        others = [option for option in chosen if option != ledger.base]
        for option in chosen if options or not others else others:
            settings.setdefault(option, {})[ledger.input(name).name] = None
    with put_into(output, force=force) as path:
        fill(ledger, book, settings, path, overwrite=force)
