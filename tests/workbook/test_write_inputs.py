"""What the cells of Inputs accept, say and show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from accepted import accepted
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from recalculate import Desk

from unitledger.ledger import Ledger
from unitledger.workbook.book import write


@pytest.fixture
def book(machine: Ledger, tmp_path: Path) -> Workbook:
    return load_workbook(write(machine, tmp_path / "machine.xlsx"))


def rules(book: Workbook) -> dict[str, DataValidation]:
    """The rule of each cell of Inputs that has one."""
    return accepted(book["Inputs"])


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
        (address,) = re.fullmatch(r"'As built'!(.*)/\$L5", str(formula)).groups()  # type: ignore[union-attr]
        assert book["As built"][address.replace("$", "")].value == bound
    assert life.prompt == "A number in the unit beside it, from 1 year to 9 year."


def test_every_cell_that_can_be_edited_has_a_rule_and_a_message(book: Workbook) -> None:
    rule = rules(book)
    cells = [cell for row in book["Inputs"].iter_rows(min_row=4) for cell in row]
    edged = [cell.coordinate for cell in cells if cell.border.left.style is not None]

    # The names of two options; four assumptions with two options, low and high, three with a unit to choose; a choice
    # with two options; two of the four and the choice with a row of the option's own; two cells of a review a row.
    assert len(edged) == 2 + 4 * 4 + 3 + 2 + 2 * 2 + 8 * 2
    assert set(edged) == set(rule)
    assert all(each.prompt and each.error for each in rule.values())


def test_a_unit_is_chosen_from_a_list(book: Workbook) -> None:
    draw = rules(book)["B6"]

    assert listed(book, draw) == ["kW", "W", "MW", "GW"]
    assert "B10" not in rules(book), "there is no other unit than %"
    assert draw.prompt == "Choose a unit; then type the figures in it: those of all options, low and high."


def test_low_is_not_above_high_and_both_are_possible(book: Workbook) -> None:
    low, high = rules(book)["E6"], rules(book)["F6"]

    assert (low.type, high.type) == ("custom", "custom")
    start, _, bound = str(low.formula1).partition("'As built'!")
    assert start == 'AND(ISNUMBER($E6),OR($F6="",$E6<=$F6),$E6*$M6>='
    assert book["As built"][bound.rstrip(")").replace("$", "")].value == 0
    assert str(high.formula1).startswith('AND(ISNUMBER($F6),OR($E6="",$E6<=$F6),$F6*$M6>=')
    assert low.prompt == (
        "The lowest that it may well be, not above High: a number in the unit beside it, 0 kW or more. Empty: none."
    )


def test_the_range_of_an_option_is_typed_beneath_in_the_unit_of_its_input(book: Workbook) -> None:
    low = rules(book)["E7"]

    start, _, bound = str(low.formula1).partition("'As built'!")
    assert start == 'AND(ISNUMBER($E7),OR($F7="",$E7<=$F7),$E7*$M$6>='
    assert book["As built"][bound.rstrip(")").replace("$", "")].value == 0
    assert low.prompt == (
        "The lowest that it may well be, not above High: a number in the unit beside it, 0 kW or more. Empty: none. "
        "Both empty: as in the base option."
    )


def test_rows_that_accept_the_same_share_a_rule_wherever_they_stand(tmp_path: Path) -> None:
    ledger = Ledger("Rents")
    rents = []
    for place in range(250):
        if place % 2:
            ledger.section(f"Section {place}")
        figure = f"{place + 1} USD/month"
        rents.append(ledger.assume(f"rent_{place}", figure, minimum="1 USD/month", maximum="900 USD/month"))
    ledger.total("sum", rents)
    book = load_workbook(write(ledger, tmp_path / "rents.xlsx"))
    found, cells = rules(book), {row[0].value: row[2].coordinate for row in book["Inputs"].iter_rows(min_row=5)}

    # 126 areas of neighbours, at most a hundred to a rule: units and the two cells of reviews are alike everywhere,
    # so are figures, low and high, since their bounds stand on As built as far apart. And the name of the option.
    assert len(book["Inputs"].data_validations.dataValidation) == 6 * 2 + 1
    for place in (0, 1, 2, 248, 249):
        rule, row = found[cells[f"Rent {place}"]], cells[f"Rent {place}"].removeprefix("C")
        for formula, bound in ((rule.formula1, 1), (rule.formula2, 900)):
            (there,) = re.fullmatch(rf"'As built'!(.*)/\$L{row}", str(formula)).groups()  # type: ignore[union-attr]
            assert book["As built"][there.replace("$", "")].value == bound
            assert book["As built"][f"A{re.sub('[^0-9]', '', there)}"].value == f"Rent {place}"


def test_a_review_is_a_name_and_a_day(book: Workbook) -> None:
    name, day = rules(book)["K6"], rules(book)["L6"]

    assert (name.type, day.type, day.operator, day.formula1) == ("textLength", "date", "greaterThanOrEqual", "61")
    assert day.prompt == "The day of the check, such as 2026-01-31."


def test_a_cell_that_is_not_as_it_was_built_is_marked(book: Workbook) -> None:
    """Each rule knows what its cells held, so that it holds wherever rows come to stand."""
    marks = {str(place.sqref): place.rules[0] for place in book["Inputs"].conditional_formatting}
    rules = {place: rule.formula[0] for place, rule in marks.items()}

    assert rules["C6"] == 'OR(C6<>5,C6="")'
    assert all(marks[place].dxf.border.left.style == "thin" for place in rules if rules[place].startswith("OR("))


def test_a_cell_of_the_sixtieth_option_is_marked_too(tmp_path: Path) -> None:
    ledger = Ledger("Rents", option="0")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))
    for place in range(1, 60):
        ledger.option(str(place), {"rent": f"{5 + place} USD/h"})
    path = write(ledger, tmp_path / "rents.xlsx")
    sheet = load_workbook(path)["Inputs"]
    desk, cells = Desk(path), [cell.coordinate for cell in sheet[5][2:62]]
    rules = {str(place.sqref): rule.formula[0] for place in sheet.conditional_formatting for rule in place.rules}
    assert not any(mark_applies(desk, rules[cell]) for cell in cells)

    desk.type("Inputs", {cells[1]: 1.0, cells[59]: 2.0})

    assert [cell for cell in cells if mark_applies(desk, rules[cell])] == [cells[1], cells[59]]
    assert desk.status() == ("OK", "EDITED (2)", 0)


def mark_applies(desk: Desk, rule: str) -> bool:
    """Whether a rule holds, worked out in a cell that is empty."""
    desk.type("Inputs", {"A99": f"={rule}"})
    return bool(desk.read("Inputs", "A99"))


def test_an_input_that_no_line_uses_looks_it(tmp_path: Path) -> None:
    ledger = Ledger("Rent")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))
    ledger.assume("deposit", "100 USD")
    sheet = load_workbook(write(ledger, tmp_path / "rent.xlsx"))["Inputs"]

    assert [sheet[f"A{row}"].font.italic for row in (5, 6)] == [False, True]
    assert sheet["I6"].value == "no line uses this input"


def test_units_stand_on_constants_once_for_all_inputs_in_them(tmp_path: Path) -> None:
    ledger = Ledger("Draw")
    draws = [ledger.assume(f"draw_{place}", "5 kW") for place in range(2)]
    ledger.line("sum", draws[0] + draws[1])
    sheet = load_workbook(write(ledger, tmp_path / "draw.xlsx"))["Constants"]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=5)]

    assert [row for row in rows if str(row[0]).startswith("Units for kW")] == [
        ["Units for kW: 1 kW", "kW", 1],
        ["Units for kW: 1 W", "W", 0.001],
        ["Units for kW: 1 MW", "MW", 1000],
        ["Units for kW: 1 GW", "GW", 1_000_000],
    ]
