"""Silicon as its user meets it: what a design gets from a transistor, and a gain that its factors do not make up."""

from __future__ import annotations

import pytest

from unitledger.errors import ValueRefused
from unitledger.templates.silicon import silicon

MISSING_FACTOR = (
    "The listed factors multiply to less than the printed gain: the rise of the plain rate per transistor is not "
    "among them."
)


def test_a_tensor_core_gets_a_thousand_times_the_work_of_a_scalar_core_from_a_transistor() -> None:
    book = silicon()

    assert list(book.options) == [
        "h100_fp32",
        "h100_tf32",
        "cpu_scalar",
        "cpu_vector",
        "cpu_vector_256",
        "tpu_v4",
    ]
    assert book.values("h100_tf32")["compute_per_transistor"] == pytest.approx(417e12 / 80e9)
    assert book.values("cpu_scalar")["compute_per_transistor"] == pytest.approx(24 * 5.6e9 / (257 * 100e6))
    assert book.values("cpu_vector")["compute_per_transistor"] == pytest.approx(24 * 5.6e9 * 16 / (257 * 100e6))
    assert str(book.value("compute_per_transistor", "tpu_v4")) == "12500 FLOP/s/transistor"


def test_vectors_wider_than_the_processor_has_raise_an_alert() -> None:
    book = silicon()
    too_wide = (
        "The vector registers are counted wider than the processor has them; option cpu_vector_256 counts what it has."
    )

    assert [option for option in book.options if too_wide in book.raised(option)] == ["cpu_vector"]
    assert book.values("cpu_vector")["vector_lanes"] == 16
    assert book.values("cpu_vector_256")["vector_lanes"] == 8


def test_units_say_why_transistors_for_money_are_a_density_over_a_price_of_area() -> None:
    book = silicon()
    face = 3.14159265358979 * 150**2

    assert str(book["transistors_per_money"]) == "transistors_per_money = 463.134 Mtransistor/USD"
    assert book.values()["transistors_per_money"] == pytest.approx(80e9 / 814 / (15000 / face) / 1e6)


def test_the_listed_factors_fall_short_of_the_printed_gain_until_the_missing_one_joins_them() -> None:
    book = silicon()
    values = book.values()
    transistors, plain = 80 / 7.08, 67 / 3.935

    assert values["total_gain"] == pytest.approx(transistors * 4000 / 67)
    assert values["complete_gain"] == pytest.approx(plain * 4000 / 67)
    assert values["total_gain"] < 1000 < values["complete_gain"]
    assert book.raised() == (MISSING_FACTOR,)


def test_a_gain_that_the_list_makes_up_raises_no_alert() -> None:
    book = silicon().with_settings({"h100_fp32": {"printed_total_gain": 600}})

    assert book.raised() == ()


def test_the_die_by_its_area_costs_less_than_by_sellable_dies() -> None:
    from_fifty_dies = 15000 / 50

    assert silicon().values()["die_cost_by_area"] < from_fifty_dies


def test_a_register_of_no_width_is_a_scalar_core() -> None:
    book = silicon().with_settings({"cpu_vector": {"vector_width": "0 bit/core"}})

    assert book.values("cpu_vector")["compute_per_transistor"] == book.values("cpu_scalar")["compute_per_transistor"]


def test_a_die_of_negative_area_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        silicon().with_settings({"h100_fp32": {"die_area": -814}})

    assert str(refused.value) == "Input 'die_area': -814 mm2/die is not above 0 mm2/die."
