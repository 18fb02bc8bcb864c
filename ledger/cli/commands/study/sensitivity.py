"""`unitledger sensitivity`: how far an answer moves with each input that has a range."""

from __future__ import annotations

import attrs
import click

from unitledger.cli.inputs.settings import Settings, take_settings
from unitledger.cli.options import examples, offer_lines, take_json_or_csv, take_template
from unitledger.cli.output import figure, print_csv, print_json
from unitledger.compute.sensitivity import Sensitivity, Swing
from unitledger.units import Quantity

_FIGURES = tuple(field.name for field in attrs.fields(Swing) if field.name != "name")
_COLUMNS = ("option", "line", "input", *(f"{name}{end}" for name in _FIGURES for end in ("", "_unit")))


@click.command(
    "sensitivity",
    epilog=examples(
        "unitledger sensitivity serving_cost",
        "unitledger sensitivity serving_cost machine_hour --option h100 --csv",
    ),
)
@take_template
@click.argument("line", required=False, shell_complete=offer_lines)
@take_settings
@take_json_or_csv("the answer and the swings of each option", "each ranged input in each option")
def command(*, template: str, line: str | None, settings: Settings, as_json: bool, as_csv: bool) -> None:
    """Show how far LINE of TEMPLATE moves with each ranged input alone, the strongest first; the headline unless named.

    The base option is shown unless --option names others.
    """
    ledger, asked = settings.ledger(template)
    found = [ledger.sensitivity(line, option) for option in (asked if settings.options else (ledger.base,))]
    if as_json:
        print_json({"template": template, "options": {each.option: _as_json(each) for each in found}})
    elif as_csv:
        print_csv((_row(each, swing) for each in found for swing in each), _COLUMNS)
    else:
        click.echo("\n\n".join(map(str, found)))


def _as_json(found: Sensitivity) -> dict[str, object]:
    swings = [{"input": each.name, **{name: figure(getattr(each, name)) for name in _FIGURES}} for each in found]
    told = {"line": found.line, "answer": figure(found.answer), "swings": swings}
    return {**told, "without_answer": list(found.without_answer)}


def _row(found: Sensitivity, swing: Swing) -> dict[str, object]:
    held: list[Quantity] = [getattr(swing, name) for name in _FIGURES]
    cells = [cell for each in held for cell in figure(each).values()]
    return dict(zip(_COLUMNS, (found.option, found.line, swing.name, *cells), strict=True))
