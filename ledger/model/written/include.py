"""Taking one ledger into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from unitledger.errors import CircularLedger, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Expression, Operand, Reference, expression_of, folded, in_blocks, lower, replaced
from unitledger.model.axis.rows import add_balance, close
from unitledger.model.axis.timelines import share_timeline
from unitledger.model.entry.axis import Items, Timeline, cell_name
from unitledger.model.entry.inputs import Constant, Words
from unitledger.model.entry.line import AnyEntry, Line
from unitledger.model.entry.names import label_of
from unitledger.model.entry.over import AxisInput, AxisLine, Balance, Ruler
from unitledger.model.entry.settle import Limits, Section
from unitledger.model.held.entries import Entries
from unitledger.model.held.growing import take
from unitledger.model.written import record

_E = TypeVar("_E", bound=AnyEntry)


def include(
    entries: Entries, other: Entries, prefix: str, given: Mapping[str, Operand], *, option: str | None, label: str
) -> dict[str, AnyEntry]:
    """Append the entries of `other`, as `option` has them, names under `prefix` and labels under `label`."""
    if other is entries:
        raise CircularLedger(f"{entries.title!r} cannot include itself; make it a second time and include that.")
    if other.calendar != entries.calendar:
        raise ValueRefused(
            f"{other.title!r} counts {other.calendar.label}, {entries.title!r} {entries.calendar.label}. "
            "Give both ledgers one calendar."
        )
    _check_given(entries, other, given)
    share_timeline(entries, other)
    outer = entries._section
    names = {name: expression_of(operand) for name, operand in given.items()}
    for name, operand in names.items():
        record.check_references(entries, f"What {other.title!r} is given for {name!r}", operand)
    path, said = f"{prefix}." if prefix else "", f"{label}: " if label else ""
    under = _Under(entries, other, option, path, said, label or outer.title, names)
    for name in other._names.values():
        if name not in given:
            under.entry(other[name])
    under.close()
    for alert in other.alerts:
        watched = under.made[alert.line].name if alert.line else ""
        condition, text = under.seen(alert.written), under.said + alert.text
        record.add_alert(entries, condition, text, watched, refused=alert.refused)
    for advice in other.advice:
        topic = under.said + advice.topic if advice.topic else label
        record.add_advice(entries, under.seen(advice.written), under.said + advice.text, topic)
    entries.exclusions += tuple(text for text in other.exclusions if text not in entries.exclusions)
    entries.plots += tuple((path + values, path + over) for values, over in other.plots)
    entries._section = outer
    return under.made


def _check_given(entries: Entries, other: Entries, given: Mapping[str, Operand]) -> None:
    """Raise UnknownName for what is no input of a ledger, ValueRefused for one that must stay beside others.

    Raises ValueRefused also for an input over time that is given anything but an entry over time.
    """
    points = {point for line in other.lines.values() for point in in_blocks(line.written)}
    over_time = {name for name, row in other.rows.items() if isinstance(row, AxisInput)}
    for name, operand in given.items():
        if name not in other.inputs and name not in over_time:
            known = [*other.inputs, *over_time]
            raise UnknownName(f"{other.title!r} has no input {name!r} to be given.{did_you_mean(name, known)}")
        if name in points:
            raise ValueRefused(
                f"{name!r} is one point of several, which stay beside each other. Set it in an option of "
                f"{other.title!r} and include that, or write the points here."
            )
        if name in over_time and getattr(operand, "name", None) not in entries.rows:
            raise ValueRefused(
                f"{name!r} of {other.title!r} has a figure in each period: give a line or an input over time for it."
            )


@attrs.frozen
class _Under:
    """Where entries of `other`, as its `option` has them, go: the ledger, what comes before names and labels.

    `path`: what comes before names, `said`: before labels. `section`: the title above entries that had none. `names`:
    what stands for a name in formulas. `made`: the entries so far, by the name that they had.
    """

    entries: Entries
    other: Entries
    option: str | None
    path: str
    said: str
    section: str
    names: dict[str, Expression]
    made: dict[str, AnyEntry] = attrs.field(factory=dict)

    def entry(self, source: AnyEntry) -> None:
        """Take an entry, over what was taken before."""
        made = self._taken(source)
        self.made[source.name] = made
        self.names[source.name] = made.expression

    def _taken(self, source: AnyEntry) -> AnyEntry:
        match source:
            case Ruler():
                return self.entries.rows[source.name]
            case Constant():
                return self._constant(source)
            case Balance():
                self.entries._section = self._under(source.section)
                opening = lower(self._opening(source), source.name, source.unit, self.entries.calendar).expression
                return add_balance(
                    self.entries, self.path + source.name, opening, source.unit, self.said + source.label
                )
            case Line():
                return self._line(source)
            case Words():
                return self._own(source, "column", axis=self._axis(source), section=self._under(source.section).title)
            case AxisInput():
                return self._along(source)
        section = self._under(source.section)
        return self._own(source, "input", setting=self.other.setting(source.name, self.option), section=section.title)

    def close(self) -> None:
        """Close the balances, whose flows are there by now."""
        for name, row in self.other.rows.items():
            if isinstance(row, Balance) and row.flows is not None:
                added, removed = ([self.entries[self._name(flow.name)] for flow in flows] for flows in row.flows)
                self.made[name] = close(self.entries, self._name(name), added, removed)

    def seen(self, tree: Expression) -> Expression:
        """Return a formula of the other ledger as one of this."""
        return replaced(tree, self._leaf)

    def _leaf(self, leaf: Reference) -> Expression:
        row, _, period = leaf.name.partition("@")
        if not period:
            return self.names.get(row, leaf)
        return attrs.evolve(leaf, name=cell_name(self._name(row), period), home=self.entries._home)

    def _name(self, name: str) -> str:
        """Return what an entry is called here."""
        stands = self.names[name]
        assert isinstance(stands, Reference)
        return stands.name

    def _constant(self, constant: Constant) -> Constant:
        """Take a constant; one that is here already under the same name stands for it, and those of a timeline do."""
        known = self.entries.constants.get(constant.name)
        if known is not None and (known.magnitude, known.unit) == (constant.magnitude, constant.unit):
            return known
        if constant.name.startswith("timeline."):
            return take(self.entries, attrs.evolve(constant, **self.entries._here))
        return self._own(constant, "constant")

    def _along(self, source: AxisInput) -> AxisInput:
        """Take an input over time or a column of figures."""
        own, axis = self.other.options[self.option or self.other.base].settings, self._axis(source)
        cells = zip((cell_name(source.name, label) for label in axis.labels), source.settings, strict=True)
        settings = tuple(own.get(cell, setting) for cell, setting in cells)
        first = settings[0] if settings else source.setting
        section = self._under(source.section).title
        return self._own(source, "input", setting=first, settings=settings, axis=axis, section=section)

    def _axis(self, source: AxisInput | Words) -> Timeline | Items:
        """Return the timeline of this ledger, or the items of a table under its name here."""
        axis = source.axis
        if isinstance(axis, Items):
            return attrs.evolve(axis, name=self.path + axis.name, home=self.entries._home)
        assert self.entries.time is not None
        return self.entries.time

    def _line(self, line: Line) -> Line:
        self.entries._section = self._under(line.section)
        return record.add_line(
            self.entries,
            self.path + line.name,
            self.seen(line.written),
            unit=line.unit,
            label=self.said + line.label,
            note=line.note,
            parts=tuple(map(self.seen, line.parts)),
            limits=Limits.of(line.plausible, line.unit),
            total=line.total if isinstance(line, AxisLine) else None,
            opening=self._opening(line) if isinstance(line, AxisLine) and line.initial is not None else None,
        )

    def _opening(self, line: AxisLine) -> Expression:
        assert line.initial is not None
        return self.seen(folded(line.initial))

    def _own(self, source: _E, what: str, **changes: Any) -> _E:
        """Hold an input or constant that differs in its name and label, and in these changes."""
        name = self.path + source.name
        label = label_of(name, self.said + source.label, what)
        return take(self.entries, attrs.evolve(source, name=name, label=label, **self.entries._here, **changes))

    def _under(self, title: str) -> Section:
        return attrs.evolve(self.entries._section, title=self.said + title if title else self.section)
