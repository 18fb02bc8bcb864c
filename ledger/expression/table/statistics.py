"""Rows of the function table: functions of a block of cells, or of several values at once."""

from __future__ import annotations

import operator
import re
import statistics
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from unitledger.expression.digits import canonical
from unitledger.expression.table import rules
from unitledger.expression.table.function import Function, Value

_CONDITION = re.compile(r"(<=|>=|<|>)(-?[0-9]+(?:\.[0-9]+)?)")
_COMPARED = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}


def _flat(operands: Iterable[Any]) -> list[Any]:
    values: list[Any] = []
    for operand in operands:
        values.extend(operand if isinstance(operand, tuple) else (operand,))
    return values


def _numbers(operands: Iterable[Any]) -> list[Any]:
    """Return the numbers among values: of a block, texts are left out, as every spreadsheet does."""
    values: list[Any] = []
    for operand in operands:
        if isinstance(operand, tuple):
            values.extend(value for value in operand if not isinstance(value, str))
        else:
            values.append(operand)
    return values


def _of_many(name: str, verb: str, scalar: Callable[[list[Any]], float], array: str, words: str) -> Function:
    def vectorised(np: Any, *operands: Any) -> Any:
        values = _flat(operands)
        if array == "median":
            return np.median(np.broadcast_arrays(*values), axis=0)
        result = values[0]
        for value in values[1:]:
            result = getattr(np, array)(result, value)
        return result

    def alone(*operands: Any) -> float:
        return scalar(_numbers(operands))

    return Function(name, 1, None, rules.same(verb), alone, vectorised, words, nests=array != "median")


def _same_value(left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return str(left).casefold() == str(right).casefold()
    return canonical(left) == canonical(right)


def _match(wanted: Value, block: tuple[Value, ...]) -> float:
    for place, value in enumerate(block, start=1):
        if _same_value(wanted, value):
            return float(place)
    raise ValueError(f"{wanted!r} is not among {', '.join(map(repr, block))}")


def _index(block: tuple[Value, ...], place: float) -> Value:
    if not 1 <= int(place) <= len(block):
        raise ValueError(f"place {place:g} of {len(block)}")
    return block[int(place) - 1]


def _rank(value: float, block: tuple[float | str, ...]) -> float:
    return 1.0 + sum(canonical(other) > canonical(value) for other in _numbers([block]))


def _ranked(block: tuple[float | str, ...], place: float, *, falls: bool) -> float:
    numbers: list[float] = sorted(_numbers([block]), reverse=falls)
    if not 1 <= int(place) <= len(numbers):
        raise ValueError(f"{len(numbers)} numbers have no place {place:g}")
    return numbers[int(place) - 1]


def _sum_of_products(*blocks: Any) -> float:
    columns = [block if isinstance(block, tuple) else (block,) for block in blocks]
    total = 0.0
    for row in zip(*columns, strict=True):
        term = 1.0
        for value in row:
            term *= value
        total += term
    return total


def _meets(value: Value, wanted: Value) -> bool:
    """Whether a value is what is wanted: equal to it, or, where that is such as ">=0", a number that compares so."""
    condition = _CONDITION.fullmatch(wanted) if isinstance(wanted, str) else None
    if condition is None:
        return _same_value(value, wanted)
    return not isinstance(value, str) and _COMPARED[condition[1]](canonical(value), float(condition[2]))


def _sum_where(block: tuple[float, ...], looked_at: tuple[Value, ...], wanted: Value) -> float:
    pairs = zip(block, looked_at, strict=True)
    return sum((value for value, other in pairs if _meets(other, wanted)), 0.0)


def _sum_of_squares(left: tuple[float, ...], right: tuple[float, ...]) -> float:
    return sum(((a - b) ** 2 for a, b in zip(left, right, strict=True)), 0.0)


def _block(name: str, count: int, rule: Any, scalar: Callable[..., Any], words: str, **more: Any) -> Function:
    return Function(name, count, count, rule, scalar, None, words, **more)


SUM = _of_many("SUM", "add", lambda values: sum(values[1:], values[0]), "add", "sum of")
MIN = _of_many("MIN", "compare", min, "minimum", "smaller of")
MAX = _of_many("MAX", "compare", max, "maximum", "larger of")
MEDIAN = _of_many("MEDIAN", "compare", statistics.median, "median", "middle of")
LARGE = _block("LARGE", 2, rules.first(1), partial(_ranked, falls=True), "largest by rank of")
SMALL = _block("SMALL", 2, rules.first(1), partial(_ranked, falls=False), "smallest by rank of")
RANK = _block("RANK", 2, rules.position, _rank, "rank of")
MATCH = _block("MATCH", 2, rules.position, _match, "place of", hidden=("0",))
INDEX = _block("INDEX", 2, rules.first(1), _index, "entry of")
ROWS = _block("ROWS", 1, rules.count, len, "number of rows of")
SUMXMY2 = _block("SUMXMY2", 2, rules.squares, _sum_of_squares, "squared differences of")
COUNTIF = _block(
    "COUNTIF",
    2,
    rules.position,
    lambda block, wanted: float(sum(_meets(v, wanted) for v in block)),
    "count in",
)
SUMIFS = _block("SUMIFS", 3, rules.conditional_sum, _sum_where, "sum where")
SUMPRODUCT = Function("SUMPRODUCT", 1, None, rules.pairs, _sum_of_products, None, "sum of products of")
