"""Check 3 for every sheet that shows what comes out: a formula typed over is found, also by the value that it shows.

Formualizer takes no cell for a formula, and so finds none of these; LibreOffice does, and so do edits.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from built import Built
from machine import rented_or_bought
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from recalculate import held, retyped, saved_all_by_libreoffice

SHEETS = ("Summary", "Calc", "Sensitivity", "Second calculation", "As built")


def chosen(built: Built) -> list[tuple[str, str]]:
    """Of each sheet the first formula that shows a text, the first and the last that shows a number."""
    found = []
    for sheet in SHEETS:
        places = [at for name, at in built.formulas if name == sheet and int(re.sub("[A-Z]", "", at)) > 3]
        texts = [at for at in places if isinstance(built.cached.get((sheet, at)), str)]
        numbers = [at for at in places if isinstance(built.cached.get((sheet, at)), int | float)]
        found += [(sheet, at) for at in dict.fromkeys((*texts[:1], numbers[0], numbers[-1]))]
    return found


def typed_over(built: Built, sheet: str, address: str, content: Any) -> Path:
    return retyped(built.path, sheet, {address: content})


def count(cells: dict[tuple[str, str], Any]) -> Any:
    (row,) = [at[1:] for (sheet, at), said in cells.items() if said == "Formulas typed over or emptied"]
    return cells["Checks", f"C{row}"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built.of(rented_or_bought(), tmp_path_factory.mktemp("typed") / "machine.xlsx")


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_formula_typed_over_by_what_it_shows_fails(built: Built, tmp_path: Path) -> None:
    paths = {}
    for place, (sheet, at) in enumerate(chosen(built)):
        path = typed_over(built, sheet, at, built.cached[sheet, at])
        paths[sheet, at] = path.rename(tmp_path / f"typed_{place}.xlsx")
    saved_all_by_libreoffice([built.path, *paths.values()], tmp_path / "out")

    assert count(held(tmp_path / "out" / built.path.name)) == 0
    for where, path in paths.items():
        shown = held(tmp_path / "out" / path.name)
        assert (shown["Summary", "A2"], count(shown)) == ("Integrity: FAIL", 1), where


def test_edits_tell_of_it(built: Built) -> None:
    assert built.ledger.read_edits(built.path).calculations == ()
    for sheet, at in chosen(built):
        for content in (built.cached[sheet, at], None):
            (told,) = built.ledger.read_edits(typed_over(built, sheet, at, content)).calculations
            assert told.name == "formulas" or (sheet, told.cell) == ("Calc", f"Calc!{at}")


def test_what_is_typed_beside_formulas_is_no_damage(built: Built) -> None:
    assert built.ledger.read_edits(typed_over(built, "Summary", "Z60", "=1+1")).calculations == ()


def test_a_cell_that_holds_no_formula_any_more_is_painted(built: Built) -> None:
    for sheet in SHEETS:
        rules = [
            (place, rule.formula[0])
            for place in built.book[sheet].conditional_formatting
            for rule in place.rules
            if rule.formula and "ISFORMULA" in rule.formula[0]
        ]
        painted = {at for place, _ in rules for area in place.sqref.ranges for at in map(_address, area.cells)}
        assert painted == {at for name, at in built.formulas if name == sheet and int(re.sub("[A-Z]", "", at)) > 3}
        for place, formula in rules:
            # Some programs count from the first area, some from the first row and column of all of them.
            first, *others = [coordinate_to_tuple(area.split(":")[0]) for area in str(place.sqref).split(" ")]
            assert all(row >= first[0] and column >= first[1] for row, column in others)
            assert formula == f"NOT(_xlfn.ISFORMULA({_address(first)}))"


def _address(place: tuple[int, int]) -> str:
    return f"{get_column_letter(place[1])}{place[0]}"
