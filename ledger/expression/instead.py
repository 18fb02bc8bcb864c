"""What has no place in a formula, be it an object or something that Python and numpy do: what to write instead."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal
from numbers import Real
from typing import Any, NoReturn

from unitledger.errors import ExpressionError, QuantityError
from unitledger.units import Q, Quantity

_ROUNDED = "rounded(x, decimals), round_up(x), round_down(x) or whole_part(x)"
_REST = "remainder(a, b)"

PYTHON = {
    "abs(x)": "absolute(x)",
    "round(x)": _ROUNDED,
    "math.ceil(x)": "round_up(x)",
    "math.floor(x)": "whole_part(x)",
    "math.trunc(x)": "round_down(x)",
    "a // b": "whole_part(a / b)",
    "a % b": _REST,
    "divmod(a, b)": f"whole_part(a / b) and {_REST}",
    "a & b": "all_of(a, b)",
    "a | b": "any_of(a, b)",
    "~a": "negated(a)",
}

NUMPY = {
    **dict.fromkeys(("absolute", "fabs"), "absolute(x)"),
    "ceil": "round_up(x)",
    "exp": "exponential(x)",
    "floor": "whole_part(x)",
    "floor_divide": "whole_part(a / b)",
    "log": "logarithm(x)",
    **dict.fromkeys(("maximum", "fmax"), "maximum(a, b)"),
    **dict.fromkeys(("minimum", "fmin"), "minimum(a, b)"),
    **dict.fromkeys(("power", "float_power"), "power(base, exponent)"),
    **dict.fromkeys(("remainder", "fmod"), _REST),
    "rint": _ROUNDED,
    "sqrt": "square_root(x)",
    "trunc": "round_down(x)",
    "equal": "equal(a, b)",
    "not_equal": "different(a, b)",
    **dict.fromkeys(("logical_and", "bitwise_and"), "all_of(a, b)"),
    **dict.fromkeys(("logical_or", "bitwise_or"), "any_of(a, b)"),
    **dict.fromkeys(("logical_not", "invert"), "negated(a)"),
}

A_NUMBER = (
    "An operand has no number while the formula is written, and float(x), int(x) and the functions of math need one. "
    "Write square_root(x), exponential(x), logarithm(x), round_up(x) and so on; the value of a line is line.value."
)
ONE_BY_ONE = (
    "An operand is one figure: there is nothing in it to go through or to look in. Write total(a, b), maximum(a, b) or "
    "minimum(a, b) with the operands one by one; whether a choice is a word, choice.is_('word')."
)
AN_ARRAY = (
    "An operand cannot stand in an array of numpy. Write total(a, b), when(condition, a, b) and so on with the "
    "operands one by one; many values of an input go into array(...) or sweep(...) of the ledger."
)


def refused(said: str) -> Callable[..., NoReturn]:
    """Return a method that raises ExpressionError with what is said, or with what to write instead of it."""
    message = f"{said} has no place in a formula. Write {PYTHON[said]}." if said in PYTHON else said

    def refuse(*_: object, **__: object) -> NoReturn:
        raise ExpressionError(message)

    return refuse


def refused_by_numpy(name: str) -> ExpressionError:
    """Return the error for a function of numpy, by its name, that was applied to an operand."""
    instead = f"Write {NUMPY[name]}." if name in NUMPY else "A formula is made of the functions of unitledger."
    return ExpressionError(f"np.{name} has no place in a formula. {instead}")


def out_of_place(part: object) -> str:
    """Return the message for an object that is no operand."""
    if isinstance(part, bool):
        return (
            f"{part!r} cannot stand in a formula. To compare values write equal(a, b) or different(a, b): == and != "
            "compare the formulas themselves, and give True or False at once."
        )
    if isinstance(part, Real | Decimal):
        return _bare(part)
    shown = f"{part!r:.60}"
    said = f"{shown} ({type(part).__name__}) cannot stand in a formula."
    if isinstance(part, str) and not _is_quantity(part):
        return f"{said} For an entry of that name write book[{shown}], to ask for a word choice.is_({shown})."
    if isinstance(part, str | Quantity):
        return f"{said} Name it first: assume('name', {shown}, source=...)."
    if isinstance(part, Iterable):
        return (
            f"Many values at once ({type(part).__name__}) cannot stand in a formula. Name the input that varies, and "
            "give its values to array(...) or sweep(...) of the ledger."
        )
    return f"{said} A formula is made of assumptions, choices, constants and lines, and of 0 and 1."


def _bare(number: Any) -> str:
    # Numbers of numpy would show their type as well.
    shown = f"{number!r:.60}" if type(number) in (int, float) else f"{float(number):.15g}"
    if not isinstance(number, int) and not math.isfinite(number):
        return f"A bare {shown} cannot stand in a formula: it is not a finite number."
    return (
        f"A bare {shown} in a formula has no unit and no source. Name it: assume('name', '{shown} ratio', source=...) "
        f"or constant('name', '{shown} ratio', source=...)."
    )


def _is_quantity(text: str) -> bool:
    try:
        Q(text)
    except QuantityError:
        return False
    return True
