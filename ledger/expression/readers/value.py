"""Reader: the value of a lowered expression on plain floats, truth values and texts, and what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from unitledger.errors import ExpressionError
from unitledger.expression.node import PERIODLESS, Along, Apply, Area, Expression, Factor, Number, Reference, Span, Text
from unitledger.expression.readers.references import leaves


def value(node: Expression, known: Callable[[str], Any]) -> Any:
    """Return the value of a lowered expression; `known` gives the value behind a name, of what has items an array.

    Of IF and CHOOSE only the selected branch is evaluated. Raises ArithmeticError or ValueError where Excel would
    show an error.
    """
    match node:
        case Reference(name):
            return known(name)
        case Apply(function, arguments):
            if function.selects is not None:
                return value(function.selected(value(arguments[0], known), arguments), known)
            # Most operands are references; a call for each would take as long as all else.
            return function.scalar(
                *[known(each.name) if type(each) is Reference else value(each, known) for each in arguments]
            )
        case Number(number):
            return number
        case Factor(step):
            return float(step.value)
        case Text(text):
            return text
        case Area() as block:
            return tuple(map(known, block.names))
        case Along(Reference(name), Span.ITEMS):
            return tuple(known(name).tolist())
        case Along():
            raise ExpressionError(PERIODLESS)


def decisive(node: Expression, known: Callable[[str], Any]) -> Iterator[Reference | Factor]:
    """Yield the leaves that the value of a lowered expression depends on: of IF and CHOOSE the selected branch alone.

    `known` is as of `value`.
    """
    match node:
        case Apply(function, arguments) if function.selects is not None:
            yield from decisive(arguments[0], known)
            yield from decisive(function.selected(value(arguments[0], known), arguments), known)
        case Apply(_, arguments):
            for argument in arguments:
                yield from decisive(argument, known)
        case _:
            yield from leaves(node)
