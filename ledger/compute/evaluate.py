"""The lines of a ledger in their order: which stand on what, and the values of one case, on floats or over items."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from unitledger.errors import CalculationError
from unitledger.expression import Expression, Kind, Reference, array, leaves, value, words
from unitledger.model import Advice, Alert, Choice, Entries, figures, formulas, precedents
from unitledger.units import DIMENSIONLESS, Unit, quantity

_TOO_LARGE = "it is too large to be a number"


def beneath(entries: Entries, outputs: Iterable[str]) -> list[str]:
    """Return the lines that `outputs` stand on, themselves included, in the order of the ledger."""
    wanted = {entries[name].name for name in outputs}
    held = formulas(entries)
    for name in reversed(tuple(held)):
        if name in wanted:
            wanted.update(precedents(entries, name))
    return [name for name in held if name in wanted]


def reached(entries: Entries, lines: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return those of `lines`, given in the order of the ledger, that inputs reach directly or through one another."""
    found = set(names)
    moved = []
    for line in lines:
        if not found.isdisjoint(precedents(entries, line)):
            found.add(line)
            moved.append(line)
    return moved


def input_values(entries: Entries, option: str) -> dict[str, Any]:
    """Return what inputs and constants are in an option: stored magnitudes, and the places of chosen words.

    A column of a table is an array.
    """
    own = entries.options[option].settings
    values = {name: constant.magnitude for name, constant in entries.constants.items()}
    for name, entry in entries.inputs.items():
        setting = own.get(name, entry.setting)
        values[name] = entry.place(str(setting.value)) if isinstance(entry, Choice) else float(setting.value)
    return values | figures(entries, option)


def evaluate(
    entries: Entries, option: str, lines: Iterable[str] | None = None, values: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """Return the stored magnitudes of inputs, constants and lines in an option, in the order of the ledger.

    What has a figure for each item of a table is an array.

    `lines`: those that are worked out, in the order of the ledger (None: all), from `values` of all else (None: of the
    inputs and constants). Raises CalculationError, naming line, option and the operands' values, where a line has no
    finite value.
    """
    found = input_values(entries, option) if values is None else dict(values)
    known, held, columns = found.__getitem__, formulas(entries), entries.columns
    for name in held if lines is None else lines:
        formula = held[name]
        if name in columns:
            found[name] = _of_items(entries, name, formula, option, found)
            continue
        try:
            found[name] = figure = float(value(formula, known))
            why = "" if math.isfinite(figure) else _TOO_LARGE
        except (ArithmeticError, ValueError) as failed:
            why = reason(failed)
        if why:
            raise CalculationError(_failure(f"Line {name!r}", formula, option, found, why))
    return found


def _of_items(entries: Entries, name: str, formula: Expression, option: str, found: Mapping[str, Any]) -> Any:
    """Return a line for each item of its table. Raises CalculationError, naming an item without a finite value."""
    import numpy as np

    axis = entries.columns[name].axis
    try:
        with np.errstate(all="ignore"):
            figures = np.broadcast_to(np.asarray(array(formula, found, np), dtype=float), len(axis))
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(_failure(f"Line {name!r}", formula, option, found, reason(failed))) from None
    finite = np.isfinite(figures)
    if not finite.all():
        place = int(np.argmin(finite))
        here = {other: held[place] if _many(held) == len(axis) else held for other, held in found.items()}
        what = f"Line {name!r}, item {axis.labels[place]!r},"
        raise CalculationError(_failure(what, formula, option, here, "it is no finite number"))
    return figures


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


def _failure(what: str, formula: Expression, option: str, values: Mapping[str, Any], why: str) -> str:
    kinds = {leaf.name: leaf.kind for leaf in leaves(formula) if isinstance(leaf, Reference)}
    operands = ", ".join(f"{other} = {_said(values[other], kind)}" for other, kind in kinds.items())
    return f"{what} has no value in option {option!r}: {why} ({words(formula)}; {operands}). Check these inputs."


def _said(held: Any, kind: Kind) -> str:
    many = _many(held)
    return f"those of {many} items" if many is not None else held if isinstance(held, str) else stated(held, kind)


def _many(held: Any) -> int | None:
    """How many items there are figures of; None for one figure."""
    return len(held) if getattr(held, "ndim", 0) else None
