"""Rows of the function table: operators, comparison, logic, rounding, and texts."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP
from functools import partial
from typing import Any

from unitledger.expression.digits import canonical, canonical_array, fixed, rounded, rounded_array
from unitledger.expression.kind import LOGICAL
from unitledger.expression.table import rules
from unitledger.expression.table.function import (
    ADDED,
    CHOSEN,
    DIVIDED,
    KEPT,
    MULTIPLIED,
    REMAINING,
    SUBTRACTED,
    TURNED,
    Form,
    Function,
    Rule,
    Takes,
)

# A billionth of a machine is no machine, and no machine too few.
DUST = 9

# Figures that lie further apart, as a share of one, differ in their 15 digits.
_NEAR = 1e-13

COMPARE, JOIN, SUM_LEVEL, PRODUCT_LEVEL, POWER_LEVEL, UNARY_LEVEL = 1, 2, 3, 4, 5, 7

_figure = partial(Function, takes=Takes.FIGURES)


def _operator(symbol: str, level: int, rule: Rule, scalar: Callable[..., Any], words: str, **more: Any) -> Function:
    form = Form.chained(more["ufunc"])
    return _figure(symbol, rule, scalar, form, words, symbol=symbol, precedence=level, example=(7.25, 0.3), **more)


def _ranked(value: float | str) -> tuple[bool, float | str]:
    """Order as a spreadsheet does: every number comes before every text."""
    return (True, value.casefold()) if isinstance(value, str) else (False, canonical(value))


def _comparison(symbol: str, compare: Callable[[Any, Any], bool], words: str, ufunc: str = "") -> Function:
    def scalar(left: Any, right: Any) -> bool:
        if left == right:
            return compare(left, left)
        if isinstance(left, str) or isinstance(right, str):
            return compare(_ranked(left), _ranked(right))
        if abs(left - right) > _NEAR * abs(left):
            return compare(left, right)
        return compare(canonical(left), canonical(right))

    def array(np: Any, left: Any, right: Any) -> Any:
        with np.errstate(invalid="ignore", over="ignore"):
            near = (np.abs(np.subtract(left, right)) <= _NEAR * np.abs(left)) & np.not_equal(left, right)
        return compare(canonical_array(np, left), canonical_array(np, right)) if near.any() else compare(left, right)

    return Function(
        symbol,
        rules.comparison,
        scalar,
        Form(array, exact=False),
        words,
        takes=Takes.ALIKE,
        loss=KEPT,
        example=(7.25, 0.3),
        symbol=symbol,
        precedence=COMPARE,
        ufunc=ufunc,
    )


ADD = _operator("+", SUM_LEVEL, rules.moved("add"), operator.add, "+", loss=ADDED, ufunc="add")
SUBTRACT = _operator("-", SUM_LEVEL, rules.moved("subtract"), operator.sub, "−", loss=SUBTRACTED, ufunc="subtract")
MULTIPLY = _operator("*", PRODUCT_LEVEL, rules.product, operator.mul, "×", loss=MULTIPLIED, ufunc="multiply")
DIVIDE = _operator("/", PRODUCT_LEVEL, rules.quotient, operator.truediv, "÷", loss=DIVIDED, ufunc="divide")
NEGATE = _figure(
    "negate",
    rules.same("negate"),
    operator.neg,
    Form.named("negative", exact=True),
    "−",
    loss=SUBTRACTED,
    example=(7.25,),
    symbol="-",
    precedence=UNARY_LEVEL,
    ufunc="negative",
)
EQUAL = _comparison("=", operator.eq, "=")
DIFFERENT = _comparison("<>", operator.ne, "≠")
LESS = _comparison("<", operator.lt, "<", "less")
AT_MOST = _comparison("<=", operator.le, "≤", "less_equal")
MORE = _comparison(">", operator.gt, ">", "greater")
AT_LEAST = _comparison(">=", operator.ge, "≥", "greater_equal")


def _power(base: float, exponent: float) -> float:
    result = base**exponent
    if isinstance(result, complex):
        raise ValueError("a negative number has no such root")
    return float(result)


def _whole(name: str, mode: str, words: str, *hidden: str) -> Function:
    return _figure(
        name,
        rules.whole,
        partial(rounded, digits=0, mode=mode),
        Form(partial(rounded_array, digits=0, mode=mode), exact=False),
        words,
        loss=KEPT,
        example=(-7.25,),
        hidden=hidden,
        dust=DUST,
    )


def _rest(number: float, divisor: float) -> float:
    rest = number % divisor
    if rest and min(abs(rest), abs(divisor - rest)) < 10**-DUST * abs(divisor):
        raise ValueError(f"some programs divide {number:g} by {divisor:g} without a rest")
    return rest


def _rests(np: Any, number: Any, divisor: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.mod(number, divisor)
    unsure = (rest != 0) & (np.minimum(abs(rest), abs(divisor - rest)) < 10**-DUST * abs(divisor))
    return np.where(unsure | (divisor == 0), np.nan, rest)


def _choices(np: Any, number: Any, *cases: Any) -> Any:
    return np.choose(np.asarray(number, dtype=int) - 1, np.broadcast_arrays(*cases))


ROUNDUP = _whole("ROUNDUP", ROUND_UP, "rounded up to a whole number:", "0")
ROUNDDOWN = _whole("ROUNDDOWN", ROUND_DOWN, "rounded down to a whole number:", "0")
INT = _whole("INT", ROUND_FLOOR, "whole part of")
MOD = _figure(
    "MOD",
    rules.same("divide"),
    _rest,
    Form(_rests, exact=True),
    "rest of the division of",
    loss=REMAINING,
    example=(-7.25, 2.0),
)
ROUND = _figure(
    "ROUND",
    rules.decimals,
    partial(rounded, mode=ROUND_HALF_UP),
    Form(partial(rounded_array, mode=ROUND_HALF_UP), exact=False),
    "rounded to {} decimals:",
    loss=KEPT,
    example=(2.675, 2.0),
    literals=frozenset({1}),
)
_absolute, _root = Form.named("abs", exact=True), Form.named("sqrt", exact=True)
_exp, _log, _to_the = (Form.named(name, exact=False) for name in ("exp", "log", "power"))
ABS = _figure("ABS", rules.same("take the size of"), abs, _absolute, "size of", loss=KEPT, example=(-7.25,))
SQRT = _figure("SQRT", rules.root, math.sqrt, _root, "square root of", loss=KEPT, example=(7.25,))
EXP = _figure("EXP", rules.plain, math.exp, _exp, "e to the power of", loss=KEPT, example=(0.3,))
LN = _figure("LN", rules.plain, math.log, _log, "natural logarithm of", loss=TURNED, example=(0.3,))
POWER = _figure(
    "POWER", rules.plain, _power, _to_the, "power of", loss=KEPT, example=(7.25, 0.3), precedence=POWER_LEVEL, typed="^"
)
IF = Function(
    "IF",
    rules.branch,
    lambda condition, yes, no: yes if condition else no,
    Form.named("where", exact=True),
    "if",
    takes=Takes.TRUTHS,
    loss=CHOSEN,
    example=(False, 7.25, 0.3),
    selects=lambda condition: 1 if condition else 2,
)
CHOOSE = _figure(
    "CHOOSE",
    rules.choice,
    lambda number, *cases: cases[int(number) - 1],
    Form(_choices, exact=True),
    "the case of",
    loss=CHOSEN,
    example=(2.0, 7.25, 0.3),
    any_from=2,
    selects=int,
)
_logical = partial(Function, rule=rules.logical, takes=Takes.TRUTHS, loss=KEPT)
_all, _any = Form.chained("logical_and"), Form.chained("logical_or")
_not = Form.named("logical_not", exact=True)
AND = _logical("AND", any_from=1, scalar=lambda *x: all(x), array=_all, words="all of", example=(True, False))
OR = _logical("OR", any_from=1, scalar=lambda *x: any(x), array=_any, words="any of", example=(True, False))
NOT = _logical("NOT", scalar=operator.not_, array=_not, words="not", example=(True,))

_of_text = partial(Function, array=None, loss=KEPT)
CONCATENATE = _of_text(
    "&",
    rules.sentence,
    operator.add,
    words="then",
    takes=Takes.TEXTS,
    example=("7 ", "years"),
    symbol="&",
    precedence=JOIN,
)
FIXED = _of_text(
    "FIXED",
    rules.written,
    fixed,
    words="written out:",
    takes=Takes.FIGURES,
    example=(1234.5, 1.0),
    literals=frozenset({1}),
)
# Formats of zeros only: those of days and money differ from one country's spreadsheets to another's.
DIGITS = _of_text(
    "TEXT",
    rules.digits,
    lambda number, zeros: f"{rounded(number, 0, ROUND_HALF_UP):0{len(zeros)}.0f}",
    words="written as",
    takes=Takes.ANYTHING,
    example=(7.0, "00"),
)
ISNUMBER = _of_text(
    "ISNUMBER",
    rules.about(LOGICAL),
    lambda x: isinstance(x, float) and math.isfinite(x),
    words="is a number:",
    takes=Takes.ANYTHING,
    example=("7",),
)
# Whether a cell holds one says nothing of its value, so nowhere but in a spreadsheet does one hold any.
ISFORMULA = _of_text(
    "ISFORMULA",
    rules.about(LOGICAL),
    lambda _: False,
    words="is worked out:",
    takes=Takes.ANYTHING,
    example=("7",),
    called="_xlfn.ISFORMULA",
)
# Not a figure: a text that leads to a place in the workbook, for rows whose order is found by formula.
HYPERLINK = _of_text(
    "HYPERLINK",
    rules.sentence,
    lambda _, shown: shown,
    words="link that shows",
    takes=Takes.ANYTHING,
    example=("#Calc!A1", "Calc"),
)
