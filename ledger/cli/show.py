"""`unitledger show`: what a template is made of."""

from __future__ import annotations

import click

from unitledger import templates
from unitledger.cli import currency as reporting
from unitledger.cli.currency import Currency, take_currency, told
from unitledger.cli.examples import examples
from unitledger.cli.output import Table, print_table
from unitledger.cli.report import figure, print_json, provenance
from unitledger.expression import words
from unitledger.ledger import Ledger
from unitledger.model import Advice, Alert, Assumption, Choice, Setting, stale_rule
from unitledger.units import quantity
from unitledger.views import origin, shown


@click.command(
    "show",
    epilog=examples(
        "unitledger show serving_cost",
        "unitledger show serving_cost --currency CNY",
        "unitledger show serving_cost --json",
    ),
)
@click.argument("template")
@take_currency
@click.option("--json", "as_json", is_flag=True, help="Print JSON: inputs, constants, outputs, options and the rest.")
def command(*, template: str, currency: Currency, as_json: bool) -> None:
    """Show what TEMPLATE takes in and how it works out its lines."""
    ledger = currency.reported(templates.find(template)())
    if as_json:
        about = {"template": template, "title": ledger.title, "description": templates.describe(template)}
        print_json({**about, **reporting.as_json(ledger), **_as_json(ledger)})
        return
    click.echo(f"{ledger.title}\n{templates.describe(template)}\n{ledger.calendar.label}")
    if ledger.answer:
        click.echo(f"Answer: {ledger.answer.line}, the {ledger.answer.better} the better")
    for line in told(ledger):
        click.echo(line)
    _print("Inputs", _inputs(ledger))
    if ledger.constants:
        _print("Constants", _constants(ledger))
    _print("Lines", _lines(ledger))
    click.echo("\nOptions")
    for option in ledger.options:
        click.echo(f"  {option}{_differences(ledger, option)}")
    if ledger.exclusions:
        click.echo("\nNot in these figures\n" + "\n".join(f"  {text}" for text in ledger.exclusions))
    if ledger.advice:
        click.echo("\nRecommendations")
        for advice in ledger.advice:
            click.echo(f"  {advice.text} (when {words(advice.written)})")
    if ledger.alerts or ledger.stale_after is not None:
        click.echo("\nAlerts")
        for alert in ledger.alerts:
            click.echo(f"  {alert.text} (when {words(alert.written)})")
        if ledger.stale_after is not None:
            click.echo(f"  {stale_rule(ledger)}")


def _print(title: str, table: Table) -> None:
    click.echo(f"\n{title}\n")
    print_table(table)


def _inputs(ledger: Ledger) -> Table:
    rows: list[tuple[str, ...]] = []
    section = ""
    for name in ledger.inputs:
        target = ledger.input(name)
        if target.section != section:
            section = target.section
            rows.append((section or "Other",))
        if isinstance(target, Choice):
            value, unit, span = str(target.setting.value), "", " | ".join(target.words)
        else:
            value, unit, span = shown(float(target.setting.value), target.unit), target.unit.spelling, _span(target)
        rows.append((name, target.label, value, unit, span, origin(target.setting.figure)))
    return Table(("input", "what it is", "value", "unit", "range", "source"), tuple(rows), frozenset({2}))


def _span(target: Assumption) -> str:
    low, high = (
        "" if bound is None else shown(bound, target.unit) for bound in (target.setting.low, target.setting.high)
    )
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}" if high else ""


def _constants(ledger: Ledger) -> Table:
    rows = tuple(
        (
            name,
            constant.label,
            shown(constant.magnitude, constant.unit),
            constant.unit.spelling,
            origin(constant.figure),
        )
        for name, constant in ledger.constants.items()
    )
    return Table(("constant", "what it is", "value", "unit", "source"), rows, frozenset({2}))


def _lines(ledger: Ledger) -> Table:
    rows: list[tuple[str, ...]] = []
    section = ""
    for name, line in ledger.lines.items():
        if line.section != section:
            section = line.section
            rows.append((section or "Other",))
        rows.append((name, line.label, line.unit.spelling, words(line.written)))
    return Table(("line", "what it is", "unit", "how it is worked out"), tuple(rows))


def _differences(ledger: Ledger, option: str) -> str:
    if option == ledger.base:
        return " (base)"
    settings = ledger.options[option].settings
    return "".join(f"\n    {name} = {_setting(ledger, name, setting)}" for name, setting in settings.items())


def _setting(ledger: Ledger, name: str, setting: Setting) -> str:
    target = ledger.input(name)
    unit = "" if isinstance(target, Choice) else f" {target.unit}"
    value = setting.value if isinstance(target, Choice) else shown(float(setting.value), target.unit)
    return f"{value}{unit}  [{origin(setting.figure)}]"


def _as_json(ledger: Ledger) -> dict[str, object]:
    answer = ledger.answer
    alerts = [*map(_condition, ledger.alerts)]
    if ledger.stale_after is not None:
        alerts.append({"text": stale_rule(ledger), "when": None})
    return {
        "calendar": ledger.calendar.label,
        "as_of": ledger.as_of and ledger.as_of.isoformat(),
        "answer": answer and {"line": answer.line, "better": answer.better, "beside": list(answer.beside)},
        "inputs": {name: _input(ledger.input(name)) for name in ledger.inputs},
        "constants": {
            name: {"label": each.label, **figure(quantity(each.magnitude, each.unit)), **provenance(each.figure)}
            for name, each in ledger.constants.items()
        },
        "outputs": {
            name: {"label": line.label, "section": line.section, "unit": line.unit.spelling}
            | {"formula": words(line.written)}
            for name, line in ledger.lines.items()
        },
        "options": {
            option.name: {
                "inputs": {name: _figure(ledger.input(name), setting) for name, setting in option.settings.items()}
            }
            for option in ledger.options.values()
        },
        "exclusions": list(ledger.exclusions),
        "advice": [{**_condition(advice), "topic": advice.topic} for advice in ledger.advice],
        "alerts": alerts,
    }


def _input(target: Assumption | Choice) -> dict[str, object]:
    said = {"label": target.label, "section": target.section, **_figure(target, target.setting)}
    return {**said, "words": list(target.words) if isinstance(target, Choice) else None}


def _figure(target: Assumption | Choice, setting: Setting) -> dict[str, object]:
    """Return what an input is set to, with its range in the same unit."""
    if isinstance(target, Choice):
        return {**figure(str(setting.value)), "low": None, "high": None, **provenance(setting.figure)}
    value, low, high = (
        None if stored is None else quantity(float(stored), target.unit)
        for stored in (setting.value, setting.low, setting.high)
    )
    assert value is not None
    ends = {"low": low and float(low.magnitude), "high": high and float(high.magnitude)}
    return {**figure(value), **ends, **provenance(setting.figure)}


def _condition(held: Advice | Alert) -> dict[str, object]:
    return {"text": held.text, "when": words(held.written)}
