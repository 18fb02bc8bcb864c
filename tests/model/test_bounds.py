"""Hard bounds of inputs: what a figure cannot be is refused by the input's name, wherever it is given."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import (
    CostLine,
    Growth,
    Ledger,
    Q,
    Term,
    ahead,
    annuity,
    cost_line,
    declining_balance,
    delayed,
    straight_line,
    term,
    trailing,
    worth_now,
)
from unitledger.errors import LedgerError, UnitMismatch, ValueRefused
from unitledger.model import Bounds
from unitledger.units import magnitude


@pytest.fixture(name="book")
def a_rack_of_cards() -> Ledger:
    book = Ledger("Rack", option="eight")
    cards = book.assume("cards", "8 gpu", whole=True, minimum=1, high="16 gpu")
    life = book.assume("life", "3 year", above=0)
    book.assume("load", "30 %", above=0, maximum=100)
    book.line("yearly", cards / life)
    book.option("four", {"cards": 4})
    return book


GIVEN: list[Callable[[Ledger, str, Any], object]] = [
    lambda book, name, figure: book.with_settings({"eight": {name: figure}}),
    lambda book, name, figure: book.with_settings({"four": {name: figure}}),
    lambda book, name, figure: book.option("other", {name: figure}),
    lambda book, name, figure: book.sweep({name: [figure]}, outputs="yearly"),
]


@pytest.mark.parametrize("give", GIVEN)
@pytest.mark.parametrize(
    ("name", "figure", "message"),
    [
        ("cards", 7.5, "Input 'cards': 7.5 gpu is not a whole number."),
        ("cards", "7.5 gpu", "Input 'cards': 7.5 gpu is not a whole number."),
        ("cards", 0, "Input 'cards': 0 gpu is below the least possible 1 gpu."),
        ("life", "0 year", "Input 'life': 0 year is not above 0 year."),
        ("life", "-1 month", "Input 'life': -0.0833333 year is not above 0 year."),
        ("load", 0, "Input 'load': 0 % is not above 0 %."),
        ("load", 101, "Input 'load': 101 % is above the most possible 100 %."),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    book: Ledger, give: Callable[[Ledger, str, Any], object], name: str, figure: object, message: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        give(book, name, figure)
    assert str(refused.value) == message


@pytest.mark.parametrize("give", GIVEN)
@pytest.mark.parametrize(
    ("name", "figure"), [("cards", 1), ("cards", "5 gpu"), ("life", 1e-9), ("load", 100), ("load", "1 ratio")]
)
def test_a_figure_that_can_be_is_taken(
    book: Ledger, give: Callable[[Ledger, str, Any], object], name: str, figure: object
) -> None:
    give(book, name, figure)


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"above": 5}, ValueRefused, "Input 'fee': 5 USD is not above 5 USD."),
        ({"above": "5 USD"}, ValueRefused, "Input 'fee': 5 USD is not above 5 USD."),
        ({"above": 0, "low": 0}, ValueRefused, "Input 'fee', low: 0 USD is not above 0 USD."),
        ({"whole": True, "high": 7.5}, ValueRefused, "Input 'fee', high: 7.5 USD is not a whole number."),
        ({"above": 5, "maximum": 5}, ValueRefused, "Input 'fee': nothing is above 5 USD and at most 5 USD."),
        ({"above": 6, "maximum": 5}, ValueRefused, "Input 'fee': its minimum 6 USD is above its maximum 5 USD."),
        (
            {"above": 0, "minimum": 1},
            ValueRefused,
            "Input 'fee': give minimum, which a figure may be, or above, which it may not; not both.",
        ),
        ({"above": "5 EUR"}, UnitMismatch, "Input 'fee', above: expected USD, got 5 EUR."),
        ({"above": float("nan")}, ValueRefused, "Input 'fee', above: expected a finite number of USD, got nan."),
    ],
)
def test_bounds_that_do_not_hold_together_are_refused(
    book: Ledger, more: dict[str, Any], error: type[LedgerError], message: str
) -> None:
    with pytest.raises(error) as refused:
        book.assume("fee", "5 USD", **more)
    assert str(refused.value).startswith(message)
    assert "fee" not in book


@pytest.mark.parametrize(
    ("given", "more", "message"),
    [
        (
            "0.164383561643836 month",
            {"minimum": 0.164383561643837},
            "0.164383561643836 month is below the least possible 0.164383561643837 month.",
        ),
        (
            "0.164383561643836 month",
            {"maximum": 0.164383561643835},
            "0.164383561643836 month is above the most possible 0.164383561643835 month.",
        ),
        ("1 month", {"above": "1 month"}, "1 month is not above 1 month."),
        ("5 month", {"above": 5.00000001, "maximum": 5}, "its minimum 5.00000001 month is above its maximum 5 month."),
        ("5 month", {"low": 5.00000001, "high": 5}, "its low 5.00000001 month is above its high 5 month."),
        ("5.00000001 month", {"whole": True}, "5.00000001 month is not a whole number."),
    ],
)
def test_figures_that_differ_read_differently(given: str, more: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        Ledger("Waits").assume("wait", given, **more)
    assert str(refused.value) == f"Input 'wait': {message}"


def test_a_share_is_no_count(book: Ledger) -> None:
    with pytest.raises(ValueRefused) as refused:
        book.assume("used", "30 %", whole=True)
    assert str(refused.value) == "Input 'used': whole=True is for counts; % is a share."


@pytest.mark.parametrize("unit", ["%", "ratio", "USD", "1/%"])
def test_a_bare_number_is_in_the_unit_as_written_wherever_it_is_given(unit: str) -> None:
    book = Ledger("Shares", option="thirty")
    share = book.assume("share", Q(30, unit), low=20, high=40, minimum=10, maximum=50)
    same = book.assume("same", Q(30, unit), low=Q(20, unit), high=Q(40, unit), minimum=Q(10, unit), maximum=Q(50, unit))
    book.line("line", share, unit, minimum=10, maximum=50)
    book.option("twenty", {"share": 20})

    assert (share.bounds, share.setting.low, share.setting.high) == (same.bounds, same.setting.low, same.setting.high)
    assert book.value("line", "twenty") == Q(20, unit)
    assert book.with_settings({"thirty": {"share": 40}}).value("share") == Q(40, unit)
    assert book.array("line", {"share": [20]})["line"].tolist() == [20]
    assert book.sweep(share=[20], outputs="line").rows() == [(20, 20)]
    assert book.value("line.minimum") == Q(10, unit)
    with pytest.raises(ValueRefused, match=r"is below the least possible 10 "):
        book.with_settings({"thirty": {"share": 9}})


@pytest.mark.parametrize("kind", [int, Fraction, Decimal, np.int64, np.uint8, np.float64, np.float32])
@pytest.mark.parametrize("unit", ["%", "USD"])
def test_a_bare_number_may_be_of_any_kind(kind: Callable[[int], Any], unit: str) -> None:
    book = Ledger("Shares", option="thirty")
    ends = {"low": kind(20), "high": kind(40), "minimum": kind(10), "maximum": kind(50)}
    share = book.assume("share", Q(30, unit), **ends)
    book.assume("more", Q(30, unit), above=kind(5))
    book.line("line", share, unit)
    book.option("twenty", {"share": kind(20)})

    assert (share.setting.low, share.setting.high) == tuple(magnitude(Q(end, unit), share.unit) for end in (20, 40))
    assert share.bounds == Ledger("Same").assume("same", Q(30, unit), minimum=10, maximum=50).bounds
    assert book.value("line", "twenty") == Q(20, unit)
    assert book.with_settings({"thirty": {"share": kind(40)}}).value("share") == Q(40, unit)
    assert book.sweep(share=[kind(20), "30 %" if unit == "%" else "30 USD"], outputs="line").rows()[0] == (20, 20)
    with pytest.raises(ValueRefused, match=r"^Input 'share': a sweep takes a list of values, such as "):
        book.sweep(share=kind(20), outputs="line")
    with pytest.raises(ValueRefused, match=r"^Input 'share': 9 (%|USD) is below the least possible 10 "):
        book.with_settings({"thirty": {"share": kind(9)}})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (True, "expected a quantity in %, got True."),
        (np.bool_(True), f"{np.bool_(True)!r} is neither a text such as '5 kW' nor a number with a unit."),
        (np.float64("nan"), "expected a finite number of %, got nan."),
        (Decimal("sNaN"), "expected a finite number of %, got sNaN."),
        (Fraction(10**400), f"expected a finite number of %, got 1{'0' * 59}."),
        (1j, "1j is neither a text such as '5 kW' nor a number with a unit."),
    ],
)
def test_what_is_no_bare_number(given: Any, message: str) -> None:
    book = Ledger("Shares")
    book.assume("share", "30 %")
    with pytest.raises(LedgerError) as refused:
        book.with_settings({"base": {"share": given}})
    assert str(refused.value) == f"Input 'share': {message}"


def test_one_on_a_percentage_is_one_percent() -> None:
    with pytest.raises(ValueRefused) as refused:
        Ledger("Shares").assume("load", "30 %", maximum=1)
    assert str(refused.value) == "Input 'load': 30 % is above the most possible 1 %."


@given(whole=st.integers(0, 10**9), unit=st.sampled_from(["gpu", "token", "ktoken", "Mtoken"]))
def test_a_count_in_another_unit_stays_whole(whole: int, unit: str) -> None:
    held = "gpu" if unit == "gpu" else "token"
    book = Ledger("Counts")
    count = book.assume("count", f"1 {held}", whole=True)
    times = {"ktoken": 1000, "Mtoken": 10**6}.get(unit, 1)

    settled = book.with_settings({"base": {"count": Q(whole / times, unit)}}).values()["count"]
    assert settled == whole
    assert count.bounds == Bounds(whole=True)


@cost_line
class Cooling(CostLine):
    """Cooling of a room."""

    draw: Term = term("kW", "draw", minimum="500 W", maximum=20)
    tariff: Term = term("USD/kWh", "tariff", minimum=0, maximum=1)
    overhead: Term = term("ratio", "overhead", default=1, minimum=1)
    fans: Term = term("fan", "fans", default=1, whole=True, above=0)

    def cost(self) -> Term:
        """Return the cost."""
        return self.draw * self.tariff * self.overhead * (self.fans / self.fans)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"draw": "400 W"}, "Input 'cooling.draw': 400 W is below the least possible 500 W."),
        ({"draw": "400 W/machine"}, "Input 'cooling.draw': 400 W/machine is below the least possible 500 W/machine."),
        ({"draw": "21 kW"}, "Input 'cooling.draw': 21 kW is above the most possible 20 kW."),
        ({"draw": "0.03 MW"}, "Input 'cooling.draw': 0.03 MW is above the most possible 0.02 MW."),
        ({"tariff": "1001 CNY/MWh"}, "Input 'cooling.tariff': 1001 CNY/MWh is above the most possible 1000 CNY/MWh."),
        ({"tariff": "-1 CNY/MWh"}, "Input 'cooling.tariff': -1 CNY/MWh is below the least possible 0 CNY/MWh."),
        ({"overhead": "99 %"}, "Input 'cooling.overhead': 99 % is below the least possible 100 %."),
        ({"fans": "0 fan"}, "Input 'cooling.fans': 0 fan is not above 0 fan."),
        ({"fans": "1.5 fan/machine"}, "Input 'cooling.fans': 1.5 fan/machine is not a whole number."),
    ],
)
def test_bounds_of_a_term_are_in_its_unit(terms: dict[str, str], message: str) -> None:
    stated = {"draw": "5 kW", "tariff": "0.1 USD/kWh", "fans": "2 fan", **terms}
    with pytest.raises(ValueRefused) as refused:
        Ledger("Room").add(Cooling(**stated))
    assert str(refused.value) == message


def test_a_bound_per_anything_can_only_be_zero() -> None:
    with pytest.raises(ValueRefused) as refused:
        term("USD", "price", per_any=True, minimum=5)
    assert str(refused.value) == (
        "Term 'price' may stand per anything, so that no amount but 0 can bound it; 5 cannot."
    )


def test_bounds_come_along_into_copies_and_other_ledgers(book: Ledger) -> None:
    other = Ledger("Other")
    other.include(book, "rack")

    for held, prefix in ((book.only("four"), ""), (book.with_settings({}), ""), (other, "rack.")):
        for name in ("cards", "life", "load"):
            assert held.input(prefix + name).bounds == book.input(name).bounds  # type: ignore[union-attr]
    with pytest.raises(ValueRefused, match=r"Input 'rack\.cards': 7\.5 gpu is not a whole number\."):
        other.with_settings({"base": {"rack.cards": 7.5}})


@pytest.fixture(name="budget")
def six_months() -> Ledger:
    book = Ledger("Budget", as_of="2026-01-05")
    book.timeline("2026-04", 6)
    return book


@pytest.mark.parametrize("unit", ["%/month", "%/year"])
def test_nothing_grows_to_below_nothing(budget: Ledger, unit: str) -> None:
    rate = budget.assume("rate", f"-99 {unit}")
    budget.option("worse", {"rate": f"-99.9 {unit}"})
    fell = budget.add(Growth(start="100 USD", rate=rate), "fell")

    assert min(budget.by_period(fell).array) > 0
    assert budget.assume("rate", f"-99 {unit}") == budget["rate"]
    with pytest.raises(ValueRefused) as refused:
        budget.option("worst", {"rate": f"-150 {unit}"})
    assert str(refused.value) == f"Input 'rate': -150 {unit} is not above -100 {unit}."
    other = budget.assume("other", f"-150 {unit}")
    with pytest.raises(ValueRefused) as refused:
        budget.add(Growth(start="200 USD", rate=other), "falls")
    assert str(refused.value) == f"Line 'falls', input 'other': -150 {unit} is not above -100 {unit}."
    assert "falls" not in budget
    with pytest.raises(ValueRefused) as refused:
        budget.add(Growth(start="300 USD", rate=f"-100 {unit}"), "falls")
    assert str(refused.value) == f"Line 'falls', input 'falls.rate': -100 {unit} is not above -100 {unit}."
    with pytest.raises(ValueRefused) as refused:
        budget.line("worth", worth_now(fell, other))
    least = "-100 %/year" if unit == "%/year" else "-8.33333 %/month"
    assert str(refused.value) == f"Line 'worth', input 'other': -150 {unit} is not above {least}."


@pytest.mark.parametrize(
    "spread",
    [
        lambda price, rest, life, _: straight_line(price, rest, life),
        lambda price, rest, life, one: declining_balance(price, rest, life, life, one),
        lambda price, _, life, one: annuity(one / life, life, price),
    ],
    ids=["straight line", "declining balance", "annuity"],
)
def test_nothing_is_spread_over_no_life(spread: Callable[..., Any]) -> None:
    book = Ledger("Machines")
    price, rest, one = (book.assume(*each) for each in (("price", "9 USD"), ("rest", "1 USD"), ("one", "1 ratio")))
    book.line("each", spread(price, rest, book.assume("life", "3 year"), one))
    for name, length in (("none", "0 year"), ("past", "-3 year")):
        with pytest.raises(ValueRefused) as refused:
            book.line("more", spread(price, rest, book.assume(name, length), one))
        assert str(refused.value) == f"Line 'more', input {name!r}: {length} is not above 0 year."
    with pytest.raises(ValueRefused) as refused:
        book.option("short", {"life": "-1 year"})
    assert str(refused.value) == "Input 'life': -1 year is not above 0 year."


@pytest.mark.parametrize("function", [delayed, ahead, trailing])
def test_a_duration_is_not_below_nothing(budget: Ledger, function: Callable[..., Any]) -> None:
    flow = budget.assume("flow", "1 USD", over=budget.time, total="sum")
    time = budget.assume("time", "2 month")
    budget.line("moved", function(flow, time))
    late = budget.assume("late", "-3 day")

    with pytest.raises(ValueRefused) as refused:
        budget.line("lost", function(flow, late))
    assert str(refused.value) == "Line 'lost', input 'late': -3 day is below the least possible 0 day."
    with pytest.raises(ValueRefused) as refused:
        budget.option("sooner", {"time": "-1 day"})
    assert str(refused.value).startswith("Input 'time': -0.0328767 month is below the least possible 0 month.")
