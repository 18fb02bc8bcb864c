"""`unitledger break-even`: the figure of an input at which two options come out equal."""

from __future__ import annotations

import click

from unitledger.cli.inputs.settings import Settings, take_settings
from unitledger.cli.options import examples, offer_input, offer_lines, take_json_or_csv, take_template
from unitledger.cli.output import Refusal, figure, print_csv, print_json


@click.command(
    "break-even",
    epilog=examples(
        "unitledger break-even serving_cost load --option rtx4090 --option h100",
        "unitledger break-even serving_cost load --option rtx4090 --option h100 --line machine_hour --json",
    ),
)
@take_template
@click.argument("name", metavar="INPUT", shell_complete=offer_input)
@click.option(
    "--line", metavar="LINE", shell_complete=offer_lines, help="Compare this line; the headline unless named."
)
@take_settings
@take_json_or_csv("the options, the line, the input and its figure, null where there is none", "the figure")
def command(*, template: str, name: str, line: str | None, settings: Settings, as_json: bool, as_csv: bool) -> None:
    """Say at which figure of INPUT, from its low to its high, two options of TEMPLATE come out equal."""
    ledger, asked = settings.ledger(template)
    if len(asked) != 2:  # noqa: PLR2004 - a pair.
        raise Refusal(
            f"A break-even is between two options: give --option twice. There are {', '.join(ledger.options)}."
        )
    found = ledger.break_even(name, *asked, line)
    compared = line or (ledger.answer.line if ledger.answer else "")
    held = None if found is None else figure(found)
    if as_json:
        print_json({"template": template, "options": list(asked), "line": compared, "input": name, "figure": held})
        return
    if as_csv:
        row = {"option": asked[0], "other": asked[1], "line": compared, "input": name}
        print_csv([{**row, **(held or {"value": None, "unit": None})}])
        return
    alike = f"{compared} of {asked[0]} and {asked[1]}"
    click.echo(
        f"No figure of {name} in its range makes {alike} equal."
        if found is None
        else f"{alike} are equal at {name} = {found}."
    )
