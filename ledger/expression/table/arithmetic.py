"""Rows of the function table: operators, comparison, logic, rounding and analysis."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP
from typing import Any

from unitledger.expression.digits import canonical, canonical_array, fixed, rounded, rounded_array
from unitledger.expression.table import rules
from unitledger.expression.table.function import Function

# A billionth of a machine is no machine, and no machine too few.
DUST = 9

COMPARE, JOIN, SUM_LEVEL, PRODUCT_LEVEL, POWER_LEVEL, UNARY_LEVEL, ATOM = 1, 2, 3, 4, 5, 7, 9


def _operator(symbol: str, precedence: int, rule: Any, scalar: Callable[..., Any], words: str) -> Function:
    return Function(
        name=symbol,
        least=2,
        most=2,
        rule=rule,
        scalar=scalar,
        array=lambda _, left, right: scalar(left, right),
        words=words,
        symbol=symbol,
        precedence=precedence,
    )


def _ranked(value: float | str) -> tuple[bool, float | str]:
    """Order as a spreadsheet does: every number comes before every text."""
    return (True, value.casefold()) if isinstance(value, str) else (False, canonical(value))


def _comparison(symbol: str, compare: Callable[[Any, Any], bool], words: str) -> Function:
    def scalar(left: Any, right: Any) -> bool:
        if isinstance(left, str) or isinstance(right, str):
            return compare(_ranked(left), _ranked(right))
        return compare(canonical(left), canonical(right))

    def array(np: Any, left: Any, right: Any) -> Any:
        return compare(canonical_array(np, left), canonical_array(np, right))

    return Function(symbol, 2, 2, rules.comparison, scalar, array, words, symbol, COMPARE)


ADD = _operator("+", SUM_LEVEL, rules.same("add"), operator.add, "+")
SUBTRACT = _operator("-", SUM_LEVEL, rules.same("subtract"), operator.sub, "−")
MULTIPLY = _operator("*", PRODUCT_LEVEL, rules.product, operator.mul, "×")
DIVIDE = _operator("/", PRODUCT_LEVEL, rules.quotient, operator.truediv, "÷")
CONCATENATE = _operator("&", JOIN, rules.sentence, operator.add, "then")
NEGATE = Function(
    "negate",
    1,
    1,
    rules.same("negate"),
    operator.neg,
    lambda _, x: -x,
    "−",
    symbol="-",
    precedence=UNARY_LEVEL,
)
EQUAL = _comparison("=", operator.eq, "=")
DIFFERENT = _comparison("<>", operator.ne, "≠")
LESS = _comparison("<", operator.lt, "<")
AT_MOST = _comparison("<=", operator.le, "≤")
MORE = _comparison(">", operator.gt, ">")
AT_LEAST = _comparison(">=", operator.ge, "≥")


def _fold(np: Any, name: str, operands: tuple[Any, ...]) -> Any:
    result = operands[0]
    for item in operands[1:]:
        result = getattr(np, name)(result, item)
    return result


def _power(base: float, exponent: float) -> float:
    result = base**exponent
    if isinstance(result, complex):
        raise ValueError("a negative number has no such root")
    return float(result)


def _rounding(name: str, rule: Any, mode: str, words: str) -> Function:
    return Function(
        name,
        2,
        2,
        rule,
        lambda x, digits: rounded(x, digits, mode),
        lambda np, x, digits: rounded_array(np, x, digits, mode),
        words,
        literals=frozenset({1}),
    )


def _whole(name: str, mode: str, words: str, hidden: tuple[str, ...]) -> Function:
    return Function(
        name,
        1,
        1,
        rules.whole,
        lambda x: rounded(x, 0, mode),
        lambda np, x: rounded_array(np, x, 0, mode),
        words,
        hidden=hidden,
        dust=DUST,
    )


def _straight_line(price: float, residual: float, life: float) -> float:
    return (price - residual) / life


def _payment(rate: float, periods: float, amount: float) -> float:
    if rate == 0:
        return -amount / periods
    return -amount * rate / -math.expm1(-periods * math.log1p(rate))


def _payment_array(np: Any, rate: Any, periods: Any, amount: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(rate == 0, 1 / periods, rate / -np.expm1(-periods * np.log1p(rate)))
    return -amount * share


def _choose_array(np: Any, number: Any, *cases: Any) -> Any:
    return np.choose(np.asarray(number, dtype=int) - 1, np.broadcast_arrays(*cases))


def _if_array(np: Any, condition: Any, yes: Any, no: Any) -> Any:
    return np.where(condition, yes, no)


ROUNDUP = _whole("ROUNDUP", ROUND_UP, "rounded up to a whole number:", ("0",))
ROUNDDOWN = _whole("ROUNDDOWN", ROUND_DOWN, "rounded down to a whole number:", ("0",))
INT = _whole("INT", ROUND_FLOOR, "whole part of", ())
ROUND = _rounding("ROUND", rules.first(1), ROUND_HALF_UP, "rounded to {} decimals:")
ABS = Function("ABS", 1, 1, rules.same("take the size of"), abs, lambda np, x: np.abs(x), "size of")
SQRT = Function("SQRT", 1, 1, rules.root, math.sqrt, lambda np, x: np.sqrt(x), "square root of")
POWER = Function("POWER", 2, 2, rules.plain, _power, lambda np, x, y: np.power(x, y), "power of")
EXP = Function("EXP", 1, 1, rules.plain, math.exp, lambda np, x: np.exp(x), "e to the power of")
LN = Function("LN", 1, 1, rules.plain, math.log, lambda np, x: np.log(x), "natural logarithm of")
SLN = Function(
    "SLN",
    3,
    3,
    rules.straight_line,
    _straight_line,
    lambda _, p, r, n: _straight_line(p, r, n),
    "straight line over",
)
PMT = Function("PMT", 3, 3, rules.payment, _payment, _payment_array, "annuity payment for")
IF = Function(
    "IF",
    3,
    3,
    rules.branch,
    lambda condition, yes, no: yes if condition else no,
    _if_array,
    "if",
    selects=lambda condition: 1 if condition else 2,
)
CHOOSE = Function(
    "CHOOSE",
    2,
    None,
    rules.choice,
    lambda number, *cases: cases[int(number) - 1],
    _choose_array,
    "the case of",
    selects=int,
)
AND = Function("AND", 1, None, rules.logical, lambda *x: all(x), lambda np, *x: _fold(np, "logical_and", x), "all of")
OR = Function("OR", 1, None, rules.logical, lambda *x: any(x), lambda np, *x: _fold(np, "logical_or", x), "any of")
NOT = Function("NOT", 1, 1, rules.logical, operator.not_, lambda np, x: np.logical_not(x), "not")
FIXED = Function("FIXED", 2, 2, rules.written, fixed, None, "written out:", literals=frozenset({1}))
ISNUMBER = Function(
    "ISNUMBER", 1, 1, rules.asks, lambda x: isinstance(x, float) and math.isfinite(x), None, "is a number:"
)
# Not a figure: a text that leads to a place in the workbook, for rows whose order is found by formula.
HYPERLINK = Function("HYPERLINK", 2, 2, rules.sentence, lambda _, shown: shown, None, "link that shows")
