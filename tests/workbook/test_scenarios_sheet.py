"""The sheet Scenarios: every column works the same lines out, from Inputs, and damage to it is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from formula_text import relative
from hypothesis import HealthCheck, Phase, given, settings
from recalculate import Cells, Desk, agree, differences, formualizer, formulas, held, libreoffice, named_cells
from strategies import ledgers

from unitledger import templates
from unitledger.ledger import Ledger


@pytest.fixture(name="path", scope="module")
def of_the_serving_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = templates.find("serving_cost")().only("rtx4090", "h100", "farm")
    return book.to_excel(tmp_path_factory.mktemp("scenarios") / "serving.xlsx")


def body(path: Path) -> dict[int, dict[str, str]]:
    """The formulas of inputs, other names and lines by row and column; the last column counts cells off Calc."""
    cells = held(path)
    # A section's title has no unit.
    titles = {
        value: int(at[1:])
        for (sheet, at), value in cells.items()
        if sheet == "Scenarios" and at[0] == "A" and at[1:].isdigit() and ("Scenarios", f"B{at[1:]}") not in cells
    }
    rows = range(titles["Inputs that are varied"], titles.get("Break-even", titles["When built"]))
    found: dict[int, dict[str, str]] = {}
    for (sheet, at), text in formulas(path).items():
        column, row = at.rstrip("0123456789"), int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if sheet == "Scenarios" and row in rows:
            found.setdefault(row, {})[column] = text
    return found


def base_cell(path: Path, name: str) -> str:
    """Address of the base option's cell of an input."""
    return named_cells(path, name)[name][1][0]


def test_one_formula_per_row_over_all_columns(path: Path) -> None:
    rows = body(path)

    assert len(rows) > 15
    for row, by_column in rows.items():
        *columns, counts = by_column
        # Three options, low and high of seven inputs, nine points and eight refinements of two options.
        assert len(columns) == 3 + 2 * 7 + 2 * (9 + 8)
        assert len({relative(by_column[column], f"{column}{row}") for column in columns}) == 1, row
        assert by_column[counts].startswith("=SUMPRODUCT(")


def test_formulas_are_short(path: Path) -> None:
    texts = [text for (sheet, _), text in formulas(path).items() if sheet in {"Scenarios", "Sensitivity"}]

    assert max(len(re.findall(r"\bIF\(", text)) for text in texts) == 1
    assert max(len(text) for text in texts if "&" not in text) < 120


def test_the_base_block_is_calc_worked_out_anew(path: Path) -> None:
    cells = held(path)
    desk = Desk(path)
    desk.type("Inputs", {base_cell(path, "in_load"): 0.6})

    calc = {value: at[1:] for (sheet, at), value in cells.items() if sheet == "Calc" and at[0] == "A"}
    for row in body(path):
        for column in "CDE":
            found = desk.read("Calc", f"{column}{calc[cells['Scenarios', f'A{row}']]}")
            assert agree(desk.read("Scenarios", f"{column}{row}"), found), (row, column)
    assert desk.status()[:2] == ("OK", "EDITED (1)")


def test_a_line_changed_on_calc_and_on_checks_alike_is_found_after_an_edit(path: Path) -> None:
    desk, cells, texts = Desk(path), held(path), formulas(path)
    desk.type("Inputs", {base_cell(path, "in_load"): 0.6})
    (label,) = {value for (sheet, _), value in cells.items() if sheet == "Calc" and str(value).startswith("Energy")}
    (calc,) = (f"C{at[1:]}" for (sheet, at), value in cells.items() if (sheet, value) == ("Calc", label))
    copies = [
        f"C{at[1:]}"
        for (sheet, at), value in cells.items()
        if (sheet, value) == ("Checks", label) and ("Checks", f"C{at[1:]}") in texts
    ]
    desk.type("Calc", {calc: texts["Calc", calc] + "*1.01"})
    desk.type("Checks", {copy: texts["Checks", copy] + "*1.01" for copy in copies})

    assert desk.status()[:2] == ("FAIL", "EDITED (1)")


def test_every_cell_of_a_scenario_that_is_typed_over_is_found(path: Path) -> None:
    desk, cells = Desk(path), held(path)
    answers = max(body(path))

    for row, by_column in body(path).items():
        for column in [*by_column][3:-1:7]:
            shown = cells["Scenarios", f"{column}{row}"]
            before = desk.read("Scenarios", f"{column}{answers}")
            desk.type("Scenarios", {f"{column}{row}": shown * 1.01 if shown else 0.1})
            # What a column does not need for its answer is not missed.
            moved = not agree(desk.read("Scenarios", f"{column}{answers}"), before)
            assert desk.status()[:2] == ("FAIL" if moved else "OK", "AS BUILT"), (column, row)
            desk.type("Scenarios", {f"{column}{row}": by_column[column]})
    assert desk.status()[0] == "OK"


def test_an_error_typed_into_a_scenario_is_found(path: Path) -> None:
    desk, texts = Desk(path), body(path)
    row = max(texts)

    for column in ("F", "L", "AA"):
        desk.type("Scenarios", {f"{column}{row}": "=1/0"})
        assert desk.status()[:2] == ("FAIL", "AS BUILT"), column
        desk.type("Scenarios", {f"{column}{row}": texts[row][column]})
    assert desk.status()[0] == "OK"


def test_the_base_block_typed_over_is_found_after_edits_too(path: Path) -> None:
    desk, cells = Desk(path), held(path)
    desk.type("Inputs", {base_cell(path, "in_load"): 0.6})

    for row, by_column in body(path).items():
        shown = cells["Scenarios", f"D{row}"]
        desk.type("Scenarios", {f"D{row}": shown * 1.01 if shown else 0.1})
        assert desk.status()[:2] == ("FAIL", "EDITED (1)"), row
        desk.type("Scenarios", {f"D{row}": by_column["D"]})
    assert desk.status()[0] == "OK"


@given(book=ledgers())
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_one_formula_per_row_in_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        path = book.to_excel(Path(folder, "random.xlsx"))
        if not any(sheet == "Scenarios" for sheet, _ in held(path)):
            return
        for row, by_column in body(path).items():
            columns = [*by_column][:-1]
            assert len({relative(by_column[column], f"{column}{row}") for column in columns}) == 1, row


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
def test_an_answer_that_cancels_on_the_way_does_not_fail(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("Shop", option="now")
    income = book.assume("income", "1.1 USD", low="0 USD")
    rent, energy = book.assume("rent", "1 USD"), book.assume("energy", "0.1 USD")
    times = book.constant("times", "2 ratio", source="by definition")
    # In the middle of the range of the income what is left is nothing, or 1e-16 where a program keeps it.
    book.headline(book.line("profit", times * income - rent - energy), better="higher")
    book.option("later", {"energy": "0.2 USD"})
    path = book.to_excel(tmp_path / "shop.xlsx")

    found = engine(path)
    assert found["Summary", "A2"] == "Integrity: OK"
    assert differences(path, found) == []
