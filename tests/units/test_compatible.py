"""Units that people may choose instead of the one that a ledger states."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.units import Calendar, Q, Unit, compatible_units, magnitude

UNITS = (
    *("kW", "USD/kWh", "USD/Mtoken", "USD/machine/month", "year", "h", "ms/step", "GB/s", "TFLOP/s/gpu", "token/s"),
    *("USD/(PFLOP/s h)", "kW*h", "$/h", "%", "ratio", "gpu", "GHz", "Gbps", "mW", "%/year", "kWh/Mtoken", "mm2"),
    *("cent/kWh", "kgCO2e/MWh", "W/sqft", "USD/MMBtu", "USD/GPU-hour", "Mgpu*h", "USD/kW-mo"),
)


@pytest.mark.parametrize(
    ("unit", "others"),
    [
        ("kW", {"W": "1/1000", "MW": "1000", "GW": "1000000"}),
        ("USD/Mtoken", {"USD/ktoken": "1000", "USD/Gtoken": "1/1000", "USD/token": "1000000"}),
        ("year", {"quarter": "1/4", "month": "1/12", "day": "1/365", "h": "1/8760"}),
        ("USD/kWh", {"USD/Wh": "1000", "USD/MWh": "1/1000", "USD/GWh": "1/1000000"}),
        ("cent/kWh", {"USD/kWh": "100"}),
        ("USD/GPU-hour", {"USD/GPU-day": "1/24", "USD/GPU-min": "60"}),
        # The star of a product would mean anything to functions that search.
        ("kW*h", {"W·h": "1/1000", "MW·h": "1000", "GW·h": "1000000", "kW·day": "24", "kW·min": "1/60"}),
    ],
)
def test_the_own_unit_comes_first_then_its_siblings_with_exact_factors(unit: str, others: dict[str, str]) -> None:
    found = compatible_units(Unit.parse(unit))

    assert found[0] == (unit, Fraction(1))
    assert dict(found[1 : len(others) + 1]) == {sibling: Fraction(factor) for sibling, factor in others.items()}


@pytest.mark.parametrize("unit", ["%", "ratio", "x", "gpu", "USD", "mm2", "CNY/USD"])
def test_a_unit_without_siblings_stands_alone(unit: str) -> None:
    assert compatible_units(Unit.parse(unit)) == ((unit, Fraction(1)),)


def test_the_calendar_decides_on_months_and_years() -> None:
    commercial = Calendar(360, 30)

    assert dict(compatible_units(Unit.parse("year"), commercial))["day"] == Fraction(1, 360)
    assert dict(compatible_units(Unit.parse("USD/month"), commercial))["USD/day"] == 30


def test_each_spelling_keeps_its_own_list() -> None:
    assert [unit for unit, _ in compatible_units(Unit.parse("USD/year"))][:2] == ["USD/year", "USD/quarter"]
    assert [unit for unit, _ in compatible_units(Unit.parse("$/year"))][:2] == ["$/year", "$/quarter"]


@given(st.sampled_from(UNITS), st.sampled_from([Calendar(), Calendar(360, 30), Calendar(366)]), st.floats(1e-3, 1e3))
def test_a_listed_unit_can_be_read_and_converts_as_quantities_do(unit: str, calendar: Calendar, number: float) -> None:
    own = Unit.parse(unit)
    found = compatible_units(own, calendar)

    assert len(found) <= 8
    assert len({spelling.casefold() for spelling, _ in found}) == len(found)
    for spelling, factor in found:
        assert spelling == unit or not set(spelling) & set("*?~")
        stored = number / 100 if "%" in unit else number
        assert magnitude(Q(number, spelling), own, calendar) == pytest.approx(stored * float(factor), rel=1e-13)
