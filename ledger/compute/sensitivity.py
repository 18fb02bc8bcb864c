"""How far an answer moves when each ranged input in turn goes to its low and to its high."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from unitledger.compute.columns import moved_alone, ranges, spread
from unitledger.model import Assumption, Entries
from unitledger.units import Quantity, quantity

if TYPE_CHECKING:
    from unitledger.views import Grid


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
    found = moved_alone(entries, line, held, option, {option: values})
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
