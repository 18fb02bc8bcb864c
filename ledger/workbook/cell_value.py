"""Reader: the value of a formula as it stands in a cell, over cells that may be empty, hold text, or form a block.

What is computed here is computed as a spreadsheet does it; where programs differ, or the function table knows no rule
for what a cell holds, there is no value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from unitledger.expression import Apply, Area, Expression, Factor, Function, Number, Reference, Text
from unitledger.expression.arithmetic import AND, CONCATENATE, FIXED, HYPERLINK, IF, ISNUMBER, NOT, OR
from unitledger.expression.statistics import (
    COUNTIF,
    INDEX,
    LARGE,
    MATCH,
    MAX,
    MEDIAN,
    MIN,
    RANK,
    ROWS,
    SMALL,
    SUM,
    SUMIFS,
    SUMPRODUCT,
    is_condition,
)

Known = Callable[[str], Any]
"""What a cell or a block holds, by its address as written: None for an empty cell, `Cells` for a block."""

_COMPARISONS = {"=", "<>", "<", "<=", ">", ">="}
# These leave out what is no number in a block.
_OF_NUMBERS = {SUM, MIN, MAX, MEDIAN, LARGE, SMALL, RANK}
_LOGICAL = {AND, OR, NOT}
# The place of what is searched for, and it may hold signs with a meaning of their own.
_SEARCHES = {MATCH: 0, COUNTIF: 1, SUMIFS: 2}
_MEANINGFUL = frozenset("*?~<>=")


@attrs.frozen
class Cells:
    """What a block of cells holds, row by row, `width` cells in each row."""

    values: tuple[Any, ...]
    width: int


def cell_value(node: Expression, known: Known) -> float | bool | str:
    """Return what a formula shows. Raises ValueError, TypeError, LookupError or ArithmeticError where there is none."""
    found = _value(node, known, of_blocks=False)
    if isinstance(found, Cells):
        raise ValueError("a formula in one cell shows one value")
    # A reference to an empty cell shows 0.
    return found if isinstance(found, bool | str) else _number(found)


def _value(node: Expression, known: Known, *, of_blocks: bool) -> Any:
    match node:
        case Reference(name):
            return known(name)
        case Number(number):
            return number
        case Text(text):
            return text
        case Apply(function, arguments) if function.selects is not None:
            first = _value(arguments[0], known, of_blocks=False)
            chosen = function.selects(first if function is IF and isinstance(first, bool) else _number(first))
            if not 0 < chosen < len(arguments):
                raise ValueError(f"{function.name} has no case {chosen}")
            return _value(arguments[chosen], known, of_blocks=False)
        case Apply(function, arguments):
            # Only SUMPRODUCT takes its operands cell by cell in every program.
            inside = function is SUMPRODUCT or (of_blocks and bool(function.symbol))
            operands = [_value(argument, known, of_blocks=inside) for argument in arguments]
            if not function.symbol:
                return _called(function, operands)
            blocks = [operand for operand in operands if isinstance(operand, Cells)]
            return _cell_by_cell(function, operands, blocks) if inside and blocks else _operated(function, operands)
        case Area() | Factor():
            raise TypeError("a formula read from a sheet refers to addresses")


def _cell_by_cell(function: Function, operands: Sequence[Any], blocks: Sequence[Cells]) -> Cells:
    shapes = {(len(block.values), block.width) for block in blocks}
    if len(shapes) > 1:
        raise ValueError("the blocks have different shapes")
    ((count, width),) = shapes
    columns = [operand.values if isinstance(operand, Cells) else (operand,) * count for operand in operands]
    return Cells(tuple(_operated(function, row) for row in zip(*columns, strict=True)), width)


def _operated(function: Function, operands: Sequence[Any]) -> Any:
    """Apply an operator; an empty cell is 0 beside a number and an empty text beside a text."""
    if function is CONCATENATE:
        return function.scalar(*("" if operand is None else _text(operand) for operand in operands))
    if function.name not in _COMPARISONS:
        return function.scalar(
            *(float(operand) if isinstance(operand, bool) else _number(operand) for operand in operands)
        )
    kinds = {type(operand) for operand in operands} - {type(None)}
    if bool in kinds and len(kinds) > 1:
        raise TypeError("a number and a truth value compared")
    empty: Any = "" if str in kinds else False if bool in kinds else 0.0
    return function.scalar(*(empty if operand is None else operand for operand in operands))


def _called(function: Function, operands: Sequence[Any]) -> Any:
    if function in _OF_NUMBERS:
        return _of_numbers(function, operands)
    if function is ISNUMBER and not isinstance(operands[0], bool):
        return isinstance(operands[0], float)
    if function is ROWS:
        block = _block(operands[0])
        return len(block.values) / block.width
    if function in _SEARCHES or function is INDEX or function is SUMPRODUCT:
        return _of_blocks(function, operands)
    if function in _LOGICAL:
        return function.scalar(
            *(operand if isinstance(operand, bool) else bool(_number(operand)) for operand in operands)
        )
    if function is HYPERLINK:
        return function.scalar(*map(_text, operands))
    if function is FIXED and not isinstance(operands[0], float):
        raise TypeError("only a number is written out alike everywhere")
    return function.scalar(*map(_number, operands))


def _of_numbers(function: Function, operands: Sequence[Any]) -> float:
    # An empty cell counts as none also where it is named by itself.
    blocks = [Cells((), 1) if operand is None else operand for operand in operands]
    if any(isinstance(value, bool) for block in blocks if isinstance(block, Cells) for value in block.values):
        raise TypeError("some programs count truth values as numbers")
    kept = [
        tuple(value for value in operand.values if isinstance(value, float))
        if isinstance(operand, Cells)
        else _number(operand)
        for operand in blocks
    ]
    if all(operand == () for operand in kept) and function in {SUM, MIN, MAX}:
        return 0.0
    if function in {LARGE, SMALL} and not _number(operands[1]) >= 1:
        raise ValueError("places are counted from 1")
    return float(function.scalar(*kept))


def _of_blocks(function: Function, operands: Sequence[Any]) -> Any:
    """Apply a function that looks at every cell of a block."""
    single = {_SEARCHES[function]} if function in _SEARCHES else {1} if function is INDEX else set()
    for place in single:
        _check_wanted(operands[place], counted=function is not MATCH and function is not INDEX)
    given = [operand if place in single else _block(operand) for place, operand in enumerate(operands)]
    if function in {COUNTIF, SUMIFS}:
        # An empty cell is neither a number nor another text than the empty one.
        given = [_with_empty_texts(each) if isinstance(each, Cells) else each for each in given]
    blocks = [each for each in given if isinstance(each, Cells)]
    if len({(len(block.values), block.width) for block in blocks}) > 1:
        raise ValueError("the blocks have different shapes")
    kept = float if function is SUMPRODUCT else float | str
    for block in blocks:
        if function not in {SUMPRODUCT, COUNTIF} and 1 not in {block.width, len(block.values) / block.width}:
            raise ValueError("a list is one row or one column")
        # An empty cell is passed over, or 0, or an empty text, as the function pleases; so is a truth value.
        if function is not INDEX and not all(isinstance(value, kept) for value in block.values):
            raise TypeError("some cells hold what the function may pass over")
    return function.scalar(*(each.values if isinstance(each, Cells) else each for each in given))


def _with_empty_texts(block: Cells) -> Cells:
    return Cells(tuple("" if value is None else value for value in block.values), block.width)


def _check_wanted(wanted: Any, *, counted: bool) -> None:
    """Raise ValueError for a text with signs that programs read differently; where it is `counted`, "" is clear."""
    if counted and (wanted == "" or (isinstance(wanted, str) and is_condition(wanted))):
        return
    if wanted is None or wanted == "" or (isinstance(wanted, str) and _MEANINGFUL & set(wanted)):
        raise ValueError("what is searched for has a meaning of its own")


def _block(operand: Any) -> Cells:
    """Return a block; one cell is the smallest."""
    return operand if isinstance(operand, Cells) else Cells((operand,), 1)


def _number(operand: Any) -> float:
    if operand is None:
        return 0.0
    if isinstance(operand, bool | str | Cells):
        raise TypeError(f"{operand!r:.60} is no number")
    return float(operand)


def _text(operand: Any) -> str:
    if not isinstance(operand, str):
        raise TypeError(f"{operand!r:.60} is no text")
    return operand
