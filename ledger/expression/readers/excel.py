"""Reader: the text of an Excel formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeGuard

from unitledger.errors import ExpressionError, FormulaError
from unitledger.expression.node import (
    MOST_ARGUMENTS,
    PERIODLESS,
    Along,
    Apply,
    Area,
    Expression,
    Factor,
    Number,
    Reference,
    Text,
)
from unitledger.expression.table.arithmetic import UNARY_LEVEL
from unitledger.expression.table.function import Function

# Excel refuses a longer text inside a formula, and a longer formula.
LONGEST_TEXT = 255
LONGEST_FORMULA = 8192
MANY = 100
"""Sums of more are printed shorter, lest they grow longer than a formula may be: neighbouring cells as a range."""
# Sheet, column (or what stands for it while a formula is printed for a whole row) and row.
_CELL = re.compile(r"((?:.*!)?)([^0-9!]+)([0-9]+)", re.DOTALL)


def excel(node: Expression, locate: Callable[[Reference | Factor], str]) -> str:
    """Return the formula of a lowered expression, with its equals sign.

    `locate` gives the address of a named cell or of a conversion factor. Brackets are printed where Excel's
    precedence needs them (unary minus binds tighter than powers) and around right-nested operations, so that parsing
    gives the same tree; only in long sums neighbouring cells are printed as a range, and a conversion that all need
    comes last. Raises FormulaError for a text longer than Excel takes.
    """
    return "=" + _printed(node, locate)


def within_length(formula: str) -> str:
    """Return a formula. Raises FormulaError for one longer than Excel takes."""
    if len(formula) > LONGEST_FORMULA:
        raise FormulaError(f"A formula would be {len(formula):,} characters long; Excel takes {LONGEST_FORMULA:,}.")
    return formula


def _printed(node: Expression, locate: Callable[[Reference | Factor], str], outer: int = 0) -> str:
    match node:
        case Reference() | Factor():
            return locate(node)
        case Apply(function, (operand,)) if function.symbol:
            printed = f"{function.symbol}{_printed(operand, locate, function.precedence + 1)}"
            return f"({printed})" if outer > function.precedence else printed
        case Apply(function, (left, right)) if function.symbol:
            level = function.precedence
            # A leading minus stands without brackets on the left only: A1-(-B1), but -A1*B1.
            leads = isinstance(right, Apply) and right.function.symbol and len(right.arguments) == 1
            after = UNARY_LEVEL + 1 if leads else level + 1
            printed = f"{_printed(left, locate, level)}{function.symbol}{_printed(right, locate, after)}"
            return f"({printed})" if level < outer else printed
        case Apply(function, arguments) if len(arguments) > MANY and (once := converted_once(node)) is not node:
            return _printed(once, locate, outer)
        case Apply(function, arguments):
            listed = [_printed(argument, locate) for argument in arguments]
            if len(listed) > MANY and function.nests:
                listed = _grouped(function, _joined(arguments, listed))
            return f"{function.called or function.name}({','.join((*listed, *function.hidden))})"
        case Number(value):
            printed = f"{value:.15g}".upper()
            return f"({printed})" if value < 0 and outer else printed
        case Text(text):
            if len(text) > LONGEST_TEXT:
                raise FormulaError(
                    f"A text of {len(text)} characters cannot stand in a formula; Excel takes {LONGEST_TEXT}: "
                    f"{text:.40}..."
                )
            return '"' + text.replace('"', '""') + '"'
        case Area(cells):
            return _range(locate(cells[0]), locate(cells[-1]))
        case Along():
            raise ExpressionError(PERIODLESS)


def converted_once(node: Apply) -> Apply:
    """Return the node with a conversion that all operands of a function such as SUM need made of what comes out."""
    match node.arguments[0]:
        case Apply(conversion, (_, Factor() as factor)) if node.function.nests:
            inner = [part.arguments[0] for part in node.arguments if _converts(part, conversion, factor)]
            if len(inner) == len(node.arguments):
                return Apply(conversion, (converted_once(Apply(node.function, tuple(inner))), factor))
    return node


def _converts(part: Expression, conversion: Function, factor: Factor) -> TypeGuard[Apply]:
    return isinstance(part, Apply) and part.function is conversion and part.arguments[1:] == (factor,)


def _joined(arguments: tuple[Expression, ...], listed: list[str]) -> list[str]:
    """Write cells that lie one beneath the other as a range."""
    runs: list[list[str]] = []
    beneath = None
    for argument, address in zip(arguments, listed, strict=True):
        place = _CELL.fullmatch(address) if isinstance(argument, Reference) else None
        if place is not None and address == beneath:
            runs[-1].append(address)
        else:
            runs.append([address])
        beneath = f"{place[1]}{place[2]}{int(place[3]) + 1}" if place is not None else None
    return [run[0] if len(run) == 1 else _range(run[0], run[-1]) for run in runs]


def _grouped(function: Function, listed: list[str]) -> list[str]:
    """Write what is too much for one call as calls of groups."""
    while len(listed) > MOST_ARGUMENTS:
        groups = (listed[first : first + MOST_ARGUMENTS] for first in range(0, len(listed), MOST_ARGUMENTS))
        listed = [f"{function.name}({','.join(group)})" for group in groups]
    return listed


def _range(first: str, last: str) -> str:
    # The sheet is named once: Constants!A1:A9.
    return f"{first}:{last.rpartition('!')[2]}"
