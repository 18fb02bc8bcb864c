"""Units multiply, cancel and keep their spelling."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import QuantityError, UnitMismatch
from unitledger.units import DIMENSIONLESS, Q, Unit

PARTS = ["USD", "CNY", "kW", "kWh", "h", "year", "ms", "Mtoken", "machine", "gpu", "GB", "Gbps", "TFLOPS", "%"]
units = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from([-2, -1, 1, 2])), max_size=4).map(
    lambda parts: _product([Unit.parse(name) ** power for name, power in parts])
)


def _product(parts: list[Unit]) -> Unit:
    product = DIMENSIONLESS
    for part in parts:
        product = product * part
    return product


def test_equality_looks_at_the_atoms_not_at_the_spelling() -> None:
    assert Unit.parse("USD/machine/h") == Unit.parse("USD/(h machine)")
    assert hash(Unit.parse("USD/machine/h")) == hash(Unit.parse("USD/(h machine)"))
    assert str(Unit.parse("USD/(h machine)")) == "USD/(h machine)"
    assert Unit.parse("kW") != Unit.parse("W")


def test_computed_units_use_preferred_symbols() -> None:
    draw, tariff, machine = Unit.parse("kilowatts"), Unit.parse("USD/kWh"), Unit.parse("machines")
    assert str(draw * tariff) == "kW·USD/kWh"
    assert str(Unit.parse("USD") / Unit.parse("hour") / machine) == "USD/machine/h"
    assert str(DIMENSIONLESS / Unit.parse("step")) == "1/step"
    assert str(machine / machine) == "ratio"
    assert str(Unit.parse("hours") ** 2) == "h^2"
    assert str(Unit.parse("hours") ** Fraction(1, 2)) == "h^(1/2)"


@given(units, units, units)
def test_algebra(a: Unit, b: Unit, c: Unit) -> None:
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)
    assert a * b / b == a
    assert a / a == DIMENSIONLESS
    assert a**2 == a * a
    assert (a * b) ** Fraction(1, 2) == a ** Fraction(1, 2) * b ** Fraction(1, 2)
    assert (a * b).size() == a.size() * b.size()


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from([-1, 1])), max_size=4))
def test_the_spelling_of_a_computed_unit_reads_back(parts: list[tuple[str, int]]) -> None:
    unit = _product([Unit.parse(name) ** power for name, power in parts])
    assert Unit.parse(unit.spelling) == unit


def test_dimension_physical_part_counts_and_currencies() -> None:
    unit = Unit.parse("USD/machine/h")
    assert dict(unit.dimension) == {"[USD]": 1, "[machine]": -1, "[time]": -1}
    assert dict(unit.physical) == {"[currency]": 1, "[time]": -1}
    assert unit.counting == Unit.parse("1/machine")
    assert unit.currencies == {"USD"}
    assert Unit.parse("USD/Mtoken").counting == Unit.parse("1/Mtoken")
    assert Unit.parse("CNY/USD").physical == ()
    assert Unit.parse("CNY/USD").currencies == {"CNY", "USD"}
    assert dict(Unit.parse("FLOP/s").physical) == {"[operation]": 1, "[time]": -1}
    assert Unit.parse("kW").counting == DIMENSIONLESS


def test_plain_numbers() -> None:
    assert Unit.parse("ratio") == Unit.parse("x") == DIMENSIONLESS
    assert Unit.parse("%") != DIMENSIONLESS
    for text in ("%", "ratio", "x", "bp", "ppm", "token/Mtoken"):
        assert Unit.parse(text).is_dimensionless, text
    assert not Unit.parse("token").is_dimensionless


def test_only_shares_are_stored_otherwise_than_written() -> None:
    assert Unit.parse("%").written == Fraction(1, 100)
    assert Unit.parse("%/year").written == Fraction(1, 100)
    assert Unit.parse("bp").written == 1
    assert Unit.parse("USD/h").written == 1


def test_size_is_exact() -> None:
    assert Unit.parse("month").size() == 730 * 3600
    assert Unit.parse("us").size() == Fraction(1, 1_000_000)
    assert (Unit.parse("h") ** Fraction(1, 2)).size() == 60
    with pytest.raises(UnitMismatch, match="Convert the unit before taking the root"):
        (Unit.parse("day") ** Fraction(1, 2)).size()


@pytest.mark.parametrize(
    ("product", "simple"),
    [
        ("kW·USD/kWh/machine", "USD/machine/h"),
        ("W·USD/kWh", "USD/h"),
        ("GB·USD/(MB month)", "USD/month"),
        ("year·USD/h", "USD"),
        ("Mtoken·USD/ktoken", "USD"),
        ("TFLOPS·h", "TFLOP"),
        ("FLOP/TFLOPS", "s"),
        ("B/Gbps", "s"),
        ("kWh/h", "kW"),
        ("kWh/kW", "h"),
        ("%·USD", "USD"),
        ("%·%", "%"),
        ("kW·h", "kW·h"),
        ("J/kg", "J/kg"),
        ("USD/kWh", "USD/kWh"),
        ("token/Mtoken", "ratio"),
    ],
)
def test_composites_cancel_where_that_leaves_something_plain(product: str, simple: str) -> None:
    assert str(Unit.parse(product).simplified()) == simple


@given(units)
def test_simplifying_keeps_the_dimension_and_is_final(unit: Unit) -> None:
    simple = unit.simplified()
    assert simple.dimension == unit.dimension
    assert simple.simplified() == simple


def test_a_unit_travels_between_processes() -> None:
    unit = Unit.parse("USD/(PFLOP/s h)")
    copied = pickle.loads(pickle.dumps(unit))  # noqa: S301 - our own bytes
    assert copied == unit
    assert copied.spelling == unit.spelling


def test_a_unit_is_text_or_belongs_to_a_quantity() -> None:
    with pytest.raises(QuantityError, match="A unit is written as text, such as 'USD/h'; 5 is none"):
        Unit.parse(5)  # type: ignore[arg-type]  # what a user may do
    with pytest.raises(QuantityError, match=r"3\.0 is no quantity of unitledger's registry"):
        Unit.of(3.0)  # type: ignore[arg-type]  # what a user may do
    assert Unit.of(Q("5 kW") * Q("3 h")) == Unit.parse("kW h")
