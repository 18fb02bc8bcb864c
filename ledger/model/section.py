"""Defaults of a section: what the inputs and constants under its heading say unless they say something else."""

from __future__ import annotations

import attrs

from unitledger.model.figure import Figure
from unitledger.model.settle import Limits


@attrs.frozen
class Defaults:
    """Source, date and owner of figures, and hard bounds of assumptions; `figure` has the former and no quantity."""

    figure: Figure
    limits: Limits = attrs.field(factory=Limits)

    def within(self, outer: Defaults) -> Defaults:
        """Return these defaults, with those of what is around them where they say nothing."""
        return Defaults(outer.complete(self.figure), self.limits.within(outer.limits))

    def complete(self, figure: Figure) -> Figure:
        """Return a figure with what it lacks of source, date and owner."""
        said = self.figure
        return figure.completed(source=said.source, as_of=said.as_of, owner=said.owner)
