"""An option that cannot be, typed into a workbook: seen on Summary, not taken over, and not filled in from Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from built import Built
from first_sheet import said
from recalculate import Cells, formualizer, held, libreoffice, retyped

from unitledger.errors import OptionRefused, ValueRefused
from unitledger.ledger import Ledger

TOLD = "A token cannot use more experts than there are: set experts."
REFUSED = f"Option 'large' is refused: {TOLD} There active = 20 expert, experts = 8 expert."
CASES = "; the options are cases, not alternatives."
LEFT_OUT = " Options left out, since they are not plausible: 1."
NONE = "Share used: no option is plausible; the alerts say why."


def model(*, alternatives: bool) -> Ledger:
    book = Ledger("Experts", option="small", alternatives=alternatives)
    experts = book.assume("experts", "8 expert", above=0, whole=True)
    used = book.assume("active", "2 expert", minimum=0, whole=True)
    book.headline(book.line("share", used / experts, "%", label="Share used"), better="lower")
    book.alert(used > experts, TOLD, refused=True)
    book.option("large", {"active": "4 expert"})
    return book


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
@pytest.mark.parametrize(
    ("alternatives", "typed", "answer"),
    [
        (
            False,
            (2, 4),
            "Share used: from 25.0 % in small to 50.0 % in large; the options are cases, not alternatives.",
        ),
        (False, (2, 20), f"Share used is 25.0 % in every case{CASES}{LEFT_OUT}"),
        (False, (30, 20), NONE),
        (True, (2, 20), f"Share used is lowest with small: 25.0 % (no other option is plausible).{LEFT_OUT}"),
        (True, (30, 20), NONE),
    ],
)
def test_it_is_left_out_of_the_answer(
    engine: Callable[[Path], Cells], alternatives: bool, typed: tuple[int, int], answer: str, tmp_path: Path
) -> None:
    built = Built.of(model(alternatives=alternatives), tmp_path / "experts.xlsx")
    contents = {built.input("active", option): each for option, each in zip(("small", "large"), typed, strict=True)}
    found = said(engine(retyped(built.path, "Inputs", contents)))

    assert found[0].partition(" But an alert")[0] == answer
    assert any(TOLD in line for line in found) == (max(typed) > 8)


def test_it_is_a_problem_at_the_cell_that_was_typed_into(tmp_path: Path) -> None:
    book = model(alternatives=False)
    built = Built.of(book, tmp_path / "experts.xlsx")
    cell = built.input("active", "large")
    edits = book.read_edits(retyped(built.path, "Inputs", {cell: 20}))

    (problem,) = edits.problems
    assert (problem.name, problem.option, problem.cell, problem.text) == ("active", "large", f"Inputs!{cell}", REFUSED)
    with pytest.raises(ValueRefused, match=f"Nothing is taken over from .*\n  active, Inputs!{cell}: Option 'large'"):
        edits.apply()
    assert book.read_edits(retyped(built.path, "Inputs", {cell: 8})).apply().value("share", "large").magnitude == 100


def test_it_is_not_filled_in(tmp_path: Path) -> None:
    book = model(alternatives=False)
    built = book.to_excel(tmp_path / "experts.xlsx")
    with pytest.raises(OptionRefused) as refused:
        book.fill(built, {"large": {"active": "20 expert"}}, tmp_path / "filled.xlsx")

    assert str(refused.value) == REFUSED
    assert not (tmp_path / "filled.xlsx").exists()
    filled = book.fill(built, {"large": {"active": "8 expert"}}, tmp_path / "filled.xlsx")
    assert "to 100.0 % in large" in said(held(filled))[0]
