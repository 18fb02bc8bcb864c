"""What all periods of a condition or of flows come to: when first, how often, from when on, at what rate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy_financial as npf
import pytest

from unitledger import Ledger, cumulative, delayed, in_year, paid_back, rate_of_return, trailing
from unitledger.errors import UnitMismatch
from unitledger.expression import Expression
from unitledger.workbook import verify

FLOWS = {
    "recovers": [-100, -20, 50, 60, 40, 10],
    "never": [-100, 10, 10, 10, 10, 10],
    "falls back": [-100, 120, -50, 10, 10, 40],
    "at once": [10, 20, 30, 40, 50, 60],
    "waits": [0, 0, -100, 90, 20, 5],
    "last": [-50, -50, 20, 20, 20, 45],
}
"""By option: flows by month, each in USD."""
# Worked out by hand: the first month above zero, in how many, from when on for good.
EXPECTED = {
    "recovers": ("2026-06-01", 2, "2026-06-01"),
    "never": ("never", 0, "never"),
    "falls back": ("2026-03-01", 2, "2026-07-01"),
    "at once": ("2026-02-01", 6, "2026-02-01"),
    "waits": ("2026-06-01", 2, "2026-06-01"),
    "last": ("2026-07-01", 1, "2026-07-01"),
}


def flows(every: str = "month") -> Ledger:
    """A ledger with an option for each kind of flows."""
    book = Ledger("Flows", option="recovers", as_of="2026-01-05")
    t = book.timeline("2026-02" if every == "month" else "2026-04", 6, every=every, fiscal_year="April")  # type: ignore[arg-type]
    flow = book.assume("flow", [f"{each} USD" for each in FLOWS["recovers"]], over=t, total="sum")
    so_far = book.balance("so_far", opening="0 USD")
    so_far.close(added=[flow])
    book.line("first", (so_far > 0).first())
    book.line("often", (so_far > 0).count())
    book.line("for_good", paid_back(flow))
    book.line("rate", rate_of_return(flow), "%/year")
    worst = book.line("least", so_far.least())
    year = book.line("second_year", in_year(flow, t.fiscal_year.least() + 1))
    book.headline(year, better="higher", beside=[worst, book.lines["rate"], book.lines["for_good"]])
    for option, figures in list(FLOWS.items())[1:]:
        cells = {f"flow@{label}": f"{each} USD" for label, each in zip(t.labels, figures, strict=True)}
        book.option(option, cells)
    return book


@pytest.fixture(scope="module", name="book")
def monthly() -> Ledger:
    return flows()


@pytest.mark.parametrize("option", FLOWS)
def test_a_condition_holds_first_and_so_often(option: str, book: Ledger) -> None:
    found = (
        str(book.value("first", option)),
        book.value("often", option).magnitude,
        str(book.value("for_good", option)),
    )

    assert found == EXPECTED[option]


@pytest.mark.parametrize("option", FLOWS)
@pytest.mark.parametrize(("every", "periods"), [("month", 12), ("quarter", 4), ("year", 1)])
def test_a_rate_of_return_is_given_where_the_sum_turns_positive_once(option: str, every: str, periods: int) -> None:
    rate = flows(every).value("rate", option).magnitude

    if option in ("recovers", "waits", "last"):
        assert rate == pytest.approx(100 * ((1 + npf.irr(FLOWS[option])) ** periods - 1))
    else:
        assert rate == 0


def test_a_fiscal_year_is_added_up(book: Ledger) -> None:
    # February and March belong to the year before.
    assert [book.value("second_year", option).magnitude for option in FLOWS] == [
        sum(figures[2:]) for figures in FLOWS.values()
    ]


def test_other_programs_find_the_same(book: Ledger, tmp_path: Path) -> None:
    assert "no difference" in str(verify(book.to_excel(tmp_path / "flows.xlsx")))


def test_a_figure_is_no_condition(book: Ledger) -> None:
    with pytest.raises(UnitMismatch):
        book.line("wrong", book["flow"].count())


def test_arrays_find_the_same(book: Ledger) -> None:
    assert book.time is not None
    cells = {
        f"flow@{label}": [figures[place] for figures in FLOWS.values()] for place, label in enumerate(book.time.labels)
    }
    found = book.array([book[name] for name in ("rate", "often")], cells)

    for name, column in found.items():
        assert column.tolist() == pytest.approx([book.value(name, option).magnitude for option in FLOWS])


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (lambda power, _: power.sum(), "power.sum() adds up a rate (USD/h). {} (power * t.hours).sum()."),
        (
            lambda power, _: cumulative(power),
            "cumulative(power) adds up a rate (USD/h). {} cumulative(power * t.hours).",
        ),
        (
            lambda power, t: trailing(power, t.months),
            "trailing(power, ...) adds up a rate (USD/h). {} trailing(power * t.hours, ...).",
        ),
        (
            lambda power, t: in_year(power, t.fiscal_year.least()),
            "in_year(power, ...) adds up a rate (USD/h). {} in_year(power * t.hours, ...).",
        ),
    ],
)
def test_no_sum_over_periods_adds_up_a_rate(added: Callable[[Any, Any], Expression], said: str) -> None:
    book = Ledger("Rates", as_of="2026-01-05")
    t = book.timeline("2026-01", 3)
    power = book.assume("power", "5 USD/h", over=t)
    with pytest.raises(UnitMismatch) as refused:
        book.line("spent", added(power, t))
    assert str(refused.value) == f"Line 'spent': {said.format('Multiply by the length of the period first:')}"
    assert book.by_period(book.line("late", delayed(power, book.assume("wait", "1 month")))).array.tolist() == [0, 5, 5]
