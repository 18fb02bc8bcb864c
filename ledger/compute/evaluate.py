"""The values of all lines in one option, on plain floats."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from unitledger.errors import CalculationError
from unitledger.expression import Expression, references, value, words
from unitledger.model import Choice, Entries


def input_values(entries: Entries, option: str) -> dict[str, float]:
    """Return what inputs and constants are in an option: stored magnitudes, and the places of chosen words."""
    own = entries.options[option].settings
    values = {name: constant.magnitude for name, constant in entries.constants.items()}
    for name, entry in entries.inputs.items():
        setting = own.get(name, entry.setting)
        values[name] = entry.place(str(setting.value)) if isinstance(entry, Choice) else float(setting.value)
    return values


def evaluate(entries: Entries, option: str) -> dict[str, float]:
    """Return the stored magnitudes of inputs, constants and lines in an option, in the order of the ledger.

    Raises CalculationError, naming line, option and the operands' values, where a line has no finite value.
    """
    values = input_values(entries, option)
    known = values.__getitem__
    for name, line in entries.lines.items():
        values[name] = number(name, line.lowered, known, option, values)
    return values


def raised(entries: Entries, values: Mapping[str, float]) -> tuple[bool, ...]:
    """Return for each alert whether its condition holds, given the values of an option."""
    return tuple(bool(value(alert.condition, values.__getitem__)) for alert in entries.alerts)


def number(
    name: str, formula: Expression, known: Callable[[str], float], option: str, values: Mapping[str, float]
) -> float:
    """Return the finite value of a line's lowered formula. Raises CalculationError otherwise."""
    try:
        found = float(value(formula, known))
    except (ArithmeticError, ValueError) as failed:
        reason = "it divides by zero" if isinstance(failed, ZeroDivisionError) else str(failed)
        raise CalculationError(_failure(name, formula, option, values, reason)) from None
    if not math.isfinite(found):
        raise CalculationError(_failure(name, formula, option, values, "it is too large to be a number"))
    return found


def _failure(name: str, formula: Expression, option: str, values: Mapping[str, float], reason: str) -> str:
    operands = ", ".join(f"{other} = {values[other]:.6g}" for other in references(formula))
    return (
        f"Line {name!r} has no value in option {option!r}: {reason} ({words(formula)}; {operands}). Check these inputs."
    )
