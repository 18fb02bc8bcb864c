"""How a command is decorated: examples under its help, shared options, and what a shell offers for them on tab."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce, wraps
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import click
from click.shell_completion import CompletionItem

from unitledger.cli.output import Refusal
from unitledger.errors import LedgerError
from unitledger.ledger import Ledger

_Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def offer_templates(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the templates that begin so; after a dot or a slash, files."""
    from unitledger import templates

    del ctx, param
    if begun.startswith(".") or "/" in begun:
        return [CompletionItem(begun, type="file")]
    return _beginning(templates.names(), begun)


def offered(held: Callable[[Ledger], Iterable[str]], ending: str = "") -> _Offer:
    """Return what offers names that a ledger holds, each with an `ending`, once its template stands on the line."""

    def offer(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
        from unitledger import templates

        del param
        try:
            return _beginning([f"{name}{ending}" for name in held(templates.find(_template(ctx))())], begun)
        # Nothing is offered of a template that is none or fails; the command will say why.
        except LedgerError:
            return []

    return offer


offer_options = offered(lambda ledger: ledger.options)
offer_input = offered(lambda ledger: ledger.inputs)
offer_inputs = offered(lambda ledger: ledger.inputs, "=")
offer_entries = offered(lambda ledger: (*ledger.lines, *ledger.inputs), "=")
offer_lines = offered(lambda ledger: ledger.lines)


def _template(ctx: click.Context) -> str:
    """Return the template on the line, "" without one."""
    given = ctx.params.get("template")
    if given is None:
        # With an option whose value is still to come, what stands before it has not been told apart.
        arguments = [each.name for each in ctx.command.params if isinstance(each, click.Argument)]
        words = [word for word in ctx.args if not word.startswith("-")]
        given = dict(zip(arguments, words, strict=False)).get("template", "")
    return str(given)


def _beginning(names: Iterable[str], begun: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(begun)]


Command: TypeAlias = Callable[..., None]
Decorator: TypeAlias = Callable[[Command], Command]

PATH = click.Path(path_type=Path)

take_template = click.argument("template", shell_complete=offer_templates)
"""Gives a command TEMPLATE: the name of one, or the path of a file of one's own."""


def take_lines(said: str) -> Decorator:
    """Give a command --line; it receives `lines`, by name. `said`: what becomes of them, for --help."""
    said = f"{said}; may be repeated."
    return click.option("--line", "lines", multiple=True, metavar="LINE", shell_complete=offer_lines, help=said)


def examples(*commands: str) -> str:
    """Return the epilog of a command: each example on a line of its own."""
    # The first character keeps click from joining the lines.
    return "\n".join(["\b", "Examples:", *(f"  {command}" for command in commands)])


def _alone(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    """Return what one of --json and --csv says. Raises Refusal where both are given."""
    del param
    if value and (ctx.params.get("as_json") or ctx.params.get("as_csv")):
        raise Refusal("--json and --csv are two forms of the same output: give one of them.")
    return value


def take_json_or_csv(holds: str, row: str) -> Decorator:
    """Give a command --json and --csv, of which it takes one; `holds`: what JSON has, `row`: what a row of CSV is."""
    json = click.option("--json", "as_json", is_flag=True, callback=_alone, help=f"Print JSON: {holds}.")
    csv = click.option("--csv", "as_csv", is_flag=True, callback=_alone, help=f"Print CSV: a row for {row}.")
    return stacked(json, csv)


def take_output(
    kind: str, metavar: str = "FILE", replaces: str = "the file if there is one.", default: str | None = None
) -> Decorator:
    """Give a command -o for a file of a kind, which is required without a default, and --force."""
    # A default of None would be taken for one.
    without: dict[str, Any] = {"required": True} if default is None else {"default": default}
    return stacked(
        click.option("-o", "--output", type=PATH, metavar=metavar, help=kind, **without),
        click.option("--force", is_flag=True, help=f"Replace {replaces}"),
    )


def stacked(*decorators: Decorator) -> Decorator:
    """Return decorators as one; help lists their options in this order."""
    return lambda command: reduce(lambda taken, decorator: decorator(taken), reversed(decorators), command)


def gathered(name: str, held: type[Any], *decorators: Decorator) -> Decorator:
    """Give a command options that it receives under one name, held by an attrs class whose fields are their names."""

    def gather(command: Command) -> Command:
        @wraps(command)
        def receive(**given: Any) -> None:
            command(**{name: held(**{field.name: given.pop(field.name) for field in attrs.fields(held)})}, **given)

        return stacked(*decorators)(receive)

    return gather
