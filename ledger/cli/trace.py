"""`unitledger trace`: what an answer of a template is made of."""

from __future__ import annotations

import sys

import click

from unitledger.cli.examples import examples
from unitledger.cli.output import draw
from unitledger.cli.settings import Settings, take_settings


@click.command(
    "trace",
    epilog=examples(
        "unitledger trace serving_cost token_cost",
        "unitledger trace serving_cost token_cost --option h100 --set load=50%",
        "unitledger trace serving_cost token_cost_cny --currency CNY",
    ),
)
@click.argument("template")
@click.argument("line")
@take_settings
def command(*, template: str, line: str, settings: Settings) -> None:
    """Show what LINE of TEMPLATE is made of, as a tree down to the inputs.

    The base option is shown unless --option names others.
    """
    ledger, asked = settings.ledger(template)
    traces = [ledger.trace(line, option) for option in (asked if settings.options else (ledger.base,))]
    if sys.stdout.isatty():
        for trace in traces:
            draw(trace)
    else:
        click.echo("\n\n".join(map(str, traces)))
