"""`unitledger trace`: what an answer of a template is made of."""

from __future__ import annotations

import click

from unitledger.cli.options import examples, offer_lines, take_json_or_csv, take_template
from unitledger.cli.output import figure, print_csv, print_json, provenance
from unitledger.cli.settings import Settings, take_settings
from unitledger.cli.settings import as_json as reporting
from unitledger.ledger import Ledger
from unitledger.views import figure_of
from unitledger.views.trace import Part


@click.command(
    "trace",
    epilog=examples(
        "unitledger trace serving_cost token_cost",
        "unitledger trace serving_cost token_cost --option h100 --set load=50%",
        "unitledger trace serving_cost token_cost_cny --currency CNY",
        "unitledger trace serving_cost token_cost --json",
    ),
)
@take_template
@click.argument("line", shell_complete=offer_lines)
@take_settings
@take_json_or_csv("the parts for each option, from the top down", "each part in each option")
def command(*, template: str, line: str, settings: Settings, as_json: bool, as_csv: bool) -> None:
    """Show what LINE of TEMPLATE is made of, as a tree down to the inputs.

    The base option is shown unless --option names others.
    """
    ledger, asked = settings.ledger(template)
    traces = [ledger.trace(line, option) for option in (asked if settings.options else (ledger.base,))]
    parts = {each.option: [_as_json(ledger, each.option, part) for part in each.parts] for each in traces}
    if as_json:
        told = {option: {"parts": held} for option, held in parts.items()}
        print_json({"template": template, "line": line, **reporting(ledger), "options": told})
    elif as_csv:
        print_csv({"option": option, **part} for option, held in parts.items() for part in held)
    else:
        click.echo("\n\n".join(map(str, traces)))


def _as_json(ledger: Ledger, option: str, part: Part) -> dict[str, object]:
    named = {"depth": part.depth, "name": part.name or None, "label": part.label, **figure(part.value)}
    stated = figure_of(ledger, part.name, option) if part.name else None
    told = {"source": part.source or None, "as_of": None} if stated is None else provenance(stated)
    return {**named, "formula": part.formula or None, **told, "remark": part.remark or None}
