"""The value of an input at which two options come out equal."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import Figure, Ledger
from unitledger.compute.break_even import first_change, points, refined
from unitledger.errors import ValueRefused


@pytest.fixture(name="book")
def a_card_of_ones_own_against_an_api() -> Ledger:
    """An hour of the card costs 2.7 USD and gives 3.6 Mtoken when it is sold all the time."""
    book = Ledger("Own or API", option="own", as_of="2026-01-01")
    hour = book.assume("hour", "2.7 USD/h", low="2 USD/h", high="3 USD/h")
    rate = book.constant("rate", "1000 token/s", source="measured")
    load = book.assume("load", "100 %", low="30 %", high="100 %", minimum=0, maximum="100 %")
    price = book.assume("price", "1.25 USD/Mtoken", low="1 USD/Mtoken", high="2 USD/Mtoken")
    supplier = book.choice("supplier", ["own", "API"])
    own = book.line("own_cost", hour / (rate * load), unit="USD/Mtoken")
    book.headline(book.line("token_cost", supplier.select(own=own, API=price), unit="USD/Mtoken"))
    book.option("API", {"supplier": "API"})
    book.option("dear", {"load": "90 %", "hour": "5 USD/h"})
    return book


def test_the_load_at_which_owning_costs_what_the_api_asks(book: Ledger) -> None:
    # 2.7 USD / 3.6 Mtoken is 0.75 USD/Mtoken; divided by a load of 60 % it is 1.25.
    found = book.break_even("load", "own", "API")

    assert found is not None
    assert found.magnitude == pytest.approx(60, rel=1e-9)
    assert str(found) == "60 %"


def test_another_line_can_be_compared(book: Ledger) -> None:
    found = book.break_even("load", "own", "dear", line="own_cost")

    # 5 USD at 90 % is as much as 2.7 USD at 48.6 %.
    assert found is not None
    assert found.magnitude == pytest.approx(48.6, rel=1e-9)
    # "dear" has its own hour, and none from 2 to 3 USD, sold all the time, costs as much.
    assert book.break_even("hour", "own", "dear", line="own_cost") is None


def test_an_input_moves_in_both_options_only_if_both_inherit_it(book: Ledger) -> None:
    dear = book.with_settings({"dear": {"hour": "2.25 USD/h"}})

    # 2.25 USD at 90 % is 2.5 USD at all times; "dear" keeps its own load while that of "own" moves.
    assert dear.break_even("load", "own", "dear") is None
    cheap = book.with_settings({"dear": {"hour": "2.7 USD/h"}})
    found = cheap.break_even("load", "own", "dear")
    assert found is not None
    assert found.magnitude == pytest.approx(90, rel=1e-9)


def test_options_that_are_always_equal_have_no_break_even(book: Ledger) -> None:
    book.option("twin", {})

    assert book.break_even("load", "own", "twin") is None
    assert book.break_even("load", "own", "own") is None


def test_an_input_without_range_is_refused(book: Ledger) -> None:
    with pytest.raises(ValueRefused, match=r"^Input 'supplier' has no range in option 'own': give it low=\.\.\. and "):
        book.break_even("supplier", "own", "API")
    known = book.with_settings({"dear": {"load": Figure("90 %", low="90 %", high="90 %")}})
    with pytest.raises(ValueRefused, match=r"^Input 'load' has no range in option 'dear': give it low=\.\.\. and high"):
        known.break_even("load", "dear", "API")


@given(
    root=st.floats(0.1, 0.95),
    bend=st.sampled_from([-2.0, -1.0, -0.5, 0.5, 1.0, 3.0]),
    low=st.floats(0.05, 0.09),
    sign=st.sampled_from([-1.0, 1.0]),
)
def test_smooth_curves_are_met_to_five_digits(root: float, bend: float, low: float, sign: float) -> None:
    def difference(value: float) -> float:
        return float(sign * (value**bend - root**bend))

    at = points(low, 1.0)
    assert refined(at, [difference(value) for value in at], difference) == pytest.approx(root, rel=1e-5)


def test_a_jump_is_closed_in_on() -> None:
    def difference(value: float) -> float:
        return math.ceil(value) - 5.5

    at = points(0.0, 30.0)
    assert refined(at, [difference(value) for value in at], difference) == pytest.approx(5, abs=0.1)


def test_without_a_change_of_sign_nothing_is_found() -> None:
    at = points(1.0, 9.0)

    assert refined(at, [1 / value for value in at], math.sqrt) is None


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=9))
def test_the_first_change_is_one_where_the_sign_or_zero_is_passed(differences: list[float]) -> None:
    place = first_change(differences)

    if place is None:
        assert all(one > 0 for one in differences) or all(one < 0 for one in differences) or len(set(differences)) == 1
    else:
        assert differences[place] * differences[place + 1] <= 0
