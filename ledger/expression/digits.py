"""Rounding and adding up the way a spreadsheet does: on 15 significant digits, half away from zero, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from functools import reduce
from operator import add
from typing import Any

_WHOLE = 1e15


def canonical(number: float) -> float:
    """Return the number that 15 significant digits keep, as a cell keeps it."""
    return float(f"{number:.15g}")


def added_up(figures: Iterable[Any], start: Any = 0.0) -> Any:
    """Return a sum in the order given, the same in every Python: that of 3.12 makes up for what rounding loses."""
    return reduce(add, figures, start)


def rounded(number: float, digits: float, mode: str) -> float:
    """Round the 15-digit value of `number` to `digits` decimals in one of decimal's modes."""
    step = Decimal(1).scaleb(-int(digits))
    exact = Decimal(f"{number:.15g}")
    return float((exact / step).to_integral_value(mode) * step)


def fixed(number: float, decimals: float) -> str:
    """Write a number with thousands commas and a given number of decimals, as FIXED does."""
    text = f"{Decimal(str(rounded(number, decimals, ROUND_HALF_UP))):,.{max(int(decimals), 0)}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def canonical_array(np: Any, numbers: Any) -> Any:
    """Return an array at 15 significant digits."""
    numbers = np.asarray(numbers, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        exponent = np.floor(np.log10(np.abs(numbers)))
        scale = np.power(10.0, 14.0 - np.where(np.isfinite(exponent), exponent, 0.0))
        found = np.where(np.isfinite(exponent), np.rint(numbers * scale) / scale, numbers)
    # The scale of the smallest numbers is beyond what a float holds.
    lost = ~np.isfinite(found)
    if lost.any():
        found[lost] = [canonical(number) for number in numbers[lost].tolist()]
    return found


def rounded_array(np: Any, numbers: Any, digits: Any, mode: str) -> Any:
    """Round an array to `digits` decimals, on its 15-digit values."""
    scale = np.power(10.0, digits)
    exact = canonical_array(np, numbers)
    with np.errstate(over="ignore"):
        scaled = canonical_array(np, exact * scale)
    size = np.abs(scaled)
    whole = {
        ROUND_UP: lambda: np.copysign(np.ceil(size), scaled),
        ROUND_DOWN: lambda: np.copysign(np.floor(size), scaled),
        ROUND_HALF_UP: lambda: np.copysign(np.floor(size + 0.5), scaled),
        ROUND_FLOOR: lambda: np.floor(scaled),
    }[mode]()
    # With so many digits before the point of 15, none is left to round.
    return np.where(size < _WHOLE, whole / scale, exact)
