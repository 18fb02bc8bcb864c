"""Copies of a ledger: with inputs set differently, with options renamed, or with some of its options only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy as copied
from typing import TypeVar

import attrs

from unitledger.errors import ValueRefused
from unitledger.model.axis.spread import by_cell
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.line import Option
from unitledger.model.entry.names import told_apart
from unitledger.model.entry.settle import Given, setting_of
from unitledger.model.held.entries import Entries, check_option, put_setting

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
    if entries.rows or entries.columns or not entries.inputs:
        said = "has figures by period or by item" if entries.rows or entries.columns else "has no inputs"
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
