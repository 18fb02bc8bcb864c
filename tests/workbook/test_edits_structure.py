"""Headings of options, labels and names that somebody changed in a workbook: told, and an option that is gone once."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import Built
from damage import DAMAGE
from openpyxl import load_workbook
from working_copy import Parts, WorkingCopy

from unitledger.ledger import Ledger
from unitledger.workbook import Calculation, Edits, Problem

BOTH = ("rented", "bought")


@pytest.fixture
def built(machine: Ledger, tmp_path: Path) -> Built:
    return Built.of(machine, tmp_path / "machine.xlsx")


def damaged(built: Built, kind: str) -> Edits[Ledger]:
    copy = WorkingCopy(built, Parts("hour", "year", "power.tariff", "draw", "billing", "load", "rent"))
    DAMAGE[kind](copy)
    return built.ledger.read_edits(copy.save(built.path.with_name("copy.xlsx")))


def test_an_option_that_is_gone_on_calc_is_one_finding(built: Built) -> None:
    edits = damaged(built, "an option's column deleted on Calc")

    assert edits.calculations == (Calculation("options", BOTH, "Calc!C4", "rented, bought", "rented"),)
    assert (edits.changes, edits.problems) == ((), ())


def test_an_option_that_is_gone_on_inputs_is_one_problem(built: Built) -> None:
    edits = damaged(built, "an option's column deleted on Inputs")

    said = "the options are rented, not rented, bought. Options are changed in Python."
    assert edits.problems == (Problem("options", "", "Inputs!C4", said),)
    assert (edits.changes, edits.calculations) == ((), ())


def test_headings_on_calc(built: Built) -> None:
    edits = damaged(built, "headings of options swapped on Calc")

    assert edits.calculations == (Calculation("options", BOTH, "Calc!C4", "rented, bought", "bought, rented"),)


def test_a_label_on_inputs(built: Built) -> None:
    edits = damaged(built, "a label changed on Inputs")

    row = built.input("power.tariff", "rented").lstrip("C")
    said = (
        "its row has the label 'Something else', and no row bears its own, 'Power: tariff'. "
        "Put labels and rows back as they were."
    )
    assert edits.problems == (Problem("power.tariff", "", f"Inputs!A{row}", said),)


@pytest.mark.parametrize(
    ("pointing", "now"),
    [
        (None, "no name out_sold_hour"),
        ("Calc!$C$7:$D$7", "out_sold_hour: Calc!$C$7:$D$7"),
        ("Inputs!$C$7", "out_sold_hour: Inputs!$C$7"),
        ("#REF!", "no name out_sold_hour"),
    ],
)
def test_the_name_of_an_answer(built: Built, pointing: str | None, now: str) -> None:
    book = load_workbook(built.path)
    if pointing is None:
        del book.defined_names["out_sold_hour"]
    else:
        book.defined_names["out_sold_hour"].attr_text = pointing
    book.save(built.path)

    place = built.line("sold_hour", "rented")
    row = place.lstrip("C")
    was = f"out_sold_hour: Calc!$C${row}:$D${row}"
    assert built.ledger.read_edits(built.path).calculations == (
        Calculation("sold_hour", BOTH, f"Calc!{place}", was, now),
    )
