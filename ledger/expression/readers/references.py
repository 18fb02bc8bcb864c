"""Reader: the names and the conversion factors that an expression needs."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from unitledger.errors import ExpressionError
from unitledger.expression.node import Along, Apply, Area, Expression, Factor, Number, Reference, Span, Text
from unitledger.expression.table.arithmetic import ROUND
from unitledger.units import Step

# Readers go down a tree by calling themselves, and a formula of more parts would be longer than Excel takes.
MOST_LEVELS = 200
MOST_PARTS = 4000


def check_extent(node: Expression, what: str) -> None:
    """Raise ExpressionError, beginning with `what`, when a formula is nested too deeply or has too many parts."""
    if said := excess(node):
        raise ExpressionError(
            f"{what}: the formula is {said}. Make lines of its parts and refer to these; "
            "add up many values with total(...) instead of sum(...)."
        )


def excess(node: Expression) -> str:
    """Return in what an expression is too large; empty where it is not."""
    parts = 0
    waiting = [(node, 1)]
    while waiting:
        here, level = waiting.pop()
        parts += 1
        if level > MOST_LEVELS:
            return f"nested more than {MOST_LEVELS} deep"
        if parts > MOST_PARTS:
            return f"of more than {MOST_PARTS:,} parts"
        if isinstance(here, Apply):
            waiting.extend((argument, level + 1) for argument in here.arguments)
        elif isinstance(here, Along):
            waiting.append((here.inner, level + 1))
    return ""


def levels(node: Expression) -> int:
    """Return how deep an expression is nested: 1 for what has no parts."""
    deepest = 0
    waiting = [(node, 1)]
    while waiting:
        here, level = waiting.pop()
        deepest = max(deepest, level)
        if isinstance(here, Apply):
            waiting.extend((argument, level + 1) for argument in here.arguments)
    return deepest


def leaves(node: Expression) -> Iterator[Reference | Factor]:
    """Yield references and factors from left to right, with repetitions."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case Reference() | Factor() as leaf:
                yield leaf
            case Apply(_, arguments):
                waiting.extend(reversed(arguments))
            case Area(cells):
                yield from cells
            case Along(inner):
                waiting.append(inner)
            case Number() | Text():
                pass


def nodes(node: Expression, but: Container[Span] = ()) -> Iterator[Expression]:
    """Yield a node and those beneath it, from left to right; `but`: what is looked at along these is left out."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        if isinstance(here, Apply):
            waiting.extend(reversed(here.arguments))
        elif isinstance(here, Along) and here.span not in but:
            waiting.append(here.inner)


def in_blocks(node: Expression) -> Iterator[str]:
    """Yield the names of cells that a formula takes as one block, and that must stay neighbours."""
    return (name for each in nodes(node) if isinstance(each, Area) for name in each.names)


def references(node: Expression) -> tuple[str, ...]:
    """Return the names that an expression refers to, each once, in order of appearance."""
    return tuple(dict.fromkeys(leaf.name for leaf in leaves(node) if isinstance(leaf, Reference)))


def factors(node: Expression) -> tuple[Step, ...]:
    """Return the conversion factors of a lowered expression, each once, in order of appearance."""
    return tuple(dict.fromkeys(leaf.step for leaf in leaves(node) if isinstance(leaf, Factor)))


def renamed(node: Expression, names: dict[str, Expression]) -> Expression:
    """Return the expression with references in `names` replaced."""
    return replaced(node, lambda leaf: names.get(leaf.name, leaf))


def replaced(node: Expression, by: Callable[[Reference], Expression]) -> Expression:
    """Return the expression with each reference replaced."""
    match node:
        case Reference():
            return by(node)
        case Apply(function, arguments):
            return Apply(function, tuple(replaced(argument, by) for argument in arguments))
        case Area(cells):
            found = map(by, cells)
            return Area(tuple(cell for cell in found if isinstance(cell, Reference)))
        case Along(inner, span):
            return Along(replaced(inner, by), span)
        case Number() | Text() | Factor():
            return node


def folded(node: Expression) -> Expression:
    """Return the expression as its author wrote it: without conversion factors, and without the rounding of dust."""
    match node:
        case Apply(function, (Apply(inner, (operand, _)),)) if function.dust is not None and inner is ROUND:
            return Apply(function, (folded(operand),))
        case Apply(function, (left, Factor())) if function.symbol in ("*", "/"):
            return folded(left)
        case Apply(function, arguments):
            return Apply(function, tuple(folded(argument) for argument in arguments))
        case Number() | Text() | Factor() | Reference() | Area() | Along():
            return node
