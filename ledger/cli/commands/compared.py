"""`unitledger reconcile`, `variance`: figures that documents print, and a plan, against what comes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import attrs
import click

from unitledger.cli.options import PATH, examples, offer_options, offer_templates, take_json_or_csv, take_template
from unitledger.cli.output import Refusal, check_absent, figure, print_csv, print_json, print_table, waiting
from unitledger.cli.settings import Currency, Settings, pairs, take_currency
from unitledger.compute.against import Bridge, bridged
from unitledger.ledger import Ledger
from unitledger.templates.published import Reconciled, Verdict, reconcile
from unitledger.units import Unit, grouped_number, number_text
from unitledger.views import Grid, sectioned
from unitledger.workbook import write

_COLUMNS = ("case", "option", "output", "published", "computed", "difference", "unit", "verdict", "note")
_CASE = ("case", "template", "option", "settings", "output", "unit", "published", "rounding")

_MANY: dict[Verdict, str] = {
    "agrees": "agree",
    "holds": "hold",
    "differs": "differ",
    "does not hold": "do not hold",
    "not published": "not published",
}


@click.command(
    "reconcile",
    epilog=examples(
        "unitledger reconcile", "unitledger reconcile serving_cost", "unitledger reconcile serving_cost --json"
    ),
)
@click.argument("template", required=False, shell_complete=offer_templates)
@take_json_or_csv("one object for each figure", "each figure")
@click.pass_context
def reconcile_documents(ctx: click.Context, *, template: str | None, as_json: bool, as_csv: bool) -> None:
    """Compare the figures that documents print with what TEMPLATE works out, or with what all templates do.

    Exit code 1 when a figure differs and the document is not known to be wrong there.
    """
    with waiting("Working out what documents print"):
        found = reconcile(template)
    if as_json:
        print_json([_as_json(one) for one in found])
    elif as_csv:
        print_csv(map(_as_json, found))
    elif found:
        print_table(_table(found))
        click.echo(f"\n{_summary(found)}")
    else:
        click.echo(f"No document prints figures for {template}.")
    ctx.exit(0 if all(one.explained for one in found) else 1)


def _table(found: tuple[Reconciled, ...]) -> Grid:
    return Grid(_COLUMNS, tuple(sectioned((one.case.template, _row(one)) for one in found)), frozenset({3, 4, 5}))


def _row(one: Reconciled) -> tuple[str, ...]:
    case = one.case
    settings = (f"{name}={quantity}" for name, quantity in case.settings.items())
    published = "" if case.published is None else grouped_number(case.published)
    figures = (published, grouped_number(one.computed), _difference(one))
    return case.case, ", ".join([case.option, *settings]), case.output, *figures, case.unit, one.verdict, case.note


def _difference(one: Reconciled) -> str:
    """Return the difference as a share of the published figure, 0 where both are the same to six digits."""
    if one.difference is None:
        return ""
    if one.relative_difference is None:
        return grouped_number(one.difference)
    return f"{one.relative_difference:+.1%}" if abs(one.relative_difference) >= 0.0005 else "0"  # noqa: PLR2004


def _summary(found: tuple[Reconciled, ...]) -> str:
    counts = Counter(one.verdict for one in found)
    said = ", ".join(f"{counts[verdict]} {verb}" for verdict, verb in _MANY.items() if verdict in counts)
    unexplained = sum(not one.explained for one in found)
    known = f"{unexplained} without an explanation" if unexplained else "every difference is explained"
    return f"{len(found)} figures: {said}; {known}."


def _as_json(one: Reconciled) -> dict[str, object]:
    case = attrs.asdict(one.case)
    worked_out = {"computed": one.computed, "difference": one.difference, "verdict": one.verdict}
    return {**{field: case[field] for field in _CASE}, **worked_out, "note": one.case.note}


@click.command(
    "variance",
    epilog=examples(
        "unitledger variance serving_cost.xlsx serving_cost actuals.csv",
        "unitledger variance serving_cost.xlsx serving_cost actuals.csv --option h100 -o variance.xlsx --force",
    ),
    short_help="Compare a plan with what came of it.",
)
@click.argument("plan", type=PATH)
@take_template
@click.argument("actuals", type=PATH)
@click.option(
    "--option",
    metavar="OPTION",
    shell_complete=offer_options,
    help="The option that was carried out; the base option unless named.",
)
@click.option("--period", metavar="PERIOD", help="Of this period, not of all that have actual figures.")
@click.option(
    "--effect",
    "effects",
    multiple=True,
    metavar="NAME=EFFECT",
    help="What an input moves: volume, efficiency or price; else its unit says it. Repeatable.",
)
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write the comparison as an .xlsx file.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@take_json_or_csv(
    "effects of inputs, and of each line the plan, what each effect adds, and what came", "each step of each line"
)
@take_currency
def compare_plan(
    *,
    plan: Path,
    template: str,
    actuals: Path,
    option: str | None,
    period: str | None,
    effects: tuple[str, ...],
    output: Path | None,
    force: bool,
    as_json: bool,
    as_csv: bool,
    currency: Currency,
) -> None:
    """Compare PLAN, a workbook of TEMPLATE as people have edited it, with ACTUALS.

    ACTUALS is a CSV file, or an .xlsx file with the same on its first sheet: the columns name, unit and one for each
    period (actual without periods); a row is an input or a line. Volume at the plan's efficiency and prices comes
    first, then efficiency, then price, then what was booked beyond these.
    """
    if output is not None:
        check_absent(output, force=force)
    ledger, _ = Settings((), (), None, currency).of_workbook(template, plan)
    edits = ledger.read_edits(plan)
    if edits.problems:
        raise Refusal(f"{plan.name} cannot be taken as it is: {edits.problems[0].text} 'unitledger edits' tells more.")
    told = pairs("--effect", effects, "NAME=EFFECT", "load=volume")
    made = edits.apply().against(actuals, option, effects=told)
    bridges = [made.bridge(name, period) for name in bridged(made)]
    if as_json:
        moved = {} if made.outcome is None else {name: effect.value for name, effect in made.outcome.inputs.items()}
        print_json({"template": template, "effects": moved, "lines": {each.name: _steps(each) for each in bridges}})
    elif as_csv:
        print_csv({"line": each.name, "step": step, **told} for each in bridges for step, told in _steps(each).items())
    else:
        _say(made, bridges, period)
    if output is not None:
        write(made, output, overwrite=force)
        if not (as_json or as_csv):
            click.echo(f"\nWrote {output}.")


def _say(made: Ledger, bridges: list[Bridge], period: str | None) -> None:
    assert made.outcome is not None
    first, last = made.outcome.so_far[0], made.outcome.so_far[-1]
    when = period or (f"{first} to {last}" if first != last else last)
    click.echo(made.title + (f", {when}" if when else "") + "\n")
    effects = tuple(made.outcome.steps.values())
    headings = ("line", "plan", *(effect.value for effect in effects), "actual", "unit")
    rows = []
    for each in bridges:
        unit = Unit.of(each.plan)
        figures = (each.plan, *each.effects.values(), each.actual)
        rows.append((each.name, *(number_text(float(held.magnitude), unit) for held in figures), unit.spelling))
    print_table(Grid(headings, tuple(rows), frozenset(range(1, len(headings) - 1))))


def _steps(bridge: Bridge) -> dict[str, dict[str, object]]:
    moved = {effect.value: figure(by) for effect, by in bridge.effects.items()}
    return {"plan": figure(bridge.plan), **moved, "actual": figure(bridge.actual)}
