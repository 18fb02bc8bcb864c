"""The ranges that hold in an option, and what a line is at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from unitledger.compute.arrays import arrays
from unitledger.compute.evaluate import input_values
from unitledger.compute.reach import beneath
from unitledger.errors import CalculationError
from unitledger.expression import references
from unitledger.model import Assumption, Entries

Ends = dict[str, tuple[float, float]]
"""Two stored magnitudes by input: the ends of its range, or the values of a line at them."""


def ranges(entries: Entries, line: str, option: str) -> Ends:
    """Return low and high of the inputs that a line stands on and that have a range in an option.

    An option's own figure has its own range or none; a missing end is the figure itself.
    """
    used = {name for other in beneath(entries, [line]) for name in references(entries.lines[other].lowered)}
    found = {}
    for name, entry in entries.inputs.items():
        setting = entries.setting(name, option)
        if isinstance(entry, Assumption) and name in used and (setting.low, setting.high) != (None, None):
            found[name] = ends(entries, name, option)
    return found


def ends(entries: Entries, name: str, option: str) -> tuple[float, float]:
    """Return low and high of an input in an option; an end that is not stated is the figure itself."""
    setting = entries.setting(name, option)
    figure = float(setting.value)
    return figure if setting.low is None else setting.low, figure if setting.high is None else setting.high


def at_ends(entries: Entries, line: str, held: Ends, option: str) -> Ends:
    """Return what a line is with each input of `held` in turn at its low and at its high.

    An input is left out when some line that `line` stands on has no finite value at one of its ends.
    """
    lines = beneath(entries, [line])
    try:
        return _at_ends(entries, lines, held, option) if held else {}
    except CalculationError:
        found: Ends = {}
        for name, both in held.items():
            try:
                found |= _at_ends(entries, lines, {name: both}, option)
            except CalculationError:
                continue
        return found


def _at_ends(entries: Entries, lines: Sequence[str], held: Ends, option: str) -> Ends:
    values = input_values(entries, option)
    cases = {name: _column(name, values[name], held) for name in held}
    answers = arrays(entries, lines, cases, option)[lines[-1]].tolist()
    return {name: (answers[2 * place], answers[2 * place + 1]) for place, name in enumerate(held)}


def _column(name: str, value: float, held: Ends) -> list[float]:
    """Return what an input is in each case: two for every input of `held`."""
    return [end if other == name else value for other, both in held.items() for end in both]


def spread(values: Iterable[float]) -> float:
    """Return how far the least and the greatest of values lie apart."""
    known = list(values)
    return max(known) - min(known)
