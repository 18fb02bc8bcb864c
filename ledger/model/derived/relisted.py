"""Copies of a ledger with other items in a table: some that came, some that went, some of another word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy as copied
from typing import TypeVar

import attrs

from unitledger.model.axis.tables import check_words
from unitledger.model.entry.figure import Figure, Setting
from unitledger.model.entry.inputs import Words
from unitledger.model.entry.items import Items
from unitledger.model.entry.over import AxisInput
from unitledger.model.entry.settle import bounded
from unitledger.model.entry.timeline import cell_name
from unitledger.model.held.entries import Entries

_E = TypeVar("_E", bound=Entries)


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
