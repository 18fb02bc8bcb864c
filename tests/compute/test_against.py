"""Plan against actual: what volume, efficiency and price explain of a difference."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from budgets import budget
from hypothesis import given, settings
from hypothesis import strategies as st

from unitledger import Ledger, LedgerError
from unitledger.compute.against import Bridge
from unitledger.errors import InputsFileError
from unitledger.model import Effect
from unitledger.workbook import verify

ACTUALS = """name,unit,2026-01,2026-02,2026-03
people,person,5,5,4
price,USD/Mtoken,1.10,1.15,1.20
rent,USD,183000,170000,
"""


def small() -> Ledger:
    """Machines rented by the hour, without a timeline."""
    book = Ledger("Rent of machines", as_of="2026-01-05")
    work = book.assume("work", "9000 Mtoken")
    speed = book.assume("speed", "3 Mtoken/machine/h")
    price = book.assume("price", "4 USD/machine/h")
    hours = book.line("hours", work / speed, "machine h")
    cost = book.line("cost", hours * price, "USD")
    book.headline(cost)
    return book


def amounts(bridge: Bridge) -> list[float]:
    found = (bridge.plan, *bridge.effects.values(), bridge.actual)
    return [round(float(each.magnitude), 6) for each in found]


def test_volume_efficiency_and_price_add_up_in_this_order() -> None:
    made = small().against({"work": "9900 Mtoken", "speed": "2.75 Mtoken/machine/h", "price": "5 USD/machine/h"})

    # 3,000 machine hours for 4 USD were planned: 300 more at the plan's speed, 300 more at the speed that came.
    assert amounts(made.bridge("cost")) == [12000, 1200, 1200, 3600, 18000]
    assert list(made.bridge("cost").effects) == [Effect.VOLUME, Effect.EFFICIENCY, Effect.PRICE]
    assert list(made.options) == ["plan", "actual volume", "actual efficiency", "actual"]
    assert str(made.bridge("cost").difference) == "6000 USD"


def test_what_is_booked_beyond_the_actual_figures_of_inputs_is_other() -> None:
    made = small().against({"price": "5 USD/machine/h", "cost": "15500 USD"})

    assert amounts(made.bridge("cost")) == [12000, 3000, 500, 15500]
    assert amounts(made.bridge("hours")) == [3000, 0, 0, 3000]


def test_only_what_was_booked_is_known() -> None:
    made = small().against({"cost": "0.0155 MUSD"})

    assert amounts(made.bridge("cost")) == [12000, 3500, 15500]
    assert list(made.options) == ["plan", "actual"]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "actuals.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_months_come_from_a_table_and_the_plan_goes_on_after_them(tmp_path: Path) -> None:
    plan = budget()
    made = plan.against(written(tmp_path, ACTUALS))

    # A person costs 9,500 a month; rent was booked as 31,000 and more beyond what machines come to.
    assert amounts(made.bridge("staff")) == [114000, 19000, 0, 0, 133000]
    assert amounts(made.bridge("staff", "2026-02")) == [38000, 9500, 0, 0, 47500]
    assert made.value("people@2026-03", "actual") == made.value("people@2026-04", "actual")
    assert made.by_period("cost", "actual")["2026-04"] == plan.by_period("cost")["2026-04"]
    assert made.setting("people@2026-01", "plan").figure.source == ""
    assert made.setting("people@2026-01", "actual").figure.source == "actuals actuals.csv"


def sheet(tmp_path: Path, rows: list[list[Any]]) -> Path:
    """Write rows on the first of two sheets, beneath an empty row and beside an empty column."""
    path = tmp_path / "actuals.xlsx"
    with xlsxwriter.Workbook(path) as file:
        dated, shared = file.add_format({"num_format": "mmm yy"}), file.add_format({"num_format": "0.0%"})
        first = file.add_worksheet("Came")
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                if isinstance(cell, tuple):
                    first.write_formula(number, column, *cell)
                else:
                    look = dated if isinstance(cell, date) else shared if cell == 0.85 else None
                    first.write(number, column, cell, look)
        file.add_worksheet("Notes").write(0, 0, "nothing of this is read")
    return path


def test_months_come_from_a_sheet_as_from_a_table(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        [
            ["name", "unit", date(2026, 1, 1), date(2026, 2, 1), "2026-03"],
            ["people", "person", 5, ("=2+3", None, 5), "4"],
            ["price", None, 1.1, "1150 USD/Gtoken", 1.2],
            [],
            ["rent", "kUSD", 183, 170],
        ],
    )
    made, other = budget().against(path), budget().against(written(tmp_path, ACTUALS))

    assert made.by_period("margin", "actual").array == pytest.approx(other.by_period("margin", "actual").array)
    assert made.setting("people@2026-01", "actual").figure.source == "actuals actuals.xlsx"


def test_a_share_on_a_sheet_is_what_it_shows(tmp_path: Path) -> None:
    book = Ledger("Shares", as_of="2026-01-05")
    shares = [book.assume(name, "50 %") for name in ("shown", "typed", "plain")]
    book.line("both", shares[0] + shares[1])
    rows: list[list[Any]] = [
        ["name", "unit", "actual"],
        ["shown", "%", 0.85],
        ["typed", "%", 86],
        ["plain", "ratio", 0.87],
    ]
    made = book.against(sheet(tmp_path, rows))

    assert [str(made.value(share.name, "actual")) for share in shares] == ["85 %", "86 %", "87 %"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (("=1/0", None, "#DIV/0!"), "Came!C3: it shows the error #DIV/0!."),
        (True, "Came, row 3, 2026-01: Input 'people@2026-01': Cannot read 'True': it does not start with a number, as"),
        ("", "Came!D3: nothing stands above it as a heading."),
    ],
)
def test_a_cell_that_says_nothing_is_refused(tmp_path: Path, cell: Any, said: str) -> None:
    path = sheet(tmp_path, [["name", "2026-01"], ["people", cell, *(["beside"] if cell == "" else [])]])
    with pytest.raises(InputsFileError, match=re.escape(said)):
        budget().against(path)


def test_a_level_is_bridged_at_the_last_period(tmp_path: Path) -> None:
    made = budget().against(written(tmp_path, ACTUALS))

    assert made.bridge("cash").actual == made.by_period("cash", "actual")["2026-03"]


def test_booked_months_are_compared_with_what_is_computed() -> None:
    plan = budget()
    rents = [plan.by_period("rent")[month] for month in ("2026-01", "2026-02")]
    made = plan.against({"rent": [rents[0] * 2, rents[1]]})

    assert made.bridge("rent", "2026-01").effects == {Effect.OTHER: rents[0]}
    assert amounts(made.bridge("rent", "2026-02"))[1] == 0
    # What stands on the line has it too, and the plan goes on after what was booked.
    assert made.bridge("margin").effects == {Effect.OTHER: -rents[0]}
    assert made.by_period("rent", "actual")["2026-03"] == plan.by_period("rent")["2026-03"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.1, 9), min_size=3, max_size=3), st.lists(st.floats(0.1, 9), min_size=3, max_size=3))
def test_effects_add_up_for_whatever_came(prices: list[float], counts: list[float]) -> None:
    labels = ("2026-01", "2026-02", "2026-03")
    made = budget().against(
        {
            "price": {label: f"{price} USD/Mtoken" for label, price in zip(labels, prices, strict=True)},
            "people": {label: f"{count} person" for label, count in zip(labels, counts, strict=True)},
        }
    )
    for line in ("cost", "margin", "cash"):
        told = made.bridge(line)
        added = told.plan + sum(told.effects.values(), start=0 * told.plan)
        assert float((added - told.actual).magnitude) == pytest.approx(0, abs=1e-6)


REFUSED = {
    "name,2026-01\nstaf,5\n": (
        "line 2, name: 'Inference budget' has no line or input named 'staf'. Did you mean 'staff' or 'tariff'?"
    ),
    "name,2026-01\nmargin_in_all,5\n": (
        "line 2, name: 'margin_in_all' is one figure of all periods. Give the actual figures of what it is made of."
    ),
    "unit,2026-01\nperson,5\n": "line 1: the column 'name' is missing.",
    "name;2026-01\npeople;5\n": "line 1: its columns are separated by semicolons. Save it with commas.",
    'name,2026-01\npeople,"5\n': "line 2: not valid CSV: unexpected end of data.",
    "name,2025-12\npeople,5\n": (
        "line 1: unknown column '2025-12'. Did you mean '2027-12' or '2026-12' or '2027-11'? Columns are name, unit, "
        "2026-01 to 2027-12."
    ),
    "name,2026-01,2026-01\npeople,5,5\n": "line 1: the column '2026-01' is there twice.",
    "name,2026-01\npeople,5\npeople,6\n": "line 3: 'people' is there twice. Leave one out.",
    "name,2026-01\npeople,5,6\n": "line 2: 3 cells under 2 headings.",
    "name,2026-01\npeople,fife\n": (
        "line 2, 2026-01: Input 'people@2026-01': Cannot read 'fife': it does not start with a number, as '5 kW' does."
    ),
    "name,unit,2026-01\npeople,machine,5\n": (
        "line 2, 2026-01: Input 'people@2026-01': expected person, got 5 machine. Multiply it by a count in "
        "person/machine."
    ),
    "name,2026-01\nrent,5 kW\n": (
        "line 2, 2026-01: Line 'rent': expected USD, got 5 kW. It measures power where USD is asked for."
    ),
    "name,actual\npeople,5\n": (
        "line 2, actual: the figures of 'people' stand in the columns of the periods, such as 2026-01."
    ),
    "name,2026-01\ntariff,0.2\n": "line 2, 2026-01: the figures of 'tariff' stand in 'actual'.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_table_that_does_not_fit_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(LedgerError) as refused:
        budget().against(path)
    assert str(refused.value) == f"{path}, {REFUSED[text]}"


def test_figures_that_do_not_fit_are_refused() -> None:
    plan = budget()
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "There is no actual figure. Name an input or a line, and what it came to."),
        ({"people": "5 person"}, "Actual 'people': expected figures by period, such as {'2026-01': ...}."),
        (
            {"tariff": {"2026-01": "1 USD/kWh"}},
            "Actual 'tariff': it is one figure, without periods; got figures by period.",
        ),
        (
            {"people@2026-02": "5 person"},
            "'people@2026-02' is 'people' in one period. Give the actual figures of 'people', by period.",
        ),
        (
            {"rent": {"2026-02": "1 USD"}},
            (
                "Actual 'rent': no figure for 2026-01, but one for a later period. A line needs one in each period "
                "up to its last."
            ),
        ),
    ]
    for told, message in cases:
        with pytest.raises(LedgerError) as refused:
            plan.against(told)
        assert str(refused.value) == message
    with pytest.raises(LedgerError, match=r"The effect of 'people' is one of volume, efficiency, price, not 'size'"):
        plan.against({"people": ["5 person"]}, effects={"people": "size"})
    with pytest.raises(LedgerError, match=r"No actual figures of an input 'peeple' are given. Did you mean 'people'"):
        plan.against({"people": ["5 person"]}, effects={"peeple": "volume"})
    with pytest.raises(LedgerError, match=r"is plan against actual already"):
        plan.against({"people": ["5 person"]}).against({"people": ["5 person"]})
    with pytest.raises(LedgerError, match=r"has no actual figures: begin with against"):
        plan.bridge("cost")


def test_an_input_of_one_figure_holds_in_all_months(tmp_path: Path) -> None:
    plan = budget()
    made = plan.against({"tariff": "0.22 USD/kWh"})

    planned = plan.by_period("energy").total.magnitude
    assert amounts(made.bridge("energy")) == pytest.approx([planned, planned, 2 * planned])
    assert amounts(made.bridge("energy", "2027-12"))[1] == pytest.approx(plan.by_period("energy").array[-1])
    assert verify(made.to_excel(tmp_path / "variance.xlsx"))


def test_items_priced_over_all_months_follow_what_came(tmp_path: Path) -> None:
    book = Ledger("Cards by month", as_of="2026-01-05")
    t = book.timeline("2026-01", 4)
    tokens = book.line("tokens", book.assume("demand", "5 Gtoken/day", over=t) * t.days, "Gtoken")
    rows = [{"name": "a", "price": 2, "cards": 4}, {"name": "b", "price": 3, "cards": 5}]
    fleet = book.table("fleet", rows, key="name", columns={"price": "USD/gpu/h", "cards": "gpu"})
    cost = book.line("cost", fleet.price * fleet.cards * t.hours.sum(), "USD")
    book.headline(book.line("least", (cost / tokens.sum()).least(), "USD/Mtoken"))

    made = book.against({"demand": ["6 Gtoken/day"]})

    # 4 cards for 2 USD an hour over 2,920 hours, for 608.3 and then 638.75 billion tokens.
    assert amounts(made.bridge("least")) == [0.0384, -0.001829, 0.036571]
    assert verify(made.to_excel(tmp_path / "variance.xlsx"))
