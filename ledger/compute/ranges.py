"""The ranges that hold in an option, and what a line is at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from unitledger.compute.columns import Values, re_evaluated
from unitledger.compute.evaluate import beneath, reached
from unitledger.errors import CalculationError
from unitledger.model import Assumption, Entries, precedents

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
