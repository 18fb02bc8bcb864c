"""Rows of the function table: functions of a block of cells, or of several values at once."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import partial, reduce
from typing import Any

from unitledger.expression.digits import added_up, canonical
from unitledger.expression.table import rules
from unitledger.expression.table.criterion import criterion, index, match, match_rising, sums_where
from unitledger.expression.table.function import ADDED, CHOSEN, KEPT, Form, Function, Takes, Value, flat
from unitledger.units import DIMENSIONLESS


def _numbers(operands: Iterable[Any]) -> list[Any]:
    """Return the numbers among values: of a block, texts are left out, as every spreadsheet does."""
    values: list[Any] = []
    for operand in operands:
        if isinstance(operand, tuple):
            held = set(map(type, operand))
            values.extend(operand if str not in held else (each for each in operand if not isinstance(each, str)))
        else:
            values.append(operand)
    return values


def _same_value(left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return str(left).casefold() == str(right).casefold()
    return canonical(left) == canonical(right)


def _match(wanted: Value, block: tuple[Value, ...]) -> float:
    for place, value in enumerate(block, start=1):
        if _same_value(wanted, value):
            return float(place)
    raise ValueError(f"{wanted!r} is not among {', '.join(map(repr, block))}")


def _match_rising(wanted: float, block: tuple[float, ...]) -> float:
    """Find the last place that is not above what is wanted, as a search by halves does in what rises."""
    numbers = [canonical(number) for number in block]
    if numbers != sorted(numbers):
        raise ValueError("the figures that are searched do not rise")
    if not (place := bisect_right(numbers, canonical(wanted))):
        raise ValueError(f"{wanted:g} comes before the first, {block[0]:g}")
    return float(place)


def _index(block: tuple[Value, ...], place: float) -> Value:
    if not 1 <= int(place) <= len(block):
        raise ValueError(f"place {place:g} of {len(block)}")
    return block[int(place) - 1]


def _smallest(block: tuple[float | str, ...], place: float) -> float:
    numbers: list[float] = sorted(_numbers([block]))
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


def _sum_where(block: tuple[float, ...], *pairs: Any) -> float:
    kept = [True] * len(block)
    for looked_at, wanted in zip(pairs[::2], pairs[1::2], strict=True):
        holds = criterion(wanted)
        kept = [keeps and holds(value) for keeps, value in zip(kept, looked_at, strict=True)]
    return float(added_up(value for value, keeps in zip(block, kept, strict=True) if keeps))


def _many(name: str, verb: str, combine: Callable[[list[Any]], Any], form: Form, words: str, **more: Any) -> Function:
    def scalar(*operands: Any) -> Any:
        return combine(_numbers(operands))

    more = {"takes": Takes.NUMBERS, "any_from": 1, "example": ((3.1, 1.0, 2.7), 0.3), **more}
    return Function(name, rules.same(verb), scalar, form, words, **more)


def _total(of: list[Any]) -> Any:
    return added_up(of[1:], of[0]) if of else 0.0


def _mean(np: Any, *operands: Any) -> Any:
    values = list(flat(operands))
    return reduce(np.add, values) / len(values)


def _medians(np: Any, *operands: Any) -> Any:
    return np.median(np.broadcast_arrays(*flat(operands)), axis=0)


_least, _most, _middle = Form.chained("minimum"), Form.chained("maximum"), Form(_medians, exact=False)
_average = Form(_mean, exact=True)
SUM = _many("SUM", "add", _total, Form.chained("add"), "sum of", loss=ADDED, nests=True)
MIN = _many("MIN", rules.COMPARE, min, _least, "least of", loss=CHOSEN, nests=True)
MAX = _many("MAX", rules.COMPARE, max, _most, "largest of", loss=CHOSEN, nests=True)
MEDIAN = _many("MEDIAN", rules.COMPARE, statistics.median, _middle, "middle of", loss=CHOSEN)
AVERAGE = _many("AVERAGE", "take the average of", lambda of: _total(of) / len(of), _average, "average of", loss=CHOSEN)

_of_blocks = partial(Function, takes=Takes.BLOCKS)
_searching = partial(Function, takes=Takes.CRITERION, loss=KEPT)
SMALL = Function(
    "SMALL",
    rules.first,
    _smallest,
    None,
    "smallest by rank of",
    takes=Takes.NUMBERS,
    loss=CHOSEN,
    example=((3.1, 1.0, 2.7), 2.0),
)
MATCH = _of_blocks(
    "MATCH",
    rules.position,
    _match,
    Form(match, exact=False),
    "place of",
    loss=KEPT,
    example=("b", ("a", "B")),
    hidden=("0",),
    single=0,
)
MATCH_RISING = _of_blocks(
    "MATCH in rising figures",
    rules.position,
    _match_rising,
    Form(match_rising, exact=False),
    "last place that is not above",
    loss=KEPT,
    example=(2.8, (1.0, 2.7, 3.1)),
    called="MATCH",
    hidden=("1",),
    single=0,
)
INDEX = _of_blocks(
    "INDEX",
    rules.first,
    _index,
    Form(index, exact=True),
    "entry of",
    loss=CHOSEN,
    example=((3.1, 1.0, 2.7), 3.0),
    single=1,
)
ROWS = _of_blocks(
    "ROWS", rules.about(DIMENSIONLESS), len, None, "number of rows of", loss=KEPT, example=((3.1, 1.0, 2.7),)
)
COUNTA = _of_blocks(
    "COUNTA",
    rules.about(DIMENSIONLESS),
    lambda block: float(len(block)),
    None,
    "number of cells filled in",
    loss=KEPT,
    example=((3.1, 1.0, 2.7),),
)
COUNTIF = _searching(
    "COUNTIF",
    rules.counted,
    lambda block, wanted: float(sum(map(criterion(wanted), block))),
    None,
    "count in",
    example=((3.1, 1.0, 2.7), ">=2.7"),
)
SUMIFS = _searching(
    "SUMIFS",
    rules.conditional_sum,
    _sum_where,
    Form(sums_where, exact=True),
    "sum where",
    example=((3.1, 1.0, 2.7), ("a", "b", "A"), "a", (1.0, 2.0, 3.0), ">=2"),
    any_from=3,
)
SUMPRODUCT = _of_blocks(
    "SUMPRODUCT",
    rules.pairs,
    _sum_of_products,
    None,
    "sum of products of",
    loss=KEPT,
    example=((3.1, 1.0), (2.7, 0.3)),
    any_from=1,
)
SUMXMY2 = _of_blocks(
    "SUMXMY2",
    rules.pairs,
    lambda left, right: sum(((one - other) ** 2 for one, other in zip(left, right, strict=True)), 0.0),
    None,
    "sum of squared differences of",
    loss=KEPT,
    example=((3.1, 1.0), (2.7, 0.3)),
)
