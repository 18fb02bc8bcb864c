"""What a ledger works out: lines, the alerts and advice that watch them, and the headline that sums them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from unitledger.expression import Expression, Reference
from unitledger.model.bounds import Bounds
from unitledger.model.entry import Figured
from unitledger.model.inputs import Setting
from unitledger.units import Unit


@attrs.frozen(order=False)
class Line(Figured):
    """A named formula: as written, and lowered to magnitudes; its unit, its label and its place in the ledger.

    `plausible`: what it can plausibly be; where it is something else, an alert is raised.
    """

    written: Expression
    lowered: Expression
    unit: Unit
    label: str
    section: str
    note: str = ""
    parts: tuple[Expression, ...] = ()
    plausible: Bounds = attrs.field(factory=Bounds)

    @property
    def expression(self) -> Expression:
        """A reference to this line."""
        return Reference(self.name, self.unit, self.home)


@attrs.frozen(order=False)
class Alert:
    """A condition (as written, and lowered) that should not hold, and what to tell the reader where it does.

    `line`: the line that is not plausible where it holds; empty for an alert about anything else.
    """

    name: str
    written: Expression
    condition: Expression
    text: str
    line: str = ""


@attrs.frozen(order=False)
class Advice:
    """A condition (as written, and lowered), what is recommended where it holds, and the matter that it is about."""

    name: str
    written: Expression
    condition: Expression
    text: str
    topic: str


@attrs.frozen(order=False)
class Headline:
    """The line that answers the ledger's question, which way is better, and the lines to show beside it."""

    line: str
    better: Literal["lower", "higher"]
    beside: tuple[str, ...]


@attrs.frozen(order=False)
class Option:
    """A named column: the same ledger with other inputs; inputs that it does not name are the base option's."""

    name: str
    settings: Mapping[str, Setting] = attrs.field(factory=dict)
