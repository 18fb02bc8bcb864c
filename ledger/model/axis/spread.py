"""What people write for an input over time, as a figure for each period: one, a list, or steps from a period on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from unitledger.errors import ValueRefused
from unitledger.model.entry.axis import Items, Timeline, cell_name
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.over import Axis, AxisInput
from unitledger.model.entry.settle import Given
from unitledger.model.held.entries import Entries, has_axes

OverTime: TypeAlias = Given | Sequence[Given] | Mapping[str, Given]
"""One figure for all periods; one for each; or by period, each holding from then on."""


def spread(given: Any, axis: Timeline, what: str) -> list[Given]:
    """Return a figure for each period. `what` begins the messages. Raises ValueRefused or UnknownName."""
    if isinstance(given, Mapping):
        return _stepped(given, axis, what)
    if hasattr(given, "to_dict"):
        return _labelled(given.to_dict(), axis, what)
    listed: Any = given.tolist() if getattr(given, "shape", ()) else given
    if isinstance(listed, str) or not isinstance(listed, Sequence):
        return [listed] * len(axis)
    given = listed
    if len(given) != len(axis):
        raise ValueRefused(f"{what}: expected {len(axis)} figures, one for each period, got {len(given)}.")
    return list(given)


def _stepped(given: Mapping[str, Given], axis: Timeline, what: str) -> list[Given]:
    """Return what holds in each period, given from which period on."""
    steps = {axis.place(label): figure for label, figure in given.items()}
    if 0 not in steps:
        first = axis.labels[min(steps)] if steps else "none"
        raise ValueRefused(
            f"{what}: its first step is {first}, the budget begins in {axis.labels[0]}. Say what holds from "
            f"{axis.labels[0]}."
        )
    figures: list[Given] = []
    for place in range(len(axis)):
        figures.append(steps[place] if place in steps else figures[-1])
    return figures


def _labelled(given: Mapping[Any, Given], axis: Timeline, what: str) -> list[Given]:
    """Return a column of a table by the labels of its rows, which may be days; every period must be there."""
    named = {_period(label, axis): figure for label, figure in given.items()}
    missing = [label for label in axis.labels if label not in named]
    if missing:
        raise ValueRefused(f"{what}: no figure for {missing[0]}{' and others' if len(missing) > 1 else ''}.")
    strange = [label for label in named if label not in axis.labels]
    if strange:
        raise ValueRefused(f"{what}: {strange[0]} is outside the periods {axis.labels[0]} to {axis.labels[-1]}.")
    return [named[label] for label in axis.labels]


def _period(label: Any, axis: Timeline) -> str:
    """Return the name of a period, given as such or by its first day."""
    day = label.date() if hasattr(label, "date") else label
    return axis.labels[axis.starts.index(day)] if day in axis.starts else str(label)


def without_range(figure: Figure, name: str, axis: Axis) -> None:
    """Raise ValueRefused for a figure of many with a low or a high: nothing would move so many figures at once."""
    if figure.has_range:
        raise ValueRefused(
            f"Input {name!r} has a figure {axis.each}, and these take neither low nor high. Multiply it by an input "
            f"that does: assume('{name.replace('.', '_')}_factor', '100 %', low='90 %', high='110 %')."
        )


def by_cell(entries: Entries, settings: Mapping[str, Any]) -> dict[str, Given]:
    """Return settings in which each figure of a period stands by itself; what names no row stays as it is.

    A row is set as `people`, in one period as `people@2027-03`, in several as `people@2026-07:2026-12`, a column of a
    table as `fleet.price`, for one item as `fleet.price@h100`; what is named more closely holds.
    Several spans of a row must not overlap. Raises ValueRefused or UnknownName.
    """
    if not has_axes(entries):
        return dict(settings)
    found: dict[str, Given] = {}
    spans: dict[str, str] = {}
    # Rows first, then spans of periods, then single ones.
    for name in sorted(settings, key=lambda name: ("@" in name, "@" in name and ":" not in name)):
        row, _, _ = name.partition("@")
        held = entries.along(row)
        if not isinstance(held, AxisInput):
            found[name] = settings[name]
            continue
        cells = (_of_items if isinstance(held.axis, Items) else _of_periods)(settings[name], name, held.axis)
        for figure in cells.values():
            if isinstance(figure, Figure):
                without_range(figure, row, held.axis)
        found.update(cells)
        for cell in cells if ":" in name else ():
            if spans.setdefault(cell, name) != name:
                raise ValueRefused(f"Input {row!r}: {spans[cell]} and {name} both say what {cell} is. Say it once.")
    return found


def _of_periods(given: Any, name: str, axis: Any) -> dict[str, Given]:
    """Return what is set for periods: of one or several alike, or of all."""
    row, _, period = name.partition("@")
    first, _, last = period.partition(":")
    begin, end = (axis.place(first), axis.place(last or first)) if period else (0, len(axis) - 1)
    labels = axis.labels[begin : end + 1]
    if not labels:
        raise ValueRefused(f"Input {row!r}: the period {period} ends before it begins.")
    figures = [given] * len(labels) if period else spread(given, axis, f"Input {row!r}")
    return {cell_name(row, label): figure for label, figure in zip(labels, figures, strict=True)}


def _of_items(given: Any, name: str, axis: Any) -> dict[str, Given]:
    """Return what is set for items: of one, of all alike, of each in a list, or of some by what they are called."""
    _, _, label = name.partition("@")
    if label:
        axis.place(label)
        return {name: given}
    if isinstance(given, Mapping):
        by_item = {label: figure for label, figure in given.items() if axis.place(label) >= 0}
    elif isinstance(given, Sequence) and not isinstance(given, str):
        if len(given) != len(axis):
            raise ValueRefused(f"Input {name!r}: expected {len(axis)} figures, one for each item, got {len(given)}.")
        by_item = dict(zip(axis.labels, given, strict=True))
    else:
        by_item = dict.fromkeys(axis.labels, given)
    return {cell_name(name, label): figure for label, figure in by_item.items()}
