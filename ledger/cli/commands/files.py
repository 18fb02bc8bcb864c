"""`unitledger inputs`, `build`: a template's inputs as a file to edit, and the template as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.cli.options import PATH, examples, take_output, take_template
from unitledger.cli.output import STANDARD, Refusal, check_absent, put_into
from unitledger.cli.settings import Currency, Settings, take_currency, take_settings, told
from unitledger.files.save import save
from unitledger.model import Entries
from unitledger.notation import written
from unitledger.templates import names
from unitledger.templates.published import reconcile
from unitledger.workbook import Content, write


@click.command(
    "inputs",
    epilog=examples(
        "unitledger inputs serving_cost -o inputs.toml",
        "unitledger inputs serving_cost -o inputs.csv",
        "unitledger eval serving_cost --inputs inputs.toml",
    ),
    short_help="Write the inputs of TEMPLATE to a file.",
)
@take_template
@take_output("A .toml or .csv file; - prints TOML.")
@take_currency
def write_inputs(*, template: str, output: Path, force: bool, currency: Currency) -> None:
    """Write the inputs of TEMPLATE to a file; edit it, then give it to --inputs.

    With --currency the exchange rate is among them; give --currency again where the file is read.
    """
    put_inputs(currency.ledger(template), template, output, force=force)


def put_inputs(ledger: Entries, template: str, output: Path, *, force: bool, of: str = "") -> None:
    """Write the inputs of a ledger, or print them as TOML; `of` ends what is said of the file."""
    is_printed = str(output) == STANDARD
    text = written(Path("inputs.toml") if is_printed else output, template, ledger)
    if is_printed:
        click.echo(text, nl=False)
        return
    check_absent(output, force=force)
    save(text.encode(), output, overwrite=force)
    click.echo(f"Wrote {output}{of}.")


@click.command(
    "build",
    epilog=examples(
        "unitledger build serving_cost -o serving_cost.xlsx",
        "unitledger build serving_cost --option rtx4090 --option h100 --set load=50% -o compared.xlsx",
        "unitledger build serving_cost --set load=60% --since serving_cost.xlsx -o since.xlsx",
        "unitledger build serving_cost --sheets 'Summary,Read me' --no-protect -o short.xlsx",
        "unitledger build serving_cost --currency CNY -o serving_cost_cny.xlsx",
        "unitledger build serving_cost --currency EUR --rate '0.92 EUR/USD' --rate-source 'central bank' "
        "--rate-as-of 2023-10-02 -o serving_cost_eur.xlsx",
    ),
    short_help="Write TEMPLATE as a workbook.",
)
@take_template
@take_settings
@take_output("An .xlsx file; - sends it to standard output.")
@click.option(
    "--since",
    type=PATH,
    metavar="FILE",
    help="List on Changes which inputs differ from this earlier workbook, and what each does to the answer.",
)
@click.option(
    "--sheets",
    metavar="NAMES",
    help="Write these sheets and those that carry the formulas: 'Summary,Read me'; or add and leave out some: "
    "'+Formula map,-Read me'.",
)
@click.option("--what-if", is_flag=True, help="Add a spare option, for a variant that somebody types in Excel.")
@click.option("--no-protect", is_flag=True, help="Leave the sheets unprotected.")
def build_workbook(
    *,
    template: str,
    settings: Settings,
    output: Path,
    force: bool,
    since: Path | None,
    sheets: str | None,
    no_protect: bool,
    what_if: bool,
) -> None:
    """Write TEMPLATE as a workbook in which every number is a live formula.

    Figures that documents publish are compared on a sheet of their own, unless an input is set differently.
    """
    if output.suffix.lower() != ".xlsx" and str(output) != STANDARD:
        raise Refusal(f"{output}: a workbook ends in .xlsx.")
    ledger = settings.narrowed(template)
    as_published = template in names() and not (settings.sets or settings.inputs)
    asked = None if sheets is None else sheets.split(",")
    with put_into(output, force=force) as path:
        published = reconcile(template) if as_published else ()
        content = Content(published, since, asked, protect=not no_protect, what_if=what_if)
        write(ledger, path, content, overwrite=force)
    for note in told(ledger):
        click.echo(note, err=str(output) == STANDARD)
