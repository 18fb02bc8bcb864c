"""Taking one ledger into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from unitledger.errors import CircularLedger, UnknownName, ValueRefused, did_you_mean
from unitledger.expression import Expression, Operand, expression_of, renamed
from unitledger.model import record
from unitledger.model.inputs import Assumption, Choice, Constant
from unitledger.model.line import Line

if TYPE_CHECKING:
    from unitledger.model.entries import Entries


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
) -> dict[str, Assumption | Choice | Constant | Line]:
    """Append the entries of `other`, as `option` has them, names under `prefix` and labels under `label`."""
    _check(entries, other, given)
    made: dict[str, Assumption | Choice | Constant | Line] = {}
    names: dict[str, Expression] = {name: expression_of(operand) for name, operand in given.items()}
    outer = entries.current_section
    path = f"{prefix}." if prefix else ""
    said = f"{label}: " if label else ""

    def take(name: str, entry: Assumption | Choice | Constant | Line) -> None:
        made[name] = entry
        names[name] = entry.expression

    for constant in other.constants.values():
        known = entries.constants.get(constant.name)
        if known is not None and (known.magnitude, known.unit) == (constant.magnitude, constant.unit):
            take(constant.name, known)
        else:
            take(
                constant.name,
                record.add_constant(entries, path + constant.name, constant.figure, said + constant.label),
            )
    for name in other.inputs:
        if name in given:
            continue
        source = other.input(name)
        figure = other.setting(name, option).figure
        entries.current_section = said + source.section if source.section else (label or outer)
        if isinstance(source, Choice):
            take(name, record.add_choice(entries, path + name, source.words, figure, said + source.label))
        else:
            take(
                name,
                record.add_assumption(
                    entries,
                    path + name,
                    figure,
                    said + source.label,
                    minimum=source.minimum,
                    maximum=source.maximum,
                    unit=source.unit,
                ),
            )
    for line in other.lines.values():
        entries.current_section = said + line.section if line.section else (label or outer)
        parts = tuple(renamed(part, names) for part in line.parts)
        formula = renamed(line.written, names)
        take(
            line.name,
            record.add_line(
                entries,
                path + line.name,
                formula,
                unit=line.unit,
                label=said + line.label,
                note=line.note,
                parts=parts,
            ),
        )
    for alert in other.alerts:
        record.add_alert(entries, renamed(alert.written, names), said + alert.text)
    entries.exclusions = (
        *entries.exclusions,
        *(text for text in other.exclusions if text not in entries.exclusions),
    )
    entries.current_section = outer
    return made
