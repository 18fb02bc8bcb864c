"""Every conversion is a chain of named exact steps, and pint's own arithmetic agrees."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from importlib.resources import files
from itertools import groupby, permutations
from typing import Any

import pint
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unitledger.errors import UnitMismatch
from unitledger.units import BILLING, Calendar, Q, Step, Unit, conversion, registry
from unitledger.units.atoms.definitions import read_definitions
from unitledger.units.atoms.names import NAMES, Names

FAMILIES = [
    ["ms", "s", "min", "h", "day", "week", "month", "quarter", "year"],
    ["W", "kW", "MW", "kWh/h", "J/s"],
    ["Wh", "kWh", "MWh", "kJ", "kW·day"],
    ["B", "kB", "GB", "GiB", "TB", "bit", "Gbit"],
    ["FLOP", "TFLOP", "PFLOP", "TFLOPS·h"],
    ["FLOP/s", "PFLOP/h", "TFLOPS"],
    ["Gbps", "Mbps", "GB/s", "GiB/month"],
    ["token", "ktoken", "Mtoken"],
    ["USD", "kUSD", "MUSD"],
    ["mm2", "m^2", "um^2"],
    ["L", "m^3", "mm^3"],
    ["GHz", "1/s", "1/month"],
    ["ratio", "bp", "ppm"],
    ["g", "kg", "t"],
    ["sqft", "sqm", "ft^2", "mm2"],
    ["BTU", "MMBTU", "kWh", "J"],
    ["gCO2", "kgCO2e", "tCO2", "MtCO2e"],
    ["cent", "USD", "kUSD"],
    ["gpu", "Mgpu"],
    ["machine"],
]
CALENDARS = [BILLING, Calendar(360, 30), Calendar(366), Calendar(365, 30)]

pairs = st.lists(
    st.sampled_from(FAMILIES).flatmap(
        lambda family: st.tuples(st.sampled_from(family), st.sampled_from(family), st.sampled_from([-1, 1]))
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: (_unit((left, power) for left, _, power in parts), _unit((r, p) for _, r, p in parts)))


def _unit(parts: Iterable[tuple[str, int]]) -> Unit:
    unit = Unit()
    for text, power in parts:
        unit = unit * Unit.parse(text) ** power
    return unit


def _factor(steps: Iterable[Step]) -> Fraction:
    factor = Fraction(1)
    for step in steps:
        factor = factor * step.value if step.multiplies else factor / step.value
    return factor


def _chain(source: str, target: str, calendar: Calendar = BILLING) -> list[str]:
    steps = conversion(Unit.parse(source), Unit.parse(target), calendar)
    return [f"{'*' if step.multiplies else '/'} {step.name} {step.value}" for step in steps]


@pytest.mark.parametrize(
    ("source", "target", "chain"),
    [
        ("USD/machine/year", "USD/machine/h", ["/ hour_per_year 8760"]),
        ("USD/month", "USD/h", ["/ hour_per_month 730"]),
        ("USD/rack/month", "USD/rack/year", ["* month_per_year 12"]),
        ("kW·USD/kWh", "USD/h", []),
        ("W·USD/kWh", "USD/year", ["/ W_per_kW 1000", "* hour_per_year 8760"]),
        ("kWh/year", "kW", ["/ hour_per_year 8760"]),
        ("FLOP/TFLOPS", "h", ["/ FLOP_per_TFLOP 1000000000000", "/ second_per_hour 3600"]),
        ("GB/s", "Gbps", ["* Gbit_per_GB 8"]),
        ("GiB", "GB", ["* B_per_GiB 1073741824", "/ B_per_GB 1000000000"]),
        ("month", "week", ["* hour_per_month 730", "/ hour_per_week 168"]),
        ("token", "Mtoken", ["/ token_per_Mtoken 1000000"]),
        ("year^2", "h^2", ["* hour_per_year 8760", "* hour_per_year 8760"]),
        ("kUSD", "USD", ["* USD_per_kUSD 1000"]),
        ("%", "ratio", []),
        ("bp", "%", ["/ bp_per_ratio 10000"]),
        ("L", "m^3", ["/ L_per_m3 1000"]),
        ("USD/(PFLOP/s h)", "USD/(h PFLOP/s)", []),
        ("Mgpu*h", "gpu h", ["* gpu_per_Mgpu 1000000"]),
        ("cent/kWh", "USD/kWh", ["/ cent_per_USD 100"]),
    ],
)
def test_steps_are_what_people_say(source: str, target: str, chain: list[str]) -> None:
    assert _chain(source, target) == chain


def test_bytes_over_a_link_in_milliseconds() -> None:
    assert _factor(conversion(Unit.parse("B/(Gbit/s)"), Unit.parse("ms"))) == Fraction(1, 125000)


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [
        ("ft", "mm", Fraction("304.8")),  # the international yard of 1959 is 0.9144 m.
        ("sqft", "m^2", Fraction("0.3048") ** 2),
        # A pound (0.45359237 kg) of water by 5/9 K, 4.1868 J each gram and kelvin: the International Table's BTU.
        ("BTU", "J", Fraction("4.1868") * Fraction("453.59237") * Fraction(5, 9)),
        ("MMBtu", "kWh", 1_000_000 * Fraction("1055.05585262") / 3_600_000),
        ("tCO2", "gCO2", Fraction(10**6)),
        ("tCO2e", "tCO2", Fraction(1)),
        ("mo", "h", Fraction(730)),
        *(
            (name, money, Fraction(1, 100))
            for name, money in zip(("cent", "eurocent", "penny", "fen"), ("USD", "EUR", "GBP", "CNY"), strict=True)
        ),
    ],
)
def test_units_have_their_legal_sizes(unit: str, other: str, factor: Fraction) -> None:
    assert _factor(conversion(Unit.parse(unit), Unit.parse(other))) == factor


def test_emissions_are_no_mass() -> None:
    with pytest.raises(UnitMismatch, match="CO2 is not mass"):
        conversion(Unit.parse("tCO2"), Unit.parse("t"))


def test_a_step_has_a_label_and_a_unit() -> None:
    (step,) = conversion(Unit.parse("query"), Unit.parse("kquery"))
    assert (step.name, step.label, str(step.unit)) == (
        "query_per_kquery",
        "queries per kquery",
        "query/kquery",
    )
    (step,) = conversion(Unit.parse("year"), Unit.parse("h"))
    assert (step.label, str(step.unit)) == ("hours per year", "h/year")


def test_the_calendar_changes_the_value_not_the_name() -> None:
    assert _chain("USD/month", "USD/h", Calendar(360, 30)) == ["/ hour_per_month 720"]
    assert _chain("USD/year", "USD/h", Calendar(366)) == ["/ hour_per_year 8784"]


@given(pairs, st.sampled_from(CALENDARS))
def test_the_steps_multiply_to_the_exact_ratio(pair: tuple[Unit, Unit], calendar: Calendar) -> None:
    source, target = pair
    steps = conversion(source, target, calendar)
    assert _factor(steps) == source.size(calendar) / target.size(calendar)
    assert all(step.value > 1 for step in steps)
    assert all(step.unit.size(calendar) == 1 / step.value for step in steps)


@given(pairs, st.sampled_from(CALENDARS))
def test_pint_agrees(pair: tuple[Unit, Unit], calendar: Calendar) -> None:
    source, target = pair
    with registry.context(calendar.context()):
        expected = Q(1, source).m_as(Q(1, target).units)
    assert math.isclose(float(_factor(conversion(source, target, calendar))), expected, rel_tol=1e-12)


@given(pairs)
def test_a_chain_of_conversions_is_the_direct_one(pair: tuple[Unit, Unit]) -> None:
    source, target = pair
    assert _factor(conversion(source, target)) * _factor(conversion(target, source)) == 1


def test_sizes_are_those_of_pints_own_reader_of_the_file() -> None:
    path = files("unitledger.units").joinpath("definitions.txt")
    exact: Any = pint.UnitRegistry(str(path), non_int_type=Fraction, on_redefinition="raise")
    # Units that somebody defines while the tests run are not in the file.
    prefixes, definitions = read_definitions(path.read_text("utf-8"))
    shipped = Names()
    shipped.add_prefixes(prefixes)
    shipped.add(definitions)
    for name in shipped.atoms:
        size, _ = exact.get_root_units(name)
        percent = Fraction(1, 100) if name == "percent" else 1
        assert Unit(((name, Fraction(1)),)).size() * percent == size, name


def test_a_step_name_has_one_meaning_even_without_regard_to_case() -> None:
    meaning: dict[str, tuple[str, Fraction]] = {}
    units = [Unit(((name, Fraction(1)),)) for name in sorted(set(NAMES.atoms) - {"ratio"})]
    by_dimension = sorted(units, key=lambda unit: unit.dimension)
    for _, alike in groupby(by_dimension, key=lambda unit: unit.dimension):
        for source, target in permutations(alike, 2):
            for step in conversion(source, target):
                seen = meaning.setdefault(step.name.casefold(), (step.name, step.value))
                assert seen == (step.name, step.value)
    assert len(meaning) > len(units)


@given(pairs, pairs)
def test_other_dimensions_are_refused(one: tuple[Unit, Unit], other: tuple[Unit, Unit]) -> None:
    assume(one[0].dimension != other[0].dimension)
    with pytest.raises(UnitMismatch):
        conversion(one[0], other[0])


def test_the_refusal_shows_both_dimensions() -> None:
    with pytest.raises(UnitMismatch) as error:
        conversion(Unit.parse("USD/h"), Unit.parse("USD/machine/h"))
    assert str(error.value) == (
        "Cannot convert 'USD/h' into 'USD/machine/h': USD per time is not USD per machine · time."
    )


def test_the_refusal_names_power_and_energy() -> None:
    with pytest.raises(UnitMismatch) as error:
        conversion(Unit.parse("kW"), Unit.parse("J/gpu"))
    assert str(error.value) == "Cannot convert 'kW' into 'J/gpu': power is not energy per gpu."


def test_dollars_are_no_yuan() -> None:
    with pytest.raises(UnitMismatch, match="USD is not CNY"):
        conversion(Unit.parse("USD"), Unit.parse("CNY"))
