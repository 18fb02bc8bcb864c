"""`unitledger list`, `show`: the templates there are, and what one is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from unitledger import templates
from unitledger.cli.options import examples, take_json_or_csv, take_template
from unitledger.cli.output import figure, print_csv, print_json, print_table, provenance
from unitledger.cli.settings import Currency, take_currency, told
from unitledger.cli.settings import as_json as reporting
from unitledger.errors import LedgerError, brief
from unitledger.expression import words
from unitledger.ledger import Ledger
from unitledger.model import Advice, Alert, Choice, Input, Line, Setting, stale_rule
from unitledger.units import quantity
from unitledger.views import Grid, answered, constants_table, cover, origin, sectioned, shown, stated, unit_text


@click.command("list", epilog=examples("unitledger list"))
@take_json_or_csv("names and descriptions", "each template")
def list_templates(*, as_json: bool, as_csv: bool) -> None:
    """List the templates."""
    described = {name: _described(name) for name in templates.names()}
    if as_json:
        print_json(described)
    elif as_csv:
        print_csv({"template": name, "description": said} for name, said in described.items())
    else:
        print_table(Grid(("template", "what it answers"), tuple(described.items())))


def _described(name: str) -> str:
    try:
        return templates.describe(name)
    # One package that cannot be imported hides none of the others.
    except LedgerError as failed:
        return f"cannot be used: {brief(failed)}"


_COLUMNS = ("what", "name", "option", "label", "value", "unit", "low", "high", "formula", "source", "as_of")


@click.command(
    "show",
    epilog=examples(
        "unitledger show serving_cost",
        "unitledger show serving_cost --currency CNY",
        "unitledger show serving_cost --json",
    ),
)
@take_template
@take_currency
@take_json_or_csv("inputs, constants, outputs, options and the rest", "each input, constant and output")
def show_template(*, template: str, currency: Currency, as_json: bool, as_csv: bool) -> None:
    """Show what TEMPLATE takes in and how it works out its lines."""
    ledger = currency.ledger(template)
    if as_json:
        about = {"template": template, "title": ledger.title, "description": templates.describe(template)}
        print_json({**about, **reporting(ledger), **_as_json(ledger)})
        return
    if as_csv:
        print_csv(_rows(ledger), _COLUMNS)
        return
    described = [] if ledger.purpose else [templates.describe(template)]
    answer = [answered(ledger, ledger.answer.line)] if ledger.answer else []
    click.echo("\n".join([ledger.title, *described, ledger.calendar.label, *cover(ledger), *answer, *told(ledger)]))
    for title, table in (
        ("Inputs", _inputs(ledger)),
        ("Constants", constants_table(ledger, ("constant", "what it is", "value", "unit", "source"))),
        ("Lines", _lines(ledger)),
    ):
        if table.rows or title != "Constants":
            click.echo(f"\n{title}\n")
            print_table(table)
    stale = [] if ledger.stale_after is None else [stale_rule(ledger)]
    for title, texts in (
        ("Options", [f"{option}{_differences(ledger, option)}" for option in ledger.options]),
        ("Not in these figures", ledger.exclusions),
        (
            "Recommendations" if ledger.alternatives else "Advice",
            [f"{each.text} (when {words(each.written)})" for each in ledger.advice],
        ),
        ("Alerts", [_told(each) for each in ledger.alerts] + stale),
    ):
        if texts:
            click.echo("\n".join([f"\n{title}", *(f"  {text}" for text in texts)]))


def _inputs(ledger: Ledger) -> Grid:
    def row(target: Input) -> tuple[str, ...]:
        value = stated(target, target.setting.value)
        return target.name, target.label, value, unit_text(target), _span(target), origin(target.setting.figure)

    rows = sectioned((target.section, row(target)) for target in ledger.inputs.values())
    return Grid(("input", "what it is", "value", "unit", "range", "source"), tuple(rows), frozenset({2}))


def _span(target: Input) -> str:
    if isinstance(target, Choice):
        return " | ".join(target.words)
    bounds = (target.setting.low, target.setting.high)
    low, high = ("" if bound is None else shown(bound, target.unit) for bound in bounds)
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}" if high else ""


def _lines(ledger: Ledger) -> Grid:
    rows = sectioned(
        (line.section, (name, line.label, line.unit.spelling, words(line.written)))
        for name, line in ledger.lines.items()
    )
    return Grid(("line", "what it is", "unit", "how it is worked out"), tuple(rows))


def _differences(ledger: Ledger, option: str) -> str:
    held = ledger.options[option]
    said = (" (base)" if option == ledger.base else "") + (f": {held.description}" if held.description else "")
    for name, setting in held.settings.items():
        target = ledger.input(name)
        value = f"{stated(target, setting.value)} {unit_text(target)}".rstrip()
        said += f"\n    {name} = {value}  [{origin(setting.figure)}]"
    return said


def _as_json(ledger: Ledger) -> dict[str, object]:
    answer = ledger.answer
    stale = [] if ledger.stale_after is None else [{"text": stale_rule(ledger), "when": None, "refused": False}]
    better = answer and answer.better if ledger.alternatives else None
    return {
        "calendar": ledger.calendar.label,
        "as_of": ledger.as_of and ledger.as_of.isoformat(),
        "purpose": ledger.purpose,
        "decision": ledger.decision,
        "author": ledger.author,
        "owner": ledger.owner,
        "period": ledger.period,
        "built_on": ledger.built_on and ledger.built_on.isoformat(),
        "alternatives": ledger.alternatives,
        "answer": answer and {"line": answer.line, "better": better, "beside": list(answer.beside)},
        "inputs": {name: _input(target) for name, target in ledger.inputs.items()},
        "constants": {
            name: {"label": each.label, **figure(quantity(each.magnitude, each.unit)), **provenance(each.figure)}
            for name, each in ledger.constants.items()
        },
        "outputs": {name: _output(line) for name, line in ledger.lines.items()},
        "options": {
            name: {
                "description": option.description,
                "inputs": {each: _figure(ledger.input(each), setting) for each, setting in option.settings.items()},
            }
            for name, option in ledger.options.items()
        },
        "exclusions": list(ledger.exclusions),
        "advice": [{**_condition(advice), "topic": advice.topic} for advice in ledger.advice],
        "alerts": [*({**_condition(alert), "refused": alert.refused} for alert in ledger.alerts), *stale],
    }


def _rows(ledger: Ledger) -> Iterator[dict[str, object]]:
    """Yield inputs, constants and outputs, and the inputs that options have as their own."""
    told: Any = _as_json(ledger)
    own = {option: held["inputs"] for option, held in told["options"].items()}
    for what, option, held in (
        ("input", None, told["inputs"]),
        ("constant", None, told["constants"]),
        ("output", None, told["outputs"]),
        *(("input", option, inputs) for option, inputs in own.items()),
    ):
        for name, about in held.items():
            yield {**dict.fromkeys(_COLUMNS), "what": what, "option": option, "name": name, **about}


def _input(target: Input) -> dict[str, object]:
    said = {"label": target.label, "section": target.section, **_figure(target, target.setting)}
    return {**said, "words": list(target.words) if isinstance(target, Choice) else None}


def _figure(target: Input, setting: Setting) -> dict[str, object]:
    """Return what an input is set to, with its range in the same unit."""
    if isinstance(target, Choice):
        return {**figure(str(setting.value)), "low": None, "high": None, **provenance(setting.figure)}
    low, high = (
        None if bound is None else float(quantity(bound, target.unit).magnitude)
        for bound in (setting.low, setting.high)
    )
    value = figure(quantity(float(setting.value), target.unit))
    return {**value, "low": low, "high": high, **provenance(setting.figure)}


def _output(line: Line) -> dict[str, object]:
    said = {"label": line.label, "section": line.section, "unit": line.unit.spelling}
    return {**said, "formula": words(line.written)}


def _told(alert: Alert) -> str:
    return f"{alert.text} ({'refused ' if alert.refused else ''}when {words(alert.written)})"


def _condition(held: Advice | Alert) -> dict[str, object]:
    return {"text": held.text, "when": words(held.written)}
