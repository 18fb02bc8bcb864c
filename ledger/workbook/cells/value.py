"""Reader: the value of a formula as it stands in a cell, over cells that may be empty, hold text, or form a block.

What is computed here is computed as a spreadsheet does it; where programs differ, or the function table knows no rule
for what a cell holds, there is no value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from unitledger.expression import Along, Apply, Area, Expression, Factor, Function, Number, Reference, Text
from unitledger.expression.digits import added_up
from unitledger.expression.table.arithmetic import DIGITS, FIXED, HYPERLINK, ISFORMULA, ISNUMBER
from unitledger.expression.table.criterion import WILD, criterion
from unitledger.expression.table.function import Takes
from unitledger.expression.table.statistics import (
    COUNTA,
    COUNTIF,
    INDEX,
    MATCH,
    MATCH_RISING,
    ROWS,
    SMALL,
    SUMPRODUCT,
    SUMXMY2,
)

Known = Callable[[Any], Any]
"""What a reference to a cell or a block, or a factor, stands for: None for an empty cell, `Cells` for a block."""

# Files may keep 15 digits of a value, and a formula multiply some of these: numbers that differ beyond are one.
_ONE_NUMBER = 5e-14


@attrs.frozen
class Cells:
    """What a block of cells holds, row by row, `width` cells in each row."""

    values: tuple[Any, ...]
    width: int

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.values) // self.width

    def over(self, height: int, width: int) -> Sequence[Any]:
        """Return what stands beside each cell of a block; one row or column stands beside every other."""
        if len(self.values) == height * width:
            return self.values
        own, across = self.height, self.width
        return [self.values[row % own * across + column % across] for row in range(height) for column in range(width)]


def cell_value(node: Expression, known: Known) -> float | bool | str:
    """Return what a formula shows. Raises ValueError, TypeError, LookupError or ArithmeticError where there is none."""
    return compiled(node)(known)


def compiled(node: Expression) -> Callable[[Known], float | bool | str]:
    """Return the function that `cell_value` applies, for a formula that stands in many cells."""
    work_out = _compiled(node, of_blocks=False)

    def shown(known: Known) -> float | bool | str:
        found = work_out(known)
        if type(found) in _SINGLE:
            return found  # type: ignore[no-any-return]
        if isinstance(found, Cells):
            raise ValueError("a formula in one cell shows one value")
        # A reference to an empty cell shows 0.
        return _number(found)

    return shown


_SINGLE = {float, bool, str}
_Compiled = Callable[[Known], Any]


def _compiled(node: Expression, *, of_blocks: bool) -> _Compiled:
    match node:
        case Reference() | Factor():
            return lambda known: known(node)
        case Number(number):
            return lambda _: number
        case Text(text):
            return lambda _: text
        case Apply(function, arguments) if function.selects is not None:
            return _selecting(function, arguments)
        case Apply(function, (Apply() as asked,)) if function is ISNUMBER:
            found = _compiled(asked, of_blocks=False)
            return lambda known: _is_number(found, known)
        case Apply(function, arguments):
            # Only these take their operands cell by cell in every program, and what stands in them.
            inside = function in (SUMPRODUCT, SUMXMY2) or (of_blocks and (bool(function.symbol) or function is SMALL))
            operands = [_compiled(argument, of_blocks=inside) for argument in arguments]
            apply = _called if not function.symbol else _operated_inside if inside else _operated
            match operands:
                case [left, right] if function.symbol:
                    return _between(function, left, right, apply)
            return lambda known: apply(function, [operand(known) for operand in operands])
        case Area() | Along():
            raise TypeError("a formula read from a sheet refers to addresses")


def _between(function: Function, left: _Compiled, right: _Compiled, apply: Callable[..., Any]) -> _Compiled:
    """Return an operator between two operands; two of a kind that it takes, as most are, are not looked at further."""
    scalar = function.scalar
    usual: dict[type, Callable[[Any, Any], Any]] = {str: scalar}
    if function.takes is Takes.FIGURES:
        usual = {float: scalar, bool: lambda one, other: scalar(float(one), float(other))}
    elif function.takes is Takes.ALIKE:
        usual[float] = lambda one, other: scalar(one, _same(one, other))

    def operated(known: Known) -> Any:
        one, other = left(known), right(known)
        work_out = usual.get(type(one))
        if work_out is None or type(one) is not type(other):
            return apply(function, (one, other))
        return work_out(one, other)

    return operated


def _same(left: float, right: float) -> float:
    """Return the left one of two numbers that are one to programs, otherwise the right one."""
    return left if math.isclose(left, right, rel_tol=_ONE_NUMBER) else right


def _selecting(function: Function, arguments: Sequence[Expression]) -> _Compiled:
    first, *cases = (_compiled(argument, of_blocks=False) for argument in arguments)

    def selected(known: Known) -> Any:
        asked = first(known)
        if function.takes is not Takes.TRUTHS or not isinstance(asked, bool):
            asked = _number(asked)
        return function.selected(asked, (first, *cases))(known)

    return selected


def _operated_inside(function: Function, operands: Sequence[Any]) -> Any:
    """Apply an operator where operands are taken cell by cell."""
    many = Cells in map(type, operands)
    return _cell_by_cell(function, operands) if many else _operated(function, operands)


def _cell_by_cell(function: Function, operands: Sequence[Any]) -> Cells:
    """Apply an operator to each cell; one row, one column or one value stands beside every other."""
    blocks = [_block(operand) for operand in operands]
    height, width = max(block.height for block in blocks), max(block.width for block in blocks)
    if any(block.height not in {1, height} or block.width not in {1, width} for block in blocks):
        raise ValueError("the blocks have different shapes")
    sides = [block.over(height, width) for block in blocks]
    kinds = {type(held) for side in sides for held in side}
    found: Iterable[Any]
    if function.takes is Takes.FIGURES:
        found = map(function.scalar, *(map(_figure, side) for side in sides))
    elif function.takes is Takes.ALIKE and kinds == {float}:
        found = map(function.scalar, sides[0], map(_same, *sides))
    else:
        found = (_operated(function, each) for each in zip(*sides, strict=True))
    return Cells(tuple(found), width)


def _operated(function: Function, operands: Sequence[Any]) -> Any:
    """Apply an operator; an empty cell is 0 beside a number and an empty text beside a text."""
    if function.takes is Takes.TEXTS:
        return function.scalar(*("" if operand is None else _text(operand) for operand in operands))
    if function.takes is not Takes.ALIKE:
        return function.scalar(*map(_figure, operands))
    left, right = operands
    if left is None or type(left) is not type(right):
        kinds = {type(operand) for operand in operands} - {type(None)}
        if bool in kinds and len(kinds) > 1:
            raise TypeError("a number and a truth value compared")
        empty: Any = "" if str in kinds else False if bool in kinds else 0.0
        left, right = (empty if operand is None else operand for operand in operands)
    if isinstance(left, float) and isinstance(right, float):
        right = _same(left, right)
    return function.scalar(left, right)


def _called(function: Function, operands: Sequence[Any]) -> Any:
    if function.takes is Takes.NUMBERS:
        return _of_numbers(function, operands)
    if function is ISNUMBER and not isinstance(operands[0], bool):
        return isinstance(operands[0], float)
    if function is HYPERLINK and isinstance(operands[1], float | str):
        return operands[1]
    if function is DIGITS:
        return function.scalar(_number(operands[0]), _text(operands[1]))
    if function is ISFORMULA:
        return False
    if function is ROWS:
        return float(_block(operands[0]).height)
    if function is COUNTA:
        return float(sum(held is not None for held in _block(operands[0]).values))
    if function.takes is Takes.CRITERION:
        return _conditional(function, *operands)
    if function.takes is Takes.BLOCKS:
        return _of_blocks(function, operands)
    if function.takes is Takes.TRUTHS:
        return function.scalar(
            *(operand if isinstance(operand, bool) else bool(_number(operand)) for operand in operands)
        )
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
    if all(operand == () for operand in kept) and function.nests:
        return 0.0
    return float(function.scalar(*kept))


def _conditional(function: Function, block: Any, *more: Any) -> float:
    """Count or add up the cells of a block that hold, or stand beside, what is looked for."""
    cells = _block(block)
    pairs = (block, *more) if function is COUNTIF else more
    kept = [True] * len(cells.values)
    for looked_at, wanted in zip(map(_block, pairs[::2]), pairs[1::2], strict=True):
        if (len(looked_at.values), looked_at.width) != (len(cells.values), cells.width):
            raise ValueError("the blocks have different shapes")
        holds = criterion(wanted)
        kept = [holds(held) and keeps for held, keeps in zip(looked_at.values, kept, strict=True)]
    found = [value for value, keeps in zip(cells.values, kept, strict=True) if keeps]
    return float(len(found)) if function is COUNTIF else added_up(map(_number, found))


def _of_blocks(function: Function, operands: Sequence[Any]) -> Any:
    """Apply a function that looks at every cell of a block."""
    single = function.single
    if function in (MATCH, MATCH_RISING):
        _check_wanted(operands[0])
    given = [operand if place == single else _block(operand) for place, operand in enumerate(operands)]
    if function is MATCH and isinstance(operands[0], str):
        # A word is found beside empty cells in every program.
        given[1] = Cells(tuple("" if each is None else each for each in given[1].values), given[1].width)
    blocks = [each for each in given if isinstance(each, Cells)]
    if len({(len(block.values), block.width) for block in blocks}) > 1:
        raise ValueError("the blocks have different shapes")
    kept = float | str if function is MATCH else float
    if single is not None and not isinstance(given[single], float | str):
        raise TypeError("one value is asked for")
    for block in blocks:
        if single is not None and 1 not in {block.width, block.height}:
            raise ValueError("a list is one row or one column")
        # An empty cell is passed over, or 0, or an empty text, as the function pleases; so is a truth value.
        if function is not INDEX and not all(isinstance(value, kept) for value in block.values):
            raise TypeError("some cells hold what the function may pass over")
    return function.scalar(*(each.values if isinstance(each, Cells) else each for each in given))


def _check_wanted(wanted: Any) -> None:
    if wanted is None or wanted == "" or (isinstance(wanted, str) and WILD & set(wanted)):
        raise ValueError("what is searched for has a meaning of its own")


def _is_number(formula: _Compiled, known: Known) -> bool:
    """Return whether a formula gives a number; what is divided by nothing gives none."""
    try:
        found = formula(known)
    except ZeroDivisionError:
        return False
    if isinstance(found, bool | Cells):
        raise TypeError("a truth value is a number to some programs")
    return isinstance(found, float)


def _block(operand: Any) -> Cells:
    """Return a block; one cell is the smallest."""
    return operand if isinstance(operand, Cells) else Cells((operand,), 1)


def _figure(operand: Any) -> float:
    """Return a number; a truth value counts 1 or 0."""
    return float(operand) if isinstance(operand, bool) else _number(operand)


def _number(operand: Any) -> float:
    if type(operand) is float:
        return operand
    if operand is None:
        return 0.0
    if isinstance(operand, bool | str | Cells):
        raise TypeError(f"{operand!r:.60} is no number")
    return float(operand)


def _text(operand: Any) -> str:
    if not isinstance(operand, str):
        raise TypeError(f"{operand!r:.60} is no text")
    return operand
