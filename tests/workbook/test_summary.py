"""The Summary: the answer in words, and what a reader must know with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from first_sheet import row_of, said, table
from openpyxl import load_workbook
from recalculate import Cells, formualizer, held, libreoffice, retyped
from reshape import insert

from unitledger.ledger import Ledger
from unitledger.templates.fleet_budget import fleet_budget
from unitledger.workbook.book import write
from unitledger.workbook.layout import SECOND

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


def rented_or_bought(better: Literal["lower", "higher"] = "lower", bought: str = "80 USD/month") -> Ledger:
    book = Ledger("Rent or buy", option="rented", as_of="2024-03-01", excludes=["staff"])
    book.headline(book.line("cost", book.assume("rate", "100 USD/month"), label="Monthly cost"), better=better)
    book.option("bought", {"rate": bought})
    return book


def written(book: Ledger, folder: Path) -> Cells:
    return held(write(book, folder / "summary.xlsx"))


def answer(book: Ledger, folder: Path) -> str:
    return said(written(book, folder))[0]


def test_the_best_option_is_named_and_compared_with_the_base(tmp_path: Path) -> None:
    assert answer(rented_or_bought(), tmp_path) == (
        "Monthly cost is lowest with bought: 80.00 USD/month (-20.0 % against rented)."
    )


def test_a_base_that_is_best_is_compared_with_the_next(tmp_path: Path) -> None:
    book = rented_or_bought(bought="125 USD/month")
    book.option("leased", {"rate": "110 USD/month"})

    assert answer(book, tmp_path) == "Monthly cost is lowest with rented: 100.00 USD/month (leased is next: +10.0 %)."


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("bought", "leased", "said_of_it"),
    [
        ("100 USD/month", "120 USD/month", "rented, bought, which are tied: 100.00 USD/month."),
        ("90 USD/month", "90 USD/month", "bought, leased, which are tied: 90.00 USD/month (-10.0 % against rented)."),
        ("100 USD/month", "100 USD/month", "rented, bought, leased, which are tied: 100.00 USD/month."),
        # Three times a third of a hundred, cut to 15 digits: less than 100 by dust.
        ("33.3333333333333 USD/month", "120 USD/month", "rented, bought, which are tied: 100.00 USD/month."),
    ],
)
def test_options_that_are_equal_are_called_tied(
    engine: Callable[[Path], Cells], bought: str, leased: str, said_of_it: str, tmp_path: Path
) -> None:
    book = Ledger("Rent or buy", option="rented", as_of="2024-03-01")
    shares = book.assume("shares", "1 ratio")
    book.headline(book.line("cost", book.assume("rate", "100 USD/month") * shares, label="Monthly cost", minimum=0))
    book.option("bought", {"rate": bought, "shares": "3 ratio" if bought.startswith("33") else "1 ratio"})
    book.option("leased", {"rate": leased})
    path = write(book, tmp_path / "tied.xlsx")

    found = engine(path)
    assert said(found) == said(held(path))
    assert said(found)[0] == f"Monthly cost is lowest with {said_of_it}"
    assert found["Summary", "A2"] == "Integrity: OK"


def test_higher_can_be_better(tmp_path: Path) -> None:
    assert answer(rented_or_bought("higher", "150 USD/month"), tmp_path) == (
        "Monthly cost is highest with bought: 150.00 USD/month (+50.0 % against rented)."
    )
    assert answer(rented_or_bought("higher", "75 USD/month"), tmp_path) == (
        "Monthly cost is highest with rented: 100.00 USD/month (bought is next: -25.0 %)."
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("rented", "bought", "apart"),
    [
        (-65267, 2366, "-65,267.00 USD/month (bought is next: +67,633.00 USD/month)"),
        (0, 5, "0.00 USD/month (bought is next: +5.00 USD/month)"),
        (1e-9, 5, "0.00000000100 USD/month (bought is next: +4.99999999900 USD/month)"),
        (1, 100, "1.00 USD/month (bought is next: +9,900.0 %)"),
        (1, 101, "1.00 USD/month (bought is next: +100.00 USD/month)"),
        (100, -5, "-5.00 USD/month (-105.00 USD/month against rented)"),
        (-100, -150, "-150.00 USD/month (-50.00 USD/month against rented)"),
        (100, 0, "0.00 USD/month (-100.0 % against rented)"),
    ],
)
def test_where_a_share_means_nothing_the_difference_has_the_unit_of_the_line(
    engine: Callable[[Path], Cells], rented: float, bought: float, apart: str, tmp_path: Path
) -> None:
    book = rented_or_bought().with_settings(
        {name: {"rate": f"{rate} USD/month"} for name, rate in (("rented", rented), ("bought", bought))}
    )
    path = write(book, tmp_path / "summary.xlsx")

    for cells in (held(path), engine(path)):
        assert apart in said(cells)[0]
        assert str(cells["Summary", f"F{row_of(cells, 'Key figures') + 1}"]) in apart


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edit_can_turn_the_answer(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = write(rented_or_bought(), tmp_path / "summary.xlsx")

    (row,) = [at[1:] for (sheet, at), shown in held(path).items() if (sheet, shown) == ("Inputs", "Rate")]
    cells = engine(retyped(path, "Inputs", {f"C{row}": 50}))

    assert said(cells)[0] == "Monthly cost is lowest with rented: 50.00 USD/month (bought is next: +60.0 %)."


def cases(*rates: float) -> Ledger:
    book = Ledger("Runs", option="run 1", alternatives=False)
    book.headline(book.line("cost", book.assume("rate", f"{rates[0]} USD"), label="Cost of the run"))
    for place, rate in enumerate(rates[1:], start=2):
        book.option(f"run {place}", {"rate": f"{rate} USD"})
    book.alert(book["cost"] > book.assume("dear", "25 USD"), "Dear.")
    return book


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("rates", "span"),
    [
        ((20, 10, 30), ": from 10.00 USD in run 2 to 30.00 USD in run 3"),
        ((20, 20), " is 20.00 USD in every case"),
        ((-5, 0), ": from -5.00 USD in run 1 to 0.00 USD in run 2"),
    ],
)
def test_cases_have_no_winner(
    engine: Callable[[Path], Cells], rates: tuple[float, ...], span: str, tmp_path: Path
) -> None:
    path = write(cases(*rates), tmp_path / "runs.xlsx")

    for cells in (held(path), engine(path)):
        but = " But an alert applies to a case named here:" if 30 in rates else ""
        assert said(cells)[0] == f"Cost of the run{span}; the options are cases, not alternatives.{but}"
        assert not [text for (sheet, _), text in cells.items() if sheet == "Summary" and "against" in str(text)]
        alert = "Alert in run 3: Dear." if 30 in rates else "One condition watched: it does not apply."
        assert said(cells)[1] == alert


@pytest.mark.parametrize("engine", ENGINES)
def test_an_alert_in_another_case_leaves_the_span_as_it_is(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = cases(10, 20, 30).with_settings({"run 1": {"dear": "90 USD"}, "run 2": {"dear": "15 USD"}})
    path = write(book, tmp_path / "runs.xlsx")

    for cells in (held(path), engine(path)):
        assert said(cells)[0].endswith("to 30.00 USD in run 3; the options are cases, not alternatives.")
        assert said(cells)[1] == "Alert in run 2: Dear."


def test_one_case_is_no_span(tmp_path: Path) -> None:
    assert said(written(cases(30), tmp_path)) == [
        "Cost of the run is 30.00 USD with run 1. But an alert applies to it:",
        "Alert: Dear.",
    ]


def test_one_option_is_not_compared(tmp_path: Path) -> None:
    book = Ledger("Share", option="today")
    book.headline(book.line("share", book.assume("used", "37.5 %"), label="Share used"))

    assert said(written(book, tmp_path)) == ["Share used is 37.5 % with today.", "No input is outside its range."]


def test_without_a_headline_totals_are_shown(tmp_path: Path) -> None:
    book = Ledger("Bill", option="today")
    rent = book.line("rent", book.assume("rate", "2 USD/h"))
    book.total("all", [rent, rent], label="All of it")
    book.line("after", rent)
    book.option("later", {"rate": "3 USD/h"})

    cells = written(book, tmp_path)
    assert said(cells)[0] == "All of it is 4.00 USD/h with today."
    assert table(cells, "Key figures", "ABCD", 1) == [["All of it", "USD/h", 4, 6]]


def test_key_figures_stand_by_option_with_the_distance_of_the_best(machine: Ledger, tmp_path: Path) -> None:
    cells = written(machine, tmp_path)

    assert table(cells, "Key figures", "ABCDF", 2) == [
        ["An hour sold", "USD/h", 23, 15.2, "-33.9 %"],
        ["An hour", "USD/h", 11.5, 7.6, "-33.9 %"],
    ]
    assert cells["Summary", f"F{row_of(cells, 'Key figures')}"] == "bought against rented"


def test_a_share_is_compared_in_points(tmp_path: Path) -> None:
    book = Ledger("Share", option="now")
    book.headline(book.line("share", book.assume("used", "30 %"), label="Share used"), better="higher")
    book.option("then", {"used": "45 %"})

    assert answer(book, tmp_path) == "Share used is highest with then: 45.0 % (+15.0 points against now)."


def test_a_rate_of_return_is_not_compared_with_none(tmp_path: Path) -> None:
    rows = {row[0]: row[1:] for row in table(written(fleet_budget(), tmp_path), "Key figures", "ACDG", 8)}

    own, rent, apart = rows["Internal rate of return (0: none)"]
    assert own > 0
    assert (rent, apart) == (0, None)
    assert rows["Net present value"][2] == "-8.5 %"


def test_at_most_eight_key_figures_are_shown(tmp_path: Path) -> None:
    book = Ledger("Many", option="now")
    lines = [book.line(f"line_{place}", book.assume(f"rate_{place}", f"{place + 1} USD")) for place in range(10)]
    book.headline(lines[0], beside=lines[1:])
    cells = written(book, tmp_path)

    assert [row[0] for row in table(cells, "Key figures", "A", 8)] == [f"Line {place}" for place in range(8)]
    assert "Line 8" not in {text for (sheet, _), text in cells.items() if sheet == "Summary"}
    assert cells["Summary", "A2"] == "Integrity: OK"


def test_a_figure_that_differs_from_what_was_built_is_highlighted(tmp_path: Path) -> None:
    summary = load_workbook(write(rented_or_bought(), tmp_path / "summary.xlsx"))["Summary"]
    cells = held(tmp_path / "summary.xlsx")
    row, built = row_of(cells, "Monthly cost"), row_of(cells, "Monthly cost, as built")

    rules = {str(place.sqref): rule for place in summary.conditional_formatting for rule in place.rules}
    key = row_of(cells, "Key figures") + 1
    (formula,) = rules[f"C{key}:D{key}"].formula
    assert formula == f"FIXED(ROUND(ROUND(C{key},8),2),2)<>FIXED(ROUND(ROUND(C{built},8),2),2)"
    assert row < built
    assert [cells["Summary", f"{column}{built}"] for column in "CD"] == [100, 80]
    assert summary.print_area is not None
    last = int(str(summary.print_area).rpartition("$")[2])
    assert key < last < built


def test_what_is_left_out_and_of_when_it_is_are_said(tmp_path: Path) -> None:
    book = Ledger("Rent", option="today", as_of="2024-03-01", excludes=["staff", "repairs", *["insurance " * 9] * 3])
    book.line("rent", book.assume("rate", "2 USD/h"))
    path = write(book, tmp_path / "rent.xlsx")

    cells = held(path)
    assert str(cells["Summary", "A3"]).startswith("Figures as of 2024-03-01   ·   Built with unitledger ")
    assert said(cells)[-1].startswith("Not in these figures: staff, repairs, insurance")
    assert load_workbook(path)["Summary"].page_setup.fitToHeight in (None, 1)


def test_the_cover_says_what_is_stated(tmp_path: Path) -> None:
    book = Ledger(
        "Rent",
        option="today",
        description="As it is.",
        purpose="What a room costs.",
        decision="Which room to take.",
        author="Ann",
        owner="Bob",
        period="2024",
        built_on="2024-04-01",
    )
    book.headline(book.line("rent", book.assume("rate", "2 USD/h")))
    book.option("later", {"rate": "3 USD/h"}, description="After the move.")
    cells = written(book, tmp_path)

    assert [cells["Summary", f"A{row}"] for row in (3, 4)] == [
        "What a room costs.",
        "Decision asked for: Which room to take.",
    ]
    facts = str(cells["Summary", "A5"]).split("   ·   ")
    assert facts[:3] == ["Author: Ann", "Owner of the figures: Bob", "Period: 2024"]
    assert facts[3].startswith("Built on 2024-04-01 with unitledger ")
    shown = [text for (sheet, _), text in cells.items() if sheet == "Summary"]
    assert {"Options", "today: As it is.", "later: After the move."} <= set(shown)


def watched(*limits: float) -> Ledger:
    """Two options of 1 and 3 USD/h; an alert for each limit that is passed."""
    book = Ledger("Watched", option="small")
    rate = book.assume("rate", "1 USD/h")
    book.headline(book.line("cost", rate))
    book.option("large", {"rate": "3 USD/h"})
    for limit in limits:
        book.alert(rate > book.assume(f"limit_{limit}", f"{limit} USD/h"), f"Above {limit}.")
    return book


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("limits", "alerts"),
    [
        ((5,), ["One condition watched: it does not apply."]),
        ((5, 6), ["2 conditions watched, none applies."]),
        ((2, 5), ["Alert in large: Above 2."]),
        ((2, 0.5), ["Alert in every option: Above 0.5.", "Alert in large: Above 2."]),
        (
            (2, 2.1, 2.2, 0.5, 2.3, 2.4),
            [
                "Alert in every option: Above 0.5.",
                "Alert in large: Above 2.",
                "Alert in large: Above 2.1.",
                "Alert in large: Above 2.2. And 2 more: see Checks.",
            ],
        ),
    ],
)
def test_only_alerts_that_apply_are_shown_those_of_the_best_first(
    engine: Callable[[Path], Cells], limits: tuple[float, ...], alerts: list[str], tmp_path: Path
) -> None:
    path = write(watched(*limits), tmp_path / "watched.xlsx")

    for cells in (held(path), engine(path)):
        assert said(cells)[1:] == alerts
        assert said(cells)[0].endswith("But an alert applies to it:") == (0.5 in limits)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_edit_makes_an_alert_appear(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = write(watched(5, 6), tmp_path / "watched.xlsx")
    inputs = {str(shown): at[1:] for (sheet, at), shown in held(path).items() if sheet == "Inputs"}

    cells = engine(retyped(path, "Inputs", {f"C{inputs['Limit 5']}": 2, f"C{inputs['Limit 6']}": 2}))
    assert said(cells)[1:] == ["Alert in large: Above 5. And 1 more: see Checks."]
    cells = engine(retyped(path, "Inputs", {f"C{inputs['Limit 5']}": 0.5}))
    assert said(cells)[0].endswith("(large is next: +200.0 %). But an alert applies to it:")
    assert said(cells)[1:] == ["Alert in every option: Above 5."]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("risky", [(), ("rented",), ("bought",), ("leased",), ("rented", "bought")])
def test_an_alert_on_any_of_those_tied_is_said_with_the_answer(
    engine: Callable[[Path], Cells], risky: tuple[str, ...], tmp_path: Path
) -> None:
    book = rented_or_bought(bought="100 USD/month")
    risk = book.assume("risk", "0 ratio")
    book.option("leased", {"rate": "120 USD/month"})
    book.alert(risk > book.assume("borne", "0.5 ratio"), "Risky.")
    path = write(book.with_settings({name: {"risk": "1 ratio"} for name in risky}), tmp_path / "tied.xlsx")

    but = " But an alert applies to one of those tied:" if {"rented", "bought"} & {*risky} else ""
    for cells in (held(path), engine(path)):
        assert said(cells)[0] == f"Monthly cost is lowest with rented, bought, which are tied: 100.00 USD/month.{but}"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_inserted_before_the_options_of_the_comparison_leaves_the_answer(
    engine: Callable[[Path], Cells], tmp_path: Path
) -> None:
    path = write(watched(0.5), tmp_path / "watched.xlsx")
    answer = said(held(path))[0]
    book = load_workbook(path)
    insert(book, SECOND, "columns", 3)
    book.save(path)

    assert answer.endswith("But an alert applies to it:")
    assert said(engine(path))[0] == answer
