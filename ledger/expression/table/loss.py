"""How a function loses digits: by what size the error of its value is to be measured.

What is left of a sum is as inexact as the largest of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

_Parts = Sequence[tuple[float, float]]


@attrs.frozen
class Loss:
    """What becomes of sizes.

    `size` takes the value of a function, and of each argument its value and its size, and gives the size of the value.
    `adds`: the value is the sum of the arguments, each with either sign. `subtracts`: it may be a difference of
    positive numbers, or a negative one.
    """

    size: Callable[[float, _Parts], float]
    adds: bool = False
    subtracts: bool = False


def _largest(_: float, parts: _Parts) -> float:
    return max(size for _, size in parts)


def _in_proportion(value: float, parts: _Parts) -> float:
    return abs(value) * max((size / abs(part) for part, size in parts if part), default=1.0)


def _product(_: float, parts: _Parts) -> float:
    (left, left_size), (right, right_size) = parts
    return max(left_size * abs(right), abs(left) * right_size)


def _quotient(value: float, parts: _Parts) -> float:
    (_, above_size), (below, below_size) = parts
    return max(above_size, abs(value) * below_size) / abs(below)


def _discounted(_: float, parts: _Parts) -> float:
    return max(size for _, size in parts[1:])


def _straight_line(_: float, parts: _Parts) -> float:
    (_, price_size), (_, residual_size), (life, _), *_rest = parts
    return max(price_size, residual_size) / abs(life)


ADDED = Loss(_largest, adds=True)
SUBTRACTED = Loss(_largest, adds=True, subtracts=True)
MULTIPLIED = Loss(_product)
DIVIDED = Loss(_quotient)
DEPRECIATED = Loss(_straight_line, subtracts=True)
DISCOUNTED = Loss(_discounted)
"""Of a sum of all arguments but the first, each made smaller."""
REMAINING = Loss(_largest, subtracts=True)
"""Of what is left of the first argument."""
CHOSEN = Loss(_largest)
"""Of a function that gives one of its arguments as it is."""
KEPT = Loss(_in_proportion)
"""Of a function that loses no digits: its error is to the value what that of an argument is to it."""
TURNED = Loss(_in_proportion, subtracts=True)
"""The same of a function that gives negative numbers of positive ones."""
