"""`unitledger edits`: what somebody changed in a workbook."""

from __future__ import annotations

from pathlib import Path

import attrs
import click

from unitledger.cli.inputs.currency import as_json as reporting
from unitledger.cli.inputs.settings import Settings, take_settings
from unitledger.cli.options import PATH, examples, take_json_or_csv, take_template
from unitledger.cli.output import figure, print_csv, print_json, waiting
from unitledger.ledger import Ledger
from unitledger.units import Quantity
from unitledger.workbook import Edit, Edits
from unitledger.workbook.text import FAIL

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
def command(
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
