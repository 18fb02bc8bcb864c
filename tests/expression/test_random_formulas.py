"""Laws that hold for every formula, on random ones: all readers agree, and what is printed is read back."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import formualizer
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from unitledger.expression import (
    Apply,
    Expression,
    Factor,
    Number,
    Reference,
    Varied,
    absolute,
    all_of,
    any_of,
    array,
    excel,
    factors,
    folded,
    leaves,
    lower,
    maximum,
    minimum,
    negated,
    parse,
    references,
    total,
    value,
    when,
    words,
)
from unitledger.units import Q, Unit, quantity

# Four dimensions that reach each other by multiplication and division, each in units that need conversions.
NAMES = {
    "rent": "USD/h",
    "lease": "kUSD/month",
    "wage": "USD/day",
    "life": "year",
    "shift": "h",
    "blink": "ms",
    "price": "USD",
    "budget": "MUSD",
    "factor": "ratio",
    "share": "%",
}
DIMENSIONS = {
    "rate": ("rent", "lease", "wage"),
    "time": ("life", "shift", "blink"),
    "money": ("price", "budget"),
    "plain": ("factor", "share"),
}
PRODUCTS = {
    "rate": [("rate", "plain")],
    "time": [("time", "plain"), ("plain", "time")],
    "money": [("rate", "time"), ("money", "plain")],
    "plain": [("plain", "plain")],
}
QUOTIENTS = {
    "rate": [("money", "time"), ("rate", "plain")],
    "time": [("money", "rate"), ("time", "plain")],
    "money": [("money", "plain")],
    "plain": [("time", "time"), ("money", "money"), ("rate", "rate"), ("plain", "plain")],
}


@st.composite
def formulas(draw: st.DrawFn, dimension: str | None = None, depth: int = 4) -> Any:
    """A formula of a dimension, as a user writes it; a dimension of its own choosing for None."""
    dimension = dimension or draw(st.sampled_from(sorted(DIMENSIONS)))
    kinds = ["leaf"] if depth == 0 else ["leaf", "sum", "sum", "product", "quotient", "function", "minus", "when"]
    kind = draw(st.sampled_from(kinds))
    if kind == "leaf":
        leaf = draw(st.sampled_from([*DIMENSIONS[dimension], *(["one"] if dimension == "plain" else [])]))
        return Number(1.0) if leaf == "one" else Reference(leaf, Unit.parse(NAMES[leaf]))

    def inner(wanted: str) -> Any:
        return draw(formulas(wanted, depth - 1))

    if kind == "sum":
        left, right = inner(dimension), inner(dimension)
        return left + right if draw(st.booleans()) else left - right
    if kind == "product":
        first, second = draw(st.sampled_from(PRODUCTS[dimension]))
        return inner(first) * inner(second)
    if kind == "quotient":
        first, second = draw(st.sampled_from(QUOTIENTS[dimension]))
        return inner(first) / inner(second)
    if kind == "minus":
        return -inner(dimension)
    if kind == "when":
        return when(draw(conditions(depth - 1)), inner(dimension), inner(dimension))
    if draw(st.booleans()):
        return absolute(inner(dimension))
    function: Callable[..., Apply] = draw(st.sampled_from([minimum, maximum, total]))
    return function(inner(dimension), inner(dimension))


@st.composite
def conditions(draw: st.DrawFn, depth: int) -> Any:
    dimension = draw(st.sampled_from(sorted(DIMENSIONS)))
    left, right = draw(formulas(dimension, depth)), draw(formulas(dimension, depth))
    compared = draw(st.sampled_from([left < right, left <= right, left > right, left >= right]))
    return draw(st.sampled_from([compared, negated(compared), all_of(compared, left < right), any_of(compared)]))


def figures() -> st.SearchStrategy[dict[str, float]]:
    """What people write for each name: whole numbers from 1 to 1,000."""
    return st.fixed_dictionaries({name: st.integers(1, 1000).map(float) for name in NAMES})


def stored(written: dict[str, float]) -> dict[str, float]:
    return {name: float(number * Unit.parse(NAMES[name]).written) for name, number in written.items()}


def address(tree: Expression) -> tuple[Callable[[Reference | Factor], str], Callable[[str], Expression]]:
    """Cells for the leaves of a formula, both ways."""
    cells: dict[Reference | Factor, str] = {}
    for leaf in leaves(tree):
        cells.setdefault(leaf, f"$A${len(cells) + 1}")
    back = {cell: leaf for leaf, cell in cells.items()}
    return cells.__getitem__, back.__getitem__


@given(formulas())
def test_a_printed_formula_is_read_back_as_the_same_tree(written: Expression) -> None:
    tree = lower(written, "x").expression
    locate, resolve = address(tree)
    assert parse(excel(tree, locate), resolve) == tree


@given(formulas())
def test_folding_the_conversion_factors_gives_back_what_was_written(written: Expression) -> None:
    assert folded(lower(written, "x").expression) == written


@given(formulas(), figures())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_values_agree_with_the_arithmetic_of_pint(written: Expression, given_figures: dict[str, float]) -> None:
    lowered = lower(written, "x")
    known = {name: Q(number, NAMES[name]) for name, number in given_figures.items()}
    expected = by_pint(written, known)
    unit = lowered.kind
    assert isinstance(unit, Unit)
    found = quantity(value(lowered.expression, stored(given_figures).__getitem__), unit)
    assert plain(found) == pytest.approx(plain(expected), rel=1e-9, abs=1e-300)
    assert found.to_root_units().units == (1 * expected).to_root_units().units


@given(formulas(), figures())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_the_printed_formula_computes_the_same_in_another_engine(
    written: Expression, given_figures: dict[str, float]
) -> None:
    by_pint(written, {name: Q(number, NAMES[name]) for name, number in given_figures.items()})
    tree = lower(written, "x").expression
    numbers = stored(given_figures)
    workbook = formualizer.Workbook()
    sheet = workbook.sheet("S")
    locate, _ = address(tree)
    for leaf in leaves(tree):
        row = int(locate(leaf).removeprefix("$A$"))
        sheet.set_value(row, 1, numbers[leaf.name] if isinstance(leaf, Reference) else float(leaf.step.value))
    sheet.set_formula(1, 2, excel(tree, locate))
    assert workbook.evaluate_cell("S", 1, 2) == pytest.approx(value(tree, numbers.__getitem__), rel=1e-9, abs=1e-300)


@given(formulas(), st.lists(figures(), min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_the_array_reader_computes_what_the_value_reader_does(
    written: Expression, cases: list[dict[str, float]]
) -> None:
    for case in cases:
        by_pint(written, {name: Q(number, NAMES[name]) for name, number in case.items()})
    tree = lower(written, "x").expression
    columns = {name: np.array([stored(case)[name] for case in cases]) for name in NAMES}
    compiled = array(tree, {}, np)
    with np.errstate(all="ignore"):  # a branch that is not taken may divide by zero
        found = np.broadcast_to(compiled.compute(columns) if isinstance(compiled, Varied) else compiled, len(cases))
    expected = [value(tree, stored(case).__getitem__) for case in cases]
    assert found == pytest.approx(np.array(expected), rel=1e-9, abs=1e-300)


@given(formulas())
def test_words_name_every_input_and_every_conversion(written: Expression) -> None:
    tree = lower(written, "x").expression
    said = words(tree)
    assert all(name in said for name in references(tree))
    assert all(step.label in said for step in factors(tree))


def plain(amount: Any) -> float:
    """The number of a quantity (or a bare number) in root units."""
    return float((amount * Q(1, "ratio")).to_root_units().magnitude)


def by_pint(node: Expression, known: dict[str, Any]) -> Any:
    """Evaluate a formula as written with pint's own arithmetic.

    Formulas that two ways of computing may round apart are left out: differences that cancel, sides that tie.
    """
    if isinstance(node, Reference):
        return known[node.name]
    if isinstance(node, Number):
        return Q(node.value, "ratio")
    assert isinstance(node, Apply)
    name = node.function.name
    if name == "IF":
        return by_pint(node.arguments[1 if by_pint(node.arguments[0], known) else 2], known)
    parts = [by_pint(argument, known) for argument in node.arguments]
    if name in ("<", "<=", ">", ">="):
        left, right = plain(parts[0]), plain(parts[1])
        assume(not math.isclose(left, right, rel_tol=1e-9))
        return left < right if name.startswith("<") else left > right
    if name == "/":
        assume(plain(parts[1]) != 0)
    result = COMPUTE[name](parts)
    if name in ("+", "-", "SUM"):
        assume(abs(plain(result)) > 1e-4 * max(abs(plain(part)) for part in parts))
    if name in ("MIN", "MAX"):
        assume(not math.isclose(plain(parts[0]), plain(parts[1]), rel_tol=1e-9))
    return result


COMPUTE: dict[str, Callable[[list[Any]], Any]] = {
    "+": lambda parts: parts[0] + parts[1],
    "-": lambda parts: parts[0] - parts[1],
    "*": lambda parts: parts[0] * parts[1],
    "/": lambda parts: parts[0] / parts[1],
    "SUM": lambda parts: parts[0] + parts[1],
    "MIN": lambda parts: min(parts, key=plain),
    "MAX": lambda parts: max(parts, key=plain),
    "ABS": lambda parts: abs(parts[0]),
    "negate": lambda parts: -parts[0],
    "NOT": lambda parts: not parts[0],
    "AND": all,
    "OR": any,
}


def test_the_names_of_a_dimension_need_conversions_between_them() -> None:
    """A guard on the strategy itself."""
    rent, lease = (Reference(name, Unit.parse(NAMES[name])) for name in ("rent", "lease"))
    steps = factors(lower(rent + lease, "x").expression)
    assert {step.name for step in steps} == {"USD_per_kUSD", "hour_per_month"}
