"""Inputs that a command is given: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from unitledger import notation
from unitledger.cli.output import STANDARD
from unitledger.files.text import LARGEST, decoded
from unitledger.ledger import Ledger
from unitledger.model import Figure


def read(path: Path, ledger: Ledger) -> dict[str, dict[str, Figure]]:
    """Return what a .toml or .csv file sets differently from a ledger, by option and input; "-" is standard input.

    That is CSV where it begins with headings, else TOML. Raises InputsFileError.
    """
    if str(path) != STANDARD:
        return notation.read(path, ledger)
    file = "standard input"
    content = decoded(sys.stdin.buffer.read(LARGEST + 1), file)
    first = next(filter(None, map(str.strip, content.splitlines())), "")
    suffix = ".csv" if "name" in first.split(",") else ".toml"
    return notation.settled(notation.parsed(content, file, suffix, ledger), ledger, file)
