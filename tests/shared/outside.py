"""Every way in which a workbook from outside is opened, and what may come of it: an answer, or a refusal in words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from budgets import budget
from machine import rented_or_bought
from price_lists import price_list
from worked_on import parts

from unitledger.cli.output import Refusal
from unitledger.cli.settings import built_with
from unitledger.errors import LedgerError
from unitledger.ledger import Ledger
from unitledger.workbook import verify
from unitledger.workbook.cells.book import Book
from unitledger.workbook.cells.plain import NotPlain
from unitledger.workbook.cells.read import read_book
from unitledger.workbook.returned import read_earlier

LONGEST_SECONDS = 5.0
LONGEST_MESSAGE = 600
LONGEST_ANSWER = 30_000

Parts = Mapping[str, bytes]
CONTENT_TYPES, WORKBOOK, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, STRINGS, CORE = "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"
INPUTS, CALC, CONSTANTS = (f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 9))


CAME = {"people": ["5 person", "5 person"], "price": ["1.10 USD/Mtoken", "1.15 USD/Mtoken"]}
LEDGERS: Mapping[str, tuple[Callable[[], Ledger], str, str]] = {
    "machine": (rented_or_bought, "draw", "5.5 kW"),
    "months": (lambda: budget(3), "tariff", "0.30 USD/kWh"),
    "list": (price_list, "fleet.price@l4-us", "5 USD/machine/h"),
    "variance": (lambda: budget(3).against(CAME), "tariff", "0.30 USD/kWh"),
}
"""Ledgers whose workbooks come back, and an input that is written into them."""


@cache
def ledger(kind: str = "machine") -> Ledger:
    """Return the ledger whose workbook comes back."""
    return LEDGERS[kind][0]()


@cache
def sound(kind: str = "machine") -> dict[str, bytes]:
    """Return the parts of its workbook; changed copies are made of these, never these themselves."""
    with TemporaryDirectory() as folder:
        return parts(ledger(kind).to_excel(Path(folder) / "sound.xlsx"))


def _read(path: Path, kind: str) -> str:
    edits = ledger(kind).read_edits(path)
    if not edits.problems:
        edits.apply()
    return str(edits)


def _filled(path: Path, kind: str) -> Path:
    _, name, figure = LEDGERS[kind]
    return ledger(kind).fill(path, {ledger(kind).base: {name: figure}}, path.with_name("filled.xlsx"), overwrite=True)


VERBS: dict[str, Callable[[Path, str], object]] = {
    "edits": _read,
    "options": lambda path, kind: built_with(ledger(kind), path),
    "fill": _filled,
    "since": lambda path, kind: read_earlier(ledger(kind), path),
    "verify": lambda path, _: verify(path),
}


def _read_either_way(path: Path) -> tuple[Book | str, Book | str]:
    """Return what is read of a file by the pattern for plain sheets and by the library alone, or why it is not."""

    def outcome() -> Book | str:
        try:
            return read_book(path)
        except LedgerError as refused:
            return str(refused)

    first = outcome()
    with patch("unitledger.workbook.cells.read.plain_cells", side_effect=NotPlain):
        return first, outcome()


def outcomes(path: Path, kind: str = "machine") -> Iterator[tuple[str, str | None]]:
    """Yield each verb with its refusal, None where it answers; what else is raised is no outcome.

    Holds that none takes long, that no refusal goes on and on, and that plain sheets are read as all others are.
    """
    by_pattern, by_library = _read_either_way(path)
    assert by_pattern == by_library
    for verb, done in VERBS.items():
        start = sum(os.times()[:4])
        said = None
        try:
            answer = str(done(path, kind))
            assert len(answer) < LONGEST_ANSWER, f"{verb}: {answer:.500}"
        except (LedgerError, Refusal) as refused:
            said = str(refused)
        taken = sum(os.times()[:4]) - start
        assert taken < LONGEST_SECONDS, f"{verb} took {taken:.1f} s"
        assert said is None or len(said) < LONGEST_MESSAGE, f"{verb}: {said}"
        yield verb, said


def refusal(path: Path) -> str:
    """Return the words in which every verb refuses a file."""
    said = dict(outcomes(path))
    (words,) = set(said.values())
    assert words is not None, "the file was read"
    return words
