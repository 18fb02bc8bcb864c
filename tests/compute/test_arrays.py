"""Many cases at once are the values of one case after the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import CapexAmortization, Ledger, Power, when
from unitledger.compute.arrays import CHUNK
from unitledger.errors import CalculationError, UnknownName, ValueRefused
from unitledger.model import Figure
from unitledger.units import Q


def a_machine() -> Ledger:
    book = Ledger("A machine", as_of="2026-01-01")
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))
    power = book.add(Power(draw="5 kW/machine", tariff="0.1 USD/kWh"))
    hour = book.total("machine_hour", [capex, power], unit="USD/machine/h")
    load = book.assume("load", "80 %", minimum=0, maximum=1)
    rent = book.assume("rent", "4 USD/machine/h")
    way = book.choice("way", ["own", "rent"])
    paid = book.line("paid", way.select(own=hour, rent=rent))
    book.line("sold_hour", when(load > 0, paid / load, 0))
    book.line("margin", (rent - paid) / rent)
    return book


CASES = st.lists(
    st.tuples(st.floats(0.05, 1), st.floats(0.5, 20), st.sampled_from(["own", "rent"])), min_size=1, max_size=5
)


@given(CASES)
def test_each_case_is_what_the_ledger_says_of_that_case(cases: list[tuple[float, float, str]]) -> None:
    book = a_machine()
    outputs = ["sold_hour", "paid", "margin"]
    found = book.array(
        outputs,
        {
            "load": [load for load, _, _ in cases],
            "rent": [rent for _, rent, _ in cases],
            "way": [1 if way == "own" else 2 for _, _, way in cases],
        },
    )
    for case, (load, rent, way) in enumerate(cases):
        figures = {"load": Figure(Q(load * 100, "%")), "rent": Figure(Q(rent, "USD/machine/h")), "way": Figure(way)}
        values = book.with_settings({book.base: figures}).values()
        for name in outputs:
            assert found[name][case] == pytest.approx(values[name], rel=1e-12, abs=1e-15)


def test_cases_are_kept_in_order_across_chunks() -> None:
    book = a_machine()
    count = 2 * CHUNK + 3
    load = np.linspace(0.1, 1.0, count)
    found = book.array("sold_hour", {"load": load})["sold_hour"]
    assert found == pytest.approx(book.values()["paid"] / load, rel=1e-12)


def test_inputs_are_left_as_they_were() -> None:
    load = np.linspace(0.1, 1.0, 5)
    before = load.copy()
    a_machine().array("sold_hour", {"load": load})
    assert (load == before).all()


def test_an_output_that_no_case_reaches_is_the_same_in_every_case() -> None:
    book = a_machine()
    found = book.array(["machine_hour", "sold_hour"], {"load": [0.5, 1.0]})
    assert found["machine_hour"].tolist() == [book.values()["machine_hour"]] * 2


def test_a_branch_that_is_not_taken_may_divide_by_zero() -> None:
    assert a_machine().array("sold_hour", {"load": [0.0, 0.5]})["sold_hour"][0] == 0.0


@pytest.mark.parametrize(
    ("inputs", "error", "message"),
    [
        ({}, UnknownName, "Name at least one input that varies."),
        ({"lode": [1.0]}, UnknownName, "'A machine' has no input named 'lode'. Did you mean 'load'?"),
        (
            {"load": [0.5, 1.5]},
            ValueRefused,
            "Input 'load': case 1 (counted from 0) is 1.5; expected a finite number from 0 to 1.",
        ),
        (
            {"load": [float("nan")]},
            ValueRefused,
            "Input 'load': case 0 (counted from 0) is nan; expected a finite number from 0 to 1.",
        ),
        (
            {"load": [0.5], "rent": [1.0, 2.0]},
            ValueRefused,
            "Arrays of cases must have one length: load has 1, rent has 2.",
        ),
        (
            {"load": [[0.5]]},
            ValueRefused,
            "Input 'load': cases must be a one-dimensional array, not of shape (1, 1).",
        ),
        (
            {"rent": [1.0, 0.0]},
            CalculationError,
            "Line 'margin' has no finite value in case 1 (counted from 0): rent = 0.",
        ),
    ],
)
def test_bad_cases_are_refused(inputs: dict[str, list[float]], error: type[Exception], message: str) -> None:
    with pytest.raises(error) as refused:
        a_machine().array("margin", inputs)
    assert str(refused.value) == message


def test_what_is_no_array_of_numbers_is_refused() -> None:
    book = Ledger("Cards")
    price, cards = book.assume("price", "2 USD/gpu", minimum=0), book.assume("cards", "8 gpu")
    kind = book.choice("kind", ["spot", "reserved"])
    book.line("bill", kind.select(spot=price * cards, reserved=price * cards))

    for cases in (["3 USD/gpu"], [1j]):
        with pytest.raises(ValueRefused) as refused:
            book.array("bill", {"price": cases})
        assert str(refused.value) == (
            "Input 'price': expected numbers in its unit (of a choice the places of its words, counted from 1), got "
            f"{cases!r}. Quantities as texts go into sweep(...)."
        )
    with pytest.raises(ValueRefused) as refused:
        book.array("bill", {"kind": [1, 1.5]})
    assert str(refused.value) == "Input 'kind': the places of its words are whole numbers, counted from 1."
    with pytest.raises(ValueRefused) as refused:
        book.array("bill", {"price": [1, -1]})
    assert str(refused.value) == (
        "Input 'price': case 1 (counted from 0) is -1; expected a finite number of 0 or more."
    )
    with pytest.raises(ValueRefused, match=r"case 0 \(counted from 0\) is nan; expected a finite number\.$"):
        book.array("bill", {"cards": [float("nan")]})
