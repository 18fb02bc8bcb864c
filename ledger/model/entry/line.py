"""What a ledger works out: lines, the alerts and advice that watch them, the headline, and options, its columns."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Literal, TypeAlias

import attrs

from unitledger.expression import Expression, Formed, Reference, words
from unitledger.model.entry.entry import Figured
from unitledger.model.entry.figure import UNBOUNDED, Bounds, Setting
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Words
from unitledger.model.entry.shown import Shown
from unitledger.units import Unit


@attrs.frozen(order=False)
class Line(Figured):
    """A named formula: as written, and lowered to magnitudes (`formed`); its unit, its label, its place in the ledger.

    `plausible`: what it can plausibly be; where it is something else, an alert is raised.
    """

    written: Expression
    formed: Formed = attrs.field(eq=False, repr=False)
    unit: Unit
    label: str
    section: str
    note: str = ""
    parts: tuple[Expression, ...] = ()
    plausible: Bounds = UNBOUNDED

    @property
    def lowered(self) -> Expression:
        """Its formula on magnitudes."""
        return self.formed.node

    @property
    def expression(self) -> Reference:
        """A reference to this line; most lines are referred to once, and that is not kept."""
        return Reference(self.name, self.unit, self.home)

    @property
    def stands_on(self) -> tuple[str, ...]:
        """The names that its formula refers to, each once, in order of appearance."""
        return tuple(dict.fromkeys([leaf.name for leaf in self.formed.operands]))


AnyEntry: TypeAlias = Assumption | Choice | Constant | Line | Words
"""What is named in a ledger."""


@attrs.frozen(order=False)
class Notice(Shown):
    """A condition (as written, and lowered), and what to tell the reader where it holds."""

    name: str
    written: Expression
    condition: Expression
    text: str

    def __str__(self) -> str:
        return f"{self.text} (where {words(self.written)})"


@attrs.frozen(order=False)
class Alert(Notice):
    """A condition that should not hold; `line`: the line that is not plausible where it holds, if it is about one.

    `refused`: whether an option where it holds has no value.
    """

    line: str = ""
    refused: bool = False


@attrs.frozen(order=False)
class Advice(Notice):
    """What is recommended where a condition holds; `topic`: the matter that it is about."""

    topic: str


@attrs.frozen(order=False)
class Headline:
    """The line that answers the ledger's question, which way is better, and the lines to show beside it."""

    line: str
    better: Literal["lower", "higher"]
    beside: tuple[str, ...]


@attrs.frozen
class Reporting:
    """The currency in which key figures are stated as well.

    `rates`: names of the exchange rates that are used. `lines`: by the name of a line in another currency, the name
    of the line that states it in this one.
    """

    currency: str
    rates: tuple[str, ...]
    lines: Mapping[str, str]


@attrs.frozen(order=False)
class Option(Shown):
    """A named column: the same ledger with other inputs; inputs that it does not name are the base option's.

    `description`: what it is, in a sentence. `spare`: an empty column of a workbook, for what somebody adds there.
    """

    name: str
    settings: Mapping[str, Setting] = attrs.field(factory=dict)
    description: str = ""
    spare: bool = False

    def __str__(self) -> str:
        own = ", ".join(f"{name} = {setting.figure.quantity}" for name, setting in self.settings.items())
        return f"{self.name}: {own}" if own else self.name


PLAN, ACTUAL = "plan", "actual"
"""What the first option of a ledger of plan and actual is called, and the last."""

_TIME = "[time]"


class Effect(Enum):
    """Why an amount differs from the plan: how much was asked for, how much it took, what was paid, and what else."""

    VOLUME = "volume"
    EFFICIENCY = "efficiency"
    PRICE = "price"
    OTHER = "other"

    @classmethod
    def of(cls, unit: Unit) -> Effect:
        """Return what an input of a unit moves: a price if money is in it, a volume if it is per nothing but time."""
        if unit.currencies:
            return cls.PRICE
        powers = [power for part, power in unit.dimension if part != _TIME]
        return cls.VOLUME if powers and min(powers) > 0 else cls.EFFICIENCY


@attrs.frozen
class Outcome:
    """How the options of a ledger lead from a plan to what came.

    `steps`: which effect each option adds to the one before, by option, from the second. `inputs`: the effect of each
    input that has actual figures. `so_far`: the periods up to the last actual figure, ("",) without a timeline.
    """

    steps: Mapping[str, Effect]
    inputs: Mapping[str, Effect]
    so_far: tuple[str, ...]
