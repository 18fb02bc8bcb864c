"""What a command prints: tables, in colour on a terminal and as aligned text elsewhere, or JSON or CSV for programs.

There a figure is {"value": 30.0, "unit": "%"}, as people write it; the word of a choice has the unit null. What a
terminal or a file cannot show, on a code page that lacks it, is a plain sign instead, else an escape. What cannot be
done is one message.
"""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import NoReturn

import click

from unitledger.files.save import check_place
from unitledger.files.text import csv_text
from unitledger.model import Figure
from unitledger.units import Quantity, Unit
from unitledger.views import Grid

_PLAIN = {
    **dict.fromkeys("−–—‐‑─", "-"),
    **dict.fromkeys("│├", "|"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’‹›", "'"),
    "×": "x",
    "÷": "/",
    "·": "*",
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "→": "->",
    "└": "`",
    "€": "EUR",
    "¥": "CNY",
    "²": "^2",
}
_NAME = "unitledger.plain"


def prepare_output() -> None:
    """Let standard output and error take every text, whatever their encoding, also where they were closed."""
    codecs.register_error(_NAME, _plain)
    # Where nobody listens, what is said goes nowhere.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for as long as the command
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for as long as the command
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def end_output(why: str) -> NoReturn:
    """End as for what is refused, with standard output given up: Python would try once more to write what is left."""
    Refusal(why).show()
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.exit(Refusal.exit_code)


def is_unicode(encoding: str | None) -> bool:
    """Whether an encoding has every character."""
    return codecs.lookup(encoding or "ascii").name.startswith("utf")


def _plain(failed: UnicodeError) -> tuple[str, int]:
    assert isinstance(failed, UnicodeEncodeError)
    lost = failed.object[failed.start : failed.end]
    return "".join(_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in lost), failed.end


class Refusal(click.ClickException):
    """What was asked for cannot be done: one message on standard error, exit code 2."""

    exit_code = 2


def check_absent(path: Path, *, force: bool) -> None:
    """Raise Refusal when a file would be replaced that nobody said may be, WorkbookError where none could be put."""
    check_place(path)
    if path.exists() and not force:
        raise Refusal(f"{path} exists already. Give --force to replace it, or name another file.")


STANDARD = "-"
"""Stands for standard input or output in the place of a file."""

_QUIET = 1.0
"""So many seconds work goes on before a terminal says so."""


@contextmanager
def put_into(output: Path, *, force: bool) -> Iterator[Path]:
    """Yield where a file is to be written, and say so afterwards; for "-" it goes to standard output in silence.

    Raises Refusal or WorkbookError where no file may be put, or where a terminal would show its bytes.
    """
    if str(output) != STANDARD:
        check_absent(output, force=force)
        with waiting(f"Writing {output.name}"):
            yield output
        click.echo(f"Wrote {output}.")
        return
    stdout = sys.stdout.buffer
    if stdout.isatty():
        raise Refusal("A workbook is not for a terminal. Name a file with -o, or send it on with | or >.")
    with TemporaryDirectory() as folder:
        path = Path(folder, "workbook.xlsx")
        yield path
        stdout.write(path.read_bytes())


@contextmanager
def waiting(doing: str) -> Iterator[None]:
    """Show on a terminal what is being done, once it takes longer than people wait without asking."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    shown = Console(stderr=True).status(f"{doing} ...")
    timer = Timer(_QUIET, shown.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        # It may be about to begin.
        timer.join()
        shown.stop()


def print_table(table: Grid) -> None:
    """Print a table to standard output, as a terminal or a pipe needs it."""
    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(table)
    else:
        click.echo(table.to_text())


def print_json(told: object) -> None:
    """Print a report to standard output; it holds no number that JSON lacks."""
    click.echo(json.dumps(told, indent=2, ensure_ascii=not is_unicode(sys.stdout.encoding), allow_nan=False))


def print_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str] = ()) -> None:
    """Print rows to standard output as CSV; all have the `columns` of the first, unless these are named."""
    listed = list(rows)
    columns = columns or list(listed[0] if listed else ())
    click.echo(csv_text([columns, *([_cell(row[column]) for column in columns] for row in listed)]), nl=False)


def _cell(held: object) -> object:
    """Return what stands in a cell: nothing for None, names with what they are set to, other things as they are."""
    if isinstance(held, Mapping):
        return "; ".join(f"{name}={set_to}" for name, set_to in held.items())
    return "" if held is None else held


def figure(value: Quantity | str) -> dict[str, object]:
    """Return a quantity, or the word of a choice, as number and unit."""
    if isinstance(value, str):
        return {"value": value, "unit": None}
    unit = Unit.of(value)
    return {"value": str(value) if unit.is_date else float(value.magnitude), "unit": unit.spelling}


def provenance(stated: Figure) -> dict[str, object]:
    """Return where a figure is from, and the day it held."""
    return {"source": stated.source, "as_of": stated.as_of and stated.as_of.isoformat()}
