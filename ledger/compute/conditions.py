"""What holds in an option: whether a notice applies to it, whether it is refused; and why a case has no value."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from unitledger.errors import CalculationError, OptionRefused
from unitledger.expression import Expression, Kind, Reference, decisive, leaves, references, value, words
from unitledger.model import Advice, Alert, Choice, Entries, formulas
from unitledger.units import DIMENSIONLESS, Unit, quantity

TOO_LARGE = "it is too large to be a number"
NEAREST = 5
"""The most inputs that a message on a refused option names."""


def stated(stored: float, kind: Kind) -> str:
    """Return a stored magnitude as people write it, with its unit unless it is a plain number."""
    return str(quantity(stored, kind)) if isinstance(kind, Unit) and kind != DIMENSIONLESS else f"{stored:.6g}"


def stated_input(entries: Entries, name: str, held: Any) -> str:
    """Return what an input is as people write it: the word of a choice, a quantity, or how many items have one."""
    target = entries.input(name)
    return target.words[int(held) - 1] if isinstance(target, Choice) else _said(held, target.unit)


def reason(failed: Exception) -> str:
    """Say in words why plain numbers have no value, given what Python raised."""
    if isinstance(failed, ZeroDivisionError):
        return "it divides by zero"
    if isinstance(failed, OverflowError):
        return TOO_LARGE
    return "a root or a logarithm has no value there" if str(failed) == "math domain error" else str(failed)


def failure(what: str, formula: Expression, option: str, values: Mapping[str, Any], why: str) -> str:
    """Say that a formula has no value in an option, and why, with what it refers to."""
    kinds = {leaf.name: leaf.kind for leaf in leaves(formula) if isinstance(leaf, Reference)}
    operands = ", ".join(f"{other} = {_said(values[other], kind)}" for other, kind in kinds.items())
    return f"{what} has no value in option {option!r}: {why} ({words(formula)}; {operands}). Check these inputs."


def _said(held: Any, kind: Kind) -> str:
    many = how_many(held)
    return f"those of {many} items" if many is not None else held if isinstance(held, str) else stated(held, kind)


def how_many(held: Any) -> int | None:
    """How many items there are figures of; None for one figure."""
    return len(held) if getattr(held, "ndim", 0) else None


def applies(told: Alert | Advice, option: str, values: Mapping[str, float]) -> bool:
    """Return whether the condition of an alert or an advice holds, given the values of an option.

    Raises CalculationError, naming it and the option, where it can be neither true nor false.
    """
    try:
        return bool(value(told.condition, values.__getitem__))
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(
            failure(f"{type(told).__name__} {told.text!r:.60}", told.condition, option, values, reason(failed))
        ) from None


def refusing(entries: Entries) -> tuple[Alert, ...]:
    """Return the alerts where one of which holds an option has no value."""
    return tuple(alert for alert in entries.alerts if alert.refused)


def check_allowed(entries: Entries, option: str, values: Mapping[str, Any]) -> None:
    """Raise OptionRefused where an option is refused, as far as `values` tell: with the inputs that decide it."""
    for alert in refusing(entries):
        if values.keys() >= set(references(alert.condition)) and applies(alert, option, values):
            inputs = deciding(entries, alert.condition, values)
            given = [f"{name} = {stated_input(entries, name, values[name])}" for name in inputs[:NEAREST]]
            more = f" and {len(inputs) - NEAREST} more" if len(inputs) > NEAREST else ""
            said = f"Option {option!r} is refused: {alert.text} There {', '.join(given)}{more}."
            raise OptionRefused(said, inputs)


def deciding(entries: Entries, condition: Expression, values: Mapping[str, Any]) -> list[str]:
    """Return the inputs that a condition stands on with these values, the nearest first."""
    held, found, waiting = formulas(entries), dict[str, None](), deque([condition])
    while waiting:
        here = waiting.popleft()
        for name in (leaf.name for leaf in decisive(here, values.__getitem__) if isinstance(leaf, Reference)):
            if name in held and name not in found:
                waiting.append(held[name])
            found[name] = None
    return [name for name in found if name in entries.inputs]
