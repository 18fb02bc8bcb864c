"""Making what has a figure in each period, or for each item of a table: inputs, lines and balances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from unitledger.errors import CircularLedger, ExpressionError, NameRefused, UnitMismatch, ValueRefused
from unitledger.expression import Along, Expression, Operand, Reference, Span, lower, when, words
from unitledger.model.axis.formulas import formulas
from unitledger.model.axis.nature import check_sum, is_amount, total_of, total_of_level
from unitledger.model.axis.reach import axis_of, has_axis, looks_back, of_items
from unitledger.model.axis.spread import without_range
from unitledger.model.axis.tables import check_words, total_of_items
from unitledger.model.entry.axis import Items, Timeline
from unitledger.model.entry.entry import Entry
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.line import Line
from unitledger.model.entry.names import label_of, numbered, told_apart
from unitledger.model.entry.over import AxisInput, AxisLine, Balance, Total
from unitledger.model.entry.settle import Limits, bounded, given_quantity
from unitledger.model.held.entries import Entries, has_axes, own_entry
from unitledger.model.held.growing import take
from unitledger.units import DIMENSIONLESS, Unit

# A row of a longer formula has its name as label.
_LONGEST_LABEL = 70
TOTALS = ("sum", "closing", "mean", "formula", "none")


def checked_total(total: str | None, what: str) -> Total | None:
    """Return what all periods are to come to. Raises ValueRefused for a word that says nothing of the kind."""
    if total is None or total in TOTALS:
        return total  # type: ignore[return-value]
    raise ValueRefused(f"{what}: total is one of {', '.join(TOTALS)}, not {total!r:.60}.")


def add_input(
    entries: Entries,
    name: str,
    figures: Sequence[Figure],
    axis: Timeline,
    *,
    label: str,
    limits: Limits,
    total: str | None,
) -> AxisInput:
    """Append an input with a figure in each period; its unit is that of the first."""
    what = f"Input {name!r}"
    unit = Unit.of(given_quantity(figures[0].quantity, what))
    bounds = limits.settled(unit, what, entries.calendar)
    for figure in figures:
        without_range(figure, name, axis)
    # Steps repeat one figure over many periods.
    known: dict[int, Any] = {}
    for figure in figures:
        if id(figure) not in known:
            known[id(figure)] = bounded(name, unit, figure, bounds, entries.calendar)
    settings = tuple(known[id(figure)] for figure in figures)
    made = AxisInput(
        *(name, settings[0], label_of(name, label, "input"), entries._section.title, unit, bounds),
        axis=axis,
        settings=settings,
        total=checked_total(total, what) or total_of_level(unit),
        **entries._here,
    )
    return take(entries, made)


def row_of(entries: Entries, line: str, tree: Expression) -> Reference:
    """Return a reference to a row that holds a formula, made beside the line that needs it unless there is one."""
    for name, row in (*entries.rows.items(), *entries.columns.items()):
        if isinstance(row, AxisLine) and row.written == tree:
            return Reference(name, row.unit, entries._home)
    name = next(name for name in numbered(f"{line}.row") if name not in entries)
    lowered = lower(tree, name, None, entries.calendar)
    if not isinstance(lowered.kind, Unit):
        lowered = lower(when(tree, 1, 0), name, DIMENSIONLESS, entries.calendar)
    unit = lowered.kind if isinstance(lowered.kind, Unit) else DIMENSIONLESS
    label = label_of(name, said_of(entries, tree), "line")
    formed = entries._forms.of(lowered.expression)
    made = Line(name, tree, formed, unit, label, entries._section.title, **entries._here)
    held = along_axis(entries, made, None, None)
    assert isinstance(held, AxisLine)
    take(entries, held)
    return Reference(name, unit, entries._home)


def said_of(entries: Entries, tree: Expression) -> str:
    """Return a formula in words as the label of a line; empty where these are too long or taken."""
    said = words(of_items(tree, entries, ""), lambda each: entries[each].label)
    is_fit = len(said) <= _LONGEST_LABEL and f"line {told_apart(said)}" not in entries._labels
    return f"{said[:1].upper()}{said[1:]}" if is_fit else ""


def along_axis(entries: Entries, line: Line, total: str | None, opening: Expression | None) -> Line:
    """Return a new line as one with a figure in each period or for each item if its formula has these; else as it is.

    Raises UnitMismatch where two axes meet, where an amount meets a level or levels are added up, ExpressionError for
    a total or an opening of a line that cannot have one.
    """
    what = f"Line {line.name!r}"
    said = checked_total(total, what)
    axis = None
    if has_axes(entries):
        check_sum(line.lowered, entries.rows, line.name)
        check_words(line.lowered, entries, line.name)
        axis = axis_of(line.lowered, entries, line.name)
    if axis is None and (said or opening is not None):
        raise ExpressionError(f"{what} is one figure, without periods: it takes neither total nor opening.")
    if axis is None:
        return line
    fields = {field.name: getattr(line, field.name) for field in attrs.fields(Line)}
    if isinstance(axis, Items):
        if opening is not None or looks_back(line.lowered):
            raise ExpressionError(f"{what} is over the items of {axis.name!r}, of which none comes before another.")
        return AxisLine(**fields, axis=axis, total=said or total_of_items(line.unit))
    if opening is not None:
        _check_opening(entries, line.name, opening)
    before = None if opening is None else lower(opening, line.name, line.unit, entries.calendar).expression
    found = said or total_of(line.lowered, line.unit, entries.rows, line.name)
    return AxisLine(**fields, axis=axis, total=found, initial=before)


def _check_opening(entries: Entries, name: str, opening: Expression) -> None:
    if has_axis(opening, entries):
        raise ExpressionError(
            f"The opening of {name!r} is one figure, and {words(opening)} has one in each period. Take that of one "
            "period."
        )


def add_balance(entries: Entries, name: str, opening: Expression, unit: Unit, label: str) -> Balance:
    """Append a balance, open until its flows are named; the same again is the one that is there."""
    if entries.time is None:
        raise ExpressionError(f"Balance {name!r} needs periods: begin with timeline(start, periods).")
    _check_opening(entries, name, opening)
    own = Along(Reference(name, unit, entries._home), Span.BEFORE)
    made = Balance(
        *(name, own, entries._forms.of(own), unit, label_of(name, label, "line"), entries._section.title),
        axis=entries.time,
        total="closing",
        initial=opening,
        **entries._here,
    )
    known = entries.rows.get(name)
    if isinstance(known, Balance) and attrs.evolve(known, written=own, flows=None, section=made.section) == made:
        return known
    return take(entries, made)


def close(entries: Entries, name: str, added: Sequence[Operand], removed: Sequence[Operand]) -> Balance:
    """Say what is added to a balance and what is removed in a period.

    Raises UnitMismatch for what is no amount of a period, CircularLedger, NameRefused for other flows than before.
    """
    held = entries.rows.get(name)
    if not isinstance(held, Balance):
        raise ExpressionError(f"{name!r} is no balance of {entries.title!r}; make one with balance(name, opening=...).")
    flows = tuple(_flow(entries, name, each) for each in added), tuple(_flow(entries, name, each) for each in removed)
    if held.flows is not None:
        if held.flows != flows:
            raise NameRefused(f"Balance {name!r} is closed already, with other flows.")
        return held
    tree: Operand = held.opening
    for flow in flows[0]:
        tree = tree + flow
    for flow in flows[1]:
        tree = tree - flow
    written = tree.expression
    lowered = lower(written, name, held.unit, entries.calendar).expression
    made = attrs.evolve(held, written=written, formed=entries._forms.of(lowered), flows=flows)
    entries._rows[name] = made
    try:
        if not any(isinstance(row, Balance) and row.flows is None for row in entries.rows.values()):
            formulas(entries)
    except CircularLedger:
        entries._rows[name] = held
        raise
    return made


def _flow(entries: Entries, balance: str, given: Operand) -> AxisLine | AxisInput:
    """Return what flows into a balance or out of it: an amount of the period."""
    if not isinstance(given, AxisLine | AxisInput):
        called = given.name if isinstance(given, Entry) else given
        raise ExpressionError(f"Balance {balance!r}: what flows is a line or an input over time, not {called!r:.60}.")
    own_entry(entries, given.name, given.home, f"Balance {balance!r}")
    if not is_amount(given):
        raise UnitMismatch(
            f"Balance {balance!r}: {given.name!r} is a level ({given.unit.spelling}), not an amount of the period. Say "
            "total='sum' on it if it is one."
        )
    return given
