"""Curves and tiers: points, each figure of them an input, and the formulas that read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, ClassVar, Self

import attrs

from unitledger.errors import ValueRefused
from unitledger.expression import (
    Apply,
    Area,
    Expression,
    Operand,
    Reference,
    any_of,
    apply,
    expression_of,
    maximum,
    minimum,
    total,
    when,
    words,
)
from unitledger.expression.table.statistics import INDEX, MATCH, MATCH_RISING
from unitledger.model.axis.reach import has_axis
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.inputs import Assumption
from unitledger.model.entry.line import Line
from unitledger.model.entry.names import label_of, numbered
from unitledger.model.entry.settle import Given, Limits, given_quantity
from unitledger.model.held.entries import Entries, find
from unitledger.model.held.growing import together
from unitledger.model.written.record import add_alert, add_assumption, add_line
from unitledger.units import DIMENSIONLESS, Unit, quantity

# So many letters of what is looked up go into a label.
_LONGEST = 60
_FEWEST = 2


@attrs.frozen
class Points:
    """Points of a ledger, all of them inputs: `where` something is known, rising, and what it is there, its `figures`.

    `label`: what is known.
    """

    name: str
    label: str
    where: tuple[Assumption, ...]
    figures: tuple[Assumption, ...]
    entries: Entries = attrs.field(eq=False, repr=False)
    # What a point is called in labels, and where it is.
    point: ClassVar[str]
    begins: ClassVar[str]

    @classmethod
    def written(
        cls, entries: Entries, name: str, points: Mapping[Any, Given], label: str, provenance: Figure, **more: Any
    ) -> Self:
        """Append the inputs of points and an alert for when they do not rise; `provenance`: of what brings none."""
        what = f"{cls.__name__} {name!r}"
        label = label_of(name, label, cls.__name__.casefold())
        if not isinstance(points, Mapping):
            raise ValueRefused(f"{what} takes its points as {{'8 request': '610 token/s'}}, not as {points!r:.60}.")
        if len(points) < _FEWEST:
            raise ValueRefused(f"{what} takes two points or more, not {len(points)}.")

        def inputs(given: Iterable[Given], end: str) -> tuple[Assumption, ...]:
            figures = [Figure.of(each).completed(provenance) for each in given]
            for figure in figures:
                if figure.has_range:
                    raise ValueRefused(f"{what}: {figure.quantity} has a range, which a point cannot have.")
            unit = Unit.of(given_quantity(figures[0].quantity, what))
            limits = Limits().within(entries._section.limits)
            return tuple(
                add_assumption(
                    *(entries, f"{name}.{number}{end and f'.{end}'}", figure),
                    f"{label} {cls.point} {number}{end and f': {end}'}",
                    limits,
                    unit=unit,
                )
                for number, figure in enumerate(figures, start=1)
            )

        with together(entries):
            where = inputs(points, cls.begins)
            for one, other in pairwise(where):
                before, after = (quantity(float(each.setting.value), each.unit) for each in (one, other))
                if before >= after:
                    raise ValueRefused(f"{what}: its points must rise, and {after} comes after {before}.")
            figures = inputs(points.values(), "")
            falling = any_of(*(one >= other for one, other in pairwise(where)))
            add_alert(entries, falling, f"The points of {label} do not rise.")
        return cls(name, label, where, figures, entries, **more)


@attrs.frozen
class Curve(Points):
    """What is known at some points, and lies on straight lines between them.

    `holds`: whether it stays what it is at the first and the last point beyond them; else it has no value there.
    """

    holds: bool = attrs.field(kw_only=True)
    point, begins = "point", "at"

    def at(self, x: Operand) -> Apply:
        """What the curve is at `x`, in the unit of its figures.

        The place of `x` among the points becomes a line of the ledger. Beyond the points a curve that holds raises an
        alert; of another the line has no value: CalculationError when it is worked out, an error in the workbook.
        """
        x, (first, *_, last) = expression_of(x), self.where
        called = self._called(x)
        with together(self.entries):
            has_several = has_axis(x, self.entries)
            least, most = (x.least(), x.largest()) if has_several else (x, x)
            x = minimum(maximum(first, x), last) if self.holds else x
            place = self._place(x, called, "none" if has_several else None)
            if self.holds:
                text = f"{self.label} is held at its end: {called or 'what is looked up'} lies beyond its points."
                add_alert(self.entries, any_of(least < first, most > last), text)
        low_x, high_x = (apply(INDEX, block, place) for block in _ends(self.where))
        low, high = (apply(INDEX, block, place) for block in _ends(self.figures))
        return low + (x - low_x) * (high - low) / (high_x - low_x)

    def _place(self, x: Expression, called: str, total: str | None) -> Line:
        """Return the line that says which is the last point not above `x`, the last of all left out."""
        last = self.where[-1]
        found = apply(MATCH_RISING, x, _ends(self.where)[0])
        if not self.holds:
            # At the very end the stretch before it; beyond it nothing is found.
            found = when(x < last, found, apply(MATCH, x, _block(self.where)) - 1)
        for name in numbered(f"{self.name}.place"):
            known = find(self.entries, name)
            if known is None or (isinstance(known, Line) and known.written == found):
                break
        label = called and f"{self.label}: place of {called}"
        return add_line(self.entries, name, found, unit=DIMENSIONLESS, label=label, total=total)

    def _called(self, x: Expression) -> str:
        said = words(x, lambda name: self.entries[name].label)
        return said if len(said) <= _LONGEST else ""


@attrs.frozen
class Tiers(Points):
    """Prices by how much it is, each from where its tier begins up to where the next does, the last without an end."""

    point, begins = "tier", "from"

    def reached(self, x: Operand) -> Apply:
        """What is asked in the tier that `x` reaches; below the first tier there is no value."""
        return apply(INDEX, _block(self.figures), apply(MATCH_RISING, x, _block(self.where)))

    def whole(self, x: Operand) -> Apply:
        """What all of `x` comes to, at the price of the tier that it reaches."""
        return expression_of(x) * self.reached(x)

    def marginal(self, x: Operand) -> Apply:
        """What `x` comes to, each slice of it at the price of the tier that it lies in; below the first it is free."""
        x = expression_of(x)
        slices = [maximum(minimum(x, end) - start, 0) for start, end in pairwise(self.where)]
        slices.append(maximum(x - self.where[-1], 0))
        return total(*(part * price for part, price in zip(slices, self.figures, strict=True)))


def _block(entries: tuple[Assumption, ...]) -> Area:
    """Return the cells of inputs, which stand beneath each other, as one block."""
    cells = [entry.expression for entry in entries]
    return Area(tuple(cell for cell in cells if isinstance(cell, Reference)))


def _ends(points: tuple[Assumption, ...]) -> tuple[Area, Area]:
    """Return by the stretches between points where each begins, and where each ends."""
    return _block(points[:-1]), _block(points[1:])
