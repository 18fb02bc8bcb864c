"""Many cases at once: inputs as arrays, through the same lowered formulas, in chunks that stay in cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from unitledger.compute.evaluate import input_values
from unitledger.errors import CalculationError, UnknownName, ValueRefused
from unitledger.expression import array, references
from unitledger.model import Assumption, Choice, Entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

# Measured: temporaries of this many floats stay in the second-level cache.
CHUNK = 16_000


def needed(entries: Entries, outputs: Sequence[str]) -> list[str]:
    """Return the lines that `outputs` stand on, themselves included, in the order of the ledger."""
    wanted = {entries[name].name for name in outputs}
    for name in reversed(entries.lines):
        if name in wanted:
            wanted.update(references(entries.lines[name].lowered))
    return [name for name in entries.lines if name in wanted]


def arrays(
    entries: Entries, outputs: Sequence[str], inputs: Mapping[str, ArrayLike], option: str
) -> dict[str, NDArray[np.float64]]:
    """Return lines for many cases: one-dimensional float arrays of stored magnitudes, one value per case.

    `inputs`: for each varied assumption an array of shape (cases,) in the assumption's unit (a choice takes places,
    counted from 1). Lines that no varied input reaches are computed once. Raises ValueRefused for arrays of
    different lengths, not finite, or outside the bounds; CalculationError where a case has no finite value.
    """
    import numpy as np

    cases = _checked(entries, inputs)
    lengths = {len(column) for column in cases.values()}
    if len(lengths) != 1:
        raise ValueRefused(
            "Arrays of cases must have one length: "
            + ", ".join(f"{name} has {len(column)}" for name, column in cases.items())
        )
    count = lengths.pop()
    fixed: dict[str, Any] = {**input_values(entries, option)}
    order = _once(entries, needed(entries, outputs), cases, fixed, np)
    results = {name: np.empty(count) for name in outputs}
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            known = {**fixed, **{name: column[part] for name, column in cases.items()}}
            for name in order:
                known[name] = array(entries.lines[name].lowered, known.__getitem__, np)
            for name, result in results.items():
                result[part] = known[name]
    for name, result in results.items():
        if not np.isfinite(result).all():
            case = int(np.argmin(np.isfinite(result)))
            shown = ", ".join(f"{given} = {column[case]:.6g}" for given, column in cases.items())
            raise CalculationError(f"Line {name!r} has no finite value in case {case} (counted from 0): {shown}.")
    return results


def _once(entries: Entries, order: list[str], cases: Mapping[str, Any], fixed: dict[str, Any], np: Any) -> list[str]:
    """Compute into `fixed` the lines that no case reaches; return the others."""
    varied = set(cases)
    rest = []
    for name in order:
        formula = entries.lines[name].lowered
        if varied.isdisjoint(references(formula)):
            fixed[name] = array(formula, fixed.__getitem__, np)
        else:
            varied.add(name)
            rest.append(name)
    return rest


def _checked(entries: Entries, inputs: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
    import numpy as np

    if not inputs:
        raise UnknownName("Name at least one input that varies.")
    cases = {}
    for name, given in inputs.items():
        target = entries.input(name)
        column = np.asarray(given, dtype=float)
        if column.ndim != 1:
            raise ValueRefused(f"Input {name!r}: cases must be a one-dimensional array, not of shape {column.shape}.")
        if not np.isfinite(column).all():
            raise ValueRefused(f"Input {name!r}: case {int(np.argmin(np.isfinite(column)))} is not a finite number.")
        least: float | None = None
        most: float | None = None
        if isinstance(target, Assumption):
            least, most = target.minimum, target.maximum
        elif isinstance(target, Choice):
            least, most = 1.0, float(len(target.words))
        if column.size and ((least is not None and column.min() < least) or (most is not None and column.max() > most)):
            raise ValueRefused(
                f"Input {name!r}: cases run from {column.min():g} to {column.max():g}, outside its bounds."
            )
        cases[name] = column
    return cases
