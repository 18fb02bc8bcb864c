"""`unitledger reconcile`: what documents print against what the templates work out."""

from __future__ import annotations

from collections import Counter

import click

from unitledger.cli.examples import examples
from unitledger.cli.output import Table, number, print_table
from unitledger.cli.report import print_json
from unitledger.templates.published import Reconciled, Verdict, reconcile

_COLUMNS = ("case", "option", "output", "published", "computed", "difference", "unit", "verdict", "note")

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
        "unitledger reconcile",
        "unitledger reconcile serving_cost",
        "unitledger reconcile serving_cost --json",
    ),
)
@click.argument("template", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one object for each figure.")
@click.pass_context
def command(ctx: click.Context, *, template: str | None, as_json: bool) -> None:
    """Compare the figures that documents print with what TEMPLATE works out, or with what all templates do.

    Exit code 1 when a figure differs and the document is not known to be wrong there.
    """
    found = reconcile(template)
    if as_json:
        print_json([_as_json(one) for one in found])
    elif found:
        print_table(_table(found))
        click.echo(f"\n{_summary(found)}")
    else:
        click.echo(f"No document prints figures for {template}.")
    ctx.exit(0 if all(one.explained for one in found) else 1)


def _table(found: tuple[Reconciled, ...]) -> Table:
    rows: list[tuple[str, ...]] = []
    title = ""
    for one in found:
        case = one.case
        if case.template != title:
            title = case.template
            rows.append((title,))
        settings = ", ".join(f"{name}={quantity}" for name, quantity in case.settings.items())
        rows.append(
            (
                case.case,
                f"{case.option}, {settings}" if settings else case.option,
                case.output,
                "" if case.published is None else number(case.published),
                number(one.computed),
                _difference(one),
                case.unit,
                one.verdict,
                case.note,
            )
        )
    return Table(_COLUMNS, tuple(rows), frozenset({3, 4, 5}))


def _difference(one: Reconciled) -> str:
    """Return the difference as a share of the published figure, 0 where both are the same to six digits."""
    if one.difference is None:
        return ""
    if one.relative_difference is None:
        return number(one.difference)
    return f"{one.relative_difference:+.1%}" if abs(one.relative_difference) >= 0.0005 else "0"  # noqa: PLR2004


def _summary(found: tuple[Reconciled, ...]) -> str:
    counts = Counter(one.verdict for one in found)
    said = ", ".join(f"{counts[verdict]} {verb}" for verdict, verb in _MANY.items() if verdict in counts)
    unexplained = sum(not one.explained for one in found)
    known = f"{unexplained} without an explanation" if unexplained else "every difference is explained"
    return f"{len(found)} figures: {said}; {known}."


def _as_json(one: Reconciled) -> dict[str, object]:
    case = one.case
    return {
        "case": case.case,
        "template": case.template,
        "option": case.option,
        "settings": dict(case.settings),
        "output": case.output,
        "unit": case.unit,
        "published": case.published,
        "rounding": case.rounding,
        "computed": one.computed,
        "difference": one.difference,
        "verdict": one.verdict,
        "note": case.note,
    }
