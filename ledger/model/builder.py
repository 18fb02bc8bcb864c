"""The append-only builder of a ledger: inputs, lines, options, and what the reader should be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import attrs

from unitledger.errors import ExpressionError, NameRefused, UnitMismatch, ValueRefused
from unitledger.expression import Expression, Operand, expression_of, lower, spelled
from unitledger.expression import total as sum_of
from unitledger.model.axes import Axes
from unitledger.model.axis.rows import add_balance, add_input
from unitledger.model.axis.spread import OverTime, spread
from unitledger.model.axis.timelines import own_timeline
from unitledger.model.derived.reporting import Rate, reported_in
from unitledger.model.derived.variant import only, with_settings
from unitledger.model.entry.axis import Timeline
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.inputs import Assumption, Choice, Constant
from unitledger.model.entry.line import Advice, Alert, AnyEntry, Headline, Line, Option
from unitledger.model.entry.names import labelled
from unitledger.model.entry.over import Balance
from unitledger.model.entry.settle import Given, Limits, Section, Stated
from unitledger.model.held.entries import Entries, texts
from unitledger.model.held.growing import together
from unitledger.model.written import costline, record
from unitledger.model.written.costline import CostLine
from unitledger.model.written.include import include
from unitledger.units import Unit


class Builder(Axes):
    """A ledger as it grows: each method adds one frozen entry, or returns a copy that differs.

    The same definition again, as when a cell of a notebook is run twice, adds nothing and returns the entry that is
    there; another definition of its name is refused. Entries of another ledger are refused wherever they are given.
    """

    def section(
        self,
        title: str,
        *,
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        minimum: Stated | None = None,
        maximum: Stated | None = None,
        above: Stated | None = None,
    ) -> AbstractContextManager[None]:
        """Begin a section: entries that follow are shown under this title, until the next one or, in `with`, its end.

        `source`, `as_of`: of the inputs and constants of the section that have none of their own; `owner`: of its
        inputs. `minimum`, `maximum`, `above`: hard bounds of its assumptions; one that has a minimum or an above takes
        neither from here, and a bare number is in each assumption's unit. Lines, options and what `include` brings take
        nothing. A section in the block of another has the defaults of both, its own first.
        Raises ValueRefused for a date or bounds that cannot be, NameRefused for the title.
        """
        limits = Limits(minimum, maximum, above)
        limits.check(f"Section {title!r}")
        figure = Figure("", source, as_of, owner=owner)
        opened = Section(labelled(title, "a section"), figure, limits).within(self._around)
        before, self._section = self._section, opened
        return self._block(before)

    @contextmanager
    def _block(self, before: Section) -> Iterator[None]:
        """Hold the defaults of the open section for those in its block, then return to the section before."""
        outer, self._around = self._around, self._section
        try:
            yield
        finally:
            self._section, self._around = before, outer

    def balance(self, name: str, opening: Operand | Given, label: str = "") -> Balance:
        """Add a stock over time: its opening, plus what is added in a period, less what is removed, is its closing.

        `opening`: what there is before the first period, which becomes the input `<name>.opening` unless it is an
        operand. Formulas may refer to its `opening` in each period at once; `close` then names the flows.
        Raises ExpressionError without a timeline.
        """
        with together(self):
            before, unit = self._opening(name, opening, label)
            return add_balance(self, name, before, unit, label)

    def _opening(self, name: str, given: Operand | Given, label: str) -> tuple[Expression, Unit]:
        """Return what a line is before the first period, and its unit; a quantity becomes an input."""
        if not isinstance(given, Operand):
            given = self.assume(f"{name}.opening", given, f"{label}, opening" if label else "")
        found = lower(given.expression, name, None, self.calendar)
        if not isinstance(found.kind, Unit):
            raise UnitMismatch(f"The opening of {name!r} is {spelled(found.kind)}, not a number.")
        return found.expression, found.kind

    def assume(
        self,
        name: str,
        quantity: OverTime,
        label: str = "",
        *,
        over: Timeline | None = None,
        total: str | None = None,
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        low: Stated | None = None,
        high: Stated | None = None,
        minimum: Stated | None = None,
        maximum: Stated | None = None,
        above: Stated | None = None,
        whole: bool = False,
        note: str = "",
        reviewed_by: str = "",
        reviewed_on: date | str | None = None,
    ) -> Assumption:
        """Add an assumption: a quantity (its text, or a figure from a catalog) that somebody can change.

        `low`, `high`: the range it may well take; outside it an alert is raised. `minimum`, `maximum`: hard bounds;
        outside them a value is refused. `above`: what it must be more than, such as 0 for what is divided by; `whole`:
        whether it is a count, of whole numbers only. A bare number is in the assumption's unit: 30 for 30 %.
        `reviewed_by`, `reviewed_on`: who checked the figure, and the day.
        `over`: the timeline, for a figure in each period: one for all, a list, steps by the period from which each
        holds, a series by period, or a data frame or the `Path` of a CSV file with a column `period` and one headed as
        in "people [person]"; `total`: what its figures come to, "sum" for an amount of the period.
        Raises QuantityError, UnitMismatch, NameRefused, ValueRefused or InputsFileError.
        """
        limits = Limits(minimum, maximum, above, whole).within(self._section.limits)

        def figure(given: Any) -> Figure:
            found = Figure.of(given, source, as_of, low, high, owner, note, reviewed_by, reviewed_on)
            return found.completed(self._section.figure)

        is_one = not (isinstance(quantity, Mapping | list | Path) or hasattr(quantity, "to_dict"))
        if over is None and total is None and is_one:
            return record.add_assumption(self, name, figure(quantity), label, limits)
        axis = own_timeline(self, over, f"Input {name!r}")
        given = spread(quantity, name, axis)
        known = {id(each): figure(each) for each in given}
        return add_input(self, name, [known[id(each)] for each in given], axis, label=label, limits=limits, total=total)

    def choice(
        self,
        name: str,
        words: Sequence[str],
        label: str = "",
        *,
        value: str | None = None,
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
        words = texts(words, f"Choice {name!r}")
        word = value or (words[0] if words else "")
        figure = Figure(word, source, as_of, None, None, owner, note, reviewed_by, reviewed_on)
        return record.add_choice(self, name, words, figure.completed(self._section.figure), label)

    def constant(
        self, name: str, quantity: Given, label: str = "", *, source: str = "", as_of: date | str | None = None
    ) -> Constant:
        """Add a named number that is the same in every option and that nobody should change."""
        shared = attrs.evolve(self._section.figure, owner="")
        figure = Figure.of(quantity, source, as_of).completed(shared)
        return record.add_constant(self, name, figure, label)

    def one(self, unit: str, name: str = "", label: str = "") -> Constant:
        """Add the constant 1 of a unit, true by definition: `one("year")` is one_year, "One year".

        Formulas divide by it or multiply with it where a count has to come or go, as in power(2, time / one_year).
        """
        return self.constant(name or f"one_{unit}", f"1 {unit}", label, source="by definition")

    def line(
        self,
        name: str,
        formula: object,
        unit: str | None = None,
        label: str = "",
        *,
        note: str = "",
        minimum: Stated | None = None,
        maximum: Stated | None = None,
        total: str | None = None,
        opening: Operand | Given | None = None,
    ) -> Line:
        """Add a line: a formula over what is there already, in `unit` or in the unit that it gives.

        `minimum`, `maximum`: what is plausible, in the line's unit if a bare number, in each period of a line over
        time. Beyond them an alert names the line, and an option whose headline stands on it is not called the best.
        Of a line over time, `total`: what all periods come to, "sum", "closing", "mean", "formula" (that of the line
        over the totals of its operands) or "none", unless that follows from its operands; `opening`: what it is before
        the first period, which becomes the input `<name>.opening` unless it is an operand.
        Units are checked now. Raises UnitMismatch naming the line and the fix, CircularLedger, UnknownName,
        NameRefused, or ExpressionError for a bare number in the formula.
        """
        limits = Limits(minimum, maximum)
        with together(self):
            before = None if opening is None else self._opening(name, opening, label)[0]
            made = record.add_line(
                *(self, name, formula), unit=unit, label=label, note=note, limits=limits, total=total, opening=before
            )
            return record.watched(self, made)

    def total(
        self,
        name: str,
        parts: Sequence[Operand],
        unit: str | None = None,
        label: str = "",
        *,
        note: str = "",
        minimum: Stated | None = None,
        maximum: Stated | None = None,
    ) -> Line:
        """Add a line that is the sum of parts; the workbook draws it as a total and checks that the parts add up.

        `minimum`, `maximum`: what is plausible, as of a line.
        """
        if isinstance(parts, Operand):
            raise ExpressionError(f"The total {name!r} takes a list of parts, such as [energy, rent].")
        added = tuple(expression_of(part) for part in parts)
        if not added:
            raise NameRefused(f"The total {name!r} has no parts.")
        limits, said = Limits(minimum, maximum), sum_of(*added)
        with together(self):
            made = record.add_line(self, name, said, unit=unit, label=label, note=note, parts=added, limits=limits)
            return record.watched(self, made)

    def add(
        self,
        cost: CostLine,
        name: str | None = None,
        unit: str | None = None,
        label: str = "",
        *,
        minimum: Stated | None = None,
        maximum: Stated | None = None,
    ) -> Line:
        """Add a cost line; terms given as quantities become assumptions named `<line>.<term>`.

        `minimum`, `maximum`: what is plausible, as of a line. Raises UnitMismatch when a term is not of the physical
        and money part that the class declares, QuantityError for a bare number that is not the term's default.
        """
        with together(self):
            made = costline.add_cost(self, cost, name, unit, label=label, limits=Limits(minimum, maximum))
            return record.watched(self, made)

    def option(
        self,
        name: str,
        settings: Mapping[str, Given],
        *,
        description: str = "",
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
        reviewed_by: str = "",
        reviewed_on: date | str | None = None,
    ) -> Option:
        """Add an option: a column with these inputs set differently from the base option.

        `description`: what it is, in a sentence, such as "Eight H100 in a server, bought complete."
        `source`, `as_of`, `owner`, `note` and the review hold for every setting that brings none (as a `Figure`); a
        setting that brings neither low nor high has the range of the base option's.
        Raises UnknownName for an input that is not there, UnitMismatch or ValueRefused for its value.
        """
        shared = Figure("", source, as_of, None, None, owner, note, reviewed_by, reviewed_on)
        return record.add_option(self, name, settings, shared.completed(self._provenance), description)

    def include(
        self,
        other: Entries,
        prefix: str = "",
        *,
        given: Mapping[str, Operand] | None = None,
        option: str | None = None,
        label: str = "",
    ) -> dict[str, AnyEntry]:
        """Take in another ledger's inputs and lines, as one of its options has them.

        Names get `prefix` and a dot in front; labels, sections, alerts and advice get `label` and a colon, else the
        prefix. `given` replaces inputs of the other ledger by operands of this one, an input over time by an entry over
        time. The timeline is shared; tables come as they are. Returns the entries by the name they had.
        Raises ValueRefused when the calendars or the timelines differ.
        """
        with together(self):
            return include(self, other, prefix, given or {}, option=option, label=label or prefix)

    def headline(
        self, line: Line, *, better: Literal["lower", "higher"] = "lower", beside: Sequence[Line] = ()
    ) -> None:
        """Say which line answers the ledger's question, whether lower or higher is better, and what to show beside.

        Raises ExpressionError for anything but lines of this ledger that are one figure, and for an answer that is a
        date.
        """
        if better not in {"lower", "higher"}:
            raise ValueRefused(f"For a headline better is 'lower' or 'higher', not {better!r:.60}.")
        if isinstance(beside, Operand | str):
            raise ExpressionError("A headline takes what stands beside it as a list, such as beside=[hour, sold].")
        self.answer = Headline(record.answer(self, line), better, tuple(record.shown(self, other) for other in beside))

    def alert(self, condition: Operand, text: str, *, refused: bool = False) -> Alert:
        """Tell the reader `text` in every option where `condition` holds, such as `fleet.least() < 0`.

        `refused`: whether such an option cannot be, or lacks a figure that nothing can stand for. Then it has no value
        in Python: CalculationError says `text` and names the inputs; in a workbook the alert keeps it from being
        compared with others, and from being taken over. Raises UnitMismatch when the condition is not true or false,
        ExpressionError when it is so by period.
        """
        with together(self):
            return record.add_alert(self, condition, text, refused=refused)

    def advise(self, condition: Operand, text: str, topic: str = "") -> Advice:
        """Recommend `text` in every option where `condition` holds; it is no alert, since nothing is wrong there.

        Advice of one `topic` is told together. Raises like `alert`.
        """
        with together(self):
            return record.add_advice(self, condition, text, topic)

    def with_settings(self, changes: Mapping[str, Mapping[str, Given | None]]) -> Self:
        """Return a new ledger in which inputs are set differently, by option and by name.

        In the base option a change reaches every option that inherits it; in another, None makes the input inherit
        again. A figure that brings neither low nor high keeps the range of the one that it replaces. Raises like
        `option`.
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
        low: Stated | None = None,
        high: Stated | None = None,
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
        several = rate if isinstance(rate, Sequence) and not isinstance(rate, str) else [] if rate is None else [rate]
        return reported_in(self, currency, tuple(several), shared)
