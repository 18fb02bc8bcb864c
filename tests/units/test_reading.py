"""What people write reads as they mean it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.units import Q, Unit

READ = [
    ("175B parameter", 175e9, "parameter", {"parameter": 1}),
    ("1.5T token", 1.5e12, "token", {"token": 1}),
    ("40k USD", 40e3, "USD", {"USD": 1}),
    ("$40k", 40e3, "USD", {"USD": 1}),
    ("$1.5B", 1.5e9, "USD", {"USD": 1}),
    ("$2.5/h", 2.5, "USD/h", {"USD": 1, "hour": -1}),
    ("40000 USD/machine", 40000, "USD/machine", {"USD": 1, "machine": -1}),
    ("$40k/machine", 40e3, "USD/machine", {"USD": 1, "machine": -1}),
    ("0.02 USD/ktoken", 0.02, "USD/ktoken", {"USD": 1, "kilotoken": -1}),
    (
        "3.7 USD/(PFLOP/s h)",
        3.7,
        "USD/(PFLOP/s h)",
        {"USD": 1, "petaFLOP": -1, "second": 1, "hour": -1},
    ),
    ("989 TFLOP/s", 989, "TFLOP/s", {"teraFLOP": 1, "second": -1}),
    ("100 TFLOPS", 100, "TFLOPS", {"teraFLOPS": 1}),
    ("7 TFLOPs", 7, "TFLOPs", {"teraFLOP": 1}),
    (
        "6 FLOPs/(token parameter)",
        6,
        "FLOPs/(token parameter)",
        {"FLOP": 1, "token": -1, "parameter": -1},
    ),
    (
        "6 FLOP/(token*parameter)",
        6,
        "FLOP/(token*parameter)",
        {"FLOP": 1, "token": -1, "parameter": -1},
    ),
    ("80 GB", 80, "GB", {"gigabyte": 1}),
    ("80 GiB", 80, "GiB", {"gibibyte": 1}),
    ("25 Gbps", 25, "Gbps", {"Gbps": 1}),
    ("814 mm2", 814, "mm2", {"millimeter": 2}),
    ("814 mm²", 814, "mm²", {"millimeter": 2}),
    ("814 mm^2", 814, "mm^2", {"millimeter": 2}),
    ("9 m**2 s^-1", 9, "m**2 s^-1", {"meter": 2, "second": -1}),
    ("1,000 USD", 1000, "USD", {"USD": 1}),
    ("1,234,567.89 EUR", 1234567.89, "EUR", {"EUR": 1}),
    ("30 %", 30, "%", {"percent": 1}),
    ("30%", 30, "%", {"percent": 1}),
    ("5 bps", 5, "bps", {"basis_point": 1}),
    ("27 ms/step", 27, "ms/step", {"millisecond": 1, "step": -1}),
    ("27ms", 27, "ms", {"millisecond": 1}),
    ("7.1 CNY/USD", 7.1, "CNY/USD", {"CNY": 1, "USD": -1}),
    ("¥5", 5, "CNY", {"CNY": 1}),
    ("￥5", 5, "CNY", {"CNY": 1}),
    ("€5", 5, "EUR", {"EUR": 1}),
    ("£5", 5, "GBP", {"GBP": 1}),
    ("40 $/machine", 40, "$/machine", {"USD": 1, "machine": -1}),
    ("1 1/step", 1, "1/step", {"step": -1}),
    ("2 1/layer", 2, "1/layer", {"layer": -1}),
    ("-5 USD", -5, "USD", {"USD": 1}),
    ("$-5", -5, "USD", {"USD": 1}),
    ("-$5", -5, "USD", {"USD": 1}),
    ("1e-3 USD/token", 1e-3, "USD/token", {"USD": 1, "token": -1}),
    (".5 kW", 0.5, "kW", {"kilowatt": 1}),
    ("5 B/token", 5, "B/token", {"byte": 1, "token": -1}),
    ("5B", 5, "B", {"byte": 1}),
    ("5B/s", 5, "B/s", {"byte": 1, "second": -1}),
    ("8 x", 8, "x", {}),
    ("1.2 ratio", 1.2, "ratio", {}),
    ("3 queries", 3, "queries", {"query": 1}),
    ("64 matrices/layer", 64, "matrices/layer", {"matrix": 1, "layer": -1}),
    ("8 GPUs/server", 8, "GPUs/server", {"gpu": 1, "server": -1}),
    ("5.6 GHz", 5.6, "GHz", {"gigahertz": 1}),
    ("1287 MWh", 1287, "MWh", {"megawatt_hour": 1}),
    ("10 us", 10, "us", {"microsecond": 1}),
    ("10 µs", 10, "µs", {"microsecond": 1}),
    ("5 kilowatts", 5, "kilowatts", {"kilowatt": 1}),
    ("3 kW·USD/kWh", 3, "kW·USD/kWh", {"kilowatt": 1, "USD": 1, "kilowatt_hour": -1}),
    ("39.3 Mgpu*h", 39.3, "Mgpu*h", {"megagpu": 1, "hour": 1}),
    ("39.3M GPU-hours", 39.3e6, "GPU-hours", {"gpu": 1, "hour": 1}),
    ("2 USD/GPU-hour", 2, "USD/GPU-hour", {"USD": 1, "gpu": -1, "hour": -1}),
    ("0.023 USD/GB-month", 0.023, "USD/GB-month", {"USD": 1, "gigabyte": -1, "month": -1}),
    ("3 m-s^-1", 3, "m-s^-1", {"meter": 1, "second": -1}),
    ("4 (kW-h)^2", 4, "(kW-h)^2", {"kilowatt": 2, "hour": 2}),
    ("$3/1M tokens", 3, "USD/Mtoken", {"USD": 1, "megatoken": -1}),
    ("$0.5 / 1M tokens / h", 0.5, "USD/Mtoken / h", {"USD": 1, "megatoken": -1, "hour": -1}),
    ("0.002 USD/1k tokens", 0.002, "USD/ktoken", {"USD": 1, "kilotoken": -1}),
    ("0.002 USD/1000 tokens", 0.002, "USD/ktoken", {"USD": 1, "kilotoken": -1}),
    ("$3/1,000,000 tokens", 3, "USD/Mtoken", {"USD": 1, "megatoken": -1}),
    ("3 USD/1 token", 3, "USD/token", {"USD": 1, "token": -1}),
    ("3 FLOP/B s", 3, "FLOP/B s", {"FLOP": 1, "byte": -1, "second": 1}),
    ("20 USD/mo", 20, "USD/mo", {"USD": 1, "month": -1}),
    ("7 cent/kWh", 7, "cent/kWh", {"cent": 1, "kilowatt_hour": -1}),
    ("400 gCO2/kWh", 400, "gCO2/kWh", {"gramCO2": 1, "kilowatt_hour": -1}),
    ("80 USD/tCO2e", 80, "USD/tCO2e", {"USD": 1, "tonneCO2e": -1}),
    ("150 W/sqft", 150, "W/sqft", {"watt": 1, "square_foot": -1}),
    ("150 W/ft2", 150, "W/ft2", {"watt": 1, "foot": -2}),
    ("3 USD/MMBtu", 3, "USD/MMBtu", {"USD": 1, "MMBTU": -1}),
    ("5\u00a0kW", 5, "kW", {"kilowatt": 1}),
]


@pytest.mark.parametrize(("text", "number", "spelling", "atoms"), READ, ids=[row[0] for row in READ])
def test_a_text_reads_as_it_is_meant(text: str, number: float, spelling: str, atoms: dict[str, int]) -> None:
    q = Q(text)
    assert q.magnitude == number
    assert q.spelling == spelling
    assert dict(Unit.of(q).atoms) == atoms


def test_division_and_multiplication_run_from_left_to_right() -> None:
    assert Unit.parse("USD/token/h step") == Unit.parse("USD*step/(token h)")


def test_a_number_with_a_unit() -> None:
    assert Q(5, "kW") == Q("5 kW")
    assert Q(Fraction(1, 4), "kW") == Q("0.25 kW")
    assert Q(Decimal("0.10"), "USD/kWh") == Q("0.10 USD/kWh")
    assert Q(5, Unit.parse("USD/(PFLOP/s h)")).spelling == "USD/(PFLOP/s h)"


def test_a_quantity_stays_the_same_object() -> None:
    q = Q("5 kW")
    assert Q(q) is q


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6),
    unit=st.sampled_from([row[2] for row in READ]),
)
def test_a_quantity_printed_in_full_reads_back(number: Decimal, unit: str) -> None:
    q = Q(f"{number:f} {unit}")
    assert q.magnitude == float(number)
    assert Unit.of(q).spelling == unit
    again = eval(repr(q), {"Q": Q})  # noqa: S307 - the text comes from repr
    assert again == q
    assert again.spelling == q.spelling


@given(number=st.integers(0, 10**15 - 1))
def test_thousands_commas_change_nothing(number: int) -> None:
    assert Q(f"{number:,} USD") == Q(f"{number} USD")
