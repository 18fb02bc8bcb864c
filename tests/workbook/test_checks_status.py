"""The three status cells: what they say of a workbook as built, and of one in which somebody typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from recalculate import Cells, formualizer, held, libreoffice, retyped

from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.workbook.book import write

Edit = Callable[[str, dict[str, Any]], Cells]
ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]
with_both = pytest.mark.parametrize("after", ENGINES, indirect=True)


def status(cells: Cells) -> tuple[Any, ...]:
    """Integrity, state and the number of alerts."""
    return tuple(cells["Checks", f"C{row}"] for row in (5, 6, 7))


def counts(cells: Cells) -> dict[str, float]:
    """What is counted, where it is not zero."""
    return {
        str(cells["Checks", f"A{row}"]): cells["Checks", f"C{row}"]
        for row in range(10, 25)
        if isinstance(found := cells.get(("Checks", f"C{row}")), int | float) and found
    }


def row_of(cells: Cells, sheet: str, label: str) -> int:
    """The last row with a label: lines stand beneath the inputs on Calc."""
    return max(int(re.sub("[A-Z]", "", at)) for (name, at), text in cells.items() if name == sheet and text == label)


def said(cells: Cells) -> str:
    """All that Summary says."""
    return "\n".join(str(shown) for (sheet, _), shown in cells.items() if sheet == "Summary")


@pytest.fixture
def path(machine: Ledger, tmp_path: Path) -> Path:
    return write(machine, tmp_path / "machine.xlsx")


@pytest.fixture
def rows(path: Path) -> Callable[[str, str], int]:
    cells = held(path)
    return lambda sheet, label: row_of(cells, sheet, label)


@pytest.fixture
def after(request: pytest.FixtureRequest, path: Path) -> Edit:
    """What the workbook shows after cells of a sheet were typed over; formualizer works it out unless told."""
    engine = getattr(request, "param", formualizer)

    def edited(sheet: str, changes: dict[str, Any]) -> Cells:
        cells: Cells = engine(retyped(path, sheet, changes))
        return cells

    return edited


Rows = Callable[[str, str], int]


@with_both
def test_as_built(after: Edit) -> None:
    cells = after("Inputs", {})

    assert status(cells) == ("OK", "AS BUILT", 0)
    assert [cells["Summary", f"{column}2"] for column in "ABC"] == ["Integrity: OK", "State: AS BUILT", "Alerts: 0"]
    assert counts(cells) == {}


@with_both
def test_an_input_edited_within_its_range_is_an_edit_and_no_failure(after: Edit, rows: Rows) -> None:
    cells = after("Inputs", {f"C{rows('Inputs', 'Draw')}": 4.5})

    assert status(cells) == ("OK", "EDITED (1)", 0)
    assert cells["Calc", f"C{row_of(cells, 'Calc', 'Energy')}"] == pytest.approx(0.45)


def test_edits_are_counted_by_cell(after: Edit, rows: Rows) -> None:
    draw, load = rows("Inputs", "Draw"), rows("Inputs", "Share of time sold")

    assert status(after("Inputs", {f"C{draw}": 4.5, f"D{draw}": 5.5, f"D{load}": 0.6})) == ("OK", "EDITED (3)", 0)


@with_both
def test_an_empty_cell_that_became_zero_is_an_edit(after: Edit, rows: Rows) -> None:
    assert status(after("Inputs", {f"D{rows('Inputs', 'Power: tariff')}": 0})) == ("OK", "EDITED (1)", 0)


def test_another_word_of_a_choice_is_an_edit(after: Edit, rows: Rows) -> None:
    cells = after("Inputs", {f"C{rows('Inputs', 'Billing')}": "flat"})

    assert status(cells) == ("OK", "EDITED (1)", 0)
    assert cells["Calc", f"C{row_of(cells, 'Calc', 'Guard')}"] == 2


@with_both
def test_an_input_outside_its_range_raises_an_alert_and_fails_nothing(after: Edit, rows: Rows) -> None:
    cells = after("Inputs", {f"C{rows('Inputs', 'Draw')}": 7})

    assert status(cells) == ("OK", "EDITED (1)", 1)
    assert counts(cells) == {"Inputs edited": 1, "Inputs outside their range, or changed in their unit alone": 1}
    assert "Figures of inputs outside their range, or left as they were in another unit: 1 (see Checks)." in said(cells)


def test_a_range_that_is_widened_on_inputs_counts_at_once(after: Edit, rows: Rows) -> None:
    draw = rows("Inputs", "Draw")

    assert status(after("Inputs", {f"C{draw}": 7, f"F{draw}": 8})) == ("OK", "EDITED (2)", 0)


@with_both
def test_a_low_or_a_high_that_was_changed_is_an_edit(after: Edit, rows: Rows) -> None:
    draw = rows("Inputs", "Draw")

    assert status(after("Inputs", {f"E{draw}": 3}))[:2] == ("OK", "EDITED (1)")
    assert status(after("Inputs", {f"E{draw}": None, f"F{draw + 1}": 9}))[:2] == ("OK", "EDITED (2)")


@with_both
def test_an_option_that_takes_the_base_figure_is_edited_where_it_shows_another(after: Edit, rows: Rows) -> None:
    load = rows("Inputs", "Share of time sold")

    assert status(after("Inputs", {f"C{load}": 0.4}))[1] == "EDITED (1)", "the other option follows"
    assert status(after("Inputs", {f"D{load}": None}))[1] == "AS BUILT", "an empty cell takes it too"
    assert status(after("Inputs", {f"D{load}": 0.4}))[1] == "EDITED (1)"


def test_a_hard_bound_counts_where_no_range_is_given(after: Edit, rows: Rows) -> None:
    assert status(after("Inputs", {f"C{rows('Inputs', 'Share of time sold')}": 1.5}))[2] == 2


@with_both
def test_a_warning_of_the_ledger_is_an_alert_in_its_option(after: Edit, rows: Rows) -> None:
    cells = after("Inputs", {f"C{rows('Inputs', 'Power: tariff')}": 0.3})

    assert status(cells) == ("OK", "EDITED (1)", 1)
    row = row_of(cells, "Checks", "Energy costs more than the watchman")
    assert [cells["Checks", f"{column}{row}"] for column in "CD"] == [1, 0]
    assert "Alert in rented: Energy costs more than the watchman." in said(cells)


def test_a_formula_typed_over_fails(after: Edit, rows: Rows) -> None:
    cells = after("Calc", {f"D{rows('Calc', 'Hire')}": 5.5})

    assert status(cells) == ("FAIL", "AS BUILT", 0)
    assert counts(cells)["Rows of Calc, columns of tables off the second calculation"] == 1


@with_both
def test_a_formula_typed_over_with_a_text_fails(after: Edit, rows: Rows) -> None:
    assert status(after("Calc", {f"D{rows('Calc', 'A year')}": "about 60,000"}))[0] == "FAIL"


def test_an_input_fetched_wrongly_fails(after: Edit) -> None:
    assert status(after("Calc", {"D6": 1}))[0] == "FAIL"


@with_both
def test_a_total_without_one_of_its_parts_fails(after: Edit, rows: Rows) -> None:
    energy, hour = rows("Calc", "Energy"), rows("Calc", "An hour")
    cells = after("Calc", {f"C{hour}": f"=SUM(C{energy},C{energy + 1})"})

    assert status(cells)[:2] == ("FAIL", "AS BUILT")
    assert counts(cells)["Rows of Calc, columns of tables off the second calculation"] == 1


@pytest.mark.parametrize("unit", [None, "USD"])
def test_a_unit_emptied_or_changed_on_calc_fails(after: Edit, rows: Rows, unit: str | None) -> None:
    assert status(after("Calc", {f"B{rows('Calc', 'Hire')}": unit})) == ("FAIL", "AS BUILT", 0)


@pytest.mark.parametrize(
    "label", ["hours per month", "Tolerance of checks", "Watchman", "Billing: word 2", "Units for kW: 1 W"]
)
def test_a_constant_changed_fails(after: Edit, rows: Rows, label: str) -> None:
    cells = after("Constants", {f"C{rows('Constants', label)}": 100})

    assert status(cells)[0] == "FAIL"
    assert counts(cells)["Constants changed"] == 1


@pytest.mark.parametrize("label", ["hours per month", "Units for kW: 1 W"])
def test_the_unit_of_a_constant_changed_fails(after: Edit, rows: Rows, label: str) -> None:
    assert status(after("Constants", {f"B{rows('Constants', label)}": "MW"}))[0] == "FAIL"


@with_both
def test_a_word_that_is_not_in_the_list_fails(after: Edit, rows: Rows) -> None:
    assert status(after("Inputs", {f"C{rows('Inputs', 'Billing')}": "by the week"}))[0] == "FAIL"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_formula_typed_over_fails_after_edits_too(engine: Callable[[Path], Cells], path: Path, rows: Rows) -> None:
    edited = retyped(path, "Inputs", {f"C{rows('Inputs', 'Draw')}": 4.5})
    broken = retyped(edited, "Calc", {f"C{rows('Calc', 'Energy')}": 0.5})

    assert status(engine(broken)) == ("FAIL", "EDITED (1)", 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_figure_of_an_option_has_its_own_range_or_that_on_inputs(
    engine: Callable[[Path], Cells], tmp_path: Path
) -> None:
    book = Ledger("Price of a machine", option="small")
    price = book.assume("price", "100 USD", low="90 USD", high="110 USD")
    book.line("cost", price)
    book.option("large", {"price": Figure("500 USD", low="400 USD", high="600 USD")})
    book.option("dear", {"price": "105 USD"})
    path = write(book, tmp_path / "price.xlsx")

    assert status(engine(path)) == ("OK", "AS BUILT", 0)
    assert status(engine(retyped(path, "Inputs", {"D5": 105, "E5": 5})))[1:] == ("EDITED (2)", 2)
    # The low on Inputs is above the figures of the other two.
    assert status(engine(retyped(path, "Inputs", {"F5": 106})))[2] == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_sums_that_cancel_are_measured_by_their_largest_part(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("What is left")
    third = book.assume("third", "0.1 USD")
    count = book.assume("count", "3 ratio")
    whole = book.assume("whole", "0.3 USD")
    rest = book.line("rest", whole - third * count)
    book.line("double", rest * count)
    back = book.line("back", -whole)
    book.total("nothing", [whole, back])
    path = write(book, tmp_path / "rest.xlsx")

    # 0.3 - 0.1 * 3 is 0 to one program and -5.6e-17 to another.
    assert status(engine(path)) == ("OK", "AS BUILT", 0)


def test_a_ledger_without_inputs_alerts_and_totals_has_all_status_cells(tmp_path: Path) -> None:
    book = Ledger("One constant")
    book.line("cost", book.constant("price", "5 USD"))

    assert status(formualizer(write(book, tmp_path / "one.xlsx"))) == ("OK", "AS BUILT", 0)


@with_both
def test_an_edit_that_leads_to_an_error_fails_and_the_status_cells_say_so(after: Edit, rows: Rows) -> None:
    cells = after("Inputs", {f"C{rows('Inputs', 'Share of time sold')}": 0})

    assert cells["Calc", f"C{row_of(cells, 'Calc', 'An hour sold')}"] != 0
    # Energy costs more than a watchman who costs nothing.
    assert status(cells) == ("FAIL", "EDITED (1)", 1)
    assert [cells["Summary", f"{column}2"] for column in "ABC"] == ["Integrity: FAIL", "State: EDITED (1)", "Alerts: 1"]


def test_two_rows_swapped_that_differ_in_nothing_but_their_labels(tmp_path: Path) -> None:
    book = Ledger("Rents")
    one, other = book.assume("one", "5 USD/h"), book.assume("other", "5 USD/h")
    book.line("cost", one + other * other / other)
    path = write(book, tmp_path / "rents.xlsx")
    cells = held(path)
    first, second = row_of(cells, "Inputs", "One"), row_of(cells, "Inputs", "Other")

    assert status(formualizer(retyped(path, "Inputs", {f"A{first}": "Other", f"A{second}": "One"}))) == (
        "FAIL",
        "AS BUILT",
        0,
    )
