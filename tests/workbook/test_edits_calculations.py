"""Calculations that somebody changed in a workbook: told in words, never taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from unitledger.ledger import Ledger
from unitledger.workbook import Calculation


@pytest.fixture
def workbook(machine: Ledger, tmp_path: Path) -> Path:
    return machine.to_excel(tmp_path / "machine.xlsx")


def found(machine: Ledger, path: Path, sheet: str, label: str, **cells: Any) -> tuple[tuple[Calculation, ...], int]:
    """Type into a row, found by its label, and read the workbook; also the number of the row.

    In what is typed, [label] stands for the row of another label on the same sheet.
    """
    book = load_workbook(path)
    rows = {cell.value: cell.row for cell in book[sheet]["A"] if book[sheet].cell(cell.row, 2).value}
    for column, content in cells.items():
        written = content
        for other, row in rows.items():
            written = written.replace(f"[{other}]", str(row)) if isinstance(written, str) else written
        book[sheet][f"{column}{rows[label]}"] = written
    book.save(path)
    edits = machine.read_edits(path)
    assert not edits.changes
    assert not edits.problems
    return edits.calculations, rows[label]


def test_a_formula_in_all_options(machine: Ledger, workbook: Path) -> None:
    """Somebody leaves the watchman out."""
    calculations, row = found(
        machine, workbook, "Calc", "An hour", C="=SUM(C[Energy],C[Hire])", D="=SUM(D[Energy],D[Hire])"
    )
    assert calculations == (
        Calculation(
            "hour", ("rented", "bought"), f"Calc!C{row}", "sum of (Energy, Hire, Guard)", "sum of (Energy, Hire)"
        ),
    )


def test_a_formula_in_one_option(machine: Ledger, workbook: Path) -> None:
    (calculation,), row = found(machine, workbook, "Calc", "Energy", D="=D[Draw]*D[Power: tariff]*1.1")
    assert (calculation.options, calculation.cell) == (("bought",), f"Calc!D{row}")
    assert (calculation.old, calculation.new) == ("Draw × Power: tariff", "Draw × Power: tariff × 1.1")


def test_a_formula_that_reads_another_column(machine: Ledger, workbook: Path) -> None:
    (calculation,), _ = found(machine, workbook, "Calc", "Energy", D="=C[Draw]*D[Power: tariff]")
    assert calculation.new == "Draw of rented × Power: tariff"


def test_a_formula_whose_units_no_longer_agree(machine: Ledger, workbook: Path) -> None:
    (calculation,), _ = found(machine, workbook, "Calc", "Energy", C="=C[Draw]+C[Power: tariff]")
    assert calculation.new == "Draw + Power: tariff"
    assert calculation.note == (
        "Line 'energy': cannot add kW (draw) and USD/kWh (power.tariff). They measure different things: "
        f"{calculation.note.rpartition(': ')[2]}"
    )


def test_a_formula_that_is_written_differently_and_means_the_same(machine: Ledger, workbook: Path) -> None:
    calculations, _ = found(machine, workbook, "Calc", "Energy", C="= $C$[Draw] * Calc!C[Power: tariff]")
    assert calculations == ()


def test_a_name_of_one_cell_means_that_cell_and_a_name_of_several_is_told(machine: Ledger, workbook: Path) -> None:
    book = load_workbook(workbook)
    row = next(cell.row for cell in book["Calc"]["A"] if cell.value == "Draw")
    book.defined_names["our_draw"] = DefinedName("our_draw", attr_text=f"Calc!$D${row}")
    book.save(workbook)
    calculations, _ = found(
        machine, workbook, "Calc", "Energy", C="=in_power_tariff*C[Draw]", D="=our_draw*D[Power: tariff]"
    )
    assert [(each.options, each.new) for each in calculations] == [(("rented",), "in_power_tariff × Draw")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (0.5, "0.5, typed over the formula"),
        ("n/a", "'n/a', typed over the formula"),
        (None, "nothing: the cell is empty"),
    ],
)
def test_a_formula_that_was_typed_over(machine: Ledger, workbook: Path, typed: Any, said: str) -> None:
    (calculation,), _ = found(machine, workbook, "Calc", "Energy", C=typed)
    assert (calculation.options, calculation.new) == (("rented",), said)


def test_a_formula_beyond_the_functions_of_a_ledger(machine: Ledger, workbook: Path) -> None:
    (calculation,), _ = found(machine, workbook, "Calc", "Energy", C="=OFFSET(A1,1,1)")
    assert calculation.new == "=OFFSET(A1,1,1)"
    assert calculation.note == "'=OFFSET(A1,1,1)': the function OFFSET is not one that a ledger uses."


def test_a_formula_that_looks_elsewhere(machine: Ledger, workbook: Path) -> None:
    (calculation,), _ = found(machine, workbook, "Calc", "Energy", C="=Summary!B9+SUM(A1:XFD9000)")
    assert calculation.new == "Summary!B9 + sum of (A1:XFD9000)"
    assert calculation.note == ""


def test_an_input_that_is_fetched_from_elsewhere(machine: Ledger, workbook: Path) -> None:
    (calculation,), row = found(machine, workbook, "Calc", "Draw", D="=9")
    assert (calculation.name, calculation.cell, calculation.new) == ("draw", f"Calc!D{row}", "9")
    assert (
        calculation.old
        == "if (Draw on Inputs = “”, Draw on Inputs, Draw on Inputs) × factor of the unit of Draw on Inputs"
    )


def test_a_factor_that_was_typed_over(machine: Ledger, workbook: Path) -> None:
    (calculation,), row = found(machine, workbook, "Inputs", "Draw", M=1000)
    assert (calculation.name, calculation.options) == ("draw", ("rented", "bought"))
    assert (calculation.cell, calculation.new) == (f"Inputs!M{row}", "1,000, typed over the formula")


def test_a_factor_of_another_row(machine: Ledger, workbook: Path) -> None:
    formula = load_workbook(workbook)["Inputs"]["M8"].value
    (calculation,), _ = found(machine, workbook, "Inputs", "Draw", M=formula)
    assert calculation.name == "draw"
    assert calculation.new != calculation.old


def test_a_unit_on_calc(machine: Ledger, workbook: Path) -> None:
    (calculation,), row = found(machine, workbook, "Calc", "Energy", B="CNY/h")
    assert (calculation.cell, calculation.old, calculation.new) == (f"Calc!B{row}", "unit USD/h", "unit CNY/h")


def test_a_row_that_was_deleted(machine: Ledger, workbook: Path) -> None:
    calculations, _ = found(machine, workbook, "Calc", "Energy", A="Electricity")
    (gone,) = (each for each in calculations if each.name == "energy")
    assert gone.new == "its row is not there: it was deleted, or its label changed"


@pytest.mark.parametrize(
    ("label", "typed", "told"),
    [
        ("hours per year", 8766, ("hour_per_year", "8,760", "8,766")),
        ("Watchman", 3, ("watch", "2", "3")),
        ("Watchman", "=1+1", ("watch", "2", "=1+1")),
        ("Tolerance of checks", 1, ("tolerance of checks", "1e-09", "1")),
        ("Units for kW: 1 W", 0.01, ("1 W in kW", "0.001", "0.01")),
        ("Billing: word 2", "lump sum", ("billing 2", "flat", "lump sum")),
        ("Watchman", None, ("watch", "2", "nothing: the cell is empty")),
    ],
)
def test_a_constant(machine: Ledger, workbook: Path, label: str, typed: Any, told: tuple[str, str, str]) -> None:
    calculations, row = found(machine, workbook, "Constants", label, C=typed)
    name, old, new = told
    assert calculations == (Calculation(name, (), f"Constants!C{row}", old, new),)


def test_calculations_are_not_taken_over(machine: Ledger, workbook: Path) -> None:
    found(machine, workbook, "Calc", "Energy", C=99)
    edits = machine.read_edits(workbook)
    assert edits
    assert edits.apply().value("energy") == machine.value("energy")
    assert str(edits).splitlines()[0] == "machine.xlsx: 0 inputs changed, 0 problems, 1 calculation changed."
