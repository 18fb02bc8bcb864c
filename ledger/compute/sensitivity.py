"""Lines in some dozen columns at once, each an option with inputs changed; and how far an answer moves with each.

The columns are such as those at the ends of ranges, for a sheet that has them; the swings are of ranged inputs that go
to their low and to their high, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.conditions import reason, refusing, stated_input
from unitledger.compute.evaluate import beneath, reached
from unitledger.errors import CalculationError, OptionRefused
from unitledger.expression import Expression, array
from unitledger.model import Assumption, Entries, formulas, precedents
from unitledger.units import Quantity, quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from unitledger.views import Grid

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
    found = {name: np.asarray(known[name], dtype=float) for name in single}
    wide = (len(options),)
    found = {name: held if held.shape == wide else np.broadcast_to(held, wide) for name, held in found.items()}

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


Moves = Mapping[str, Mapping[str, Sequence[float]]]
"""Stored magnitudes that inputs are set to, one at a time, by option and input."""

Ends = dict[str, tuple[float, float]]
"""Two stored magnitudes by input: the ends of its range, or the values of a line at them."""


def ranges(entries: Entries, line: str, option: str) -> Ends:
    """Return low and high of the inputs that a line stands on and that have a range in an option.

    A missing end is the figure itself. A figure that is both of its ends is known, and has no range.
    """
    stated = {
        name: (low, high)
        for name, entry in entries.inputs.items()
        if isinstance(entry, Assumption)
        for low, high in [ends(entries, name, option)]
        if not low == high == entries.setting(name, option).value
    }
    lines = beneath(entries, [line]) if stated else []
    used = {name for other in lines for name in precedents(entries, other)}
    return {name: both for name, both in stated.items() if name in used}


def ends(entries: Entries, name: str, option: str) -> tuple[float, float]:
    """Return low and high of an input in an option; an end that is not stated is the figure itself."""
    setting = entries.setting(name, option)
    figure = float(setting.value)
    return figure if setting.low is None else setting.low, figure if setting.high is None else setting.high


def moved_alone(entries: Entries, line: str, at: Moves, values: Values) -> dict[str, dict[str, list[float]]]:
    """Return, by option, what a line is with each input in turn at each of its values, all else as it is.

    `at`: those values, by option and input. An input is left out of an option when some line that `line` stands on has
    no finite value at one of them.
    """
    lines = beneath(entries, [line]) if any(at.values()) else []
    try:
        return _moved(entries, lines, at, values)
    except CalculationError:
        found: dict[str, dict[str, list[float]]] = {option: {} for option in at}
        for option, name in [(option, name) for option, moves in at.items() for name in moves]:
            with suppress(CalculationError):
                found[option] |= _moved(entries, lines, {option: {name: at[option][name]}}, values)[option]
        return found


def _moved(entries: Entries, lines: Sequence[str], at: Moves, values: Values) -> dict[str, dict[str, list[float]]]:
    moves = [(option, name, each) for option, held in at.items() for name, column in held.items() for each in column]
    if not moves:
        return {option: {} for option in at}
    names = dict.fromkeys(name for _, name, _ in moves)
    cases = {
        name: [value if moved == name else values[option][name] for option, moved, value in moves] for name in names
    }
    found = re_evaluated(entries, reached(entries, lines, names), [option for option, *_ in moves], cases, values)
    answers = iter(found[lines[-1]].tolist())
    return {
        option: {name: [next(answers) for _ in column] for name, column in held.items()} for option, held in at.items()
    }


def spread(values: Iterable[float]) -> float:
    """Return how far the least and the greatest of values lie apart."""
    known = list(values)
    return max(known) - min(known)


@attrs.frozen
class Swing:
    """One input moved alone: its low and high, in its unit, and what the answer is at each, in the line's unit.

    `size`: how far the answer moves, from the least to the greatest of what it is at low, at high and unmoved.
    """

    name: str
    low: Quantity
    high: Quantity
    at_low: Quantity
    at_high: Quantity
    size: Quantity


@attrs.frozen
class Sensitivity:
    """The swings of one line in one option; iterating gives them, strongest first, and printing a table.

    `answer`: the line with every input as it is. `without_answer`: ranged inputs with an end at which the line, or one
    that it stands on, has no finite value; they have no swing.
    """

    line: str
    option: str
    answer: Quantity
    swings: tuple[Swing, ...]
    without_answer: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Swing]:
        return iter(self.swings)

    def __len__(self) -> int:
        return len(self.swings)

    @property
    def least(self) -> Quantity:
        """The least answer when one input at a time is moved within its range."""
        return min((self.answer, *(end for swing in self for end in (swing.at_low, swing.at_high))), key=_size)

    @property
    def greatest(self) -> Quantity:
        """The greatest such answer."""
        return max((self.answer, *(end for swing in self for end in (swing.at_low, swing.at_high))), key=_size)

    def __str__(self) -> str:
        said = "\n".join(self._said())
        return f"{said}\n\n{self._grid(right=()).to_text(rule=False)}" if self.swings else said

    def _said(self) -> list[str]:
        said = [f"{self.line} of {self.option}: {self.answer}, {self.least} to {self.greatest} one input at a time."]
        if not self.swings:
            said = [f"{self.line} of {self.option}: {self.answer}. No input that it stands on has a range."]
        if self.without_answer:
            said.append(f"No answer at low or high of {', '.join(self.without_answer)}.")
        return said

    def _grid(self, right: Iterable[int] = range(1, 6)) -> Grid:
        from unitledger.views import Grid

        headings = ("input", "low", "high", f"{self.line} at low", "at high", "swing")
        rows = ((each.name, each.low, each.high, each.at_low, each.at_high, each.size) for each in self)
        return Grid(headings, tuple(tuple(map(str, row)) for row in rows), frozenset(right))

    def _repr_html_(self) -> str:
        from unitledger.views import page, paragraph

        return page(*map(paragraph, self._said()), self._grid().to_html())


def _size(found: Quantity) -> float:
    return float(found.magnitude)


def sensitivity(entries: Entries, line: str, option: str, values: Mapping[str, float]) -> Sensitivity:
    """Return the swings of a line in an option, whose values are given."""
    held = ranges(entries, line, option)
    found = moved_alone(entries, line, {option: held}, {option: values})[option]
    unit, answer = entries.lines[line].unit, values[line]
    swings = []
    for name, (at_low, at_high) in found.items():
        target = entries.input(name)
        assert isinstance(target, Assumption)
        low, high = (quantity(end, target.unit) for end in held[name])
        figures = (at_low, at_high, spread((at_low, at_high, answer)))
        swings.append(Swing(name, low, high, *(quantity(figure, unit) for figure in figures)))
    swings.sort(key=lambda swing: _size(swing.size), reverse=True)
    apart = tuple(name for name in held if name not in found)
    return Sensitivity(line, option, quantity(answer, unit), tuple(swings), apart)
