"""Many cases at once: inputs as arrays, through the same lowered formulas, in chunks that stay in cache."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from unitledger.compute.evaluate import input_values, reason
from unitledger.compute.reach import beneath
from unitledger.errors import CalculationError, UnknownName, ValueRefused
from unitledger.expression import Varied, array
from unitledger.model import Assumption, Choice, Entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Columns = dict[str, NDArray[np.float64]]

# Measured: with this many floats the temporaries stay in cache and numpy's own overhead per call is small.
CHUNK = 16_000


def arrays(entries: Entries, outputs: Sequence[str], inputs: Mapping[str, ArrayLike], option: str) -> Columns:
    """Return lines for many cases: one-dimensional float arrays of stored magnitudes, one value per case.

    `inputs`: for each varied input an array of shape (cases,) in the input's unit (a choice takes places, counted
    from 1). Lines that no varied input reaches are computed once. Raises ValueRefused for arrays of different
    lengths, not finite, or outside the bounds; CalculationError where a case has no finite value.
    """
    import numpy as np

    cases = _columns(inputs)
    bounds = {name: _bounds(entries, name) for name in cases}
    _check_places(entries, cases)
    count = len(next(iter(cases.values())))
    lines, fixed = _compiled(entries, outputs, cases, option)
    results = {name: np.full(count, fixed.get(name, 0.0)) for name in outputs}
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            known = {name: column[part] for name, column in cases.items()}
            chunk = dict(known)
            for name, column in chunk.items():
                _check_within(name, column, bounds[name], start)
            for name, formula in lines.items():
                known[name] = formula(known)
            for name in results.keys() & lines.keys():
                _check_finite(name, known[name], chunk, start)
                results[name][part] = known[name]
    return results


def _compiled(
    entries: Entries, outputs: Sequence[str], cases: Mapping[str, Any], option: str
) -> tuple[dict[str, Varied], dict[str, float]]:
    """Return the lines that vary and that `outputs` stand on, compiled, and the values that do not vary."""
    import numpy as np

    fixed = {name: value for name, value in input_values(entries, option).items() if name not in cases}
    lines: dict[str, Varied] = {}
    for name in beneath(entries, outputs):
        try:
            compiled = array(entries.lines[name].lowered, fixed, np)
        except (ArithmeticError, ValueError) as failed:
            raise CalculationError(
                f"Line {name!r} has no value in these cases: {reason(failed)}. Check its inputs."
            ) from None
        if isinstance(compiled, Varied):
            lines[name] = compiled
        else:
            fixed[name] = compiled
    wanted = set(outputs)
    for name in reversed(lines):
        if name in wanted:
            wanted |= lines[name].needs
    return {name: compiled for name, compiled in lines.items() if name in wanted}, fixed


def _columns(inputs: Mapping[str, ArrayLike]) -> Columns:
    import numpy as np

    if not inputs:
        raise UnknownName("Name at least one input that varies.")
    cases = {}
    for name, given in inputs.items():
        try:
            cases[name] = np.asarray(given, dtype=float)
        except (TypeError, ValueError):
            raise ValueRefused(
                f"Input {name!r}: expected numbers in its unit (of a choice the places of its words, counted from 1), "
                f"got {given!r:.60}. Quantities as texts go into sweep(...)."
            ) from None
    for name, column in cases.items():
        if column.ndim != 1:
            raise ValueRefused(f"Input {name!r}: cases must be a one-dimensional array, not of shape {column.shape}.")
    if len({len(column) for column in cases.values()}) != 1:
        shown = ", ".join(f"{name} has {len(column)}" for name, column in cases.items())
        raise ValueRefused(f"Arrays of cases must have one length: {shown}.")
    return cases


def _bounds(entries: Entries, name: str) -> tuple[float, float]:
    target = entries.input(name)
    if isinstance(target, Choice):
        return 1.0, float(len(target.words))
    assert isinstance(target, Assumption)
    least = -sys.float_info.max if target.minimum is None else target.minimum
    most = sys.float_info.max if target.maximum is None else target.maximum
    return least, most


def _check_places(entries: Entries, cases: Columns) -> None:
    for name, column in cases.items():
        if isinstance(entries.input(name), Choice) and (column % 1 > 0).any():
            raise ValueRefused(f"Input {name!r}: the places of its words are whole numbers, counted from 1.")


def _check_within(name: str, column: NDArray[np.float64], bounds: tuple[float, float], start: int) -> None:
    # A comparison with not-a-number is false, so this refuses it as well.
    if column.size and not (bounds[0] <= column.min() and column.max() <= bounds[1]):
        inside = (column >= bounds[0]) & (column <= bounds[1])
        case = int(inside.argmin())
        raise ValueRefused(
            f"Input {name!r}: case {start + case} (counted from 0) is {column[case]:g}; "
            f"expected a finite number{_said(*bounds)}."
        )


def _said(least: float, most: float) -> str:
    some, more = most < sys.float_info.max, least > -sys.float_info.max
    if some and more:
        return f" from {least:g} to {most:g}"
    return f" of {least:g} or more" if more else f" of {most:g} or less" if some else ""


def _check_finite(name: str, value: Any, chunk: Columns, start: int) -> None:
    import numpy as np

    finite = np.isfinite(value)
    if not finite.all():
        case = int(np.argmin(finite))
        shown = ", ".join(f"{given} = {column[case]:.6g}" for given, column in chunk.items())
        raise CalculationError(f"Line {name!r} has no finite value in case {start + case} (counted from 0): {shown}.")
