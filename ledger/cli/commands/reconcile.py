"""`unitledger reconcile`: what documents print against what the templates work out."""

from __future__ import annotations

from collections import Counter

import attrs
import click

from unitledger.cli.options import examples, offer_templates, take_json_or_csv
from unitledger.cli.output import print_csv, print_json, print_table, waiting
from unitledger.templates.published import Reconciled, Verdict, reconcile
from unitledger.units import grouped_number
from unitledger.views import Grid, sectioned

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
def command(ctx: click.Context, *, template: str | None, as_json: bool, as_csv: bool) -> None:
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
