"""Many cases at once are the values of one case after the other."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import CapexAmortization, Ledger, Power, minimum, when
from unitledger.compute.many.cases import CHUNK
from unitledger.errors import CalculationError, LedgerError, UnknownName, ValueRefused
from unitledger.model import Figure
from unitledger.units import Q


def a_machine() -> Ledger:
    book = Ledger("A machine", as_of="2026-01-01")
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))
    power = book.add(Power(draw="5 kW/machine", tariff="0.1 USD/kWh"))
    hour = book.total("machine_hour", [capex, power], unit="USD/machine/h")
    load = book.assume("load", "80 %", minimum=0, maximum="100 %")
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
            "load": [load * 100 for load, _, _ in cases],
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
    load = np.linspace(10, 100, count)
    found = book.array("sold_hour", {"load": load})["sold_hour"]
    assert found == pytest.approx(book.values()["paid"] / load * 100, rel=1e-12)


def test_inputs_are_left_as_they_were() -> None:
    load = np.linspace(0.1, 1.0, 5)
    before = load.copy()
    a_machine().array("sold_hour", {"load": load})
    assert (load == before).all()


def test_an_input_that_is_the_least_of_itself_is_left_as_it_was() -> None:
    book = Ledger("One")
    price = book.assume("price", "1 USD")
    book.line("thrice", minimum(price) * book.assume("times", "3 ratio"))
    prices = np.array([1.0, 2.0])

    assert book.array("thrice", {"price": prices})["thrice"].tolist() == [3, 6]
    assert prices.tolist() == [1, 2]


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
            {"load": [50, 150]},
            ValueRefused,
            "Input 'load', case 1 (counted from 0): 150 % is above the most possible 100 %.",
        ),
        (
            {"load": [50, float("nan")]},
            ValueRefused,
            "Input 'load', case 1 (counted from 0): expected a finite number of %, got nan.",
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
            "Line 'margin' has no finite value in case 1 (counted from 0): rent = 0 USD/machine/h.",
        ),
    ],
)
def test_bad_cases_are_refused(inputs: dict[str, list[float]], error: type[Exception], message: str) -> None:
    with pytest.raises(error) as refused:
        a_machine().array("margin", inputs)
    assert str(refused.value) == message


def test_what_is_no_column_of_an_input_is_refused() -> None:
    book = Ledger("Cards")
    price = book.assume("price", "2 USD/gpu", above=0)
    cards = book.assume("cards", "8 gpu", whole=True)
    kind = book.choice("kind", ["spot", "reserved"])
    book.line("bill", kind.select(spot=price * cards, reserved=price * cards))

    expected = "Input 'price': expected numbers in USD/gpu or quantities, one per case, got {}"
    for name, column, message in (
        ("price", [1j], "Input 'price': expected numbers in USD/gpu or quantities, one per case, got [1j]."),
        ("price", [True, False], expected.format("[True, False]")),
        ("price", [True, 2], expected.format("[True, 2]")),
        ("price", np.array([True]), expected.format("array([ True])")),
        ("price", np.array([2, np.bool_(True)], dtype=object), expected.format("array([2, ")),
        ("price", np.array([2 + 1j]), expected.format("array([2.+1.j])")),
        ("price", [np.complex128(2)], expected.format("[np.complex128(2+0j)]")),
        ("price", np.ma.masked_less([1.0, 2.0], 2), expected.format("masked_array(data=[--, 2.0],")),
        ("price", np.array(["2026-01-01"], dtype="datetime64[D]"), "Input 'price': expected USD/gpu, got 2026-01-01."),
        ("price", [10**400], expected.format("[1000")),
        ("kind", [True], "Input 'kind': expected words or their places, one per case, got [True]."),
        ("price", ["3 kW"], "Input 'price': expected USD/gpu, got 3 kW."),
        ("price", ["3"], "Input 'price': '3' has no unit. Write '3 USD/gpu', or the number itself."),
        ("price", Q("3 USD/gpu"), "Input 'price': cases must be a one-dimensional array, not of shape ()."),
        ("price", [1, 0], "Input 'price', case 1 (counted from 0): 0 USD/gpu is not above 0 USD/gpu."),
        ("cards", [8, 7.5], "Input 'cards', case 1 (counted from 0): 7.5 gpu is not a whole number."),
        ("cards", [float("nan")], "Input 'cards', case 0 (counted from 0): expected a finite number of gpu, got nan."),
        ("kind", [1, 1.5], "Input 'kind': the places of its words are whole numbers, 1 to 2."),
        ("kind", [3], "Input 'kind': the places of its words are whole numbers, 1 to 2."),
        ("kind", ["spott"], "Input 'kind': expected one of spot, reserved, got 'spott'. Did you mean 'spot'?"),
        ("kind", "spot", "Input 'kind': expected words or their places, one per case, got 'spot'."),
    ):
        with pytest.raises(LedgerError) as refused:
            book.array("bill", {name: column})
        assert str(refused.value).startswith(message)


def test_columns_are_numbers_as_written_quantities_or_words() -> None:
    book = a_machine()
    loads: list[Any] = [
        [30, 100],
        np.array([30, 100]),
        ["30 %", "1 ratio"],
        [30, "100 %"],
        (Q("30 %"), Q("1 ratio")),
        np.array(["30 %", "100 %"]),
        np.array([0.3, 1]) * Q("1 ratio"),
        Q(np.array([30, 100]), "%"),
        Q(np.array([0.3, 1]), "ratio"),
        [Decimal(30), Fraction(100)],
        [np.int64(30), "100 %"],
        np.ma.masked_less([30, 100], 0),
    ]
    for load in loads:
        found = book.array(["sold_hour", "margin"], {"load": load, "way": ["own", "rent"]})
        for case, (share, way) in enumerate((("30 %", "own"), ("100 %", "rent"))):
            alone = book.with_settings({book.base: {"load": share, "way": way}})
            assert found["sold_hour"][case] == pytest.approx(alone.value("sold_hour").magnitude, rel=1e-12)
            assert found["margin"][case] == pytest.approx(alone.value("margin").magnitude, rel=1e-12)


def test_a_share_comes_out_as_it_is_written() -> None:
    book = Ledger("Price")
    cost, price = book.assume("cost", "71 USD"), book.assume("price", "100 USD")
    book.line("margin", 1 - cost / price, "%")

    assert book.array("margin", {"cost": [71, 70]})["margin"].tolist() == [29, 30]
    assert book.array("margin", {"cost": [71], "price": [100]})["margin"].tolist() == [29]


def test_what_conversion_leaves_is_no_part_of_a_count_or_beyond_a_bound() -> None:
    book = Ledger("Tokens")
    batch = book.assume("batch", "8 token", whole=True, maximum="2 ktoken")
    book.line("twice", batch + batch)

    found = book.array("twice", {"batch": ["1.001 ktoken", "0.007 ktoken"]})["twice"]
    assert found.tolist() == [2002, 14]
    assert book.array("twice", {"batch": [7.9999999999, 2000.0000000000002]})["twice"].tolist() == [16, 4000]


@pytest.mark.parametrize("varied", [["a"], ["b"], ["a", "b"], ["b", "d"], ["a", "b", "d"]])
def test_products_and_quotients_are_those_of_plain_numbers_whichever_of_them_vary(varied: list[str]) -> None:
    book = Ledger("Products")
    a, b, d = (book.assume(name, f"{figure} ratio") for name, figure in (("a", 49), ("b", 0.7), ("d", 3)))
    formulas = [a * b * d, a / b / d, a / (b / d), a / (b * d), a * (1 / b) * d, 1 / (a / b) * (b / (d * d)), a / d * d]
    names = [book.line(f"line_{place}", formula).name for place, formula in enumerate(formulas)]

    found = book.array(names, {name: [book.values()[name]] * 2 for name in varied})
    for name in names:
        assert found[name] == pytest.approx(book.values()[name], rel=1e-14)


def test_a_number_over_itself_is_one() -> None:
    book = Ledger("One")
    a, b = book.assume("a", "49 ratio"), book.assume("b", "49 ratio")
    book.line("share", a / b)

    assert book.array("share", {"a": [49]})["share"].tolist() == [1]


def test_plain_numbers_whose_product_no_number_holds_are_taken_in_one_by_one() -> None:
    book = Ledger("Large")
    tiny, large, none = (
        book.assume(name, f"{figure} ratio") for name, figure in (("tiny", 1), ("large", 1e200), ("none", 0))
    )
    book.line("product", tiny * large * large)
    book.line("nothing", tiny * none)

    found = book.array(["product", "nothing"], {"tiny": [1e-300]})
    assert found["product"] == pytest.approx(1e100)
    assert found["nothing"].tolist() == [0]


def test_one_case_of_one_item_is_what_the_ledger_says() -> None:
    book = Ledger("Sites")
    sites = book.table("sites", [{"name": "north", "cards": 4}], key="name", columns={"cards": "gpu"})
    bill = book.line("bill", sites.cards * book.assume("price", "2 USD/gpu"))
    book.line("paid", bill.sum() * book.assume("share", "50 %"))

    assert book.array("paid", {"price": [5]})["paid"].tolist() == [10]
