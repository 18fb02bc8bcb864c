"""The command: its commands by name, each imported when it is called, and refusals as one message."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from unitledger.cli.options import examples
from unitledger.cli.output import Refusal, end_output, prepare_output
from unitledger.errors import LedgerError, did_you_mean

_COMMANDS = {
    "list": ("about", "list_templates"),
    "show": ("about", "show_template"),
    "eval": ("values", "evaluate"),
    "trace": ("values", "trace_line"),
    "inputs": ("files", "write_inputs"),
    "build": ("files", "build_workbook"),
    "edits": ("returned", "list_edits"),
    "fill": ("returned", "fill_in"),
    "verify": ("returned", "verify_file"),
    "variance": ("compared", "compare_plan"),
    "reconcile": ("compared", "reconcile_documents"),
    "sweep": ("study", "sweep"),
    "sensitivity": ("study", "sensitivity"),
    "break-even": ("study", "break_even"),
    "simulate": ("study", "simulate"),
    "catalog": ("figures", "list_catalog"),
    "model": ("figures", "write_model"),
    "units": ("figures", "list_units"),
}
"""The commands: the module of each, and what it is called there."""


class Commands(click.Group):
    """The commands in the order in which somebody new would use them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command. Raises Refusal for a name that is none."""
        del ctx
        if cmd_name not in _COMMANDS:
            known = ", ".join(_COMMANDS)
            raise Refusal(f"No command {cmd_name!r}; there are {known}.{did_you_mean(cmd_name, _COMMANDS)}")
        module, called = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"unitledger.cli.commands.{module}"), called)
        return command

    def main(self, *args: Any, **given: Any) -> Any:
        """Run the command line, whatever standard output can show; where it can hold no more, say so."""
        prepare_output()
        try:
            return super().main(*args, **given)
        except OSError as failed:
            # A failure of a file has the file's name.
            if failed.filename is not None:
                raise
            end_output(f"Standard output could not be written: {failed.strerror}. Send it elsewhere, or make room.")

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the ledger refuses becomes a message without a traceback."""
        try:
            return super().invoke(ctx)
        except LedgerError as refused:
            raise Refusal(str(refused)) from refused


@click.group(
    cls=Commands,
    epilog=examples(
        "unitledger list",
        "unitledger eval serving_cost --set load=50%",
        "unitledger build serving_cost -o serving_cost.xlsx",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="unitledger")
def main() -> None:
    """Work out what language models cost, with units checked, and write it as live workbooks.

    Exit code 0 when done, 1 when edits, verify or reconcile found a difference, 2 with a message for what is refused.
    """
