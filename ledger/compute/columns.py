"""Lines in some dozen columns at once, each an option with inputs changed, exactly as options are evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from unitledger.compute.evaluate import reason, stated
from unitledger.errors import CalculationError
from unitledger.expression import Expression, array
from unitledger.model import Choice, Entries, formulas
from unitledger.units import DIMENSIONLESS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Values = Mapping[str, Mapping[str, float]]
"""Stored magnitudes of inputs, constants and lines by option and name."""


def of_line(formula: Expression, name: str, known: Mapping[str, Any]) -> Any:
    """Return a line's formula over arrays, as `array` reads it.

    Raises CalculationError where it has no value in any case.
    """
    import numpy as np

    try:
        return array(formula, known, np)
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(
            f"Line {name!r} has no value in these cases: {reason(failed)}. Check its inputs."
        ) from None


def re_evaluated(
    entries: Entries,
    lines: Sequence[str],
    options: Sequence[str],
    changes: Mapping[str, Sequence[float]],
    values: Values,
) -> dict[str, NDArray[np.float64]]:
    """Return `lines`, in the order of the ledger, in as many columns as there are `options`, one option each.

    `changes`: for each changed input its value in every column. All else is as `values` of the option say, so
    `lines` must hold every line that a changed input reaches. Each column is exactly as an option is evaluated. Raises
    CalculationError, naming the line, where one has no finite value.
    """
    import numpy as np

    known: dict[str, Any] = {name: np.asarray(column, dtype=float) for name, column in changes.items()}
    first, *others = (values[option] for option in dict.fromkeys(options))
    for name in first.keys() - known.keys() - set(lines):
        if name in entries.columns:
            known[name] = np.stack([values[option][name] for option in options], axis=1)
            continue
        alike = all(other[name] == first[name] for other in others)
        known[name] = first[name] if alike else np.array([values[option][name] for option in options], dtype=float)
    held = formulas(entries)
    with np.errstate(all="ignore"):
        for name in lines:
            known[name] = of_line(held[name], name, known)
    single = [name for name in lines if name not in entries.columns]
    found = {name: np.broadcast_to(np.asarray(known[name], dtype=float), len(options)) for name in single}
    finite = np.isfinite(np.array(list(found.values())))
    if not finite.all():
        line, place = (int(at) for at in np.argwhere(~finite)[0])
        given = ", ".join(f"{name} = {_stated(entries, name, held[place])}" for name, held in changes.items())
        raise CalculationError(
            f"Line {single[line]!r} has no finite value in option {options[place]!r} with {given}. Check these inputs."
        )
    return found


def _stated(entries: Entries, name: str, stored: float) -> str:
    target = entries.input(name)
    return stated(stored, DIMENSIONLESS if isinstance(target, Choice) else target.unit)
