"""Many cases of an input: from one value per case, as a caller gives them, to what formulas take, chunk by chunk."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pint

from unitledger.errors import ValueRefused
from unitledger.model import Assumption, Choice, Entries, by_cell, stored
from unitledger.units import DIMENSIONLESS, FIRST_DAY, LAST_DAY, Calendar, Q, Quantity, date_text, day_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Given: TypeAlias = ArrayLike | pint.Quantity[Any] | Sequence[Quantity | str | float]

# Measured: with this many floats the temporaries stay in cache and numpy's own overhead per call is small.
CHUNK = 16_000


@attrs.frozen(eq=False)
class Cases:
    """The cases of an input: numbers in its unit as written, or of a choice the places of its words.

    `first`: how many cases there are before these.
    """

    target: Assumption | Choice
    values: NDArray[np.float64]
    calendar: Calendar
    first: int = 0

    @classmethod
    def of(cls, entries: Entries, name: str, given: Given) -> Cases:
        """Return what is given for an input, one value per case.

        Raises UnknownName; UnitMismatch, QuantityError or ValueRefused for what the input cannot be.
        """
        target = entries.input(next(iter(at_each(entries, {name: given}))))
        numbers = _places(target, given) if isinstance(target, Choice) else _numbers(entries, target, given)
        try:
            values = _column(numbers)
        except (TypeError, ValueError, OverflowError):
            expected = (
                "words or their places" if isinstance(target, Choice) else f"numbers in {target.unit} or quantities"
            )
            raise ValueRefused(f"Input {name!r}: expected {expected}, one per case, got {given!r:.60}.") from None
        if values.ndim != 1:
            raise ValueRefused(f"Input {name!r}: cases must be a one-dimensional array, not of shape {values.shape}.")
        return cls(target, values, entries.calendar)

    def __len__(self) -> int:
        return len(self.values)

    def listed(self) -> list[float | str]:
        """Return all cases as people write them: numbers, or words of a choice."""
        if isinstance(self.target, Choice):
            return [self.target.words[int(place) - 1] for place in self.values]
        return list(self.values.tolist())

    def stored(self, start: int, many: int) -> NDArray[np.float64]:
        """Return the stored magnitudes of so many cases from one on.

        Raises ValueRefused, naming a case that the input cannot be.
        """
        import numpy as np

        part = self.values[start : start + many]
        if isinstance(self.target, Choice):
            if not ((part >= 1) & (part <= len(self.target.words)) & (part % 1 == 0)).all():
                last = len(self.target.words)
                raise ValueRefused(
                    f"Input {self.target.name!r}: the places of its words are whole numbers, 1 to {last}."
                )
            return part
        if not part.size:
            return part
        least, most, divisor, is_whole = self._limits
        # A comparison with not-a-number is false, so that it is looked at as well.
        if not (np.minimum.reduce(part) > least and np.maximum.reduce(part) < most):
            self._check(start, part, part.argmin())
            self._check(start, part, part.argmax())
        if is_whole:
            whole = np.rint(part)
            self._check(start, part, np.abs(part - whole).argmax())
            part = whole
        return part if divisor == 1 else part / divisor

    @cached_property
    def _limits(self) -> tuple[float, float, float, bool]:
        """The least and the most that it can be, as written, what makes stored ones, and whether these are whole."""
        assert isinstance(self.target, Assumption)
        bounds, unit = self.target.bounds, self.target.unit
        written = float(unit.written)
        ends = (day_number(FIRST_DAY), day_number(LAST_DAY)) if unit.is_date else (-math.inf, math.inf)
        least = ends[0] if bounds.least is None else bounds.least / written
        most = ends[1] if bounds.most is None else bounds.most / written
        return least, most, float(1 / unit.written), bounds.whole or unit.is_date

    def stated(self, case: int) -> str:
        """Return what the input is in a case, with its unit unless it is a plain number."""
        number = f"{self.values[case]:.6g}"
        if isinstance(self.target, Choice) or self.target.unit == DIMENSIONLESS:
            return number
        if self.target.unit.is_date:
            return date_text(self.values[case])
        return f"{number} {self.target.unit}"

    def _check(self, start: int, part: NDArray[np.float64], place: Any) -> None:
        assert isinstance(self.target, Assumption)
        what = f"Input {self.target.name!r}, case {self.first + start + int(place)} (counted from 0)"
        unit = self.target.unit
        self.target.bounds.settled(stored(float(part[place]), unit, what, self.calendar), unit, what)


@attrs.frozen
class _Whole:
    """What is given for an input, and is no list of figures by period."""

    given: Any


def at_each(entries: Entries, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given by input, where several periods or items are named at once, for each of them."""
    by_input: Mapping[str, Any] = by_cell(entries, {name: _Whole(given) for name, given in inputs.items()})
    return {name: whole.given for name, whole in by_input.items()}


def _numbers(entries: Entries, target: Assumption, given: Any) -> Any:
    """Return numbers in the unit of an assumption as written, where quantities are given."""
    what = f"Input {target.name!r}"
    written = float(target.unit.written)
    if isinstance(given, pint.Quantity):
        one = stored(Q(type(given)(1.0, given.units)), target.unit, what, entries.calendar) / written
        return given.magnitude if one == 1 else given.magnitude * one
    listed = _listed(given)
    if listed is None:
        return given
    return [stored(each, target.unit, what, entries.calendar) / written for each in listed]


def _places(target: Choice, given: Any) -> Any:
    """Return the places of words, where words are given."""
    listed = _listed(given)
    return given if listed is None else [target.place(each) for each in listed]


def _column(given: Any) -> NDArray[np.float64]:
    """Return an array of floats. Raises TypeError for truth values, complex numbers, times and missing values."""
    import numpy as np

    found = np.asanyarray(given)
    alone = given if isinstance(given, list | tuple) else found.flat if found.dtype.kind == "O" else ()
    truths = any(isinstance(one, bool | np.bool_) for one in alone)
    if truths or found.dtype.kind not in "iufO" or np.ma.is_masked(found):
        raise TypeError
    return np.asarray(found, dtype=float)


def _listed(given: Any) -> Sequence[Any] | None:
    """Return what is given as a list where it holds texts or quantities; None for what holds numbers alone."""
    held = given.tolist() if getattr(getattr(given, "dtype", None), "kind", "f") in "OUTM" else given
    return (
        held
        if isinstance(held, list | tuple) and any(isinstance(one, str | date | pint.Quantity) for one in held)
        else None
    )
