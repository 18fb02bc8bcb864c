"""A programme of training runs by month: how long each takes, and rent against a cluster of one's own."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

import numpy_financial as npf
import pytest

from unitledger.templates.training_budget import training_budget

BOOK = training_budget()
RUNS = {
    "8B": (date(2025, 2, 1), 1024, 8.03e9),
    "70B": (date(2025, 6, 1), 4096, 70.6e9),
    "405B": (date(2026, 1, 1), 16384, 405e9),
}


def days(run: str) -> int:
    """How many days a run takes: its work at the used rate, and the time that failures cost."""
    _, cards, size = RUNS[run]
    working = 6 * size * 15e12 / (cards * 989e12 * 0.41) / 86_400
    return ceil(working * (1 + cards / 50_700 * 0.3))


def by_month(name: str, option: str = "rent") -> list[float]:
    found: list[float] = BOOK.by_period(name, option).array.tolist()
    return found


@pytest.mark.parametrize("run", RUNS)
def test_a_run_takes_its_cards_from_its_first_day_to_its_last(run: str) -> None:
    begin, cards, _ = RUNS[run]

    assert str(BOOK.value(f"end_{run}")) == str(begin + timedelta(days(run)))
    assert sum(by_month(f"hours_{run}")) == pytest.approx(cards * 24 * days(run))
    first = (begin.year - 2025) * 12 + begin.month - 1
    assert next(month for month, held in enumerate(by_month(f"days_{run}")) if held) == first
    assert max(by_month(f"days_{run}")) <= 31


def test_rented_cards_are_paid_for_the_hours_of_runs_alone() -> None:
    hours = sum(cards * 24 * days(run) for run, (_, cards, _) in RUNS.items())

    assert sum(by_month("rented")) == pytest.approx(hours * 2.5)
    assert sum(BOOK.values()[f"cost_{run}"] for run in RUNS) == pytest.approx(sum(by_month("cost")))
    assert by_month("cumulative_cost")[-1] == pytest.approx(sum(by_month("cost")))


def test_a_cluster_holds_the_busiest_month_and_is_paid_all_the_time() -> None:
    machines = 16384 // 8
    written_off = machines * 300_000 * 0.9 / 36

    assert BOOK.value("machines").magnitude == machines
    assert by_month("bought") == [machines * 300_000, *[0] * 23]
    assert by_month("depreciation") == pytest.approx([written_off] * 24)
    assert by_month("racks") == pytest.approx([machines / 2 * 1500] * 24)
    assert by_month("sold")[-1] == pytest.approx((machines * 300_000 - 24 * written_off) * 0.8)


@pytest.mark.parametrize("option", BOOK.options)
def test_what_is_paid_is_discounted_by_month(option: str) -> None:
    paid = by_month("paid", option)
    parts = [by_month(name, option) for name in ("bill", "storage", "staff")]

    assert paid == pytest.approx([sum(each) for each in zip(*parts, strict=True)])
    found = BOOK.value("present_cost", option).magnitude
    assert found == pytest.approx(npf.npv(1.1 ** (1 / 12) - 1, [0, *paid]))


def test_a_run_that_does_not_end_in_time_is_told() -> None:
    late = BOOK.with_settings({"rent": {"run_405B.start": "2026-11-01"}})

    assert BOOK.raised() == ()
    assert late.raised() == ("A run does not end within the budget.",)
