"""What a ledger holds, in the order in which it was written, and how it is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Self, TypeAlias, TypeVar

import attrs

from unitledger.errors import EmptyLedger, ExpressionError, NameRefused, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Home, Operand
from unitledger.model.again import same
from unitledger.model.belongs import own_entry
from unitledger.model.entry import Entry
from unitledger.model.figure import Figure, day
from unitledger.model.inputs import Assumption, Choice, Constant, Input, Setting
from unitledger.model.line import Advice, Alert, Headline, Line, Option
from unitledger.model.names import folded, labelled, told_apart, unique
from unitledger.model.reporting import Reporting
from unitledger.model.section import Defaults
from unitledger.model.stale import allowed_age
from unitledger.units import BILLING, Calendar, Quantity, Unit

_E = TypeVar("_E", Assumption, Choice, Constant, Line)

Named: TypeAlias = str | Entry
"""What stands for an entry: its name, or itself or that of a copy."""


class Held:
    """What a ledger holds, in the order in which it was written; everything held is frozen.

    `title`: what the ledger answers. `option`: name of the base option, the first column. `as_of`: the day that
    figures hold unless they say otherwise. `owner`: who answers for them. `excludes`: what is left out on purpose.
    `calendar`: length of a year and a month. `stale_after`: age on that day from which an input in a currency raises
    an alert, such as "2 year"; None: ages are not checked.
    """

    def __init__(
        self,
        title: str,
        *,
        option: str = "base",
        as_of: date | str | None = None,
        owner: str = "",
        excludes: Sequence[str] = (),
        calendar: Calendar = BILLING,
        stale_after: Quantity | str | None = None,
    ) -> None:
        self.title = labelled(title, "a ledger")
        self.home = Home(self.title)
        self.replaced_by = ""
        self.as_of = day(as_of)
        self.owner = owner
        if not isinstance(calendar, Calendar):
            raise ValueRefused(
                f"The calendar of {title!r} is {calendar!r:.60}; expected one such as Calendar(360, 30)."
            )
        self.exclusions: tuple[str, ...] = texts(excludes, f"What {title!r} excludes")
        self.calendar = calendar
        self.stale_after = allowed_age(stale_after, self.title, self.as_of, calendar)
        self.inputs: dict[str, Input] = {}
        self.constants: dict[str, Constant] = {}
        self.lines: dict[str, Line] = {}
        self.options: dict[str, Option] = {}
        self.alerts: tuple[Alert, ...] = ()
        self.advice: tuple[Advice, ...] = ()
        self.answer: Headline | None = None
        self.reporting: Reporting | None = None
        self.current_section = ""
        # Those of the open section, and those that hold around it: of `with` blocks, and of the ledger itself.
        self.defaults = self.outer_defaults = Defaults(Figure("", as_of=self.as_of, owner=owner))
        self.typed: dict[tuple[str, float, Unit], str] = {}
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        # By option: how much the ledger held when it was evaluated, and the values; a copy starts without.
        self.worked_out: dict[str, tuple[tuple[int, int, int], dict[str, float]]] = {}
        self.options[labelled(option, "an option")] = Option(option)

    def __copy__(self) -> Self:
        """Return a copy that can grow without the original, and whose entries are its own."""
        made = type(self).__new__(type(self))
        made.__setstate__({name: dict(held) if isinstance(held, dict) else held for name, held in vars(self).items()})
        for name, entry in self.inputs.items():
            made.inputs[name] = attrs.evolve(entry, ledger=made)
        for name, constant in self.constants.items():
            made.constants[name] = attrs.evolve(constant, ledger=made)
        for name, line in self.lines.items():
            made.lines[name] = attrs.evolve(line, ledger=made)
        return made

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Also deepcopy and pickle end here: what a copy grows is its own, what it holds keeps its home.
        vars(self).update({**state, "home": Home(state["title"]), "replaced_by": "", "worked_out": {}})

    def check_not_empty(self) -> None:
        """Raise EmptyLedger when there is no line to evaluate or to write."""
        if not self.lines:
            raise EmptyLedger(f"{self.title!r} has no lines: add one with line(name, formula) or add(cost line).")

    @property
    def base(self) -> str:
        """Name of the base option."""
        return next(iter(self.options))

    def __contains__(self, name: object) -> bool:
        if isinstance(name, Entry):
            here = self.find(name.name)
            return here is not None and here.home == name.home
        return isinstance(name, str) and self.find(name) is not None

    def __getitem__(self, name: Named) -> Assumption | Choice | Constant | Line:
        """Return an input, constant or line by name, or as this ledger has it.

        Raises UnknownName with what comes closest, ExpressionError for an entry of another ledger.
        """
        name = self.name_of(name)
        found = self.find(name)
        if found is not None:
            return found
        raise UnknownName(f"{self.title!r} has no line or input named {name!r}.{did_you_mean(name, self.names)}")

    def find(self, name: str) -> Assumption | Choice | Constant | Line | None:
        """Return an input, constant or line by name, None where there is none."""
        for held in (self.lines, self.inputs, self.constants):
            if name in held:
                return held[name]
        return None

    @property
    def names(self) -> list[str]:
        """The names of lines, inputs and constants."""
        return [*self.lines, *self.inputs, *self.constants]

    def name_of(self, given: Named) -> str:
        """Return a name that is given as such or by its entry. Raises ExpressionError for one of another ledger."""
        if isinstance(given, Entry):
            own_entry(self, given.name, given.home)
            return given.name
        if isinstance(given, Operand):
            raise ExpressionError("A formula has no name. Make a line of it: line(name, formula).")
        return given

    def value(self, name: Named, option: str | None = None) -> Quantity:
        """Return the value of a line or input in an option; `Ledger` knows how."""
        raise NotImplementedError

    def input(self, name: Named) -> Assumption | Choice:
        """Return an input by name. Raises UnknownName, also for a line, which is worked out and cannot be set."""
        name = self.name_of(name)
        if name in self.inputs:
            return self.inputs[name]
        if name in self:
            raise UnknownName(f"{name!r} is worked out, not an input, and cannot be set.")
        raise UnknownName(f"{self.title!r} has no input named {name!r}.{did_you_mean(name, self.inputs)}")

    def setting(self, name: Named, option: str | None = None) -> Setting:
        """Return what an input is set to in an option; what the option does not name is the base option's.

        So is the range of a figure that the option gives without one.
        """
        target = self.input(name)
        own = self.options[self.check_option(option)].settings.get(target.name)
        return target.setting if own is None else own.ranged_like(target.setting)

    def check_option(self, name: str | None) -> str:
        """Return the name of an option, the base option for None. Raises UnknownName with what comes closest."""
        if name is None:
            return self.base
        if name not in self.options:
            raise UnknownName(
                f"{self.title!r} has no option {name!r}; it has {', '.join(self.options)}."
                f"{did_you_mean(name, self.options)}"
            )
        return name

    def take(self, made: _E, what: str) -> _E:
        """Hold a new entry and return it, or the one that is here already under the name if both say the same.

        Raises NameRefused for another definition of the name, and for a name or a label that could be mistaken.
        """
        known = self.find(made.name)
        if isinstance(known, type(made)):
            return same(known, made, f"{what.capitalize()} {made.name!r}")
        unique(made.name, self._names, what)
        key = f"{'line' if what == 'line' else 'input'} {told_apart(made.label)}"
        if key in self._labels:
            raise NameRefused(
                f"The label {made.label!r} of {made.name!r} is that of {self._labels[key]!r} already; a reader could "
                "not tell them apart."
            )
        self._names[folded(made.name)] = made.name
        self._labels[key] = made.name
        return made

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make several entries or none: when one of them is refused, those made before it go as well."""
        entries: tuple[dict[Any, Any], ...] = (self.inputs, self.constants, self.lines)
        held = (*entries, self.typed, self._names, self._labels)
        sizes = [len(kept) for kept in held]
        plain = (self.alerts, self.advice, self.exclusions, self.current_section)
        try:
            yield
        except BaseException:
            for kept, size in zip(held, sizes, strict=True):
                while len(kept) > size:
                    kept.popitem()
            self.alerts, self.advice, self.exclusions, self.current_section = plain
            raise


def texts(given: Sequence[str], what: str) -> tuple[str, ...]:
    """Return a list of texts as a tuple; `what` begins the message. Raises ValueRefused for one text."""
    if isinstance(given, str):
        raise ValueRefused(f"{what}: expected a list of texts, such as [{given!r:.60}], got one text.")
    return tuple(given)
