"""What the command itself refuses; the ledger's own refusals become the same kind of message."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger.files.save import check_place


class Refusal(click.ClickException):
    """What was asked for cannot be done: one message on standard error, exit code 2."""

    exit_code = 2


def check_absent(path: Path, *, force: bool) -> None:
    """Raise Refusal when a file would be replaced that nobody said may be, WorkbookError where none could be put."""
    check_place(path)
    if path.exists() and not force:
        raise Refusal(f"{path} exists already. Give --force to replace it, or name another file.")
