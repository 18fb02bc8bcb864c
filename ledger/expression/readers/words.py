"""Reader: a formula in words, as the formula map shows it."""

from __future__ import annotations

from collections.abc import Callable

from unitledger.expression.node import Along, Apply, Area, Expression, Factor, Number, Reference, Text


def words(node: Expression, label: Callable[[str], str] = str, outer: int = 0) -> str:
    """Return the formula in words; `label` turns the name of an input or line into what a reader calls it."""
    match node:
        case Number(value):
            return f"{value:.15g}"
        case Text(text):
            return f"“{text}”"
        case Reference(name):
            return label(name)
        case Factor(step):
            return step.label
        case Area(cells):
            ends = (cells[0], cells[-1]) if len(cells) > 1 else cells
            return " to ".join(label(cell.name) for cell in ends)
        case Along(inner, span):
            return span.value.format(words(inner, label))
        case Apply(function, (operand,)) if function.symbol:
            return f"{function.words}{words(operand, label, function.precedence)}"
        case Apply(function, (left, right)) if function.symbol:
            level = function.precedence
            said = f"{words(left, label, level)} {function.words} {words(right, label, level + 1)}"
            return f"({said})" if level < outer else said
        case Apply(function, (Along() as looked_at,)):
            return f"{function.words} {words(looked_at, label)}"
        case Apply(function, arguments):
            listed = [words(argument, label) for argument in arguments]
            how = (listed[place] for place in sorted(function.literals))
            what = ", ".join(each for place, each in enumerate(listed) if place not in function.literals)
            return f"{function.words.format(*how)} ({what})"
