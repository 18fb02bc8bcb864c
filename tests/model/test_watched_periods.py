"""Alerts, advice and bounds of what has periods, and where one figure is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from budgets import budget
from recalculate import Desk

from unitledger import Ledger, ahead, before, change, cumulative, delayed, trailing, worth_now
from unitledger.errors import ExpressionError, LedgerError, UnitMismatch
from unitledger.expression import Expression
from unitledger.model import AxisLine
from unitledger.workbook import verify


@pytest.fixture(name="book")
def watched() -> Ledger:
    """A budget with conditions on what all periods come to, and bounds of a line over time."""
    book = budget()
    people, machines = book["people"], book["machines"]
    book.alert(book["cash"].least() < 0, "Cash runs out.")
    assert isinstance(machines, AxisLine)
    most = people.largest() * book.assume("each", "3 machine/person")
    book.alert(machines["2026-05"] < most, "Too many people.")
    book.line("spare", machines - people * book["each"], minimum="-3 machine", maximum="40 machine")
    book.advise(book["margin"].sum() > 0, "Go on.")
    return book


FEW = "Spare, in one period at least, is below -3 machine, which is not plausible."


def test_conditions_take_one_figure_of_all_periods(book: Ledger) -> None:
    assert book.raised() == ("Too many people.",)
    assert book.raised("dear") == ("Too many people.", FEW)
    assert book.advised("dear") == ("Go on.",)
    watched_lines = [name for name in book.lines if "watched" in name]
    assert watched_lines == ["machines.watched", "people.watched", "spare.watched", "spare.watched2"]
    assert book["spare.watched"].label == "Least of Spare in all periods"


def test_what_is_watched_of_a_table_is_said_of_items() -> None:
    book = Ledger("Prices", as_of="2026-01-05")
    prices = book.table("prices", {"name": ["a", "b"], "price": [3.0, 1.0]}, key="name", columns={"price": "USD"})
    book.alert(prices["price"].least() < book.assume("fee", "2 USD"), "One is cheaper than the fee.")
    book.line("all", prices["price"].sum())
    assert book["prices.price.watched"].label == "Least of Prices: Price of all items"


def test_the_workbook_watches_the_same(book: Ledger, tmp_path: Path) -> None:
    path = book.to_excel(tmp_path / "watched.xlsx")

    assert verify(path).differences == ()
    desk = Desk(path)
    assert desk.status() == ("OK", "AS BUILT", 3)
    sheet = openpyxl.load_workbook(path)["Timeline"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Price")
    desk.type("Timeline", {cell.coordinate: 0.1 for cell in row[4:28]})
    assert desk.status() == ("OK", "EDITED (24)", 5)


def test_an_option_beyond_what_is_plausible_is_not_the_best() -> None:
    book = Ledger("Fleet", as_of="2026-01-05")
    t = book.timeline("2026-01", 3)
    cost = book.line("cost", book.assume("price", "5 USD/h", over=t) * t.hours, "USD", maximum="4000 USD")
    book.headline(book.line("in_all", cost.sum()))
    book.option("peak", {"price": "1 USD/h", "price@2026-02": "6 USD/h"})

    assert book.raised() == ()
    assert book.raised("peak") == ("Cost, in one period at least, is above 4000 USD, which is not plausible.",)
    assert "peak" not in str(book).partition("Best")[2].partition("\n")[0]


def test_a_condition_by_period_is_refused(book: Ledger) -> None:
    with pytest.raises(ExpressionError) as refused:
        book.alert(book["cash"] < 0, "Cash runs out.")
    assert str(refused.value) == (
        "Alert 'Cash runs out.': its condition cash < 0 is true or false in each period. Compare one figure: .least(), "
        ".largest(), .sum() or .closing() of what has periods."
    )
    lines = tuple(book.lines)
    with pytest.raises(UnitMismatch):
        book.alert(book["revenue"].largest(), "No condition.")
    assert tuple(book.lines) == lines


@pytest.mark.parametrize(
    "ask",
    [
        lambda book: book.headline(book["cost"]),
        lambda book: book.headline(book["margin_in_all"], beside=[book["cost"]]),
        lambda book: book.array("cost", {"tariff": [0.1]}),
        lambda book: book.sweep(tariff=[0.1], outputs=["cost"]),
        lambda book: book.sensitivity("cost"),
    ],
)
def test_where_one_figure_is_asked_for_a_line_over_time_is_refused(ask: Callable[[Ledger], object]) -> None:
    with pytest.raises(LedgerError) as refused:
        ask(budget())
    assert str(refused.value).endswith(
        "'cost' has a figure in each period. Make a line of one of them or of all, such as line('cost_sum', "
        "cost.sum())."
    )


def test_an_exchange_rate_by_period_is_no_rate_of_key_figures() -> None:
    book = budget()
    book.assume("rate", "0.9 EUR/USD", over=book.time)
    with pytest.raises(ExpressionError) as refused:
        book.reported_in("EUR", "rate")
    assert str(refused.value) == (
        "The exchange rate 'rate' has several figures, and key figures have one. Convert lines along the same periods "
        "or items with it, and add these up."
    )


ONE_FIGURE = (
    "price is one figure, without periods. Take it as it is, or give it periods: assume it over the timeline, or "
    "multiply it by a length such as t.months."
)


@pytest.mark.parametrize(
    "looked_at",
    [
        lambda price, _: price.sum(),
        lambda price, _: price.mean(),
        lambda price, _: price.least(),
        lambda price, _: price.largest(),
        lambda price, _: before(price),
        lambda price, _: price.opening,
        lambda price, _: change(price),
        lambda price, _: cumulative(price),
        trailing,
        delayed,
        ahead,
        lambda price, _: worth_now(price, price / price),
    ],
)
def test_one_figure_is_not_looked_at_along_periods(looked_at: Callable[..., Expression]) -> None:
    for with_periods in (True, False):
        book = Ledger("Budget", as_of="2026-01-05")
        if with_periods:
            book.timeline("2026-04", 6)
        tree = looked_at(book.assume("price", "5 USD"), book.assume("some_time", "2 month"))
        with pytest.raises(ExpressionError) as refused:
            book.line("spent", tree)
        begin = "A formula over time needs periods: begin with timeline(start, periods)."
        assert str(refused.value) in (f"Line 'spent': {ONE_FIGURE}", "" if with_periods else begin)


def test_one_figure_has_no_last_and_no_given_period() -> None:
    price = Ledger("Budget").assume("price", "5 USD")
    for look in (price.closing, lambda: price["2026-11"]):
        with pytest.raises(ExpressionError) as refused:
            look()
        assert str(refused.value) == ONE_FIGURE.replace("price", "'price'", 1)
