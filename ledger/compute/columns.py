"""Lines in some dozen columns at once, each an option with inputs changed, exactly as options are evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from unitledger.compute.evaluate import stated
from unitledger.errors import CalculationError
from unitledger.expression import columns
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Values = Mapping[str, Mapping[str, float]]
"""Stored magnitudes of inputs, constants and lines by option and name."""


def re_evaluated(
    entries: Entries,
    lines: Sequence[str],
    options: Sequence[str],
    changes: Mapping[str, Sequence[float]],
    values: Values,
) -> dict[str, NDArray[np.float64]]:
    """Return `lines`, in the order of the ledger, in as many columns as there are `options`, one option each.

    `changes`: for each changed input its value in every column. All else is as `values` of the option say, so
    `lines` must hold every line that a changed input reaches. Raises CalculationError, naming the line, where one has
    no finite value.
    """
    import numpy as np

    found = {name: np.asarray(column, dtype=float) for name, column in changes.items()}
    chosen = [values[option] for option in options]

    def known(name: str) -> NDArray[np.float64]:
        if name not in found:
            found[name] = np.array([each[name] for each in chosen], dtype=float)
        return found[name]

    with np.errstate(all="ignore"):
        for name in lines:
            column = columns(entries.lines[name].lowered, known, np)
            found[name] = column if np.ndim(column) else np.full(len(chosen), float(column))
    finite = np.isfinite(np.array([found[name] for name in lines]))
    if not finite.all():
        line, place = (int(at) for at in np.argwhere(~finite)[0])
        given = ", ".join(f"{name} = {stated(held[place], _unit(entries, name))}" for name, held in changes.items())
        raise CalculationError(
            f"Line {lines[line]!r} has no finite value in option {options[place]!r} with {given}. Check these inputs."
        )
    return {name: found[name] for name in lines}


def _unit(entries: Entries, name: str) -> Unit:
    target = entries.input(name)
    return DIMENSIONLESS if isinstance(target, Choice) else target.unit
