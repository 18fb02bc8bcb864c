"""The append-only entries of a ledger: inputs, lines, options, and what the reader should be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal, Self

from unitledger.errors import EmptyLedger, ExpressionError, NameRefused, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Expression, Operand, expression_of, total
from unitledger.model import bill, record
from unitledger.model.costline import CostLine
from unitledger.model.figure import Figure, day
from unitledger.model.include import include
from unitledger.model.inputs import Assumption, Choice, Constant, Input, Setting
from unitledger.model.line import Advice, Alert, Headline, Line, Option
from unitledger.model.names import folded, in_words, labelled, legal, told_apart, unique
from unitledger.model.reporting import Rate, Reporting, reported_in
from unitledger.model.stale import allowed_age
from unitledger.model.variant import only, with_settings
from unitledger.units import BILLING, Calendar, Quantity, Unit

Given = Quantity | str | float | Figure


class Entries:
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
        self.as_of = day(as_of)
        self.owner = owner
        if not isinstance(calendar, Calendar):
            raise ValueRefused(
                f"The calendar of {title!r} is {calendar!r:.60}; expected one such as Calendar(360, 30)."
            )
        self.exclusions: tuple[str, ...] = _texts(excludes, f"What {title!r} excludes")
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
        self.typed: dict[tuple[str, float, Unit], str] = {}
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        # By option: how much the ledger held when it was evaluated, and the values; a copy starts without.
        self.worked_out: dict[str, tuple[tuple[int, int, int], dict[str, float]]] = {}
        record.add_option(self, option, {}, Figure(""))

    def check_not_empty(self) -> None:
        """Raise EmptyLedger when there is no line to evaluate or to write."""
        if not self.lines:
            raise EmptyLedger(f"{self.title!r} has no lines: add one with line(name, formula) or add(cost line).")

    @property
    def base(self) -> str:
        """Name of the base option."""
        return next(iter(self.options))

    def __contains__(self, name: object) -> bool:
        return name in self.lines or name in self.inputs or name in self.constants

    def __getitem__(self, name: str) -> Assumption | Choice | Constant | Line:
        """Return an input, constant or line by name. Raises UnknownName with what comes closest."""
        found = self.lines.get(name, self.inputs.get(name, self.constants.get(name)))
        if isinstance(found, Assumption | Choice | Constant | Line):
            return found
        known = [*self.lines, *self.inputs, *self.constants]
        raise UnknownName(f"{self.title!r} has no line or input named {name!r}.{did_you_mean(name, known)}")

    def value(self, name: str, option: str | None = None) -> Quantity:
        """Return the value of a line or input in an option; `Ledger` knows how."""
        raise NotImplementedError

    def input(self, name: str) -> Assumption | Choice:
        """Return an input by name. Raises UnknownName, also for a line, which is worked out and cannot be set."""
        found = self.inputs.get(name)
        if isinstance(found, Assumption | Choice):
            return found
        if name in self:
            raise UnknownName(f"{name!r} is worked out, not an input, and cannot be set.")
        raise UnknownName(f"{self.title!r} has no input named {name!r}.{did_you_mean(name, self.inputs)}")

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

    def claim(self, name: str, label: str, what: str) -> tuple[str, str]:
        """Take a name and a label (without one, the name in words) for a new entry.

        Raises NameRefused when either is taken or illegal.
        """
        legal(name, what)
        unique(name, self._names, what)
        label = label or in_words(name)
        labelled(label, f"{what} {name!r}")
        key = f"{'line' if what == 'line' else 'input'} {told_apart(label)}"
        if key in self._labels:
            raise NameRefused(
                f"The label {label!r} of {name!r} is that of {self._labels[key]!r} already; a reader could not tell "
                "them apart."
            )
        self._names[folded(name)] = name
        self._labels[key] = name
        return name, label

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

    def section(self, title: str) -> None:
        """Begin a section: entries that follow are shown under this title."""
        self.current_section = labelled(title, "a section")

    def assume(
        self,
        name: str,
        quantity: Given,
        *,
        label: str = "",
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        low: Quantity | str | None = None,
        high: Quantity | str | None = None,
        minimum: Quantity | str | float | None = None,
        maximum: Quantity | str | float | None = None,
        note: str = "",
        reviewed_by: str = "",
        reviewed_on: date | str | None = None,
    ) -> Assumption:
        """Add an assumption: a quantity (its text, or a figure from a catalog) that somebody can change.

        `low`, `high`: the range it may well take; outside it an alert is raised. `minimum`, `maximum`: hard bounds;
        outside them a value is refused. A bare number as bound is in the assumption's unit, a share as 0 to 1.
        `reviewed_by`, `reviewed_on`: who checked the figure, and the day.
        Raises QuantityError, UnitMismatch, NameRefused or ValueRefused.
        """
        figure = Figure.of(
            quantity,
            source=source,
            as_of=day(as_of),
            owner=owner,
            low=low,
            high=high,
            note=note,
            reviewed_by=reviewed_by,
            reviewed_on=day(reviewed_on),
        ).completed(as_of=self.as_of, owner=self.owner)
        return record.add_assumption(self, name, figure, label, minimum=minimum, maximum=maximum)

    def choice(
        self,
        name: str,
        words: Sequence[str],
        value: str | None = None,
        *,
        label: str = "",
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
        reviewed_by: str = "",
        reviewed_on: date | str | None = None,
    ) -> Choice:
        """Add a choice: one word out of a list, the first unless `value` says otherwise.

        Raises ValueRefused for a list that is empty, repeats itself, or holds a word that MATCH would misread.
        """
        words = _texts(words, f"Choice {name!r}")
        figure = Figure(
            value or (words[0] if words else ""),
            source,
            as_of,
            owner=owner,
            note=note,
            reviewed_by=reviewed_by,
            reviewed_on=reviewed_on,
        )
        return record.add_choice(self, name, words, figure.completed(as_of=self.as_of, owner=self.owner), label)

    def constant(
        self,
        name: str,
        quantity: Given,
        *,
        label: str = "",
        source: str = "",
        as_of: date | str | None = None,
    ) -> Constant:
        """Add a named number that is the same in every option and that nobody should change."""
        figure = Figure.of(quantity, source=source, as_of=day(as_of)).completed(as_of=self.as_of)
        return record.add_constant(self, name, figure, label)

    def line(self, name: str, formula: object, unit: str | None = None, *, label: str = "", note: str = "") -> Line:
        """Add a line: a formula over what is there already, in `unit` or in the unit that it gives.

        Units are checked now. Raises UnitMismatch naming the line and the fix, CircularLedger, UnknownName,
        NameRefused, or ExpressionError for a bare number.
        """
        return record.add_line(self, name, formula, unit=unit, label=label, note=note)

    def total(
        self, name: str, parts: Sequence[Operand], unit: str | None = None, *, label: str = "", note: str = ""
    ) -> Line:
        """Add a line that is the sum of parts; the workbook draws it as a total and checks that the parts add up."""
        if isinstance(parts, Operand):
            raise ExpressionError(f"The total {name!r} takes a list of parts, such as [energy, rent].")
        added = tuple(expression_of(part) for part in parts)
        if not added:
            raise NameRefused(f"The total {name!r} has no parts.")
        return record.add_line(self, name, total(*added), unit=unit, label=label, note=note, parts=added)

    def add(self, cost: CostLine, name: str | None = None, unit: str | None = None, *, label: str = "") -> Line:
        """Add a cost line; terms given as quantities become assumptions named `<line>.<term>`.

        Raises UnitMismatch when a term is not of the physical and money part that the class declares.
        """
        with self.together():
            return bill.add_cost(self, cost, name, unit, label)

    def option(
        self,
        name: str,
        settings: Mapping[str, Given],
        *,
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
        reviewed_by: str = "",
        reviewed_on: date | str | None = None,
    ) -> Option:
        """Add an option: a column with these inputs set differently from the base option.

        `source`, `as_of`, `owner`, `note` and the review hold for every setting that brings none (as a `Figure`).
        Raises UnknownName for an input that is not there, UnitMismatch or ValueRefused for its value.
        """
        shared = Figure(
            "",
            source,
            day(as_of) or self.as_of,
            owner=owner or self.owner,
            note=note,
            reviewed_by=reviewed_by,
            reviewed_on=reviewed_on,
        )
        return record.add_option(self, name, settings, shared)

    def include(
        self,
        other: Entries,
        prefix: str = "",
        *,
        given: Mapping[str, Operand] | None = None,
        option: str | None = None,
        label: str = "",
    ) -> dict[str, Assumption | Choice | Constant | Line]:
        """Take in another ledger's inputs and lines, as one of its options has them.

        Names get `prefix` and a dot in front; labels, sections, alerts and advice get `label` and a colon, else the
        prefix. `given` replaces inputs of the other ledger by operands of this one. Returns the entries by the name
        they had. Raises ValueRefused when the calendars differ.
        """
        with self.together():
            return include(self, other, prefix, given or {}, option=option, label=label or prefix)

    def headline(
        self, line: Line, *, better: Literal["lower", "higher"] = "lower", beside: Sequence[Line] = ()
    ) -> None:
        """Say which line answers the ledger's question, whether lower or higher is better, and what to show beside.

        Raises ExpressionError for anything but lines, UnknownName for a line that is not in this ledger.
        """
        if better not in {"lower", "higher"}:
            raise ValueRefused(f"For a headline better is 'lower' or 'higher', not {better!r:.60}.")
        if isinstance(beside, Operand | str):
            raise ExpressionError("A headline takes what stands beside it as a list, such as beside=[hour, sold].")
        self.answer = Headline(self._line(line), better, tuple(self._line(other) for other in beside))

    def _line(self, given: object) -> str:
        if not isinstance(given, Line):
            raise ExpressionError(f"A headline shows lines, not {given!r:.60}. Make a line of it: line(name, formula).")
        if given.name not in self.lines:
            raise UnknownName(f"{self.title!r} has no line {given.name!r}.{did_you_mean(given.name, self.lines)}")
        return given.name

    def alert(self, condition: Operand, text: str) -> Alert:
        """Tell the reader `text` in every option where `condition` holds."""
        return record.add_alert(self, condition, text)

    def advise(self, condition: Operand, text: str, topic: str = "") -> Advice:
        """Recommend `text` in every option where `condition` holds; it is no alert, since nothing is wrong there.

        Advice of one `topic` is told together. Raises UnitMismatch when the condition is not true or false.
        """
        return record.add_advice(self, condition, text, topic)

    @property
    def conditions(self) -> tuple[Expression, ...]:
        """The conditions of alerts and advice, lowered."""
        return (*(alert.condition for alert in self.alerts), *(advice.condition for advice in self.advice))

    def setting(self, name: str, option: str | None = None) -> Setting:
        """Return what an input is set to in an option; what the option does not name is the base option's."""
        own = self.options[self.check_option(option)].settings
        return own[name] if name in own else self.input(name).setting

    def with_settings(self, changes: Mapping[str, Mapping[str, Given | None]]) -> Self:
        """Return a new ledger in which inputs are set differently, by option and by name.

        In the base option a change reaches every option that inherits it; in another, None makes the input inherit
        again. Raises like `option`.
        """
        return with_settings(self, changes)

    def only(self, *options: str) -> Self:
        """Return a new ledger with these options alone, the first of them as base; what each is set to stays.

        Raises UnknownName for an option, ValueRefused when none is named.
        """
        return only(self, options)

    def reported_in(
        self,
        currency: str,
        rate: Rate | Sequence[Rate] | None = None,
        *,
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        low: Quantity | str | None = None,
        high: Quantity | str | None = None,
        note: str = "",
    ) -> Self:
        """Return a new ledger that states each key figure in `currency` too; the headline is the one so stated.

        `rate`: an exchange rate such as "7.1 CNY/USD", which becomes an input `cny_per_usd`, or an entry of the ledger
        that is one; a list where figures are in several currencies. None: the ledger's own. What follows it is its
        provenance; its day is the ledger's unless given. A rate that no figure needs is left out.
        Raises MissingRate naming the line and both currencies, UnitMismatch for what is no exchange rate of
        `currency`, ValueRefused when there is nothing to state or it is stated already, NameRefused.
        """
        shared = Figure("", source, as_of, low, high, owner, note)
        rates = () if rate is None else (rate,) if isinstance(rate, str | Quantity | Figure | Operand) else tuple(rate)
        return reported_in(self, currency, rates, shared)


def _texts(given: Sequence[str], what: str) -> tuple[str, ...]:
    if isinstance(given, str):
        raise ValueRefused(f"{what}: expected a list of texts, such as [{given!r:.60}], got one text.")
    return tuple(given)
