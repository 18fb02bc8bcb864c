"""The parts of the answer in the workbook: shown on Summary, worked out and added up behind it, and drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn import alternative_texts, charts, unlike_cells
from first_sheet import row_of, table
from recalculate import Cells, differences, formualizer, held, libreoffice, retyped

from unitledger.ledger import Ledger

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


def machine() -> Ledger:
    """2 and 6 USD/h, sold for 4 Mtoken/h: 0.5 and 1.5 USD/Mtoken; the other option has 2 and 0 USD/h."""
    book = Ledger("Machine", option="rented")
    power = book.assume("power", "2 USD/h", minimum=0)
    rent = book.assume("rent", "6 USD/h", minimum=0)
    hour = book.total("hour", [power, rent])
    book.headline(book.line("token_cost", hour / book.assume("throughput", "4 Mtoken/h")))
    book.option("owned", {"rent": "0 USD/h"})
    return book


def row(cells: Cells, sheet: str, label: str) -> int:
    """The only row of a sheet with a label."""
    (found,) = [int(at[1:]) for (name, at), text in cells.items() if (name, at[0], text) == (sheet, "A", label)]
    return found


def parts(cells: Cells, count: int) -> list[list[object]]:
    return table(cells, "Token cost, by part", "ABCD", count)


@pytest.mark.parametrize("engine", [held, *ENGINES])
def test_the_answer_is_taken_apart_in_its_own_unit(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    cells = engine(machine().to_excel(tmp_path / "machine.xlsx"))

    assert parts(cells, 2) == [["Power", "USD/Mtoken", 0.5, 0.5], ["Rent", "USD/Mtoken", 1.5, 0]]
    left = row(cells, "Calc", "Token cost, less its parts")
    assert [cells["Calc", f"{column}{left}"] for column in "CD"] == [0, 0]
    share = row(cells, "Calc", "Part: Power")
    assert cells["Calc", f"F{share}"] == "Token cost × (Power ÷ Hour)"


@pytest.mark.parametrize("engine", ENGINES)
def test_parts_follow_an_edit_and_a_total_of_nothing_has_none(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = machine().to_excel(tmp_path / "machine.xlsx")
    inputs = row(held(path), "Inputs", "Power")

    cells = engine(retyped(path, "Inputs", {f"C{inputs}": 10, f"D{inputs}": 0}))
    assert [line[2:] for line in parts(cells, 2)] == [[2.5, 0], [1.5, 0]]
    assert [cells["Summary", f"{column}2"] for column in "ABC"] == ["Integrity: OK", "State: EDITED (2)", "Alerts: 0"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_part_that_is_typed_over_no_longer_adds_up(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    path = machine().to_excel(tmp_path / "machine.xlsx")
    cells = held(path)
    found = engine(retyped(path, "Calc", {f"C{row(cells, 'Calc', 'Part: Power')}": 0.6}))
    assert found["Summary", "A2"] == "Integrity: FAIL"
    assert found["Checks", f"C{row(found, 'Checks', 'Answers that are not the sum of their parts')}"] == 1


def test_small_parts_stand_together(tmp_path: Path) -> None:
    book = Ledger("Many", option="now")
    sizes = [3, 9, 1, 8, 2, 7, 6, 5, 4, 10]
    costs = [book.assume(f"cost_{size}", f"{size} USD/h") for size in sizes]
    book.headline(book.line("token_cost", book.total("hour", costs) / book.assume("rate", "1 Mtoken/h")))
    book.option("later", {"cost_1": "2 USD/h"})
    path = book.to_excel(tmp_path / "many.xlsx")

    cells = held(path)
    shown = {line[0]: line[2:] for line in parts(cells, 8)}
    assert list(shown) == ["Cost 9", "Cost 8", "Cost 7", "Cost 6", "Cost 5", "Cost 4", "Cost 10", "Others"]
    assert shown["Cost 9"] == pytest.approx([9, 9])
    assert shown["Others"] == pytest.approx([6, 7])
    assert differences(path, formualizer(path)) == []
    drawn, _ = charts(path)
    assert len(drawn.all("ser")) == 8
    assert unlike_cells(drawn, cells) == []


def test_a_total_that_cancels_has_no_shares(tmp_path: Path) -> None:
    book = Ledger("Nothing left", option="now")
    whole = book.assume("whole", "0.3 USD/h")
    third = book.line("third", -book.assume("piece", "0.1 USD/h") * book.assume("pieces", "3 ratio"))
    book.headline(book.line("token_cost", book.total("hour", [whole, third]) / book.assume("rate", "1 Mtoken/h")))
    path = book.to_excel(tmp_path / "nothing.xlsx")

    # 0.3 - 0.1 * 3 is 0 to one program and -5.6e-17 to another.
    assert [line[2] for line in parts(held(path), 2)] == [0, 0]
    assert differences(path, formualizer(path)) == []


def test_the_parts_are_drawn_beside_each_other_with_the_way_from_the_base(tmp_path: Path) -> None:
    path = machine().to_excel(tmp_path / "machine.xlsx")
    cells = held(path)

    stacked, fall = charts(path)
    first = row(cells, "Summary", "Token cost, by part") + 1
    assert [each.values("barChart/grouping") for each in (stacked, fall)] == [["stacked"]] * 2
    assert [each.values("barChart/barDir") for each in (stacked, fall)] == [["bar"]] * 2
    assert [each.all("chart/title") for each in (stacked, fall)] == [[], []]
    assert stacked.referred("ser/val") == [f"Summary!$C${first}:$D${first}", f"Summary!$C${first + 1}:$D${first + 1}"]
    assert dict(stacked.caches())[stacked.referred("ser/cat/strRef")[0]] == ["rented  2.000", "owned  0.500"]
    assert row_of(cells, "Token cost, by part [USD/Mtoken]") < first
    steps = dict(fall.caches())
    assert steps[fall.referred("ser/cat/strRef")[0]] == ["rented  2.000", "Power  –", "Rent  -1.500", "owned  0.500"]
    beneath, answers, away, towards = ([float(each) for each in steps[bars]] for bars in fall.referred("ser/val"))
    assert [beneath, answers, away, towards] == [[0, 2, 0.5, 0], [2, 0, 0, 0.5], [0, 0, 0, 0], [0, 0, 1.5, 0]]
    assert alternative_texts(path) == [
        "Stacked bars: what Token cost is made of, by option, in USD/Mtoken.",
        "Steps from Token cost of the base to that of the compared option, part by part, in USD/Mtoken.",
    ]


@pytest.mark.parametrize("engine", [held, *ENGINES])
def test_a_step_may_cross_zero(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("Sell", option="now")
    sold, paid = book.assume("sold", "5 USD/h"), book.assume("paid", "-8 USD/h")
    book.headline(book.total("gain", [paid, sold]), better="higher")
    book.option("then", {"paid": "-1 USD/h", "sold": "2 USD/h"})
    path = book.to_excel(tmp_path / "sell.xlsx")

    # From -3 over +7 to 4, and over -3 to 1.
    cells = engine(path)
    _, fall = charts(path)
    shown = []
    for bars in fall.referred("ser/val"):
        (column, first), (_, last) = (end.split("$")[1:] for end in bars.partition("!")[2].split(":"))
        shown.append([cells["Summary", f"{column}{place}"] for place in range(int(first), int(last) + 1)])
    assert shown == [[0, 0, 1, 0], [-3, 0, 0, 1], [0, 4, 0, 0], [0, -3, 3, 0]]


def test_an_answer_without_parts_is_drawn_by_option_if_there_are_several(tmp_path: Path) -> None:
    book = Ledger("Rent", option="rented")
    book.headline(book.line("cost", book.assume("rate", "100 USD/month")))
    alone = book.to_excel(tmp_path / "alone.xlsx")
    book.option("bought", {"rate": "80 USD/month"})
    path = book.to_excel(tmp_path / "two.xlsx")

    assert charts(alone) == []
    (drawn,) = charts(path)
    assert drawn.values("barChart/grouping") == ["clustered"]
    assert ["100.0", "80.0"] in dict(drawn.caches()).values()
    assert alternative_texts(path) == ["Bars: Cost by option, in USD/month."]


def by_month() -> Ledger:
    """Two months of rent and of staff, of which there is one more person in the other option; 8 jobs."""
    book = Ledger("Two months", option="few")
    months = book.timeline("2026-01", 2)
    people = book.assume("people", {"2026-01": "1 person", "2026-02": "2 person"}, over=months)
    staff = book.line("staff", people * book.assume("salary", "100 USD/person/month") * months.months, "USD")
    rent = book.line("rent", book.assume("rate", "-50 USD/month") * months.months, "USD")
    cost = book.total("cost", [staff, -rent], "kUSD")
    book.headline(book.line("job_cost", cost.sum() / book.assume("jobs", "8 job"), "USD/job"))
    book.option("more", {"people@2026-02": "3 person"})
    return book


@pytest.mark.parametrize("engine", [held, *ENGINES])
def test_a_total_of_all_periods_is_made_of_the_totals_of_its_parts(
    engine: Callable[[Path], Cells], tmp_path: Path
) -> None:
    path = by_month().to_excel(tmp_path / "months.xlsx")
    cells = engine(path)

    staff, rent = table(cells, "Job cost, by part", "ABCD", 2)
    assert staff == ["Staff", "USD/job", pytest.approx(37.5), pytest.approx(50)]
    assert rent == ["−Rent", "USD/job", pytest.approx(12.5), pytest.approx(12.5)]
    left = row(cells, "Calc", "Job cost, less its parts")
    assert [cells["Calc", f"{column}{left}"] for column in "CD"] == [0, 0]
    assert cells["Summary", "A2"] == "Integrity: OK"


def test_of_many_parts_of_all_periods_small_ones_stand_together(tmp_path: Path) -> None:
    book = Ledger("Many")
    months = book.timeline("2026-01", 3)
    rates = [book.assume(f"rate_{size}", f"{size} USD/month") for size in range(1, 11)]
    paid = [book.line(f"paid_{size}", rate * months.months, "USD") for size, rate in enumerate(rates, 1)]
    book.headline(book.line("all_paid", book.total("cost", paid).sum()))
    path = book.to_excel(tmp_path / "many.xlsx")

    shown = {line[0]: line[2] for line in table(held(path), "All paid, by part", "ABC", 8)}
    assert next(iter(shown)) == "Paid 4"
    assert shown["Others"] == pytest.approx(18)
    assert differences(path, formualizer(path)) == []
