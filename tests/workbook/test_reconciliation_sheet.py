"""The sheet Reconciliation: published figures beside live ones, in the workbook and when it is edited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import recalculate
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from unitledger.ledger import Ledger
from unitledger.workbook.book import Content, workbook_bytes, write
from unitledger.workbook.published import Case, Published


def figure(
    name: str,
    published: float | None,
    computed: float,
    *,
    option: str = "rented",
    unit: str = "USD/h",
    rounding: float | None = 0.01,
    settings: Mapping[str, str] = MappingProxyType({}),
    note: str = "",
) -> Published:
    note = note or f"why {name} is so"
    return Published(Case(f"9.{name}", "machine", option, settings, name, unit, published, rounding, note), computed)


# Energy is 5 kW at 0.10 USD/kWh; the hire 7300 USD a month of 730 hours, 3650 when bought; the watch 2 USD/h.
FIGURES = (
    figure("energy", 0.5, 0.5),
    figure("energy", 0.7, 0.6, option="bought"),
    figure("hire", 240, 240, unit="USD/day"),
    figure("hour", 12, 11.5, note="BOUND: at most"),
    figure("hour", 12, 11.5, note="BOUND: at least"),
    figure("hour", 9, 11.5, note="BOUND: at least as measured, and at most 1.3 times it"),
    figure("hour", 8, 11.5, note="BOUND: at least as measured, and at most 1.3 times it"),
    figure("watch", 2, 2),
    figure("draw", None, 5000, unit="W", rounding=None),
    figure("hire", 20, 20, settings={"rent": "14600 USD/month"}),
    figure("energy", 1, 1, option="leased"),
)


@pytest.fixture
def path(machine: Ledger, tmp_path: Path) -> Path:
    return write(machine, tmp_path / "machine.xlsx", Content(published=FIGURES, sheets=["+Formula map"]))


def rows(cells: recalculate.Cells) -> list[list[Any]]:
    return [
        [cells.get(("Reconciliation", f"{column}{row}"), "") for column in "ABCDEFG"]
        for row in range(5, 100)
        if ("Reconciliation", f"A{row}") in cells
    ]


def row_of(label: str, sheet: str, path: Path) -> int:
    cells = recalculate.held(path)
    return next(row for row in range(5, 100) if cells.get((sheet, f"A{row}")) == label)


ROWS = [
    ["rented", "", "", "", "", "", ""],
    ["Energy", "USD/h", 0.5, 0.5, 0, 0.01, "agrees"],
    ["Hire", "USD/h", 10, 10, 0, 0.01, "agrees"],
    ["An hour", "USD/h", 12, 11.5, -0.5, 0.01, "holds"],
    ["An hour", "USD/h", 12, 11.5, -0.5, 0.01, "does not hold"],
    ["An hour", "USD/h", 9, 11.5, 2.5, 0.01, "holds"],
    ["An hour", "USD/h", 8, 11.5, 3.5, 0.01, "does not hold"],
    ["Watchman", "USD/h", 2, 2, 0, 0.01, "agrees"],
    ["Draw", "kW", "", 5, "", "", "not published"],
    ["Hire", "USD/h", 20, 20, 0, 0.01, "agrees"],
    ["bought", "", "", "", "", "", ""],
    ["Energy", "USD/h", 0.7, pytest.approx(0.6), pytest.approx(-0.1), 0.01, "differs"],
]


def test_figures_stand_beside_live_ones_in_the_units_of_the_ledger(path: Path) -> None:
    assert rows(recalculate.held(path)) == ROWS


def test_another_engine_finds_the_same(path: Path) -> None:
    assert rows(recalculate.formualizer(path)) == ROWS


def test_only_variants_that_no_column_holds_are_no_formulas(path: Path) -> None:
    written = recalculate.formulas(path)

    assert written["Reconciliation", "D6"] == f"=Calc!$C${row_of('Energy', 'Calc', path)}"
    assert [row for row in range(6, 15) if ("Reconciliation", f"D{row}") not in written] == [14]
    assert recalculate.held(path)["Reconciliation", "H14"] == "With rent = 14600 USD/month. why hire is so"


def test_an_edit_moves_the_live_figures_and_marks_the_others_stale(path: Path) -> None:
    before = recalculate.held(path)
    draw = f"C{row_of('Draw', 'Inputs', path)}"
    edited = recalculate.formualizer(recalculate.retyped(path, "Inputs", {draw: 10}))

    assert (before["Reconciliation", "G3"], edited["Reconciliation", "G3"]) == ("current", "STALE")
    assert rows(edited)[1] == ["Energy", "USD/h", 0.5, 1, 0.5, 0.01, "differs"]


def test_the_formula_map_names_the_cells(path: Path) -> None:
    cells = recalculate.held(path)
    (where,) = (
        cells["Formula map", f"A{row}"]
        for row in range(5, 60)
        if cells.get(("Formula map", f"B{row}")) == "Reconciliation"
    )
    left, top, right, bottom = range_boundaries(where.partition("!")[2])

    for sheet, address in recalculate.formulas(path):
        row, column = coordinate_to_tuple(address)
        if sheet == "Reconciliation" and row > 2:
            assert column in range(int(left or 0), int(right or 0) + 1)
            assert row in range(int(top or 0), int(bottom or 0) + 1)


def test_without_published_figures_there_is_no_such_sheet(machine: Ledger, tmp_path: Path) -> None:
    for given in ((), (figure("energy", 1, 1, option="leased"),)):
        cells = recalculate.held(write(machine, tmp_path / "machine.xlsx", Content(published=given)))
        assert "Reconciliation" not in {sheet for sheet, _ in cells}


def test_two_builds_are_equal(machine: Ledger) -> None:
    assert workbook_bytes(machine, Content(FIGURES)) == workbook_bytes(machine, Content(FIGURES))
