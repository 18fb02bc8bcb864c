"""Accelerator cards as their buyer meets them: parts, price, and growth that depends on how years are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import up_to

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.templates.accelerator_card import accelerator_card

PER_MONEY = "Throughput per money grew less by launch years than stated: the stated growth assumes shorter generations."
PER_POWER = "Throughput per power grew less by launch years than stated: the stated growth assumes shorter generations."


def test_an_h100_sells_for_fourteen_times_its_parts() -> None:
    book = accelerator_card()

    assert str(book["hardware_cost"]) == "hardware_cost = 2100 USD/gpu"
    assert book.values()["markup"] == pytest.approx(30000 / (15000 / 50 + 80 * 15 + 300 + 300))
    assert book.values()["gross_margin"] == pytest.approx(0.93)


def test_growth_by_launch_years_is_less_than_by_two_years_for_a_generation() -> None:
    book = accelerator_card()
    values = book.values("v100_to_h100")

    assert values["money_annual_growth"] == pytest.approx((30 / 13) ** (1 / 5) - 1)
    assert values["money_stated_growth"] == pytest.approx(1.5 ** (1 / 2) - 1)
    assert book.raised("v100_to_h100") == (PER_MONEY, PER_POWER)


def test_generations_as_long_as_the_table_has_them_raise_no_alert() -> None:
    book = accelerator_card().with_settings({"v100_to_h100": {"generation_time": "2.5 year"}})

    assert book.raised("v100_to_h100") == ()


BOOK = accelerator_card()


@given(dies=st.floats(1, 100), memory=up_to(1000), price=st.floats(1, 1e5))
def test_margin_and_markup_are_two_sides_of_one_figure(dies: float, memory: float, price: float) -> None:
    book = BOOK.with_settings({"h100": {"dies_per_wafer": dies, "memory_size": memory, "sale_price": price}})
    values = book.values()

    assert 1 - values["gross_margin"] == pytest.approx(1 / values["markup"])
    assert values["wafer_sales"] == pytest.approx(dies * price)


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        accelerator_card().with_settings({"h100": {"dies_per_wafer": -1}})

    assert str(refused.value) == "Input 'dies_per_wafer': -1 die/wafer is not above 0 die/wafer."


def test_throughput_per_power_is_no_throughput_per_money() -> None:
    with pytest.raises(UnitMismatch, match=r"^Input 'money_new_value': expected GFLOP/s/USD, got 1429 GFLOP/s/W\."):
        accelerator_card().with_settings({"h100": {"money_new_value": "1429 GFLOP/s/W"}})
