"""What a shell offers when the tabulator is pressed: templates, and the options, inputs and lines of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

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
