"""What Python, numpy and pandas do to objects has no place in a formula: each is answered with what to write."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from unitledger.errors import ExpressionError
from unitledger.expression import Apply, Number, Reference, absolute, lower, round_up, value, whole_part
from unitledger.expression.table.arithmetic import MULTIPLY
from unitledger.units import DIMENSIONLESS, Q

part: Any = Reference("part", DIMENSIONLESS)
other: Any = Reference("other", DIMENSIONLESS)

NO_NUMBER = (
    "An operand has no number while the formula is written, and float(x), int(x) and the functions of math need one. "
    "Write square_root(x), exponential(x), logarithm(x), round_up(x) and so on; the value of a line is line.value."
)
ONE_BY_ONE = (
    "An operand is one figure: there is nothing in it to go through or to look in. Write total(a, b), maximum(a, b) or "
    "minimum(a, b) with the operands one by one; whether a choice is a word, choice.is_('word')."
)
NO_ARRAY = (
    "An operand cannot stand in an array of numpy. Write total(a, b), when(condition, a, b) and so on with the "
    "operands one by one; many values of an input go into array(...) or sweep(...) of the ledger."
)


def has_no_place(used: str, instead: str) -> str:
    return f"{used} has no place in a formula. Write {instead}."


def bare(number: str) -> str:
    return (
        f"A bare {number} in a formula has no unit and no source. Name it: assume('name', '{number} ratio', "
        f"source=...) or constant('name', '{number} ratio', source=...)."
    )


def many(kind: str) -> str:
    return (
        f"Many values at once ({kind}) cannot stand in a formula. Name the input that varies, and give its values to "
        "array(...) or sweep(...) of the ledger."
    )


WHOLE = "rounded(x, decimals), round_up(x), round_down(x) or whole_part(x)"


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: abs(part), has_no_place("abs(x)", "absolute(x)")),
        (lambda: round(part), has_no_place("round(x)", WHOLE)),
        (lambda: round(part, 2), has_no_place("round(x)", WHOLE)),
        (lambda: math.ceil(part), has_no_place("math.ceil(x)", "round_up(x)")),
        (lambda: math.floor(part), has_no_place("math.floor(x)", "whole_part(x)")),
        (lambda: math.trunc(part), has_no_place("math.trunc(x)", "round_down(x)")),
        (lambda: part // other, has_no_place("a // b", "whole_part(a / b)")),
        (lambda: 1 // part, has_no_place("a // b", "whole_part(a / b)")),
        (lambda: part % other, has_no_place("a % b", "remainder(a, b)")),
        (lambda: divmod(part, 1), has_no_place("divmod(a, b)", "whole_part(a / b) and remainder(a, b)")),
        (lambda: (part > 0) & (other > 0), has_no_place("a & b", "all_of(a, b)")),
        (lambda: (part > 0) | (other > 0), has_no_place("a | b", "any_of(a, b)")),
        (lambda: ~(part > 0), has_no_place("~a", "negated(a)")),
        (lambda: math.sqrt(part), NO_NUMBER),
        (lambda: float(part), NO_NUMBER),
        (lambda: int(part), NO_NUMBER),
        (lambda: sum(part), ONE_BY_ONE),
        (lambda: [*part], ONE_BY_ONE),
        (lambda: other in part, ONE_BY_ONE),
        (lambda: np.exp(part), has_no_place("np.exp", "exponential(x)")),
        (lambda: np.log(part), has_no_place("np.log", "logarithm(x)")),
        (lambda: np.sqrt(part), has_no_place("np.sqrt", "square_root(x)")),
        (lambda: np.abs(part), has_no_place("np.absolute", "absolute(x)")),
        (lambda: np.maximum(part, other), has_no_place("np.maximum", "maximum(a, b)")),
        (lambda: np.minimum(1, part), has_no_place("np.minimum", "minimum(a, b)")),
        (lambda: np.ceil(part), has_no_place("np.ceil", "round_up(x)")),
        (lambda: np.sin(part), "np.sin has no place in a formula. A formula is made of the functions of unitledger."),
        (lambda: np.sum([part, other]), NO_ARRAY),
        (lambda: np.where(True, part, other), NO_ARRAY),
        (lambda: np.array([part]), NO_ARRAY),
        (lambda: np.float64(2) * part, bare("2.0")),
        (lambda: part * np.float32(2.5), bare("2.5")),
        (lambda: np.int64(2) - part, bare("2")),
        (lambda: Decimal("2.5") * part, bare("2.5")),
        (lambda: part / Fraction(5, 2), bare("2.5")),
        (lambda: np.array([1.0, 2.0]) * part, many("ndarray")),
        (lambda: part < np.array([1.0, 2.0]), many("ndarray")),
        (lambda: pd.Series([1.0, 2.0]) * part, many("Series")),
        (lambda: part + pd.Series([1.0, 2.0]), many("Series")),
        (lambda: pd.DataFrame({"a": [1.0]}) / part, many("DataFrame")),
        (lambda: part * [1, 2], many("list")),
        (
            lambda: part + "other",
            (
                "'other' (str) cannot stand in a formula. For an entry of that name write book['other'], to ask for a "
                "word choice.is_('other')."
            ),
        ),
        (
            lambda: part + Q("5 W"),
            "Q(5.0, 'W') (Quantity) cannot stand in a formula. Name it first: assume('name', Q(5.0, 'W'), source=...).",
        ),
    ],
)
def test_it_is_answered_with_what_to_write(write: Callable[[], Any], message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        write()
    assert str(refused.value) == message


@pytest.mark.parametrize("one", [1, 1.0, np.float64(1), np.int64(1), Decimal(1), Fraction(1)])
def test_zero_and_one_count_whatever_their_type(one: Any) -> None:
    assert one * part == Apply(MULTIPLY, (Number(1.0), part))
    assert part - (one - one) == part - 0


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_numbers_of_numpy_compare_as_numbers_do(compare: Callable[[Any, Any], Any]) -> None:
    assert compare(part, np.float64(0)) == compare(part, 0)
    # Python turns the sign round; numpy gives it as it is.
    assert value(compare(np.float64(0), part), {"part": 3.0}.get) is compare(0, 3)


@pytest.mark.parametrize("figures", [(7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (6.0, 2.0)])
def test_what_to_write_instead_gives_what_python_gives(figures: tuple[float, float]) -> None:
    known = dict(zip(("part", "other"), figures, strict=True))

    def found(formula: Any) -> Any:
        return value(lower(formula, "x").expression, known.__getitem__)

    assert found(absolute(part)) == abs(figures[0])
    assert found(whole_part(part)) == math.floor(figures[0])
    assert found(whole_part(part / other)) == figures[0] // figures[1]
    assert found(part - other * whole_part(part / other)) == figures[0] % figures[1]
    assert found(round_up(absolute(part))) == math.ceil(abs(figures[0]))
