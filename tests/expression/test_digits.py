"""Rounding one number and an array of them come to the same."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unitledger.expression.digits import added_up, canonical, canonical_array, rounded, rounded_array

FINITE = st.floats(allow_nan=False, allow_infinity=False)
# Where a number lies between two of 15 digits, floats and decimals can come down on either side.
LAST_DIGIT = 1.1e-14


@given(FINITE)
@example(5e-324)
@example(-1e-300)
@example(1e300)
@example(1.7976931348623157e308)
@example(0.0)
def test_an_array_keeps_the_digits_that_a_number_does(number: float) -> None:
    kept = canonical_array(np, np.array([number, 1.5])).tolist()
    assert kept == [pytest.approx(canonical(number), rel=LAST_DIGIT, abs=0), 1.5]
    assert canonical_array(np, number) == kept[0]


def test_what_is_not_finite_stays() -> None:
    kept = canonical_array(np, np.array([np.nan, np.inf, -np.inf]))
    assert str(kept.tolist()) == "[nan, inf, -inf]"


@pytest.mark.parametrize("mode", [ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP])
@pytest.mark.parametrize("digits", [0, 2, -2])
@pytest.mark.parametrize("number", [1e-300, -1e-300, 5e-310, 1e300, -1e300, 1e308, 0.0, 12345.675, -0.005])
def test_an_array_is_rounded_as_a_number_is(number: float, digits: int, mode: str) -> None:
    assert rounded_array(np, np.array([number]), digits, mode).tolist() == [rounded(number, digits, mode)]


def test_figures_are_added_one_by_one_whatever_python_it_is() -> None:
    assert added_up([0.1] * 10) == 0.9999999999999999
    assert added_up([1e16, 1.0, -1e16]) == 0
    assert added_up([]) == 0
