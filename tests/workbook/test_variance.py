"""The sheet Variance: bridges from plan to actual, as formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from budgets import budget
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from recalculate import formualizer

from unitledger import Ledger, LedgerError, cumulative, paid_back
from unitledger.workbook import verify

CAME: dict[str, Any] = {
    "people": ["5 person", "5 person", "4 person"],
    "price": ["1.10 USD/Mtoken", "1.15 USD/Mtoken", "1.20 USD/Mtoken"],
    "rent": ["190 kUSD", "185 kUSD", "190 kUSD"],
}


@pytest.fixture
def made() -> Ledger:
    return budget().against(CAME)


def rows(path: Path) -> dict[str, list[Any]]:
    """Return the figures of each row of the sheet, by line and step."""
    found: dict[str, list[Any]] = {}
    line = ""
    for label, _, *figures in load_workbook(path, data_only=True)["Variance"].iter_rows(min_row=5, values_only=True):
        if not isinstance(label, str):
            continue
        line = label.partition(":")[0] if not label.startswith(" ") else line
        step = label.strip().partition(":")[0] if label.startswith(" ") else label.partition(": ")[2]
        found[f"{line} {step}"] = figures
    return found


def test_money_is_whole_and_nothing_is_a_dash_as_on_months(made: Ledger, tmp_path: Path) -> None:
    sheet = load_workbook(made.to_excel(tmp_path / "variance.xlsx"))["Variance"]
    formats = {cell.number_format for (cell,) in sheet["C5:C200"] if sheet.cell(cell.row, 2).value == "USD"}
    assert formats - {"General"} == {"#,##0;-#,##0;–"}


def test_every_figure_is_that_of_python(made: Ledger, tmp_path: Path) -> None:
    shown = rows(made.to_excel(tmp_path / "variance.xlsx"))
    for name in ("cost", "margin", "cash", "staff"):
        label = made[name].label
        for place, period in enumerate((*CAME_PERIODS, None)):
            told = made.bridge(name, period)
            for step, figure in {
                "plan": told.plan,
                **{effect.value: by for effect, by in told.effects.items()},
                "actual": told.actual,
            }.items():
                assert shown[f"{label} {step}"][place] == pytest.approx(float(figure.magnitude), abs=1e-6)
        assert shown[f"{label} actual"][5] == 0


CAME_PERIODS = ("2026-01", "2026-02", "2026-03")


def test_the_answer_is_what_came_beside_the_plan(made: Ledger, tmp_path: Path) -> None:
    path = made.to_excel(tmp_path / "variance.xlsx")
    said = [cell.value for row in load_workbook(path, data_only=True)["Summary"].iter_rows() for cell in row]
    assert "Margin in all is 5,594,612 USD in actual (-1.3 % against plan)." in said


@pytest.mark.parametrize(
    ("limit", "came", "but"),
    [(95, 99, " But an alert applies to it:"), (85, 80, ""), (85, 99, " But an alert applies to it:")],
)
def test_an_alert_on_what_came_is_said_with_it(limit: int, came: int, but: str, tmp_path: Path) -> None:
    book = Ledger("Tokens", as_of="2026-01-05")
    demand = book.assume("demand", "90 Gtoken/day")
    book.headline(book.line("cost", demand * book.assume("price", "2 USD/Gtoken")))
    book.alert(demand > book.assume("limit", f"{limit} Gtoken/day"), "More than the machines can do.")
    path = book.against({"demand": f"{came} Gtoken/day", "price": "2 USD/Gtoken"}).to_excel(tmp_path / "variance.xlsx")

    shown = str(formualizer(path)["Summary", "A5"])
    assert shown.partition(" against plan).")[2] == but
    assert load_workbook(path, data_only=True)["Summary"]["A5"].value == shown


def alone() -> Ledger:
    book = Ledger("Tokens", as_of="2026-01-05")
    book.line("cost", book.assume("demand", "90 Gtoken/day") * book.assume("price", "2 USD/Gtoken"))
    return book.against({"demand": "99 Gtoken/day"})


@pytest.mark.parametrize("book", [alone(), budget(1).against({"people": ["5 person"]}), budget().against(CAME)])
def test_the_chart_is_printed_whole(book: Ledger, tmp_path: Path) -> None:
    sheet = load_workbook(book.to_excel(tmp_path / "variance.xlsx"))["Variance"]

    (chart,) = sheet._charts  # type: ignore[attr-defined]
    *_, last, _ = range_boundaries(str(sheet.print_area).rpartition("!")[2])
    assert chart.anchor.to.col < last


def test_a_plan_that_came_true_differs_in_nothing(tmp_path: Path) -> None:
    made = budget().against({"people": ["4 person"]})
    path = made.to_excel(tmp_path / "variance.xlsx")
    said = [cell.value for row in load_workbook(path, data_only=True)["Summary"].iter_rows() for cell in row]
    assert "Margin in all is 5,669,072 USD in actual (no difference against plan)." in said


def test_it_recalculates_alike_and_comes_back_unchanged(made: Ledger, tmp_path: Path) -> None:
    path = made.to_excel(tmp_path / "variance.xlsx")
    assert verify(path)
    edits = made.read_edits(path)
    assert (edits.changes, edits.problems, edits.calculations) == ((), (), ())


def test_a_ledger_without_actual_figures_has_no_such_sheet(tmp_path: Path) -> None:
    assert "Variance" not in load_workbook(budget().to_excel(tmp_path / "plan.xlsx")).sheetnames


def test_a_day_has_no_effects_and_is_left_out(tmp_path: Path) -> None:
    book = Ledger("Money back", as_of="2026-01-05")
    t = book.timeline("2026-01", 4)
    flow = book.assume("flow", ["-100 USD", "60 USD", "60 USD", "60 USD"], over=t, total="sum")
    cash = book.line("cash", cumulative(flow))
    book.headline(book.line("earned", flow.sum()), beside=[book.line("money_back", paid_back(flow))])
    book.line("day", t.start, total="closing")
    made = book.against({"flow": ["-100 USD", "20 USD", "20 USD"]})
    path = made.to_excel(tmp_path / "variance.xlsx")

    assert verify(path)
    assert {name.rpartition(" ")[0] for name in rows(path) if name.endswith(" plan")} >= {"Earned", "Cash"}
    assert not any("Money back" in name or "Day" in name for name in rows(path))
    with pytest.raises(LedgerError) as refused:
        made.bridge("money_back")
    assert str(refused.value) == "'money_back' is a day, to which no effects add up. Compare its values in the options."
    assert [str(made.value("money_back", option)) for option in made.options] == ["2026-03-01", "never"]
    assert made.bridge(cash).difference == made.bridge("cash", "2026-03").difference


def test_actual_figures_that_move_no_line_have_no_such_sheet(tmp_path: Path) -> None:
    book = Ledger("Days", as_of="2026-01-05")
    book.line("end", book.assume("start", "2026-01-01") + book.assume("taking", "5 day"))
    book.line("cost", book.assume("fee", "5 USD") * book.assume("times", "2 ratio"))
    path = book.against({"taking": "6 day"}).to_excel(tmp_path / "variance.xlsx")

    assert "Variance" not in load_workbook(path).sheetnames
    assert verify(path)
