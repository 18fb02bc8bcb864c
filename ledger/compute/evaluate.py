"""The values of all lines in one option, on plain floats."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from unitledger.compute.reach import beneath
from unitledger.errors import CalculationError
from unitledger.expression import Expression, Kind, Reference, leaves, value, words
from unitledger.model import Advice, Alert, Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit, quantity

_TOO_LARGE = "it is too large to be a number"


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


def varied(entries: Entries, output: str, option: str, cases: Sequence[Mapping[str, float]]) -> list[float | None]:
    """Return a line in an option for each case of inputs set otherwise, None where it has no finite value.

    A case holds stored magnitudes (of a choice the place of a word) by input; hard bounds are not looked at.
    """
    lines = {name: entries.lines[name].lowered for name in beneath(entries, (output,))}
    own = input_values(entries, option)
    found: list[float | None] = []
    for case in cases:
        values = {**own, **case}
        try:
            for name, formula in lines.items():
                values[name] = number(name, formula, values.__getitem__, option, values)
        except CalculationError:
            found.append(None)
        else:
            found.append(values[output])
    return found


def applies(told: Alert | Advice, option: str, values: Mapping[str, float]) -> bool:
    """Return whether the condition of an alert or an advice holds, given the values of an option.

    Raises CalculationError, naming it and the option, where it can be neither true nor false.
    """
    try:
        return bool(value(told.condition, values.__getitem__))
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(
            _failure(f"{type(told).__name__} {told.text!r:.60}", told.condition, option, values, reason(failed))
        ) from None


def number(
    name: str, formula: Expression, known: Callable[[str], float], option: str, values: Mapping[str, float]
) -> float:
    """Return the finite value of a line's lowered formula. Raises CalculationError otherwise."""
    try:
        found = float(value(formula, known))
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(_failure(f"Line {name!r}", formula, option, values, reason(failed))) from None
    if not math.isfinite(found):
        raise CalculationError(_failure(f"Line {name!r}", formula, option, values, _TOO_LARGE))
    return found


def stated(stored: float, kind: Kind) -> str:
    """Return a stored magnitude as people write it, with its unit unless it is a plain number."""
    return str(quantity(stored, kind)) if isinstance(kind, Unit) and kind != DIMENSIONLESS else f"{stored:.6g}"


def reason(failed: Exception) -> str:
    """Say in words why plain numbers have no value, given what Python raised."""
    if isinstance(failed, ZeroDivisionError):
        return "it divides by zero"
    if isinstance(failed, OverflowError):
        return _TOO_LARGE
    return "a root or a logarithm has no value there" if str(failed) == "math domain error" else str(failed)


def _failure(what: str, formula: Expression, option: str, values: Mapping[str, float], why: str) -> str:
    kinds = {leaf.name: leaf.kind for leaf in leaves(formula) if isinstance(leaf, Reference)}
    operands = ", ".join(f"{other} = {stated(values[other], kind)}" for other, kind in kinds.items())
    return f"{what} has no value in option {option!r}: {why} ({words(formula)}; {operands}). Check these inputs."
