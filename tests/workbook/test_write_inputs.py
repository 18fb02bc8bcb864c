"""What the cells of Inputs accept, say and show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from unitledger.ledger import Ledger
from unitledger.workbook.book import write


@pytest.fixture
def book(machine: Ledger, tmp_path: Path) -> Workbook:
    return load_workbook(write(machine, tmp_path / "machine.xlsx"))


def rules(book: Workbook) -> dict[str, DataValidation]:
    """The rule of each cell of Inputs that has one."""
    sheet = book["Inputs"]
    found: dict[str, DataValidation] = {}
    for each in sheet.data_validations.dataValidation:
        first, _, last = str(each.sqref).partition(":")
        found |= {cell.coordinate: each for row in sheet[f"{first}:{last or first}"] for cell in row}
    return found


def listed(book: Workbook, rule: DataValidation) -> list[object]:
    """What a dropdown offers."""
    first, last = str(rule.formula1).replace("$", "").partition("!")[2].split(":")
    return [cell.value for (cell,) in book["Constants"][f"{first}:{last}"]]


def test_a_bound_holds_in_whatever_unit_is_chosen(tmp_path: Path) -> None:
    ledger = Ledger("Lease")
    ledger.line("cost", ledger.assume("life", "2 year", minimum="1 year", maximum="9 year", low="1 year"))
    book = load_workbook(write(ledger, tmp_path / "lease.xlsx"))
    life = rules(book)["C5"]

    for formula, bound in ((life.formula1, 1), (life.formula2, 9)):
        (address,) = re.fullmatch(r"Checks!(.*)/\$M\$5", str(formula)).groups()  # type: ignore[union-attr]
        assert book["Checks"][address.replace("$", "")].value == bound
    assert life.prompt == "A number in the unit beside it, from 1 year to 9 year."


def test_every_cell_that_can_be_edited_has_a_rule_and_a_message(book: Workbook) -> None:
    rule = rules(book)
    cells = [cell for row in book["Inputs"].iter_rows(min_row=5) for cell in row]
    yellow = [cell.coordinate for cell in cells if cell.fill.fgColor.rgb == "FFFFF9C4"]

    # Four assumptions with unit, two options, low and high; a choice with two options; two cells of a review each.
    assert len(yellow) == 4 * 5 + 2 + 5 * 2
    assert set(yellow) == set(rule)
    assert all(each.prompt and each.error for each in rule.values())


def test_a_unit_is_chosen_from_a_list(book: Workbook) -> None:
    draw, share = rules(book)["B13"], rules(book)["B9"]

    assert listed(book, draw) == ["kW", "W", "MW", "GW"]
    assert listed(book, share) == ["%"]
    assert draw.prompt == "Choose a unit; then type the figures in it: those of all options, low and high."


def test_low_is_not_above_high_and_both_are_possible(book: Workbook) -> None:
    low, high = rules(book)["E13"], rules(book)["F13"]

    assert (low.type, high.type) == ("custom", "custom")
    start, _, bound = str(low.formula1).partition("Checks!")
    assert start == 'AND(ISNUMBER($E$13),OR($F$13="",$E$13<=$F$13),$E$13*$N$13>='
    assert book["Checks"][bound.rstrip(")").replace("$", "")].value == 0
    assert str(high.formula1).startswith('AND(ISNUMBER($F$13),OR($E$13="",$E$13<=$F$13),$F$13*$N$13>=')
    assert low.prompt == (
        "The lowest that it may well be, not above High: a number in the unit beside it, 0 kW or more. Empty: none."
    )


def test_a_review_is_a_name_and_a_day(book: Workbook) -> None:
    name, day = rules(book)["J13"], rules(book)["K13"]

    assert (name.type, day.type, day.operator, day.formula1) == ("textLength", "date", "greaterThanOrEqual", "61")
    assert day.prompt == "The day of the check, such as 2026-01-31."


def test_a_cell_that_is_not_as_it_was_built_is_marked(book: Workbook) -> None:
    marks = {
        str(place.sqref): rule.formula[0] for place in book["Inputs"].conditional_formatting for rule in place.rules
    }

    assert marks["C7:D16"] == 'OR(C7<>O7,C7=""<>(O7=""))'
    assert marks["B7:B16"] == 'OR(B7<>M7,B7=""<>(M7=""))'


def test_an_input_that_no_line_uses_looks_it(tmp_path: Path) -> None:
    ledger = Ledger("Rent")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))
    ledger.assume("deposit", "100 USD")
    sheet = load_workbook(write(ledger, tmp_path / "rent.xlsx"))["Inputs"]

    assert [sheet[f"A{row}"].font.italic for row in (5, 6)] == [False, True]
    assert sheet["K6"].value == "no line uses this input"


def test_units_stand_on_constants_once_for_all_inputs_in_them(tmp_path: Path) -> None:
    ledger = Ledger("Draw")
    draws = [ledger.assume(f"draw_{place}", "5 kW") for place in range(2)]
    ledger.line("sum", draws[0] + draws[1])
    sheet = load_workbook(write(ledger, tmp_path / "draw.xlsx"))["Constants"]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=5)]

    assert [row for row in rows if str(row[0]).startswith("Units for kW")] == [
        ["Units for kW", None, None],
        ["Units for kW: 1 kW", "kW", 1],
        ["Units for kW: 1 W", "W", 0.001],
        ["Units for kW: 1 MW", "MW", 1000],
        ["Units for kW: 1 GW", "GW", 1_000_000],
    ]
