"""What stands where in a written workbook."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from accepted import accepted
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from recalculate import formulas, held, part

from unitledger.ledger import Ledger
from unitledger.workbook.book import workbook_bytes, write


@pytest.fixture
def path(machine: Ledger, tmp_path: Path) -> Path:
    return write(machine, tmp_path / "machine.xlsx")


@pytest.fixture
def book(path: Path) -> Workbook:
    return load_workbook(path)


def table(book: Workbook, sheet: str, columns: str) -> list[list[Any]]:
    """The filled rows of a sheet from its headings on."""
    rows = [[book[sheet][f"{column}{row}"].value for column in columns] for row in range(4, book[sheet].max_row + 1)]
    return [row for row in rows if any(value is not None for value in row)]


def test_sheets_come_in_the_order_of_reading(book: Workbook) -> None:
    assert book.sheetnames == [
        *("Summary", "Inputs", "Calc", "Sensitivity", "Checks", "Read me"),
        *("Second calculation", "As built", "Constants"),
    ]


def test_a_sheet_that_would_be_empty_is_left_out(tmp_path: Path) -> None:
    ledger = Ledger("One option")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))

    assert "Changes" not in load_workbook(write(ledger, tmp_path / "one.xlsx")).sheetnames


def test_inputs_come_as_written_with_what_options_state_beneath(book: Workbook) -> None:
    """An option that takes the base option's figure fetches it, grey; the 6 kW of the other has no range of its own."""
    assert table(book, "Inputs", "ABCDEF") == [
        ["Assumption", "Unit", "rented", "bought", "Low", "High"],
        ["Energy", None, None, None, None, None],
        ["Draw", "kW", 5, 6, 4, 6],
        ['="Draw in "&$D$4', None, None, None, None, None],
        ["Power: tariff", "USD/kWh", 0.1, "=$C8", None, None],
        ["Use", None, None, None, None, None],
        ["Share of time sold", "%", 0.5, "=$C10", None, None],
        ["Rent", "USD/month", 7300, 3650, None, None],
        ['="Rent in "&$D$4', None, None, None, None, None],
        ["Billing", "choice", "by the hour", "flat", None, None],
        ['="Billing in "&$D$4', None, None, None, None, None],
    ]
    assert [book["Inputs"][cell].fill.patternType for cell in ("C8", "D8")] == ["solid", None]


def test_inputs_shows_where_each_figure_is_from(book: Workbook) -> None:
    rows = [tuple(row) for row in table(book, "Inputs", "AGHI")]

    first, second = (datetime(2024, 3, day) for day in (1, 2))  # noqa: DTZ001 - a cell holds a day without a zone
    stated = ("Draw", "data sheet", first, "finance"), ('="Draw in "&$D$4', "offer of 2 March", second, "finance")
    assert rows[2:4] == [*stated]
    assert rows[4] == ("Power: tariff", "supply contract", first, "energy desk")
    assert rows[6] == ("Share of time sold", "not stated", first, "finance")


def test_the_source_leads_to_where_it_is_spelled_out(book: Workbook) -> None:
    links = {cell.value: cell.hyperlink.location for row in book["Constants"] for cell in row if cell.hyperlink}

    assert links.pop("‹ Summary") == "Summary!A1"
    assert set(links) == {"S3"}
    for shown, target in links.items():
        assert target is not None
        sheet, _, address = target.rpartition("!")
        assert book[sheet.strip("'")][address.replace("$", "")].value == shown


def test_calc_holds_one_formula_per_row_with_units_and_words(book: Workbook) -> None:
    rows = {row[0]: row[1:] for row in table(book, "Calc", "ABCDF")}

    assert rows["Energy"][0] == "USD/h"
    assert rows["Hire"][3] == "Rent ÷ hours per month"
    assert rows["An hour"][3] == "sum of (Energy, Hire, Guard)"
    formula, _, factor = rows["A year"][1].partition("*Constants!")
    place = int(factor.removeprefix("$C$"))
    assert book["Calc"][formula.replace("=C", "A")].value == "An hour"
    assert [book["Constants"][f"{column}{place}"].value for column in "ABC"] == ["hours per year", "h/year", 8760]


def test_an_input_is_fetched_once_for_each_option(path: Path) -> None:
    found = formulas(path)

    assert found["Calc", "C6"] == '=IF(Inputs!C6="",Inputs!$C6,Inputs!C6)*Inputs!$M6'
    assert found["Calc", "D6"] == '=IF(Inputs!D6="",Inputs!$C6,Inputs!D6)*Inputs!$M6'


def test_with_one_option_an_input_is_fetched_as_it_is(tmp_path: Path) -> None:
    ledger = Ledger("One option")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))

    assert formulas(write(ledger, tmp_path / "one.xlsx"))["Calc", "C6"] == "=Inputs!C5*Inputs!$L5"


def test_constants_lists_factors_once_with_the_calendar(book: Workbook) -> None:
    rows = table(book, "Constants", "ABCD")

    assert ["Watchman", "USD/h", 2, "S3"] in rows
    assert ["hours per month", "h/month", 730, "calendar of this ledger"] in rows
    assert [row[0] for row in rows].count("hours per year") == 1
    assert ["Billing: word 1", "choice", "by the hour", None] in rows
    assert "1 month = 730 hours" in book["Constants"]["B3"].value


def test_names_point_at_inputs_headlines_and_headings(book: Workbook) -> None:
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}

    assert {name for name in names if name.startswith("out_")} == {"out_sold_hour", "out_hour", "out_year"}
    assert names["in_power_tariff"] == "Inputs!$C$8:$D$8"
    assert names["head_inputs"] == "Inputs!$C$4:$D$4"
    assert names["head_calc"] == "Calc!$C$4:$D$4"


def test_every_row_of_formulas_is_one_formula(path: Path) -> None:
    """In relative form the option cells of a row on Calc are the same."""
    rows: dict[str, set[str]] = {}
    for (sheet, address), formula in formulas(path).items():
        column, row = re.fullmatch("([A-Z]+)([0-9]+)", address).groups()  # type: ignore[union-attr]
        if sheet == "Calc" and int(row) > 4:
            rows.setdefault(row, set()).add(re.sub(rf"(?<![$A-Z]){column}(?=[0-9])", "·", formula))

    # Five inputs, six lines, three parts of the answer and what they leave.
    assert len(rows) == 15
    assert all(len(forms) == 1 for forms in rows.values()), rows


def test_every_formula_has_a_cached_value(path: Path) -> None:
    values = held(path)
    sheets = [name for name in zipfile.ZipFile(path).namelist() if "worksheets/sheet" in name]
    empty = [formula for name in sheets for formula in re.findall(r"<f>([^<]*)</f></c>", part(path, name))]

    assert empty == []
    assert not any(isinstance(value, str) and value.startswith("#") for value in values.values())


def test_status_cells_stand_on_the_sheets_for_readers(path: Path) -> None:
    values = held(path)
    shown = {sheet: [values.get((sheet, f"{column}2")) for column in "ABC"] for sheet in {sheet for sheet, _ in values}}

    told = {sheet for sheet, cells in shown.items() if cells == ["Integrity: OK", "State: AS BUILT", "Alerts: 0"]}
    assert told == {"Summary", "Inputs", "Calc", "Sensitivity", "Read me"}
    assert {tuple(cells) for sheet, cells in shown.items() if sheet not in told} == {(None, None, None)}


def test_inputs_are_open_and_the_rest_is_locked_against_slips(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.protection.sheet is (sheet.title != "Inputs")
        if sheet.title != "Inputs":
            assert sheet.protection.password is None
            assert not sheet.protection.objects  # tracing of precedents stays possible


def test_every_input_cell_says_what_it_takes(book: Workbook) -> None:
    rules = accepted(book["Inputs"])

    share = rules["C10"]
    # Without an operator, a rule of this type means between.
    assert (share.type, share.operator) == ("decimal", None)
    assert [float(str(end)) for end in (share.formula1, share.formula2)] == [0, 1]
    assert share.prompt == "A number in %, from 0 % to 100 %."
    assert rules["D10"].prompt == "A number in %, from 0 % to 100 %. Empty: as in the base option."
    assert not share.allowBlank
    assert rules["D10"].allowBlank
    words = rules["C13"]
    first, last = str(words.formula1).replace("$", "").partition("!")[2].split(":")
    assert [cell.value for (cell,) in book["Constants"][f"{first}:{last}"]] == ["by the hour", "flat"]


def test_sheets_print_one_page_wide_with_titles_and_a_footer(book: Workbook, machine: Ledger) -> None:
    from unitledger.workbook.stated.version import version_id

    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        scaling, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert scaling is not None
        assert scaling.fitToPage
        # One where the file says nothing. On working sheets stands beside what is now what was built, in each
        # option.
        wide = sheet.page_setup.fitToWidth not in {None, 1}
        assert not wide or sheet.title in {"Inputs", "Second calculation", "As built"}
        assert not wide or sheet.title != "Inputs" or sheet.print_title_cols == "$A:$B"
        assert footer is not None
        assert footer.left is not None
        assert footer.right is not None
        assert footer.left.text == "&F · &A"
        assert footer.right.text == f"version {version_id(machine)}"
    assert book["Calc"].print_title_rows == "$1:$4"
    assert book["Calc"].freeze_panes == book["Inputs"].freeze_panes == "C5"


def test_many_options_print_on_more_pages_that_stay_readable(tmp_path: Path) -> None:
    ledger = Ledger("Many options")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))
    for place in range(40):
        ledger.option(f"option {place}", {})

    sheet = load_workbook(write(ledger, tmp_path / "many.xlsx"))["Calc"]
    assert sheet.page_setup.fitToWidth == 5
    assert sheet.print_title_cols == "$A:$B"


def test_the_version_is_in_the_properties_and_on_read_me(path: Path, machine: Ledger) -> None:
    from unitledger.workbook.stated.version import version_id

    properties = load_workbook(path).properties
    assert properties.title == "Cost of a machine"
    assert properties.description == f"version {version_id(machine)}"
    assert version_id(machine) in held(path).values()


def test_two_builds_are_equal_to_the_byte(machine: Ledger) -> None:
    assert workbook_bytes(machine) == workbook_bytes(machine)


def test_the_version_follows_every_figure(machine: Ledger) -> None:
    from unitledger.workbook.stated.version import version_id

    changed = machine.with_settings({"bought": {"load": "49 %"}})
    assert version_id(machine) == version_id(machine.with_settings({}))
    assert version_id(machine) != version_id(changed)


def test_an_undated_ledger_can_be_written(tmp_path: Path) -> None:
    ledger = Ledger("Undated")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))

    created = load_workbook(write(ledger, tmp_path / "undated.xlsx")).properties.created
    assert created is not None
    assert created.date() == date(2000, 1, 1)


HOSTILE = [
    "=1+1",
    "{=1}",
    "http://example.org/a",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "internal:x",
    "'quoted",
]


@pytest.mark.parametrize("label", HOSTILE)
def test_a_text_that_looks_like_something_else_stays_a_text(label: str, tmp_path: Path) -> None:
    ledger = Ledger(label, excludes=[label], owner=label)
    rent = ledger.assume("rent", "5 USD/h", label=label, source=label, note=label)
    ledger.line("cost", rent, label=f"{label} ", note=label)
    ledger.option(label, {"rent": "6 USD/h"})
    path = write(ledger, tmp_path / "hostile.xlsx")

    sheet = load_workbook(path)["Inputs"]
    cell = sheet["A5"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (label, "s", None)
    assert cell.quotePrefix is label.startswith(("=", "+", "-", "@"))
    assert not any(label in formula for formula in formulas(path).values() if formula != label and '"' not in formula)


# Height in points of a line of the headings' letters.
LINE = 12.75


def test_headings_are_as_high_as_the_longest_option_needs(tmp_path: Path) -> None:
    heights = {}
    for length in (1, 12):
        ledger = Ledger("Rent", option="today")
        ledger.line("cost", ledger.assume("rent", "5 USD/h"))
        ledger.option(" ".join(["offer"] * length), {"rent": "6 USD/h"})
        book: Any = load_workbook(write(ledger, tmp_path / f"{length}.xlsx"))
        for name in ("Summary", "Inputs", "Calc"):
            drawn = {chart.anchor._from.row + 1 for chart in book[name]._charts}
            rows = book[name].row_dimensions.items()
            heights[name, length] = max(each.height or 0 for row, each in rows if row not in drawn)

    for name in ("Summary", "Inputs", "Calc"):
        # Three words of five letters fill a line of a column of 13 to 15 digits at most.
        assert heights[name, 1] <= 30
        assert heights[name, 12] >= 4 * LINE


def test_the_three_status_cells_on_checks_are_green_for_good_news(book: Workbook) -> None:
    found = {}
    for sheet in ("Checks", "Summary"):
        for place in book[sheet].conditional_formatting:
            for rule in (each for each in place.rules if each.dxf is not None and each.dxf.fill is not None):
                found[str(place.sqref)] = (rule.text or rule.formula[0], rule.dxf.fill.bgColor.rgb)

    green = found["A2"][1]
    assert [found[cell] for cell in ("C5", "C6", "C7")] == [("OK", green), ("AS BUILT", green), ("0.0", green)]


def test_the_file_says_who_wrote_the_ledger_and_when_it_was_built(tmp_path: Path) -> None:
    ledger = Ledger("Signed", author="A. Engineer", built_on="2026-01-07", as_of="2025-12-31")
    ledger.line("cost", ledger.assume("rent", "5 USD/h"))

    properties = load_workbook(write(ledger, tmp_path / "signed.xlsx")).properties
    assert properties.creator == "A. Engineer"
    assert properties.created is not None
    assert properties.created.date() == date(2026, 1, 7)


def test_calc_says_what_a_formula_refers_to_that_is_too_long_to_be_read(tmp_path: Path) -> None:
    book = Ledger("Cards")
    words = [f"card {number}" for number in range(12)]
    chosen = book.choice("card", words)
    prices = {word: book.assume(f"price_{place}", "1 USD/gpu", f"Price of {word}") for place, word in enumerate(words)}
    few = {
        word: book.constant(f"draw_{place}", "1 W/gpu", label=f"Draw of {word}, as its maker states it")
        for place, word in enumerate(words)
    }
    book.line("price", chosen.select(prices))
    book.line("draw", chosen.select(few))

    said = [cell.value for cell in load_workbook(write(book, tmp_path / "cards.xlsx"))["Calc"]["E"] if cell.value]
    assert said[-2].startswith("the case of (Card, Price of card 0, Price of card 1, ")
    assert said[-1] == (
        "a long formula of Card, Draw of card 0, as its maker states it, Draw of card 1, as its maker states it "
        "and 10 more"
    )
