"""One number format per row: all options with the same decimals, and no figure hidden by rounding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.units import Unit
from unitledger.workbook.look.formats import number_format, shown_width


@pytest.mark.parametrize(
    ("unit", "figures", "expected"),
    [
        ("USD/machine", [40_000], "#,##0"),
        ("USD/kWh", [0.1], "#,##0.00"),
        ("USD/kWh", [0.1, 0.0857], "#,##0.0000"),
        ("%", [0.3, 1], "#,##0.0%"),
        ("%", [0.1234], "#,##0.00%"),
        ("ms/step", [27, 5.22], "#,##0.00"),
        ("parameter", [175e9], "#,##0"),
        ("FLOP/s", [1.979e15], "0.000E+00"),
        ("GB", [8.030261248, 70.553706496], "#,##0.00000000"),
        ("GB", [0.000001234567891], "0.000E+00"),
        ("GB", [0.001, 123456789012345.6], "0.000E+00"),
        ("kW", [0], "#,##0"),
    ],
)
def test_inputs_show_every_digit_that_was_written(unit: str, figures: list[float], expected: str) -> None:
    assert number_format(Unit.parse(unit), figures, exact=True) == expected


@pytest.mark.parametrize(
    ("unit", "figures", "expected"),
    [
        ("USD/Mtoken", [0.0576, 0.0661], "#,##0.0000"),
        ("USD/h", [2.539, 13.4], "#,##0.00"),
        ("USD/year", [100_740.5], "#,##0"),
        ("machine", [3, 12], "#,##0"),
        ("Mtoken/h", [43.99, 203.4], "#,##0.0"),
        ("%", [0.12345], "#,##0.0%"),
        ("%", [0.00123], "#,##0.000%"),
        ("%", [0.6126, -0.00379, 0], "#,##0.0%"),
        ("%", [0.6126, 0.000379], "#,##0.00%"),
        ("s", [1.5e-9], "0.000E+00"),
        ("CNY/USD", [7.1234], "#,##0.00"),
    ],
)
def test_results_keep_three_digits_of_the_smallest_or_largest(unit: str, figures: list[float], expected: str) -> None:
    assert number_format(Unit.parse(unit), figures) == expected


@given(
    unit=st.sampled_from(["USD/h", "%", "kW", "machine"]),
    figures=st.lists(st.floats(1e-12, 1e18), min_size=1, max_size=4),
    exact=st.booleans(),
)
def test_no_figure_shows_as_zero_or_overflows(unit: str, figures: list[float], *, exact: bool) -> None:
    pattern = number_format(Unit.parse(unit), figures, exact=exact)

    if pattern != "0.000E+00" and not pattern.endswith("%"):
        decimals = len(pattern.partition(".")[2])
        assert all(round(figure, decimals) > 0 for figure in figures)
        assert shown_width(figures, pattern) <= 21
