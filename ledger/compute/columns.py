"""Lines over many cases: compiled once, and worked out for all cases of a chunk, or all columns of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.evaluate import reason, stated
from unitledger.errors import CalculationError
from unitledger.expression import Varied, array
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Values = Mapping[str, Mapping[str, float]]
"""Stored magnitudes of inputs, constants and lines by option and name."""


@attrs.frozen
class Compiled:
    """Lines in their order, as functions of the inputs that vary.

    `varied`: those that an input that varies reaches. `fixed`: what does not vary, other lines included.
    """

    varied: dict[str, Varied]
    fixed: dict[str, float]

    @classmethod
    def of(cls, entries: Entries, lines: Iterable[str], known: Mapping[str, float], *, exact: bool) -> Compiled:
        """Compile `lines`, given in the order of the ledger; what is not `known`, and no line, varies.

        `exact`: every case has the value that it has on its own, to the last bit. Raises CalculationError for a line
        that has no value in any case.
        """
        import numpy as np

        varied: dict[str, Varied] = {}
        fixed = dict(known)
        for name in lines:
            try:
                found = array(entries.lines[name].lowered, fixed, np, exact=exact)
            except (ArithmeticError, ValueError) as failed:
                raise CalculationError(
                    f"Line {name!r} has no value in these cases: {reason(failed)}. Check its inputs."
                ) from None
            if isinstance(found, Varied):
                varied[name] = found
            else:
                fixed[name] = found
        return cls(varied, fixed)

    def needed(self, outputs: Iterable[str]) -> Compiled:
        """Return what `outputs` need of it."""
        wanted = set(outputs)
        for name in reversed(self.varied):
            if name in wanted:
                wanted |= self.varied[name].needs
        return Compiled({name: line for name, line in self.varied.items() if name in wanted}, self.fixed)

    def over(self, cases: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arrays of the inputs that vary, and of the lines that they reach; not all may be finite."""
        known = dict(cases)
        for name, line in self.varied.items():
            known[name] = line(known)
        return known


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

    cases = {name: np.asarray(column, dtype=float) for name, column in changes.items()}
    worked_out = set(lines)
    first, *others = (values[option] for option in dict.fromkeys(options))
    fixed = {}
    for name, value in first.items():
        if name in changes or name in worked_out:
            continue
        if all(other[name] == value for other in others):
            fixed[name] = value
        else:
            cases[name] = np.array([values[option][name] for option in options], dtype=float)
    with np.errstate(all="ignore"):
        compiled = Compiled.of(entries, lines, fixed, exact=True)
        known = compiled.fixed | compiled.over(cases)
    found = {name: np.broadcast_to(np.asarray(known[name], dtype=float), len(options)) for name in lines}
    finite = np.isfinite(np.array(list(found.values())))
    if not finite.all():
        line, place = (int(at) for at in np.argwhere(~finite)[0])
        given = ", ".join(f"{name} = {_stated(entries, name, held[place])}" for name, held in changes.items())
        raise CalculationError(
            f"Line {lines[line]!r} has no finite value in option {options[place]!r} with {given}. Check these inputs."
        )
    return found


def _stated(entries: Entries, name: str, stored: float) -> str:
    target = entries.input(name)
    return stated(stored, DIMENSIONLESS if isinstance(target, Choice) else target.unit)
