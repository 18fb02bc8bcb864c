"""The lines of a ledger in their order: which stand on what, and the values of one case, on floats or over items."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from unitledger.compute.conditions import TOO_LARGE, check_allowed, failure, how_many, reason
from unitledger.errors import CalculationError
from unitledger.expression import Expression, array, value
from unitledger.model import Choice, Entries, figures, formulas, has_axes, precedents


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
    finite value, and where the option is refused.
    """
    found = input_values(entries, option) if values is None else dict(values)
    known, held, columns = found.__getitem__, formulas(entries), entries.columns
    by_form = {} if has_axes(entries) else entries.lines
    for name in held if lines is None else lines:
        if name in columns:
            found[name] = _of_items(entries, name, held[name], option, found)
            continue
        try:
            shown = by_form[name].formed.value(known) if by_form else value(held[name], known)
            found[name] = figure = float(shown)
            why = "" if math.isfinite(figure) else TOO_LARGE
        except (ArithmeticError, ValueError) as failed:
            why = reason(failed)
        if why:
            # What is refused may be why, and says more.
            check_allowed(entries, option, found)
            raise CalculationError(failure(f"Line {name!r}", held[name], option, found, why))
    check_allowed(entries, option, found)
    return found


def _of_items(entries: Entries, name: str, formula: Expression, option: str, found: Mapping[str, Any]) -> Any:
    """Return a line for each item of its table. Raises CalculationError, naming an item without a finite value."""
    import numpy as np

    axis = entries.columns[name].axis
    try:
        with np.errstate(all="ignore"):
            figures = np.broadcast_to(np.asarray(array(formula, found, np), dtype=float), len(axis))
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(failure(f"Line {name!r}", formula, option, found, reason(failed))) from None
    finite = np.isfinite(figures)
    if not finite.all():
        place = int(np.argmin(finite))
        here = {other: held[place] if how_many(held) == len(axis) else held for other, held in found.items()}
        what = f"Line {name!r}, item {axis.labels[place]!r},"
        raise CalculationError(failure(what, formula, option, here, "it is no finite number"))
    return figures
