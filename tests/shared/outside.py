"""Every way in which a workbook from outside is opened, and what may come of it: an answer, or a refusal in words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from machine import rented_or_bought
from worked_on import parts

from unitledger.cli.output import Refusal
from unitledger.cli.settings import built_with
from unitledger.errors import LedgerError
from unitledger.ledger import Ledger
from unitledger.workbook import verify
from unitledger.workbook.returned import read_earlier

LONGEST_SECONDS = 5.0
LONGEST_MESSAGE = 600
LONGEST_ANSWER = 30_000

Parts = Mapping[str, bytes]
CONTENT_TYPES, WORKBOOK, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, STRINGS, CORE = "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"
INPUTS, CALC, CONSTANTS = (f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 9))


@cache
def ledger() -> Ledger:
    """Return the ledger whose workbook comes back."""
    return rented_or_bought()


@cache
def sound() -> dict[str, bytes]:
    """Return the parts of its workbook; changed copies are made of these, never these themselves."""
    with TemporaryDirectory() as folder:
        return parts(ledger().to_excel(Path(folder) / "sound.xlsx"))


VERBS: dict[str, Callable[[Path], object]] = {
    "edits": lambda path: ledger().read_edits(path),
    "options": lambda path: built_with(ledger(), path),
    "fill": lambda path: ledger().fill(path, {"rented": {"draw": "5.5 kW"}}, path.with_name("filled.xlsx")),
    "since": lambda path: read_earlier(ledger(), path),
    "verify": verify,
}


def outcomes(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield each verb with its refusal, None where it answers; what else is raised is no outcome.

    Holds that none takes long and that no refusal goes on and on.
    """
    for verb, done in VERBS.items():
        start = sum(os.times()[:4])
        said = None
        try:
            answer = str(done(path))
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
