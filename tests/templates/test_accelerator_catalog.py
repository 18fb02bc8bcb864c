"""Cards beside each other: honest rates, what a price buys, and parts that two templates agree on."""

from __future__ import annotations

import pytest

from unitledger.errors import ValueRefused
from unitledger.templates.accelerator_card import accelerator_card
from unitledger.templates.accelerator_catalog import accelerator_catalog


def test_an_h100_costs_twelve_times_more_for_the_same_measured_work() -> None:
    book = accelerator_catalog()

    assert str(book["value_gap"]) == "value_gap = 12.5 x"
    assert book.values()["compute_ratio"] == pytest.approx(989 / 330)
    assert book.values()["price_ratio"] == pytest.approx(40000 / 1600)


def test_unlike_rates_are_told_and_like_ones_stand_beside_them() -> None:
    book = accelerator_catalog()
    told = (
        "The FP16 rates compared are unlike: one is with FP16 sums, as document 001 has it of an RTX 4090, the other "
        "with FP32 sums. The option with FP32 sums compares like with like."
    )

    assert book.values("h100_fp32")["compute_ratio"] == pytest.approx(989 / 165.2)
    assert book.values("rtx4090_fp32")["compute_ratio"] == pytest.approx(165.2 / 312)
    assert [option for option in book.options if told not in book.raised(option)] == ["h100_fp32", "rtx4090_fp32"]
    both = book.with_settings({"h100": {"accumulation": "FP16"}})
    assert told not in both.raised("h100")


def test_an_h100_pcie_has_the_memory_of_its_own_data_sheet() -> None:
    assert accelerator_catalog().values("h100_pcie")["bandwidth_ratio"] == 2


def test_more_than_twenty_times_the_price_needs_the_list_price() -> None:
    book = accelerator_catalog()
    as_sold = book.with_settings({"h100": {"price": book.setting("selling_price").figure}})

    assert book.values()["price_ratio"] > 20
    assert as_sold.values()["price_ratio"] == 18.75


def test_the_link_of_an_a100_is_that_of_its_data_sheet() -> None:
    book = accelerator_catalog()

    assert book.values("a100")["link_one_way"] == 300
    assert book.setting("link_bidirectional", "a100").figure.source == "(ext) vendor data sheet"


def test_the_parts_of_an_h100_are_those_of_the_card_template() -> None:
    here, there = accelerator_catalog().values(), accelerator_card().values()

    for name, other in (
        ("h100_die", "logic_die_cost"),
        ("h100_memory_cost", "memory_cost"),
        ("parts_h100", "hardware_cost"),
        ("h100_markup", "markup"),
        ("wafer_revenue", "wafer_sales"),
    ):
        assert here[name] == there[other]


def test_half_the_rent_doubles_the_payback() -> None:
    book = accelerator_catalog()

    assert book.values()["discounted_payback"] == pytest.approx(2 * book.values()["payback"])
    assert book.with_settings({"h100": {"discount": 0}}).values()["discounted_payback"] == pytest.approx(7)


def test_a_rebate_of_more_than_all_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        accelerator_catalog().with_settings({"h100": {"discount": 1.5}})

    assert str(refused.value) == "Input 'discount': 1.5 ratio is above the most possible 1 ratio."
