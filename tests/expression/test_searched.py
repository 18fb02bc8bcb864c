"""What is searched and added up in blocks: over arrays it is, in each case, what plain numbers give."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.expression import Apply, Area, Expression, Reference, Text, Varied, array, value
from unitledger.expression.table.criterion import ABOVE, UP_TO, criterion
from unitledger.expression.table.function import Function
from unitledger.expression.table.statistics import INDEX, MATCH, MATCH_RISING, SUMIFS
from unitledger.units import DIMENSIONLESS

CELLS = 4
X = Reference("x", DIMENSIONLESS)


def block(name: str) -> Area:
    return Area(tuple(Reference(f"{name}{place}", DIMENSIONLESS) for place in range(CELLS)))


FORMULAS: dict[str, Expression] = {
    "match": Apply(MATCH, (X, block("a"))),
    "rising": Apply(MATCH_RISING, (X, block("a"))),
    "index": Apply(INDEX, (block("a"), X)),
    "sum": Apply(SUMIFS, (block("a"), block("b"), X)),
    "of a word": Apply(SUMIFS, (block("a"), block("w"), Text("one"), block("b"), Apply(ABOVE, (X,)))),
    "between": Apply(
        SUMIFS, (block("a"), block("b"), Apply(UP_TO, (X,)), block("b"), Apply(ABOVE, (block("a").cells[0],)))
    ),
    "looked up": Apply(INDEX, (block("b"), Apply(MATCH_RISING, (X, block("a"))))),
    "word": Apply(MATCH, (Text("two"), block("w"))),
}
FIGURES = st.sampled_from([-1.0, 0.0, 1.0, 2.0, 2.0 + 1e-15, 3.0, 4.0, 7.25]) | st.floats(-5, 9, width=32)


@st.composite
def known(draw: st.DrawFn) -> tuple[dict[str, Any], int]:
    """What each name is: in some cases a number, in others one for each case; x varies."""
    count = draw(st.integers(1, 7))
    columns = st.lists(FIGURES, min_size=count, max_size=count).map(np.array)
    found: dict[str, Any] = {"x": draw(columns)}
    for letter in "ab":
        values = draw(st.lists(FIGURES, min_size=CELLS, max_size=CELLS))
        values = sorted(values) if draw(st.booleans()) else values
        found |= {f"{letter}{place}": each for place, each in enumerate(values)}
        if draw(st.integers(0, 2)) == 0:
            found[f"{letter}{draw(st.integers(0, CELLS - 1))}"] = draw(columns)
    words = draw(st.lists(st.sampled_from(["one", "ONE", "two"]), min_size=CELLS, max_size=CELLS))
    return found | {f"w{place}": word for place, word in enumerate(words)}, count


def by_case(tree: Expression, names: dict[str, Any], count: int) -> list[float]:
    """Work a formula out on plain numbers, nan where it has no value."""
    found = []
    for case in range(count):
        plain = {name: each[case].item() if isinstance(each, np.ndarray) else each for name, each in names.items()}
        try:
            found.append(float(value(tree, plain.__getitem__)))
        except ValueError:
            found.append(math.nan)
    return found


@pytest.mark.parametrize("name", FORMULAS)
@given(drawn=known())
def test_cases_at_once_are_cases_one_by_one(name: str, drawn: tuple[dict[str, Any], int]) -> None:
    names, count = drawn
    tree = FORMULAS[name]
    fixed = {each: held for each, held in names.items() if not isinstance(held, np.ndarray)}
    varied = {each: held for each, held in names.items() if isinstance(held, np.ndarray)}
    try:
        compiled = array(tree, fixed, np)
    except ValueError:
        compiled = math.nan
    at_once = compiled.compute(varied) if isinstance(compiled, Varied) else compiled
    expected = by_case(tree, names, count)

    np.testing.assert_array_equal(np.broadcast_to(at_once, count), expected)
    if isinstance(compiled, Varied):
        np.testing.assert_array_equal(np.broadcast_to(array(tree, names, np), count), expected)


@pytest.mark.parametrize("function", [MATCH, MATCH_RISING, INDEX, SUMIFS])
def test_figures_do_not_go_case_by_case(function: Function) -> None:
    block, x = (1.0, 2.0), np.array([1.0, 2.0])
    operands = {INDEX: (block, x), SUMIFS: (block, block, x)}.get(function, (x, block))

    assert function.array is not None
    assert function.array.apply(np, *operands).tolist() == [1.0, 2.0]


def test_a_text_of_many_months_takes_no_time() -> None:
    start = time.process_time()
    assert not criterion(5.0)(f"1{'jan' * 10_000}!")
    assert time.process_time() - start < 1
