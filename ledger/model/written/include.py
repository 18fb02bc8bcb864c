"""Taking one ledger into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from unitledger.errors import CircularLedger, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Expression, Operand, expression_of, in_blocks, renamed
from unitledger.model.entry.figure import Setting
from unitledger.model.entry.inputs import Assumption, Choice, Constant
from unitledger.model.entry.line import AnyEntry, Line
from unitledger.model.entry.names import label_of
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
    if other.rows or other.columns:
        what = "figures by period" if other.rows else "tables"
        raise ValueRefused(f"{other.title!r} has {what}, which {entries.title!r} cannot take in. Write its lines here.")
    _check_given(other, given)
    outer = entries._section
    names = {name: expression_of(operand) for name, operand in given.items()}
    for name, operand in names.items():
        record.check_references(entries, f"What {other.title!r} is given for {name!r}", operand)
    path, said = f"{prefix}." if prefix else "", f"{label}: " if label else ""
    under = _Under(entries, path, said, label or outer.title, names)
    for constant in other.constants.values():
        under.constant(constant)
    for name in other.inputs:
        if name not in given:
            under.input(other.input(name), other.setting(name, option))
    for line in other.lines.values():
        under.line(line)
    for alert in other.alerts:
        watched = under.made[alert.line].name if alert.line else ""
        record.add_alert(entries, renamed(alert.written, under.names), under.said + alert.text, watched)
    for advice in other.advice:
        topic = under.said + advice.topic if advice.topic else label
        record.add_advice(entries, renamed(advice.written, under.names), under.said + advice.text, topic)
    entries.exclusions += tuple(text for text in other.exclusions if text not in entries.exclusions)
    entries._section = outer
    return under.made


def _check_given(other: Entries, given: Mapping[str, Operand]) -> None:
    """Raise UnknownName for what is no input of a ledger, ValueRefused for one that must stay beside others."""
    points = {point for line in other.lines.values() for point in in_blocks(line.written)}
    for name in given:
        if name not in other.inputs:
            raise UnknownName(f"{other.title!r} has no input {name!r} to be given.{did_you_mean(name, other.inputs)}")
        if name in points:
            raise ValueRefused(
                f"{name!r} is one point of several, which stay beside each other. Set it in an option of "
                f"{other.title!r} and include that, or write the points here."
            )


@attrs.frozen
class _Under:
    """Where entries go: the ledger, what comes before names (`path`) and labels (`said`), and what was made so far.

    `section`: the title above entries that had none. `names`: what stands for a name in formulas.
    """

    entries: Entries
    path: str
    said: str
    section: str
    names: dict[str, Expression]
    made: dict[str, AnyEntry] = attrs.field(factory=dict)

    def constant(self, constant: Constant) -> None:
        """Take a constant; one that is here already under the same name stands for it."""
        known = self.entries.constants.get(constant.name)
        if known is None or (known.magnitude, known.unit) != (constant.magnitude, constant.unit):
            known = self._own(constant, "constant")
        self._take(constant.name, known)

    def input(self, source: Assumption | Choice, setting: Setting) -> None:
        """Take an input as it is set."""
        section = self._under(source.section)
        self._take(source.name, self._own(source, "input", setting=setting, section=section.title))

    def line(self, line: Line) -> None:
        """Take a line, over what was taken before."""
        self.entries._section = self._under(line.section)
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

    def _own(self, source: _E, what: str, **changes: Any) -> _E:
        """Hold an input or constant that differs in its name and label, and in these changes."""
        name = self.path + source.name
        label = label_of(name, self.said + source.label, what)
        return take(self.entries, attrs.evolve(source, name=name, label=label, **self.entries._here, **changes))

    def _under(self, title: str) -> Section:
        return attrs.evolve(self.entries._section, title=self.said + title if title else self.section)

    def _take(self, name: str, entry: AnyEntry) -> None:
        self.made[name] = entry
        self.names[name] = entry.expression
