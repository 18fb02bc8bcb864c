"""Lines with a figure in each period: what they come to, and what cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from budgets import budget, fleet

from unitledger import Figure, Growth, Ledger, before, change, cumulative, delayed, trailing
from unitledger.errors import CircularLedger, ExpressionError, NameRefused, UnitMismatch, UnknownName, ValueRefused


@pytest.fixture(name="book")
def an_empty_budget() -> Ledger:
    book = Ledger("Budget", as_of="2026-01-05")
    book.timeline("2026-04", 6)
    return book


def test_a_budget_comes_to_what_its_months_come_to() -> None:
    book = budget(3)
    machines = [14, 14, 15]  # 12, 12.48 and 12.98 Gtoken/day, 0.9 Gtoken/day each
    hours = 730
    spent = [n * 18 * hours + n * 10 * 0.11 * hours + 4 * 9500 for n in machines]
    earned = [12_000 * 1.04**month * 1.20 * 365 / 12 for month in range(3)]

    assert list(book.by_period("machines").array) == machines
    assert list(book.by_period("cost").array) == pytest.approx(spent)
    assert list(book.by_period("margin").array) == pytest.approx([e - s for e, s in zip(earned, spent, strict=True)])
    assert book.value("margin_in_all").magnitude == pytest.approx(sum(earned) - sum(spent))
    assert str(book.by_period("people")["2026-02"]) == "4 person"


def test_an_option_sets_a_month_or_several() -> None:
    book = budget()

    assert str(book.value("people@2026-06")) == "6 person"
    assert str(book.value("people@2026-06", "dear")) == "9 person"
    assert str(book.value("people@2026-08", "dear")) == "6 person"
    changed = book.with_settings({"base": {"people": "5 person", "people@2026-02": "7 person"}})
    assert [str(each) for each in changed.by_period("people")][:3] == ["5 person", "7 person", "5 person"]
    assert str(book.value("people@2026-02")) == "4 person"


def test_cases_and_sweeps_reach_through_the_months() -> None:
    book = budget()

    found = book.array("margin_in_all", {"tariff": [0.11, 0.20], "people@2026-03": [4, 5]})["margin_in_all"]
    assert found[0] == pytest.approx(book.value("margin_in_all").magnitude)
    by_hand = book.with_settings({"base": {"tariff": "0.20 USD/kWh", "people@2026-03": "5 person"}})
    assert found[1] == pytest.approx(by_hand.value("margin_in_all").magnitude)


def test_the_ruler_has_true_days_or_those_of_the_calendar() -> None:
    true = fleet().by_period
    assert [true("timeline.days")[month].magnitude for month in ("2026-04", "2028-02")] == [30, 29]
    assert list(true("timeline.fiscal_year").array[[0, 11, 12]]) == [2027, 2027, 2028]
    assert fleet("uniform").by_period("timeline.hours")["2028-02"].magnitude == 730


@pytest.mark.parametrize(
    ("every", "start", "labels"),
    [
        ("month", "2026-11", ["2026-11", "2026-12", "2027-01"]),
        ("quarter", "2026-07", ["2026-Q3", "2026-Q4", "2027-Q1"]),
        ("year", "2026-01", ["2026", "2027", "2028"]),
    ],
)
def test_periods_are_called_by_what_they_are(every: str, start: str, labels: list[str]) -> None:
    time = Ledger("Budget").timeline(start, 3, every=every, fiscal_year="January" if every != "quarter" else "July")  # type: ignore[arg-type]

    assert list(time.labels) == labels


def test_machines_ordered_and_retired_add_up_to_the_fleet() -> None:
    book = fleet()
    need = [6] * 9 + [12] * 27
    ordered: list[int] = []
    delivered: list[int] = []
    retired: list[int] = []
    machines, on_order = [4], [0]
    for month in range(36):
        ordered.append(max(need[min(month + 4, 35)] - machines[-1] - on_order[-1], 0))
        delivered.append(ordered[month - 4] if month >= 4 else 0)
        retired.append(delivered[month - 24] if month >= 24 else 0)
        on_order.append(on_order[-1] + ordered[-1] - delivered[-1])
        machines.append(machines[-1] + delivered[-1] - retired[-1])
    for name, by_hand in {"ordered": ordered, "delivered": delivered, "retired": retired}.items():
        assert book.by_period(name).array.tolist() == by_hand
        assert book.by_period(name).total.magnitude == sum(by_hand)
    assert book.by_period("fleet").array.tolist() == machines[1:]
    assert min(machines) >= 0


def test_what_flows_is_discounted_month_by_month() -> None:
    book = fleet()
    monthly = 1.12 ** (1 / 12) - 1
    flows = book.by_period("cost").array
    by_hand = sum(flow / (1 + monthly) ** (month + 1) for month, flow in enumerate(flows))

    assert book.value("worth").magnitude == pytest.approx(by_hand)


def test_a_line_looks_back(book: Ledger) -> None:
    flow = book.assume("flow", ["1 USD", "2 USD", "4 USD", "8 USD", "16 USD", "32 USD"], over=book.time, total="sum")
    book.line("stock", flow, opening="0.5 USD")

    assert book.by_period(book.line("so_far", cumulative(flow))).array.tolist() == [1, 3, 7, 15, 31, 63]
    assert book.by_period(book.line("late", delayed(flow, book.assume("wait", "2 month")))).array.tolist() == [
        *(0, 0, 1, 2, 4, 8)
    ]
    assert book.by_period(book.line("recent", trailing(flow, book["wait"]))).array.tolist() == [1, 3, 6, 12, 24, 48]
    assert book.by_period(book.line("was", before(book["stock"]))).array.tolist() == [0.5, 1, 2, 4, 8, 16]
    assert book.by_period(book.line("step", change(book["stock"]))).array.tolist() == [0.5, 1, 2, 4, 8, 16]


def test_the_same_again_adds_nothing() -> None:
    book = fleet()
    before_ = dict(book.rows)
    time = book.timeline("2026-04", 36, fiscal_year="April", calendar="days")
    again = book.balance("fleet", opening=book["fleet.opening"], label="Fleet")
    again.close(added=[book["delivered"]], removed=[book["retired"]])

    assert time is book.time
    assert dict(book.rows) == before_


def test_a_copy_keeps_the_periods() -> None:
    book = fleet()

    assert book.only("slow").value("worth") == book.value("worth", "slow")


def test_figures_come_as_a_table() -> None:
    frame = fleet().frame()

    assert frame.index[0] == "2026-04"
    assert frame["fleet [machine]"].tolist()[:5] == [4, 4, 4, 4, 6]


@pytest.mark.parametrize("given", [date(2026, 4, 1), "2026-04-01", "2026-04"])
def test_a_timeline_begins_with_a_month(given: date | str) -> None:
    assert Ledger("Budget").timeline(given, 2).labels == ("2026-04", "2026-05")


@pytest.mark.parametrize(
    ("arguments", "more", "message"),
    [
        (("2026-13", 3), {}, "begins with a month, such as '2026-04', not with '2026-13'."),
        (("2026-04-15", 3), {}, "begins with the first day of a month, not on 2026-04-15."),
        (("1899-04", 3), {}, "begins in 1899-04; spreadsheets count days before 1900-03-01 differently."),
        (("2026-04", 0), {}, "has 1 to 1,200 periods, not 0."),
        (("2026-04", 3), {"every": "week"}, "has a period every month, quarter or year, not every 'week'."),
        (("2026-04", 3), {"fiscal_year": "Apirl"}, "a month such as 'April', not 'Apirl'. Did you mean 'April'?"),
        (("2026-04", 3), {"every": "quarter", "fiscal_year": "May"}, "with a period, every quarter from April 2026."),
    ],
)  # fmt: skip
def test_a_timeline_that_cannot_be(arguments: tuple[str, int], more: dict[str, str], message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        Ledger("Budget").timeline(*arguments, **more)  # type: ignore[arg-type]
    assert str(refused.value).startswith("The timeline of 'Budget'")
    assert str(refused.value).endswith(message)


def test_a_ledger_has_one_timeline(book: Ledger) -> None:
    with pytest.raises(NameRefused, match="has a timeline already, of 6 periods from 2026-04"):
        book.timeline("2026-04", 12)


@pytest.mark.parametrize(
    ("figures", "error", "message"),
    [
        ({"2026-09": "1 person"}, ValueRefused, "the budget begins in 2026-04. Say what holds from 2026-04."),
        ({"2027-09": "1 person"}, UnknownName, "Did you mean '2026-09' or '2026-08' or '2026-07'?"),
        (["1 person"] * 5, ValueRefused, "Input 'people': expected 6 figures, one for each period, got 5."),
    ],
)  # fmt: skip
def test_figures_that_do_not_fit_the_periods(
    book: Ledger, figures: object, error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as refused:
        book.assume("people", figures, over=book.time)  # type: ignore[arg-type]
    assert str(refused.value).endswith(message)


@pytest.mark.parametrize(
    ("over", "got"),
    [
        (lambda _: Ledger("Other").timeline("2026-04", 6), "the timeline of 'Other'"),
        (lambda _: "2026-04", "'2026-04'"),
        (lambda _: None, "None"),
    ],
)
def test_figures_by_period_are_over_the_ledgers_own_timeline(
    over: Callable[[Ledger], Any], got: str, book: Ledger
) -> None:
    with pytest.raises(ExpressionError) as refused:
        book.assume("people", ["4 person"] * 6, over=over(book))
    assert str(refused.value) == f"Input 'people' has figures by period of 'Budget': say over=book.time, not {got}."
    with pytest.raises(ExpressionError, match="not None"):
        book.assume("spent", "5 USD", total="sum")
    with pytest.raises(ExpressionError) as refused:
        Ledger("Plain").assume("people", "4 person", over=book.time)
    assert str(refused.value) == "Input 'people' has figures by period: begin with t = timeline(start, periods)."


def test_figures_by_period_have_no_range(book: Ledger) -> None:
    said = (
        "Input 'people' has a figure in each period, and these take neither low nor high. Multiply it by an input that "
        "does: assume('people_factor', '100 %', low='90 %', high='110 %')."
    )
    with pytest.raises(ValueRefused) as refused:
        book.assume("people", "4 person", over=book.time, high="5 person")
    assert str(refused.value) == said
    book.assume("people", "4 person", over=book.time)
    with pytest.raises(ValueRefused) as refused:
        book.option("more", {"people@2026-05": Figure("5 person", low="4 person")})
    assert str(refused.value) == said


def test_rates_are_made_amounts_before_they_are_added_up(book: Ledger) -> None:
    assert book.time is not None
    power = book.assume("power", "5 USD/h", over=book.time)
    with pytest.raises(UnitMismatch) as refused:
        book.line("spent", power.sum())
    assert str(refused.value) == (
        "Line 'spent': power.sum() adds up a rate (USD/h). Multiply by the length of the period first: "
        "(power * t.hours).sum()."
    )
    assert book.line("spent", (power * book.time.hours).sum(), "USD").value.magnitude == 5 * 730 * 6


def test_levels_are_not_added_up(book: Ledger) -> None:
    fleet_ = book.assume("fleet", "5 machine", over=book.time)
    with pytest.raises(UnitMismatch) as refused:
        book.line("all", fleet_.sum())
    assert str(refused.value) == (
        "Line 'all': fleet.sum() adds up a level (machine). Take .closing(), .least() or .largest(), or say "
        "total='sum' on 'fleet' if it is an amount."
    )


def test_an_amount_and_a_level_meet_only_when_told(book: Ledger) -> None:
    assert book.time is not None
    cost = book.line("cost", book.assume("rate", "5 USD/h") * book.time.hours, "USD")
    debt = book.assume("debt", "100 USD", over=book.time)
    with pytest.raises(UnitMismatch) as refused:
        book.line("due", cost + debt)
    assert str(refused.value) == (
        "Line 'due' mixes an amount of the period (cost) and a level (debt). Say total='sum' if it is an amount, "
        "'closing' if it is a level."
    )
    assert str(book.by_period(book.line("due", cost + debt, total="closing")).total) == "3750 USD"


def test_what_was_before_the_first_period_is_said(book: Ledger) -> None:
    price = book.assume("price", "5 USD", over=book.time)
    with pytest.raises(ExpressionError) as refused:
        book.by_period(book.line("step", change(price)))
    assert str(refused.value) == (
        "Input 'price' has no opening: what is it before 2026-04? Say opening='...' where it is written."
    )


def test_only_amounts_flow(book: Ledger) -> None:
    stock, bought = book.balance("fleet", opening="4 machine"), book.assume("bought", "1 machine", over=book.time)
    with pytest.raises(UnitMismatch) as refused:
        stock.close(added=[bought])
    assert str(refused.value) == (
        "Balance 'fleet': 'bought' is a level (machine), not an amount of the period. Say total='sum' on it if it is "
        "one."
    )


def test_what_flows_has_periods(book: Ledger) -> None:
    stock, bought = book.balance("fleet", opening="4 machine"), book.assume("bought", "1 machine")
    with pytest.raises(ExpressionError) as refused:
        stock.close(added=[bought])
    assert str(refused.value) == "Balance 'fleet': what flows is a line or an input over time, not 'bought'."


def test_a_balance_is_closed(book: Ledger) -> None:
    book.balance("fleet", opening="4 machine")
    book.line("price", book.assume("each", "1 USD"))
    with pytest.raises(ValueRefused) as refused:
        book.value("price")
    assert str(refused.value) == (
        "Balance 'fleet' was opened but never closed: fleet.close(added=[...], removed=[...])."
    )


def test_a_flow_cannot_need_the_balance_of_its_own_period(book: Ledger) -> None:
    debt = book.balance("debt", opening="100 USD")
    interest = book.line("interest", debt * book.assume("rate", "5 %"), total="sum")
    with pytest.raises(CircularLedger) as refused:
        debt.close(added=[interest])
    assert str(refused.value) == (
        "Lines refer to each other in the same period: debt -> interest -> debt. Let one of them use before(...) or "
        "the opening of a balance."
    )
    with pytest.raises(ValueRefused, match="never closed"):
        book.by_period("debt")


def test_a_flow_cannot_look_ahead_at_what_depends_on_it(book: Ledger) -> None:
    stock = book.balance("stock", opening="1 machine")
    ordered = book.line("ordered", stock.largest() - stock.opening, total="sum")
    with pytest.raises(CircularLedger) as refused:
        stock.close(added=[ordered])
    assert str(refused.value) == "Line 'ordered' looks at all periods of 'stock', which depends on 'ordered'."


def test_one_figure_has_no_periods_and_a_row_no_single_value(book: Ledger) -> None:
    price = book.assume("price", "5 USD", over=book.time)
    each = book.assume("each", "5 USD")
    with pytest.raises(UnknownName, match="'price' has a figure in each period: by_period"):
        book.value(price)
    with pytest.raises(UnknownName, match="'each' is one figure, without periods"):
        book.by_period(each)
    with pytest.raises(ExpressionError, match="takes neither total nor opening"):
        book.line("twice", each + each, total="sum")
    with pytest.raises(UnknownName, match="Name one, such as 'price@2026-04'"):
        book.input("price")


def test_what_there_was_at_first_is_one_figure(book: Ledger) -> None:
    people = book.assume("people", "5 person", over=book.time)
    with pytest.raises(ExpressionError, match="'staff' is one figure, and people has one in each period"):
        book.balance("staff", people)
    with pytest.raises(ExpressionError, match="'hired' is one figure, and people has one in each period"):
        book.line("hired", before(people), opening=people)


def test_growth_compounds_by_its_own_unit(book: Ledger) -> None:
    yearly = book.add(Growth(start="100 USD", rate="12 %/year"), "yearly")
    monthly = book.add(Growth(start=book["yearly.start"], rate="1 %/month"), "monthly")

    assert book.by_period(yearly).array[-1] == pytest.approx(100 * 1.12 ** (5 / 12))
    assert book.by_period(monthly).array[-1] == pytest.approx(100 * 1.01**5)
    with pytest.raises(UnitMismatch, match="its rate is per month or per year, such as '2 %/month'"):
        book.add(Growth(start=book["yearly.start"], rate="1 %/day"), "daily")


def test_growth_needs_periods() -> None:
    with pytest.raises(ExpressionError, match="A formula over time needs periods"):
        Ledger("Budget").add(Growth(start="100 USD", rate="12 %/year"))


def test_a_trace_ends_where_periods_begin() -> None:
    assert str(fleet().trace("all_cost")) == (
        "Fleet, own, as of 2026-01-15\n"
        "All cost: 2,035.11 kUSD = sum of Cost in all periods\n"
        "└── Cost: 4.20077 kUSD to 23.3862 kUSD = sum of (Depreciation, Energy)"
    )


def test_a_look_up_along_periods_has_many_cases_too() -> None:
    book = fleet()
    times = ["2 month", "6 month"]
    found = book.array("all_cost", {"lead_time": times})["all_cost"]

    by_hand = [book.with_settings({"own": {"lead_time": each}}).value("all_cost").magnitude for each in times]
    assert found.tolist() == pytest.approx(by_hand)


def test_spans_that_overlap_are_refused(book: Ledger) -> None:
    book.assume("people", "4 person", over=book.time)
    book.option("hired", {"people": "5 person", "people@2026-05:2026-07": "6 person", "people@2026-06": "7 person"})

    assert book.by_period("people", "hired").array.tolist() == [5, 6, 7, 6, 5, 5]
    with pytest.raises(ValueRefused) as refused:
        book.option("both", {"people@2026-05:2026-07": "6 person", "people@2026-07:2026-08": "7 person"})
    assert str(refused.value) == (
        "Input 'people': people@2026-05:2026-07 and people@2026-07:2026-08 both say what people@2026-07 is. Say it "
        "once."
    )
