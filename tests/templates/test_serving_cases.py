"""Every published figure of document 001's serving half: recomputed as stated, and as near to print as it should be.

A row of cases_serving.csv: the template, the option, inputs set beside it, the output and its unit; the figure that
the document prints, the same formula worked out independently, and the relative rounding that the print may have.
`departs` marks print that does not follow from its own inputs.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from unitledger.ledger import Ledger
from unitledger.templates import find
from unitledger.units import Unit, magnitude

TABLE = Path(__file__).with_name("cases_serving.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))

ledger_of = cache(lambda template: find(template)())


def settings(text: str) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in text.split(";") if part.strip())
    return {name.strip(): quantity.strip() for name, quantity in pairs}


def worked_out(row: dict[str, str]) -> float:
    book: Ledger = ledger_of(row["template"])
    if row["settings"]:
        book = book.with_settings({row["option"]: settings(row["settings"])})
    return magnitude(book.value(row["output"], row["option"]), Unit.parse(row["unit"]))


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_the_template_gives_what_the_formula_gives(row: dict[str, str]) -> None:
    assert worked_out(row) == pytest.approx(float(row["recomputed"]), rel=1e-9)


PRINTED = [row for row in ROWS if row["published"] and not row["document"]]


@pytest.mark.parametrize("row", PRINTED, ids=[row["case"] for row in PRINTED])
def test_the_document_prints_the_same_but_for_rounding(row: dict[str, str]) -> None:
    assert worked_out(row) == pytest.approx(float(row["published"]), rel=float(row["tolerance"]))


DEPARTING = [row for row in ROWS if row["document"] == "departs"]


@pytest.mark.parametrize("row", DEPARTING, ids=[row["case"] for row in DEPARTING])
def test_where_the_document_departs_from_its_own_inputs_the_template_does_not_follow(row: dict[str, str]) -> None:
    assert worked_out(row) != pytest.approx(float(row["published"]), rel=float(row["tolerance"]))


def test_no_case_stands_twice() -> None:
    assert len({row["case"] for row in ROWS}) == len(ROWS) == 136
