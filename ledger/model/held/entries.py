"""What a ledger holds, in the order in which it was written, and how it is looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Self

import attrs

from unitledger.errors import EmptyLedger, ExpressionError, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Expression, Forms, Home, Operand
from unitledger.model.entry.axis import Timeline, cell_name
from unitledger.model.entry.entry import Entry, Evaluated, Named
from unitledger.model.entry.figure import Bounds, Figure, Setting, check_writable, day
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Input, Words
from unitledger.model.entry.line import Advice, Alert, AnyEntry, Headline, Line, Option, Outcome, Reporting
from unitledger.model.entry.names import labelled, said
from unitledger.model.entry.over import AxisInput, AxisLine, OnAxis, in_period, one_figure_of
from unitledger.model.entry.settle import Section, allowed_age
from unitledger.units import BILLING, Calendar, Quantity, Unit

ALL_OPTIONS = "all"
"""Stands for every option."""


class Entries(Evaluated):
    """What a ledger holds, in the order in which it was written; everything held is frozen.

    `title`: what the ledger answers. `option`: name of the base option, the first column; `description`: what that is,
    in a sentence. `as_of`: the day that figures hold unless they say otherwise. `owner`: who answers for them.
    `excludes`: what is left out on purpose. `calendar`: length of a year and a month. `stale_after`: age on that day
    from which an input in a currency raises an alert, such as "2 year"; None: ages are not checked.
    `purpose`: what the ledger is for; `decision`: what its reader is asked to decide; `author`: who wrote it; `period`:
    the time that figures are for, such as "2026 to 2028"; `built_on`: the day that it is handed out, never the clock's.
    `alternatives`: whether one option is best; if not, they are cases, shown beside each other without a winner.
    """

    def __init__(
        self,
        title: str,
        *,
        option: str = "base",
        description: str = "",
        alternatives: bool = True,
        as_of: date | str | None = None,
        owner: str = "",
        excludes: Sequence[str] = (),
        calendar: Calendar = BILLING,
        stale_after: Quantity | str | None = None,
        purpose: str = "",
        decision: str = "",
        author: str = "",
        period: str = "",
        built_on: date | str | None = None,
    ) -> None:
        self.title = labelled(title, "a ledger")
        self.as_of = day(as_of)
        self.owner = owner
        self.purpose = said(purpose, f"The purpose of {title!r}")
        self.decision = said(decision, f"The decision asked for by {title!r}")
        self.author = said(author, f"The author of {title!r}")
        self.period = said(period, f"The period of {title!r}")
        self.built_on = day(built_on)
        self.alternatives = alternatives
        if not isinstance(calendar, Calendar):
            raise ValueRefused(
                f"The calendar of {title!r} is {calendar!r:.60}; expected one such as Calendar(360, 30)."
            )
        self.exclusions: tuple[str, ...] = texts(excludes, f"What {title!r} excludes")
        self.calendar = calendar
        self.stale_after = allowed_age(stale_after, self.title, self.as_of, calendar)
        self.alerts: tuple[Alert, ...] = ()
        self.advice: tuple[Advice, ...] = ()
        self.plots: tuple[tuple[str, str], ...] = ()
        self.answer: Headline | None = None
        self.reporting: Reporting | None = None
        self.outcome: Outcome | None = None
        self._inputs: dict[str, Input] = {}
        self._constants: dict[str, Constant] = {}
        self._lines: dict[str, Line] = {}
        self.time: Timeline | None = None
        self._rows: dict[str, OnAxis] = {}
        self._columns: dict[str, AxisInput | AxisLine | Words] = {}
        # How much the ledger held when its formulas were put in order, these, and what they refer to as far as asked.
        self._formulas: tuple[tuple[int, int], Mapping[str, Expression], dict[str, tuple[str, ...]]] = ((0, 0), {}, {})
        about = said(description, f"The description of option {option!r}")
        self._forms = Forms()
        self._options = {labelled(option, "an option"): Option(option, description=about)}
        self._home = Home(self.title)
        # What figures say of themselves; the open section, and what holds around it, of `with` blocks or the ledger.
        self._provenance = Figure("", as_of=self.as_of, owner=owner)
        self._section = self._around = Section("", self._provenance)
        # What was typed into terms, and by which; the names and labels that are taken, as a workbook compares them.
        self._typed: dict[tuple[str, float, Unit], str] = {}
        self._names: dict[str, str] = {}
        # Bounds that formulas and terms ask of an input, beside its own, by its name.
        self._narrowed: dict[str, Bounds] = {}
        self._labels: dict[str, str] = {}
        # By option: how much the ledger held when it was evaluated, and the values; a copy starts without.
        self._worked_out: dict[str, tuple[tuple[int, int, int], Mapping[str, float]]] = {}

    @property
    def inputs(self) -> Mapping[str, Input]:
        """Assumptions and choices, by name."""
        return MappingProxyType(self._inputs)

    @property
    def choices(self) -> Mapping[str, Choice]:
        """The choices among the inputs, by name."""
        return MappingProxyType({name: entry for name, entry in self._inputs.items() if isinstance(entry, Choice)})

    @property
    def constants(self) -> Mapping[str, Constant]:
        """Constants, by name."""
        return MappingProxyType(self._constants)

    @property
    def lines(self) -> Mapping[str, Line]:
        """Lines, by name."""
        return MappingProxyType(self._lines)

    @property
    def rows(self) -> Mapping[str, OnAxis]:
        """What has a figure in each period, by name: the ruler of the timeline, inputs and lines."""
        return MappingProxyType(self._rows)

    @property
    def columns(self) -> Mapping[str, AxisInput | AxisLine | Words]:
        """What has a figure or a word for each item of a table, by name: inputs, words and lines."""
        return MappingProxyType(self._columns)

    def along(self, name: str) -> OnAxis | Words | None:
        """Return what has a figure in each period or for each item, by name; None for what has one, or is not there."""
        return self._rows.get(name, self._columns.get(name))

    @property
    def options(self) -> Mapping[str, Option]:
        """Options, by name; the base option is the first."""
        return MappingProxyType(self._options)

    @property
    def _here(self) -> dict[str, Any]:
        """What entries that are made here know of their ledger."""
        return {"ledger": self, "home": self._home}

    @property
    def base(self) -> str:
        """Name of the base option."""
        return next(iter(self._options))

    def __contains__(self, name: object) -> bool:
        if isinstance(name, Entry):
            here = find(self, name.name)
            return here is not None and here.home == name.home
        return isinstance(name, str) and find(self, name) is not None

    def __getitem__(self, name: Named) -> AnyEntry:
        """Return an input, constant or line by name, or as this ledger has it.

        Raises UnknownName with what comes closest, ExpressionError for an entry of another ledger.
        """
        if isinstance(name, str) and name in self._lines:
            return self._lines[name]
        name = name_of(self, name)
        found = find(self, name)
        if found is not None:
            return found
        raise UnknownName(f"{self.title!r} has no line or input named {name!r}.{did_you_mean(name, names(self))}")

    def input(self, name: Named) -> Assumption | Choice:
        """Return an input by name. Raises UnknownName, also for a line, which is worked out and cannot be set."""
        name = name_of(self, name)
        found = find(self, name)
        if isinstance(found, AxisInput):
            first = next(iter(found.axis.labels), "...")
            raise UnknownName(f"{name!r} has a figure {found.axis.each}. Name one, such as {cell_name(name, first)!r}.")
        row, _, _ = name.partition("@")
        if isinstance(self._columns.get(row), Words):
            raise UnknownName(f"{row!r} are words of a table, the same in every option. Change them in the table.")
        if isinstance(found, Assumption | Choice):
            return found
        if found is not None:
            raise UnknownName(f"{name!r} is worked out, not an input, and cannot be set.")
        along = (each.name for each in (*self._rows.values(), *self._columns.values()) if isinstance(each, AxisInput))
        close = did_you_mean(row, [*self._inputs, *along])
        raise UnknownName(f"{self.title!r} has no input named {name!r}.{close}")

    def setting(self, name: Named, option: str | None = None) -> Setting:
        """Return what an input is set to in an option; what the option does not name is the base option's.

        So is the range of a figure that the option gives without one.
        """
        target = self.input(name)
        own = self._options[check_option(self, option)].settings.get(target.name)
        return target.setting if own is None else own.ranged_like(target.setting)

    def __copy__(self) -> Self:
        """Return a copy that can grow without the original, and whose entries are its own."""
        made = type(self).__new__(type(self))
        made.__setstate__({name: dict(held) if isinstance(held, dict) else held for name, held in vars(self).items()})
        for name in ("_inputs", "_constants", "_lines", "_rows", "_columns"):
            table: dict[str, Any] = vars(made)[name]
            table.update({name: attrs.evolve(entry, ledger=made) for name, entry in table.items()})
        return made

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Also deepcopy and pickle end here: what a copy grows is its own, what it holds keeps its home.
        fresh = {"_home": Home(state["title"]), "_replaced_by": "", "_forms": Forms()}
        vars(self).update(state | fresh | {"_worked_out": {}, "_formulas": ((0, 0), {}, {})})


def find(entries: Entries, name: str) -> AnyEntry | None:
    """Return an input, constant or line by name, also that of one period or item, None where there is none."""
    found: AnyEntry | None = entries._lines.get(name)
    if found is not None:
        return found
    for table in (entries._inputs, entries._constants, entries._rows, entries._columns):
        if name in table:
            return table[name]
    row, _, label = str(name).partition("@")
    held = entries.along(row)
    if held is None or isinstance(held, Words) or label not in held.axis:
        return None
    return in_period(held, label)


def has_axes(entries: Entries) -> bool:
    """Whether anything in a ledger has a figure in each period or for each item."""
    return bool(entries._rows or entries._columns)


def put_setting(entries: Entries, name: str, setting: Setting) -> None:
    """Set an input of a copy, or its figure in one period or for one item, for the base option."""
    if name in entries._inputs:
        entries._inputs[name] = attrs.evolve(entries._inputs[name], setting=setting)
        return
    row, _, label = name.partition("@")
    table: dict[str, Any] = entries._rows if row in entries._rows else entries._columns
    held = table[row]
    assert isinstance(held, AxisInput)
    settings = list(held.settings)
    settings[held.axis.place(label)] = setting
    table[row] = attrs.evolve(held, setting=settings[0], settings=tuple(settings))


def names(entries: Entries) -> list[str]:
    """Return the names of lines, inputs and constants."""
    return [*entries._lines, *entries._inputs, *entries._constants, *entries._rows, *entries._columns]


def name_of(entries: Entries, given: Named) -> str:
    """Return a name that is given as such or by its entry. Raises ExpressionError for one of another ledger."""
    if isinstance(given, Entry):
        own_entry(entries, given.name, given.home)
        return given.name
    if isinstance(given, Operand):
        raise ExpressionError("A formula has no name. Make a line of it: line(name, formula).")
    return given


def own_entry(entries: Entries, name: str, home: Home | None, what: str = "") -> AnyEntry | None:
    """Return the entry of a ledger that an operand of a name stands for, None where there is none of that name.

    Nothing is known of an operand without a home. Raises ExpressionError, beginning with `what`, for one that was made
    in another ledger, which may have an entry of the same name.
    """
    here = find(entries, name)
    known = entries._home if here is None else here.home
    if home is None or home is known or home == known:
        return here
    other = f"the ledger {home.title!r}"
    if home.title == entries.title:
        other = f"another ledger of the same title as {entries.title!r}, such as an earlier one or a copy"
    own = f"which has no {name!r}" if here is None else f"which has a {name!r} of its own"
    raise ExpressionError(
        f"{what}{': ' if what else ''}{name!r} was made in {other}; this is {entries.title!r}, {own}. Use an entry of "
        "this ledger, or take the other one in: include(other, 'prefix') returns its entries by name."
    )


def check_option(entries: Entries, name: str | None) -> str:
    """Return the name of an option, the base option for None. Raises UnknownName with what comes closest."""
    if name is None:
        return entries.base
    if name not in entries._options:
        raise UnknownName(
            f"{entries.title!r} has no option {name!r}; it has {', '.join(entries._options)}."
            f"{did_you_mean(name, entries._options)}"
        )
    return name


def check_options(entries: Entries, option: str | None, options: Sequence[str] | str | None) -> tuple[str, ...]:
    """Return the names of options: of the one that is named, of several, of every one for "all".

    Raises UnknownName, or ValueRefused where one and several are named, or one twice.
    """
    if options is None:
        return (check_option(entries, option),)
    if option is not None:
        raise ValueRefused(f"Name one option or several, not both: option={option!r}, options={options!r:.60}.")
    if options == ALL_OPTIONS:
        return tuple(entries.options)
    if isinstance(options, str) or not options:
        raise ValueRefused(
            f"options: expected {ALL_OPTIONS!r} or a list of names, such as {list(entries.options)[:2]}."
        )
    if len(set(options)) < len(options):
        raise ValueRefused(f"options: each is named once, got {', '.join(options)}.")
    return tuple(check_option(entries, each) for each in options)


def own_settings(entries: Entries, name: str) -> dict[str, Setting]:
    """Return what an input is set to in the base option and in each option that sets it itself, by option."""
    own = {option.name: option.settings[name] for option in entries.options.values() if name in option.settings}
    return {entries.base: entries.input(name).setting, **own}


def check_line(entries: Entries, name: str) -> str:
    """Return the name of a line. Raises UnknownName with what comes closest, also for a line over time."""
    row = entries._rows.get(name)
    if isinstance(row, AxisLine):
        raise UnknownName(one_figure_of(row))
    if name not in entries._lines:
        raise UnknownName(f"{entries.title!r} has no line {name!r}.{did_you_mean(name, entries._lines)}")
    return name


def check_not_empty(entries: Entries) -> None:
    """Raise EmptyLedger when there is no line to evaluate or to write, or none that is one figure but a day."""
    if not all(line.unit.is_date for line in entries._lines.values()):
        return
    if entries._lines:
        raise EmptyLedger(
            f"{entries.title!r} has only days as lines: add the time between two, such as line('taken', end - start)."
        )
    if any(isinstance(row, AxisLine) for row in (*entries._rows.values(), *entries._columns.values())):
        over = "over time" if entries._rows else "of tables"
        raise EmptyLedger(
            f"{entries.title!r} has lines {over} only: add what they come to, such as line('total', cost.sum())."
        )
    raise EmptyLedger(f"{entries.title!r} has no lines: add one with line(name, formula) or add(cost line).")


def conditions(entries: Entries) -> tuple[Expression, ...]:
    """Return the conditions of alerts and advice, lowered."""
    return (*(alert.condition for alert in entries.alerts), *(advice.condition for advice in entries.advice))


def texts(given: Sequence[str], what: str) -> tuple[str, ...]:
    """Return a list of texts as a tuple; `what` begins the message. Raises ValueRefused for one text."""
    if isinstance(given, str):
        raise ValueRefused(f"{what}: expected a list of texts, such as [{given!r:.60}], got one text.")
    for text in given:
        if isinstance(text, str):
            check_writable(text, f"{what}:")
    return tuple(given)
