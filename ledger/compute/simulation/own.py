"""What an input is in an option, for a distribution that is to be made of figures of its unit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from unitledger.compute.many.cases import Cases, at_each
from unitledger.errors import ValueRefused
from unitledger.model import Assumption, Choice, Entries, Setting, stored
from unitledger.units import DIMENSIONLESS, Unit, quantity, told_apart

if TYPE_CHECKING:
    from unitledger.model import Given

Parameters = tuple[float, ...]
"""The figures that a distribution is made of, as stored."""


@attrs.frozen
class Own:
    """An input in an option; `setting` is none where it stands for periods or items whose figures are not the same."""

    entries: Entries
    name: str
    option: str
    target: Assumption | Choice
    setting: Setting | None

    @classmethod
    def of(cls, entries: Entries, name: str, option: str) -> Own:
        """Return an input, also of several periods or items. Raises UnknownName."""
        cells = list(at_each(entries, {name: None}))
        settings = [entries.setting(cell, option) for cell in cells]
        alike = all(each.value == settings[0].value for each in settings)
        return cls(entries, name, option, entries.input(cells[0]), settings[0] if alike else None)

    @property
    def what(self) -> str:
        """What messages begin with."""
        return f"Input {self.name!r}"

    @property
    def unit(self) -> Unit:
        """Its unit. Raises ValueRefused for a choice."""
        if isinstance(self.target, Choice):
            raise ValueRefused(
                f"{self.what} is a choice of words: it takes discrete({{'{self.target.words[0]}': '40 %', ...}}) or "
                "observed([...])."
            )
        return self.target.unit

    def given(self, said: str, given: Given | None, unit: Unit | None = None) -> float:
        """Return a figure as stored, in a unit or in that of the input. Raises ValueRefused for none."""
        if given is None:
            raise ValueRefused(f"{self.what}: say {said}=...")
        # A bound cuts the distribution, so a figure of it may lie beyond.
        return stored(given, unit or self.unit, f"{self.what}, {said}", self.entries.calendar)  # type: ignore[arg-type]

    def figure(self, said: str, given: Given | None) -> float:
        """Return a figure as stored, for none that of the input in the option."""
        if given is not None:
            return self.given(said, given)
        if self.setting is None:
            raise ValueRefused(f"{self.what} has not one figure in option {self.option!r}: say {said}=...")
        _ = self.unit  # A choice has none.
        return float(self.setting.value)

    def low(self, given: Given | None) -> float:
        """Return a figure as stored, for none the low of the input in the option, or its figure if it has a high."""
        return self._end("low", given, *self._range)

    def high(self, given: Given | None) -> float:
        """Return a figure as stored, for none the high of the input in the option, or its figure if it has a low."""
        return self._end("high", given, *reversed(self._range))

    @property
    def _range(self) -> tuple[float | None, float | None]:
        return (None, None) if self.setting is None else (self.setting.low, self.setting.high)

    def _end(self, said: str, given: Given | None, own: float | None, other: float | None) -> float:
        if given is not None:
            return self.given(said, given)
        if own is None and other is None:
            raise ValueRefused(f"{self.what} has no range in option {self.option!r}: say {said}=...")
        return self.figure(said, None) if own is None else own

    def share(self, said: str, given: Given | None) -> float:
        """Return a plain number, such as 0.3 for "30 %"."""
        return self.given(said, given, DIMENSIONLESS)

    def values(self, given: Any) -> list[float]:
        """Return values that the input can be, as stored; of a choice the places of words."""
        cases = Cases.of(self.entries, self.name, given)
        return list(cases.stored(0, len(cases)))

    def rising(self, name: str, **figures: float) -> Parameters:
        """Return figures of which none may be above the next. Raises ValueRefused."""
        for (lower, least), (upper, most) in pairwise(figures.items()):
            if least > most:
                shown = told_apart(quantity(least, self.unit), quantity(most, self.unit))
                self._refuse(name, f"its {lower} {shown[0]} is above its {upper} {shown[1]}.")
        return tuple(figures.values())

    def above_zero(self, name: str, said: str, figure: float) -> float:
        """Return a figure that must be above zero. Raises ValueRefused."""
        if not figure > 0:
            self._refuse(name, f"its {said} must be above zero, got {figure:.6g}.")
        return figure

    def _refuse(self, name: str, why: str) -> NoReturn:
        raise ValueRefused(f"{self.what}, {name} in option {self.option!r}: {why}")
