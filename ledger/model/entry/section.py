"""A section: its title, and what the inputs and constants under it say unless they say something else."""

from __future__ import annotations

import attrs

from unitledger.model.entry.figure import Figure
from unitledger.model.entry.settle import Limits


@attrs.frozen
class Section:
    """A title, source, date and owner of figures, and hard bounds of assumptions; `figure` has no quantity."""

    title: str
    figure: Figure
    limits: Limits = attrs.field(factory=Limits)

    def within(self, outer: Section) -> Section:
        """Return the section with the defaults of what is around it where it says nothing."""
        return Section(self.title, self.figure.completed(outer.figure), self.limits.within(outer.limits))
