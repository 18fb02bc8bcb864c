"""Taking one ledger into another."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.errors import CircularLedger, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Expression, Operand, expression_of, renamed
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Input
from unitledger.model.entry.line import Line
from unitledger.model.entry.settle import Limits
from unitledger.model.held.entries import AnyEntry, Entries
from unitledger.model.written import record


def _check(entries: Entries, other: Entries, given: Mapping[str, Operand]) -> None:
    if other is entries:
        raise CircularLedger(f"{entries.title!r} cannot include itself; make it a second time and include that.")
    if other.calendar != entries.calendar:
        raise ValueRefused(
            f"{other.title!r} counts {other.calendar.label}, {entries.title!r} {entries.calendar.label}. "
            "Give both ledgers one calendar."
        )
    for name in given:
        if name not in other.inputs:
            raise UnknownName(f"{other.title!r} has no input {name!r} to be given.{did_you_mean(name, other.inputs)}")


def include(
    entries: Entries,
    other: Entries,
    prefix: str,
    given: Mapping[str, Operand],
    *,
    option: str | None,
    label: str,
) -> dict[str, AnyEntry]:
    """Append the entries of `other`, as `option` has them, names under `prefix` and labels under `label`."""
    _check(entries, other, given)
    outer = entries._section
    names = {name: expression_of(operand) for name, operand in given.items()}
    for name, operand in names.items():
        record.check_references(entries, f"What {other.title!r} is given for {name!r}", operand)
    under = _Under(entries, prefix, label, outer.title, names)
    for constant in other.constants.values():
        under.constant(constant)
    for name in other.inputs:
        if name not in given:
            under.input(other.input(name), other.setting(name, option).figure)
    for line in other.lines.values():
        under.line(line)
    for alert in other.alerts:
        watched = under.made[alert.line].name if alert.line else ""
        record.add_alert(entries, renamed(alert.written, under.names), under.said + alert.text, watched)
    for advice in other.advice:
        topic = under.said + advice.topic if advice.topic else label
        record.add_advice(entries, renamed(advice.written, under.names), under.said + advice.text, topic)
    entries.exclusions = tuple(dict.fromkeys((*entries.exclusions, *other.exclusions)))
    entries._section = outer
    return under.made


@attrs.frozen
class _Under:
    """Where entries go: the ledger, what comes before names and labels, and what was made so far.

    `outer`: the section that is open in the ledger. `names`: what stands for a name in formulas.
    """

    entries: Entries
    prefix: str
    label: str
    outer: str
    names: dict[str, Expression]
    made: dict[str, AnyEntry] = attrs.field(factory=dict)

    @property
    def path(self) -> str:
        """What comes before a name."""
        return f"{self.prefix}." if self.prefix else ""

    @property
    def said(self) -> str:
        """What comes before a label."""
        return f"{self.label}: " if self.label else ""

    def constant(self, constant: Constant) -> None:
        """Take a constant; one that is here already under the same name stands for it."""
        known = self.entries.constants.get(constant.name)
        if known is None or (known.magnitude, known.unit) != (constant.magnitude, constant.unit):
            name, label = self.path + constant.name, self.said + constant.label
            known = record.add_constant(self.entries, name, constant.figure, label)
        self._take(constant.name, known)

    def input(self, source: Assumption | Choice, figure: Figure) -> None:
        """Take an input, set to a figure."""
        self._section(source.section)
        name, label = self.path + source.name, self.said + source.label
        made: Input
        if isinstance(source, Choice):
            made = record.add_choice(self.entries, name, source.words, figure, label)
        else:
            limits = Limits.of(source.bounds, source.unit)
            made = record.add_assumption(self.entries, name, figure, label, limits, unit=source.unit)
        self._take(source.name, made)

    def line(self, line: Line) -> None:
        """Take a line, over what was taken before."""
        self._section(line.section)
        made = record.add_line(
            self.entries,
            self.path + line.name,
            renamed(line.written, self.names),
            unit=line.unit,
            label=self.said + line.label,
            note=line.note,
            parts=tuple(renamed(part, self.names) for part in line.parts),
            limits=Limits.of(line.plausible, line.unit),
        )
        self._take(line.name, made)

    def _section(self, title: str) -> None:
        title = self.said + title if title else (self.label or self.outer)
        self.entries._section = attrs.evolve(self.entries._section, title=title)

    def _take(self, name: str, entry: AnyEntry) -> None:
        self.made[name] = entry
        self.names[name] = entry.expression
