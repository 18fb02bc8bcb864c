"""A serving fleet by month: what is bought when, what it costs, and whether to buy, to rent, or to pay by the token."""

from __future__ import annotations

import numpy_financial as npf
import pytest

from unitledger import Ledger
from unitledger.templates.fleet_budget import SEASON, fleet_budget
from unitledger.templates.serving_latency_and_throughput import serving_latency_and_throughput
from unitledger.units import Q

BOOK = fleet_budget()
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 3
FAST = BOOK.with_settings({"own": {"life": "9 month", "lead_time": "3 month", "growth": "-3 %/month"}})


@pytest.fixture(name="book", params=[BOOK, FAST], ids=["plan", "short lives"])
def either(request: pytest.FixtureRequest) -> Ledger:
    book: Ledger = request.param
    return book


def months(book: Ledger, name: str) -> int:
    """A duration as a number of months."""
    return round(float(Q(book.value(name)).to("month").magnitude))


def by_month(book: Ledger, name: str, option: str = "own") -> list[float]:
    found: list[float] = book.by_period(name, option).array.tolist()
    return found


def test_machines_follow_from_the_tokens_asked_for() -> None:
    for month, needed in enumerate(by_month(BOOK, "needed")):
        tokens = 10e9 * 1.04**month * SEASON[month % 12]
        prompt, output = tokens * 0.75 * 0.7 / 28e3, tokens * 0.25 / 56e3
        assert needed == -(-(prompt + output) / 86_400 * 2 / 0.6 // 1) + 1
    assert by_month(BOOK, "tokens")[13] == pytest.approx(10 * 1.04**13 * SEASON[1] * 28)


def test_the_rate_of_a_machine_is_that_of_its_template() -> None:
    rate = serving_latency_and_throughput().value("tensor_group_rate", "h100").magnitude

    assert BOOK.value("output_rate").magnitude * 1000 == pytest.approx(rate, rel=0.01)


def test_what_is_bought_less_what_is_retired_is_the_change_of_the_fleet(book: Ledger) -> None:
    delivered, retired, fleet = (by_month(book, name) for name in ("delivered", "retired", "fleet"))
    life, lead = (months(book, name) for name in ("life", "lead_time"))
    there = 0.0
    for month in range(36):
        assert delivered[month] == (max(by_month(book, "needed")[month] - there, 0) if month >= lead else 0)
        assert retired[month] == (delivered[month - life + 1] if month >= life - 1 else 0)
        there += delivered[month] - retired[month]
        assert fleet[month] == there >= 0
    assert by_month(book, "ordered") == [*delivered[lead:], *[0] * lead]


def test_running_machines_and_those_rented_meet_the_need(book: Ledger) -> None:
    for needed, running, short in zip(*(by_month(book, name) for name in ("needed", "running", "short")), strict=True):
        assert running + short >= needed
        assert short == max(needed - running, 0)


def test_what_stands_in_the_books_is_what_was_paid_and_not_yet_written_off(book: Ledger) -> None:
    delivered, life = by_month(book, "delivered"), months(book, "life")
    for month, written_off in enumerate(by_month(book, "depreciation")):
        young = sum(delivered[max(0, month - life + 1) : month + 1])
        assert written_off == pytest.approx(young * 300_000 * 0.9 / life)
    for month, left in enumerate(by_month(book, "book_value")):
        ages = [(many, month - bought + 1) for bought, many in enumerate(delivered[: month + 1])]
        assert left == pytest.approx(sum(n * 300_000 * (1 - 0.9 * age / life) for n, age in ages if age < life), abs=1)


def test_money_paid_is_that_of_machines_and_of_running_them(book: Ledger) -> None:
    delivered, ordered, retired = (by_month(book, name) for name in ("delivered", "ordered", "retired"))
    at_end = by_month(book, "book_value")[-1] * 0.8
    for month, paid in enumerate(by_month(book, "own_paid")):
        machines = 300_000 * (0.3 * ordered[month] + 0.7 * delivered[month] - 0.1 * retired[month])
        run = by_month(book, "own_run")[month]
        assert paid == pytest.approx(machines + run - (at_end if month == 35 else 0))


def test_running_is_billed_by_true_hours_and_whole_racks() -> None:
    running = by_month(BOOK, "running")
    for month, many in enumerate(running):
        assert by_month(BOOK, "energy")[month] == pytest.approx(many * 10 * 1.3 * 0.1 * 24 * DAYS[month])
        assert by_month(BOOK, "rack_cost")[month] == -(-many // 2) * 1500
        assert by_month(BOOK, "support")[month] == pytest.approx(many * 300_000 * 0.08 / 365 * DAYS[month])


def test_a_reservation_is_paid_to_its_end() -> None:
    needed, signed = by_month(BOOK, "needed"), by_month(BOOK, "signed")
    there: list[float] = []
    for month in range(36):
        held = sum(signed[max(0, month - 11) : month + 1])
        there.append(held)
        assert by_month(BOOK, "held")[month] == held >= 0.7 * needed[month]
        rent = held * 19.5 + max(needed[month] - held, 0) * 39
        own = by_month(BOOK, "reserved_rent")[month] + by_month(BOOK, "demand_rent")[month]
        assert own == pytest.approx(rent * 24 * DAYS[month])


def test_an_api_is_paid_by_the_token_at_a_falling_price() -> None:
    for month, paid in enumerate(by_month(BOOK, "api_tokens")):
        tokens = by_month(BOOK, "tokens")[month]
        assert paid == pytest.approx(tokens * (1 - 0.75 * 0.3 / 2) * 2000 * 0.7 ** (month / 12))


@pytest.mark.parametrize("option", BOOK.options)
def test_cash_adds_up_and_is_discounted_by_month(option: str) -> None:
    flow, revenue, paid, tokens = (by_month(BOOK, name, option) for name in ("flow", "revenue", "paid", "tokens"))
    monthly = 1.1 ** (1 / 12) - 1

    assert flow == pytest.approx([sold - spent for sold, spent in zip(revenue, paid, strict=True)])
    assert by_month(BOOK, "cash", option)[-1] == pytest.approx(sum(flow))
    assert BOOK.value("npv", option).magnitude == pytest.approx(npf.npv(monthly, [0, *flow]))
    even = npf.npv(monthly, [0, *paid]) / npf.npv(monthly, [0, *tokens]) / 1000
    assert BOOK.value("break_even_price", option).magnitude == pytest.approx(even)
    if option == "own":
        assert BOOK.value("return").magnitude == pytest.approx(100 * ((1 + npf.irr(flow)) ** 12 - 1))


def test_the_answer_says_from_when_and_what_a_year_costs() -> None:
    cost = by_month(BOOK, "cost")

    assert [BOOK.values()[f"cost_{year}"] for year in (1, 2, 3)] == pytest.approx(
        [sum(cost[start : start + 12]) for start in (0, 12, 24)]
    )
    cash = by_month(BOOK, "cash")
    last = max(month for month, held in enumerate(cash) if held <= 0)
    assert str(BOOK.value("payback")) == f"{BOOK.time.starts[last + 1]}"  # type: ignore[union-attr]
    assert BOOK.value("return", "rent").magnitude == 0


def test_a_fleet_that_never_pays_says_so() -> None:
    poor = BOOK.with_settings({"own": {"sale_price": "0.1 USD/Mtoken"}})

    assert str(poor.value("payback")) == "never"
    assert poor.value("return").magnitude == 0
