"""Lines in some dozen columns at once, each an option with inputs changed, such as those at the ends of ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from unitledger.compute.conditions import reason, refusing, stated_input
from unitledger.compute.evaluate import beneath, reached
from unitledger.errors import CalculationError, OptionRefused
from unitledger.expression import Expression, array
from unitledger.model import Assumption, Entries, formulas, precedents

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
    CalculationError, naming the line, where one has no finite value, and where an option is refused.
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

    def given(place: int) -> str:
        return ", ".join(f"{name} = {stated_input(entries, name, held[place])}" for name, held in changes.items())

    for alert in refusing(entries):
        holds = np.broadcast_to(of_line(alert.condition, alert.name, known), len(options))
        if holds.any():
            place = int(np.argmax(holds))
            raise OptionRefused(
                f"Option {options[place]!r} is refused with {given(place)}: {alert.text}", list(changes)
            )
    finite = np.isfinite(np.array(list(found.values())))
    if not finite.all():
        line, place = (int(at) for at in np.argwhere(~finite)[0])
        raise CalculationError(
            f"Line {single[line]!r} has no finite value in option {options[place]!r} with {given(place)}. Check these "
            "inputs."
        )
    return found


Ends = dict[str, tuple[float, float]]
"""Two stored magnitudes by input: the ends of its range, or the values of a line at them."""


def ranges(entries: Entries, line: str, option: str) -> Ends:
    """Return low and high of the inputs that a line stands on and that have a range in an option.

    A missing end is the figure itself. A figure that is both of its ends is known, and has no range.
    """
    used = {name for other in beneath(entries, [line]) for name in precedents(entries, other)}
    found = {}
    for name, entry in entries.inputs.items():
        if isinstance(entry, Assumption) and name in used:
            low, high = ends(entries, name, option)
            if not low == high == entries.setting(name, option).value:
                found[name] = (low, high)
    return found


def ends(entries: Entries, name: str, option: str) -> tuple[float, float]:
    """Return low and high of an input in an option; an end that is not stated is the figure itself."""
    setting = entries.setting(name, option)
    figure = float(setting.value)
    return figure if setting.low is None else setting.low, figure if setting.high is None else setting.high


def moved_alone(
    entries: Entries, line: str, at: Mapping[str, Sequence[float]], option: str, values: Values
) -> dict[str, list[float]]:
    """Return what a line of an option is with each input in turn at each of its values, all else as it is.

    An input is left out when some line that `line` stands on has no finite value at one of them.
    """
    lines = beneath(entries, [line])
    try:
        return _moved(entries, lines, at, option, values) if at else {}
    except CalculationError:
        found: dict[str, list[float]] = {}
        for name, column in at.items():
            try:
                found |= _moved(entries, lines, {name: column}, option, values)
            except CalculationError:
                continue
        return found


def _moved(
    entries: Entries, lines: Sequence[str], at: Mapping[str, Sequence[float]], option: str, values: Values
) -> dict[str, list[float]]:
    as_is = values[option]
    moves = [(name, value) for name, column in at.items() for value in column]
    cases = {name: [value if name == moved else as_is[name] for moved, value in moves] for name in at}
    found = re_evaluated(entries, reached(entries, lines, at), [option] * len(moves), cases, values)
    answers = iter(found[lines[-1]].tolist())
    return {name: [next(answers) for _ in column] for name, column in at.items()}


def spread(values: Iterable[float]) -> float:
    """Return how far the least and the greatest of values lie apart."""
    known = list(values)
    return max(known) - min(known)
