"""Copies of a ledger: inputs set differently, other items in a table, options renamed, or some of the options only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy as copied
from typing import Any, TypeVar

import attrs

from unitledger.errors import ExpressionError, ValueRefused
from unitledger.expression import Operand, lower, when
from unitledger.model.axis.spread import by_cell
from unitledger.model.axis.tables import check_words
from unitledger.model.entry.axis import Items, cell_name
from unitledger.model.entry.figure import Figure, Setting
from unitledger.model.entry.inputs import Assumption, Words
from unitledger.model.entry.line import Line, Option
from unitledger.model.entry.names import told_apart
from unitledger.model.entry.over import AxisInput, Balance
from unitledger.model.entry.settle import Given, bounded, setting_of
from unitledger.model.held.entries import Entries, check_option, has_axes, put_setting

_E = TypeVar("_E", bound=Entries)


def with_settings(entries: _E, changes: Mapping[str, Mapping[str, Given | None]], *, ranged: bool = False) -> _E:
    """Return a copy in which inputs are set differently, by option and by name; None: as the base option has it.

    A figure without a range keeps the one that was there, unless figures come `ranged`.
    """
    copy = copied(entries)
    for option, settings in changes.items():
        own = dict(copy.options[check_option(entries, option)].settings)
        for name, given in by_cell(entries, settings).items():
            target = copy.input(name)
            if given is None:
                if option == entries.base:
                    raise ValueRefused(
                        f"Input {target.name!r}: the base option needs a value; only others inherit one."
                    )
                own.pop(target.name, None)
                continue
            base, figure = target.setting.figure, Figure.of(given).completed(entries._provenance)
            if option == entries.base:
                setting = setting_of(target, figure if ranged else figure.ranged_like(base), entries.calendar)
                put_setting(copy, target.name, setting)
                continue
            if target.name in own and not ranged:
                figure = figure.ranged_like(own[target.name].figure)
            if (figure.low, figure.high) == (base.low, base.high):
                # It has the base option's range, also once that is another one.
                figure = attrs.evolve(figure, low=None, high=None)
            own[target.name] = setting_of(target, figure, entries.calendar)
        copy._options[option] = attrs.evolve(copy.options[option], settings=own)
    return copy


def renamed(entries: _E, names: Mapping[str, str]) -> _E:
    """Return a copy in which options are called otherwise, by their names now; what each is set to stays."""
    copy = copied(entries)
    options = (
        attrs.evolve(option, name=names.get(name, name), spare=option.spare and name not in names)
        for name, option in entries.options.items()
    )
    copy._options = {option.name: option for option in options}
    return copy


def with_spare(entries: _E, name: str) -> _E:
    """Return a copy with one more option, a spare one.

    Raises ValueRefused where an option is called like that, where there is no input that it could set, and for a ledger
    with periods or tables.
    """
    if any(told_apart(name) == told_apart(option) for option in entries.options):
        raise ValueRefused(f"An option of {entries.title!r} is called {name!r}, as the spare one would be. Rename it.")
    if has_axes(entries) or not entries.inputs:
        said = "has figures by period or by item" if has_axes(entries) else "has no inputs"
        raise ValueRefused(f"{entries.title!r} {said}, and so its workbook has no spare option. Leave that out.")
    if entries.outcome is not None:
        raise ValueRefused(f"{entries.title!r} holds a plan against what came, beside which no spare option stands.")
    copy = copied(entries)
    copy._options[name] = Option(name, spare=True)
    return copy


def without_spare(entries: _E) -> _E:
    """Return a copy in which a spare option is one like others if it sets any input, and else is left out."""
    copy = copied(entries)
    kept = (option for option in entries.options.values() if option.settings or not option.spare)
    copy._options = {option.name: attrs.evolve(option, spare=False) for option in kept}
    return copy


def spare_option(entries: Entries) -> str:
    """Return the name of the spare option, empty where there is none."""
    return next((name for name, option in entries.options.items() if option.spare), "")


def only(entries: _E, options: Sequence[str]) -> _E:
    """Return a copy with these options, the first of them as base; what each is set to stays."""
    kept = [check_option(entries, option) for option in dict.fromkeys(options)]
    if not kept:
        raise ValueRefused(f"Name at least one option of {entries.title!r}: {', '.join(entries.options)}.")
    copy = copied(entries)
    own = entries.options[kept[0]].settings
    for name in own:
        put_setting(copy, name, entries.setting(name, kept[0]))
    copy._options = {kept[0]: attrs.evolve(entries.options[kept[0]], settings={})}
    for option in kept[1:]:
        settings = entries.options[option].settings
        # What the new base sets for itself, this option has still from the old base.
        named = dict.fromkeys((*settings, *own))
        found = {name: entries.setting(name, option) if name in own else settings[name] for name in named}
        copy._options[option] = attrs.evolve(entries.options[option], settings=found)
    return copy


@attrs.frozen
class Relisted:
    """What is other in the list of a table; `cell`: where the list begins in a workbook.

    `added`: of each new item by column and option its word or its figure. `removed`: items that are gone. `words`: of
    items that stay, by the name of the cell.
    """

    table: str
    added: Mapping[str, Mapping[tuple[str, str], str | Figure]]
    removed: tuple[str, ...]
    words: Mapping[str, str]
    cell: str


def relisted(entries: _E, changes: Iterable[Relisted]) -> _E:
    """Return a copy with other items in some tables. Raises ValueRefused where a sum by word would leave some out."""
    copy = copied(entries)
    for change in changes:
        _relist(copy, change)
    for line in (*copy.lines.values(), *copy.columns.values()):
        if hasattr(line, "lowered"):
            check_words(line.lowered, copy, line.name)
    return copy


def _relist(copy: Entries, change: Relisted) -> None:
    axes = (column.axis for column in copy.columns.values() if isinstance(column.axis, Items))
    old = next(axis for axis in axes if axis.name == change.table)
    kept = [label for label in old.labels if label not in set(change.removed)]
    items = attrs.evolve(old, labels=(*kept, *change.added))
    for name, column in copy.columns.items():
        if column.axis != old:
            continue
        if isinstance(column, Words):
            words = [change.words.get(cell_name(name, label), column.words[old.place(label)]) for label in kept]
            words += [str(given[name, copy.base]) for given in change.added.values()]
            copy._columns[name] = attrs.evolve(column, axis=items, words=tuple(words))
        elif isinstance(column, AxisInput):
            settings = [column.settings[old.place(label)] for label in kept]
            settings += [_setting(copy, column, label, given[name, copy.base]) for label, given in change.added.items()]
            first = settings[0] if settings else column.setting
            copy._columns[name] = attrs.evolve(column, axis=items, settings=tuple(settings), setting=first)
        else:
            copy._columns[name] = attrs.evolve(column, axis=items)
    for name, option in copy.options.items():
        own = {each: held for each, held in option.settings.items() if not _is_gone(each, old, change)}
        for label, given in change.added.items():
            for (column_name, other), figure in given.items():
                held = copy.columns[column_name]
                if other == name != copy.base and isinstance(held, AxisInput):
                    own[cell_name(column_name, label)] = _setting(copy, held, label, figure)
        copy._options[name] = attrs.evolve(option, settings=own)


def _is_gone(cell: str, items: Items, change: Relisted) -> bool:
    column, _, label = cell.partition("@")
    return column.partition(".")[0] == items.name and label in change.removed


def _setting(entries: Entries, column: AxisInput, label: str, given: str | Figure) -> Setting:
    assert isinstance(given, Figure)
    return bounded(cell_name(column.name, label), column.unit, given, column.bounds, entries.calendar)


def take_booked(entries: Entries, line: Line, booked: Assumption, holds: Operand) -> Line:
    """Put `booked` in place of the formula of a line where the condition `holds`; an input over time comes before it.

    Raises ExpressionError for a balance, whose formula is that of its flows.
    """
    if isinstance(line, Balance):
        raise ExpressionError(f"{line.name!r} is a balance. Give the actual figures of what is added and removed.")
    written = when(holds, booked, line.written).expression
    lowered = lower(written, line.name, line.unit, entries.calendar).expression
    made = attrs.evolve(line, written=written, formed=entries._forms.of(lowered), parts=())
    table: dict[str, Any] = entries._rows if line.name in entries._rows else entries._lines
    table[line.name] = made
    if booked.name in table:
        held = table.pop(booked.name)
        entries._rows = {
            name: row
            for here, kept in table.items()
            for name, row in ([(booked.name, held)] if here == line.name else []) + [(here, kept)]
        }
    return made
