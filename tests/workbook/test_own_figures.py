"""What is stated of an option's own figure beneath its input, and what an option without one takes: there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from built import Built
from openpyxl import load_workbook
from recalculate import Desk, libreoffice, retyped
from reshape import insert

from unitledger.errors import ValueRefused
from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.units import Q


@pytest.fixture
def prices() -> Ledger:
    """The price of a machine: one option has a range and a source of its own, one a figure alone, one nothing."""
    book = Ledger("Price of a machine", option="small")
    price = book.assume("price", "100 USD", low="90 USD", high="110 USD", source="list")
    hours = book.assume("hours", "10 h", low="8 h")
    book.line("cost", price / hours)
    book.option("large", {"price": Figure("500 USD", "offer", low="400 USD", high="600 USD")})
    book.option("dear", {"price": Figure("105 USD", "list")})
    book.option("plain", {})
    return book


@pytest.fixture
def built(prices: Ledger, tmp_path: Path) -> Built:
    return Built.of(prices, tmp_path / "prices.xlsx")


def read(built: Built, typed: dict[str, Any]) -> Any:
    return built.ledger.read_edits(retyped(built.path, "Inputs", typed))


def test_a_row_beneath_states_what_differs_from_the_base_option(built: Built) -> None:
    rows = [[cell.value for cell in row[:10]] for row in built.book["Inputs"].iter_rows(min_row=5, max_row=7)]

    assert [row[:9] for row in rows] == [
        ["Price", "USD", 100, 500, 105, "=$C5", 90, 110, "list"],
        ['="Price in "&$D$4', None, None, None, None, None, 400, 600, "offer"],
        ["Hours", "h", 10, "=$C7", "=$C7", "=$C7", 8, None, "not stated"],
    ]
    assert not built.ledger.read_edits(built.path)


def test_a_range_comes_back_and_is_taken_over(built: Built) -> None:
    edits = read(built, {"G5": 95, "H6": 650, "H7": 12})

    assert [(edit.name, edit.option, edit.end, str(edit.old), str(edit.new), edit.cell) for edit in edits] == [
        ("price", "small", "low", "90 USD", "95 USD", "Inputs!G5"),
        ("price", "large", "high", "600 USD", "650 USD", "Inputs!H6"),
        ("hours", "small", "high", "None", "12 h", "Inputs!H7"),
    ]
    assert "price, low   small   90 USD        95 USD   Inputs!G5" in str(edits)
    after = edits.apply()
    ranges = {
        option: (after.setting("price", option).low, after.setting("price", option).high) for option in after.options
    }
    assert ranges == {"small": (95, 110), "large": (400, 650), "dear": (95, 110), "plain": (95, 110)}
    assert after.setting("hours").high == 12
    assert after.setting("price").figure.note == "low was 90 USD"
    assert after.setting("price").figure.source == "list"


def test_a_range_that_was_emptied_is_none_or_that_of_the_base_option(built: Built) -> None:
    after = read(built, {"G5": None, "H5": None}).apply()
    assert (after.setting("price").low, after.setting("price", "dear").high) == (None, None)
    assert after.setting("price", "large").low == 400

    after = read(built, {"G6": None, "H6": None}).apply()
    assert (after.setting("price", "large").low, after.setting("price", "large").high) == (90, 110)
    again = after.to_excel(built.path.with_name("again.xlsx"))
    assert not after.read_edits(again)


def test_a_figure_and_its_range_are_taken_over_together(built: Built) -> None:
    after = read(built, {"D5": 700, "H6": 800, "F5": 107}).apply()

    assert (after.value("price", "large"), after.setting("price", "large").high) == (Q("700 USD"), 800)
    assert after.setting("price", "large").figure.note == "was 500 USD, offer; high was 600 USD"
    assert (after.value("price", "plain"), after.setting("price", "plain").high) == (Q("107 USD"), 110)


PROBLEMS = [
    ({"G5": 120}, "price", "small", "its low 120 USD is above its high 110 USD."),
    ({"H6": "high"}, "price", "large", "it holds the text 'high'. Type a number in USD."),
    ({"D5": None, "H6": 650}, "price", "large", "large has no figure of its own now; it has the range of small."),
]


@pytest.mark.parametrize(("typed", "name", "option", "text"), PROBLEMS)
def test_a_range_that_cannot_be_taken_over(
    built: Built, typed: dict[str, Any], name: str, option: str, text: str
) -> None:
    edits = read(built, typed)

    assert [(each.name, each.option, each.text) for each in edits.problems] == [(name, option, text)]
    with pytest.raises(ValueRefused):
        edits.apply()


def test_the_range_that_holds_follows_its_cells_at_once(built: Built) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", {"D5": 650})
    assert desk.status() == ("OK", "EDITED (1)", 1)
    desk.type("Inputs", {"H6": 700})
    assert desk.status() == ("OK", "EDITED (2)", 0)
    # Without a range of its own the option has that of the base option, and with its cell empty that figure too.
    desk.type("Inputs", {"G6": None, "H6": None})
    assert desk.status() == ("OK", "EDITED (3)", 1)
    desk.type("Inputs", {"D5": None})
    assert desk.status() == ("OK", "EDITED (3)", 0)


@pytest.mark.parametrize("typed", [None, "=$C5", "=Inputs!C5"])
def test_an_own_figure_that_was_given_up(built: Built, typed: str | None) -> None:
    (edit,) = read(built, {"E5": typed})

    assert (edit.name, edit.option, edit.new) == ("price", "dear", None)


@pytest.mark.parametrize("typed", [None, "=C5", "=Inputs!$C$5"])
def test_what_takes_the_base_figure_in_another_way_is_no_edit(built: Built, typed: str | None) -> None:
    assert not read(built, {"F5": typed})
    desk = Desk(built.path)
    desk.type("Inputs", {"F5": typed})
    assert desk.status() == ("OK", "AS BUILT", 0)


@pytest.mark.libreoffice
def test_the_base_figure_typed_over_the_formula_that_fetches_it_is_an_edit(built: Built) -> None:
    (edit,) = read(built, {"D7": 10})
    assert (edit.name, edit.option) == ("hours", "large")
    for typed, state in ({"D7": 10}, "EDITED (1)"), ({"D7": 11}, "EDITED (1)"), ({"D7": "=C7"}, "AS BUILT"):
        assert libreoffice(retyped(built.path, "Inputs", typed))["Summary", "B2"] == f"State: {state}"

    rules = [
        rule.formula[0]
        for place in built.book["Inputs"].conditional_formatting
        for rule in place.rules
        if "D7" in place
    ]
    assert 'AND(OR(D7<>$C7,NOT(_xlfn.ISFORMULA(D7))),D7<>"")' in rules


def test_another_formula_is_no_figure(built: Built) -> None:
    (problem,) = read(built, {"F5": "=$C5*2"}).problems

    assert problem.text == "it is a formula now (=$C5*2). Type its value; formulas belong to lines."


def test_the_row_of_an_option_is_found_by_its_label(built: Built) -> None:
    book = load_workbook(built.path)
    sheet = book["Inputs"]
    # As somebody leaves it who put rows in between.
    for column in "AGHI":
        sheet[f"{column}7"], sheet[f"{column}6"] = sheet[f"{column}6"].value, None
    for column in "BCDEFJKLMNO":
        sheet[f"{column}7"] = None
    del book.defined_names["in_hours"]
    sheet["H7"] = 650
    book.save(built.path)
    edits = built.ledger.read_edits(built.path)

    assert [(edit.option, edit.end, edit.cell) for edit in edits] == [("large", "high", "Inputs!H7")]


def test_a_label_of_an_option_that_was_changed_is_damage(built: Built) -> None:
    desk = Desk(built.path)
    desk.type("Inputs", {"A6": "Price in larger"})
    assert desk.status()[0] == "FAIL"

    (calculation,) = read(built, {"A6": "Price in larger"}).calculations
    assert (calculation.name, calculation.options, calculation.old) == ("price", ("large",), "label Price in large")
    assert calculation.new == "no row, or more than one, has this label: it was deleted, copied, or its label changed"


def test_what_is_said_of_an_own_figure_is_compared_too(built: Built) -> None:
    edits = read(built, {"I6": "second offer"})

    assert edits.notes == (
        (
            "Inputs!I6: source of price in large is now 'second offer', was 'offer'. It is not taken over; "
            "state it in Python."
        ),
    )


def test_two_options_fit_on_a_screen(prices: Ledger, tmp_path: Path) -> None:
    from unitledger import templates

    for place, book in enumerate(
        (prices.only("small", "large"), templates.find("serving_cost")().only("rtx4090", "h100"))
    ):
        sheet = load_workbook(book.to_excel(tmp_path / f"{place}.xlsx"))["Inputs"]
        # A file counts what Excel adds to a column; columns alike are one entry.
        widths = [
            each.width
            for each in sheet.column_dimensions.values()
            for _ in range(int(each.min or 0), int(each.max or 0) + 1)
        ]
        assert len(widths) == 13
        assert sum(round(7 * width) for width in widths) <= 1400


def test_a_column_pasted_beside_the_last_option_is_seen(built: Built, tmp_path: Path) -> None:
    book = load_workbook(built.path)
    insert(book, "Inputs", "columns", 7)
    book.save(tmp_path / "spacer.xlsx")
    assert Desk(tmp_path / "spacer.xlsx").status() == ("OK", "AS BUILT", 0), "an empty column is none"
    assert not built.ledger.read_edits(tmp_path / "spacer.xlsx")

    for row, content in ((4, "cheap"), (5, 80), (7, "=$C7")):
        book["Inputs"].cell(row, 7).value = content
    book.save(tmp_path / "pasted.xlsx")
    assert Desk(tmp_path / "pasted.xlsx").status() == ("FAIL", "AS BUILT", 0)
    (problem,) = built.ledger.read_edits(tmp_path / "pasted.xlsx").problems
    assert (problem.name, problem.cell) == ("options", "Inputs!G4")
    assert problem.text == "a column beside the options holds what nothing reads. Options are added in Python."


def test_formulas_of_forty_options_with_long_names_are_short_enough_for_excel(tmp_path: Path) -> None:
    def long(number: int, what: str) -> str:
        return f'The "{number}" {what} with a name that goes on and on, as long as a label may well be: '.ljust(
            200, "x"
        )

    book = Ledger("Long names", option=long(0, "option"), as_of="2026-01-05")
    machines = book.assume("machines", "3 machine", label=long(1, "input"), whole=True, above=0)
    rent = book.assume(
        "rent", "5 USD/h/machine", label=long(2, "input"), low="2 USD/h/machine", minimum="0 USD/h/machine"
    )
    book.headline(book.line("cost", machines * rent, label=long(1, "line"), minimum=0))
    for number in range(1, 40):
        own = Figure(f"{3 + number} machine", "offer", low="1 machine", high="90 machine")
        paid = Figure(f"{5 + number} USD/h/machine", "offer", high="100 USD/h/machine")
        book.option(long(number, "option"), {"machines": own, "rent": paid})

    assert max(map(len, Built.of(book, tmp_path / "long.xlsx").formulas.values())) < 7000
